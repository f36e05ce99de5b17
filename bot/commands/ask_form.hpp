// The form to ask for acknowledgements: the same as `/ack …`, to be filled in. Pure.
//
// It is opened about a message that is already there (its card goes into the thread of the message), or about
// something new (the text is a field of the form, and its card goes into the channel that is chosen).
#pragma once

#include "bot/commands/ask.hpp"
#include "bot/form.hpp"
#include "bot/people/member.hpp"

#include <string>
#include <variant>
#include <vector>

namespace ackd {

/// Form::name.
inline constexpr std::string_view ask_form_name = "ask";

/// What the form starts with.
struct AskFormStart {
    /// A message that is already there; one without a stamp is something new, to be posted in its channel
    /// unless the person chooses another. Without a channel, they are offered the one they look at.
    MessageRef subject;
    std::string excerpt;  ///< of the message
    std::vector<UserId> people;
    std::vector<GroupId> groups;
    std::vector<ChannelId> channels;
};

/// `groups` are offered, at most a hundred of them.
[[nodiscard]] Form ask_form(const AskFormStart& start, const std::vector<UserGroup>& groups);

struct FilledAskForm {
    MessageRef subject;  ///< without a stamp: something new, to be posted there
    Ask ask;
};

/// What is wrong in itself: nobody named, a date that is past. Whether the people can be asked is another
/// question (start_request).
[[nodiscard]] std::variant<FilledAskForm, FormProblems> read_ask_form(const std::string& context,
                                                                      const FormValues& values,
                                                                      Instant now);

/// The fields that a problem can be shown at.
namespace ask_field {
inline constexpr const char* who = "who";
inline constexpr const char* quorum = "quorum";
inline constexpr const char* channel = "channel";
inline constexpr const char* read_back = "read_back";
}  // namespace ask_field

}  // namespace ackd
