// The capacity contracts of a policy file: [[capacity]], and [[capacity.function]] under it.
#pragma once

#include "bot/capacity/capacity_contract.hpp"
#include "bot/policy/policy_lines.hpp"
#include "bot/policy/toml_reader.hpp"

#include <vector>

namespace ackd {

/// Reads them all into `contracts`, which outlives the reader.
[[nodiscard]] TomlReader::Key capacity_tables(TomlReader& toml, std::vector<CapacityContract>& contracts);

void write_capacity(PolicyLines& lines, const std::vector<CapacityContract>& contracts);

}  // namespace ackd
