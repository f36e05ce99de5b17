// The forms of `/ackd setup`: a part of the policy with what is there now, to be changed in the chat. Pure.
//
// A form carries the version that it was opened from. What it means for the policy in force by then is
// decided when it comes back (bot/policy/setup_handlers).
#pragma once

#include "bot/form.hpp"
#include "bot/people/member.hpp"
#include "bot/settings.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ackd {

/// Form::name.
inline constexpr std::string_view setup_form_name = "setup";

enum class SetupKind { hours, limits, team, channel, route, rotation };

struct SetupPart {
    SetupKind kind = SetupKind::hours;
    /// Of a team, route or rotation that is there, or a channel's id; empty: a new one.
    std::string name{};
    friend bool operator==(const SetupPart&, const SetupPart&) = default;
};

/// "hours", "limits", "team platform", "channel C012AB3CD", "route", "rotation"; nothing: there is no such
/// part.
[[nodiscard]] std::optional<SetupPart> setup_part_in(std::string_view text);
[[nodiscard]] std::string to_text(const SetupPart& part);

/// The team that it is about, when it is there.
[[nodiscard]] const Team* team_of(const SetupPart& part, const Policy& policy);
/// What the policy has of the channel that it is about.
[[nodiscard]] const WatchedChannel* channel_of(const SetupPart& part, const Policy& policy);
/// Whether there is something to be changed: hours, limits, a team, channel, route or rotation of that name,
/// or a new one.
[[nodiscard]] bool is_there(const SetupPart& part, const Policy& policy);
/// What a form for something new made: with the name that was given, or the channel that was chosen.
[[nodiscard]] SetupPart part_made(const SetupPart& part, const FormValues& values);

/// What people are called, where they stand in a text.
struct PeopleCalled {
    std::function<std::string(const UserId&)> name_of;
    /// By a name or an id; nothing: nobody, or more than one.
    std::function<std::optional<UserId>(const std::string&)> who_is;
};

/// `groups` are offered.
[[nodiscard]] Form setup_form(const SetupPart& part,
                              const Policy& policy,
                              std::int64_t version,
                              const std::vector<UserGroup>& groups,
                              const PeopleCalled& called);
/// The label of a field that holds less than what is there now, which would so be lost; empty: there is none.
[[nodiscard]] std::string overfull_field_of(const Form& form);

/// What a form's context says.
struct SetupOccasion {
    std::int64_t version = 0;
    SetupPart part;
};
[[nodiscard]] std::optional<SetupOccasion> setup_occasion_in(std::string_view context);

/// `policy` with the part as it was filled in.
[[nodiscard]] std::variant<Policy, FormProblems> read_setup_form(const SetupPart& part,
                                                                 const Policy& policy,
                                                                 const FormValues& values,
                                                                 const PeopleCalled& called);

}  // namespace ackd
