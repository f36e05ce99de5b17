// A policy taken apart into values, each by the name of what it is about: what two policies are compared by.
#pragma once

#include "bot/policy/policy_text.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ackd {

/// One value of a policy, by the name of what it is about.
struct Fact {
    std::string subject;
    /// As people call it.
    std::string title;
    std::string raw;
    std::string words;
    /// Of a list: its elements as they are written, and as they are called.
    std::vector<std::pair<std::string, std::string>> items{};
    /// A table that is there or not; what is in it follows.
    bool is_table = false;
};

/// All of it: a value that is not here could change without anybody being told.
[[nodiscard]] std::vector<Fact> facts_of(const Policy& policy, const NameOf& name_of);

/// What is spoken of by its name, or where that is not known, by its id.
[[nodiscard]] std::string called_by(const NameOf& name_of, const RouteTarget& target);

}  // namespace ackd
