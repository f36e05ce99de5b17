// The rotations of a policy file: [[rotation]], and [[rotation.part]] under it.
#pragma once

#include "bot/policy/policy_lines.hpp"
#include "bot/policy/toml_reader.hpp"
#include "bot/rotations/rotation.hpp"

#include <vector>

namespace ackd {

/// Reads them all into `rotations`, which outlives the reader.
[[nodiscard]] TomlReader::Key rotation_tables(TomlReader& toml, std::vector<Rotation>& rotations);

void write_rotations(PolicyLines& lines, const std::vector<Rotation>& rotations);

}  // namespace ackd
