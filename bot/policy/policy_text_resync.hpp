// Resyncs in the policy: [[resync]].
#pragma once

#include "bot/policy/policy_lines.hpp"
#include "bot/policy/toml_reader.hpp"
#include "bot/resync/resync.hpp"

#include <vector>

namespace ackd {

[[nodiscard]] TomlReader::Key resync_tables(TomlReader& toml, std::vector<Resync>& resyncs);
void write_resyncs(PolicyLines& lines, const std::vector<Resync>& resyncs);

}  // namespace ackd
