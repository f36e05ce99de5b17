// What nobody can guess.
#pragma once

#include <array>

namespace ackd::cli {

/// From the kernel. Throws std::system_error when it gives none.
[[nodiscard]] std::array<unsigned char, 32> random_bytes();

}  // namespace ackd::cli
