// The retros of a policy file: [[retro]].
#pragma once

#include "bot/policy/policy_lines.hpp"
#include "bot/policy/toml_reader.hpp"
#include "bot/retro/retro.hpp"

#include <vector>

namespace ackd {

/// Reads them all into `retros`, which outlives the reader.
[[nodiscard]] TomlReader::Key retro_tables(TomlReader& toml, std::vector<Retro>& retros);

void write_retros(PolicyLines& lines, const std::vector<Retro>& retros);

}  // namespace ackd
