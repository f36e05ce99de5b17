// Keys that let in over HTTP, as `ackd sources` and `ackd rotations` make, list and revoke them. A key is a
// secret: it is made here, shown once, and kept as a hash. A running ackd goes by it within a second.
#pragma once

#include "bot/cli/policy_desk.hpp"
#include "bot/web/web_key_table.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ackd::cli {

/// What stands before the path of an address, and what is to be said about it.
struct WebPlace {
    std::string url;
    std::string remark;
};
/// As the configuration says; an empty path: all defaults. Throws Refusal when it cannot be read.
[[nodiscard]] WebPlace web_place(const std::string& configuration_path);

struct MadeWebKey {
    WebKeyId id;
    std::string key;
};
/// In a transaction, with its fact. Throws Refusal when there is no room for another.
[[nodiscard]] MadeWebKey make_web_key(PolicyDesk& desk, WebKeyUse use, const std::string& name);

/// From now on it is a wrong key; says so. Throws Refusal: that one has none of this number.
void revoke_web_key(PolicyDesk& desk, WebKeyUse use, const std::string& name, std::int64_t number);

/// What the policy has that may have keys, and what is said of it: "production (alertmanager)".
struct KeyHolder {
    std::string name;
    std::string heading;
};
/// Each with its keys by number, when they were made, and when they were used last; then the keys of what the
/// policy does not have any more.
[[nodiscard]] std::string web_key_list(PolicyDesk& desk,
                                       WebKeyUse use,
                                       const std::vector<KeyHolder>& holders);

}  // namespace ackd::cli
