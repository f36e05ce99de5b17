// When something comes round, as the policy's tables say it: every, zone, starts, on_holiday.
#pragma once

#include "bot/cadence/cadence.hpp"
#include "bot/policy/policy_lines.hpp"
#include "bot/policy/toml_reader.hpp"

#include <string>
#include <vector>

namespace ackd {

/// Adds the four keys to those of a table. `node` is the table: a cadence is judged by the day it starts,
/// wherever that stands in it.
void add_cadence_keys(TomlReader& toml,
                      const toml::node& node,
                      Cadence& cadence,
                      std::vector<TomlReader::Key>& keys);
/// What is wrong where the table has no `every`; empty: it has one. `what` it is, and its name: "resync".
[[nodiscard]] std::string problem_of_missing_cadence(const toml::node& node,
                                                     std::string_view what,
                                                     const std::string& name);
void write_cadence(PolicyLines& lines, const Cadence& cadence);

}  // namespace ackd
