// The sources of a policy file: [[source]], and [source.mapping] under it.
#pragma once

#include "bot/alerts/alert_source.hpp"
#include "bot/policy/policy_lines.hpp"
#include "bot/policy/toml_reader.hpp"

#include <string>
#include <vector>

namespace ackd {

/// Reads them all into `sources`, which outlives the reader.
[[nodiscard]] TomlReader::Key source_tables(TomlReader& toml, std::vector<AlertSource>& sources);

void write_sources(PolicyLines& lines, const std::vector<AlertSource>& sources);

}  // namespace ackd
