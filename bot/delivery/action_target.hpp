// What a button or a menu's choice is about, from the value that travels with it (action_names.hpp).
#pragma once

#include "bot/ids.hpp"

#include <optional>
#include <string>

namespace ackd {

/// "r12 today": what it is about, and the choice.
struct ActionTarget {
    std::optional<RequestId> request;
    std::optional<ObligationId> obligation;
    std::string choice;
};

/// Of a value that is none of ours, nothing.
[[nodiscard]] ActionTarget target_of(const std::string& value);

}  // namespace ackd
