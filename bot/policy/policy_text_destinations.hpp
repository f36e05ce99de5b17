// The destinations of a policy file: [[destination]].
#pragma once

#include "bot/destinations/destination.hpp"
#include "bot/policy/policy_lines.hpp"
#include "bot/policy/toml_reader.hpp"

#include <vector>

namespace ackd {

/// Reads them all into `destinations`, which outlives the reader.
[[nodiscard]] TomlReader::Key destination_tables(TomlReader& toml, std::vector<Destination>& destinations);

void write_destinations(PolicyLines& lines, const std::vector<Destination>& destinations);

}  // namespace ackd
