// Who may be asked, and whose doings count: what an account may be to us, by its kind. Pure.
//
// An account that the directory does not know is a stranger: the chat lists its own members to us, and tells
// of new ones before they do anything. What is left are people of another organisation in a shared channel,
// and bots that were just installed.
#pragma once

#include "bot/people/member.hpp"

#include <optional>

namespace ackd {

/// How somebody came to be among those asked.
enum class Addressed {
    by_name,
    in_a_crowd,  ///< found through a group or a channel
};

/// Bots and deactivated accounts never; guests, people of other organisations and strangers only by name.
[[nodiscard]] bool may_be_asked(const std::optional<Member>& member, Addressed how);

/// Whether what they say and do can start a request, or offer to take one: members and guests of this
/// workspace.
[[nodiscard]] bool may_start(const std::optional<Member>& member);

/// Whether they are still there, as far as is known: a stranger may be.
[[nodiscard]] bool is_present(const std::optional<Member>& member);

/// Whether what they do can be an answer. A bot's never: two bots would answer each other.
[[nodiscard]] bool may_answer(const std::optional<Member>& member);

}  // namespace ackd
