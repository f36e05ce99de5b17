#include "bot/cli/random_bytes.hpp"

#include <sys/random.h>

#include <cerrno>
#include <system_error>

namespace ackd::cli {

std::array<unsigned char, 32> random_bytes()
{
    std::array<unsigned char, 32> bytes{};
    // So few are given at once, or not at all.
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        throw std::system_error{errno, std::generic_category(), "no random bytes"};
    return bytes;
}

}  // namespace ackd::cli
