// The limits of work in progress of a policy file: [[wip]].
#pragma once

#include "bot/policy/policy_lines.hpp"
#include "bot/policy/toml_reader.hpp"
#include "bot/wip/wip_item.hpp"

#include <vector>

namespace ackd {

/// Reads them all into `limits`, which outlives the reader.
[[nodiscard]] TomlReader::Key wip_tables(TomlReader& toml, std::vector<WipLimit>& limits);

void write_wip(PolicyLines& lines, const std::vector<WipLimit>& limits);

}  // namespace ackd
