// What people are told: a typed value that says what it is about, what it says and what can be done. How it
// looks in a particular chat is the adapter's business; how it is worded is decided once, in the concept
// folders (`…_notices.cpp`).
#pragma once

#include "bot/chart.hpp"
#include "bot/rich_text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// Travels with the message as metadata, so that people, tests and the courier can tell what a message is.
enum class NoticeKind {
    card,         ///< the status card of a request, updated in place
    nudge,        ///< a direct message to the people who are waited for
    escalation,   ///< a direct message or channel post to those called by a route's step
    dead_letter,  ///< to its owner: given up on, with a cause
    for_asker,    ///< to the creditor: declined, hole in the route, edited subject
    reply,        ///< the answer to something a person just did, for that person alone
    home,         ///< what the App Home shows
    digest,       ///< a person's open items and news, at one of their three times a day
    alert,        ///< what programs say is wrong, in its channel, updated in place
    capacity,     ///< that a team, or somebody, has no room, and what is answered; updated in place
    resync,       ///< what teams said of themselves, and where they differ; updated in place
    drift,        ///< how alike people of a team see something; updated in place
    retro,        ///< how a retro stands, in its channel; updated in place
};

enum class LineStyle {
    plain,
    quote,  ///< somebody else's words
    small,  ///< context: where from, why, what next
};

struct Line {
    LineStyle style = LineStyle::plain;
    RichText text;
    /// Shown as a picture where the chat can, and the text is read out then; elsewhere the text is all there
    /// is.
    std::optional<Chart> chart = std::nullopt;
    friend bool operator==(const Line&, const Line&) = default;
};

enum class ActionStyle { normal, primary, danger };

struct Choice {
    std::string label;
    std::string value;
    friend bool operator==(const Choice&, const Choice&) = default;
};

/// Something that can be done about the thing: a button, or a menu when it has choices. What comes back when
/// a person uses it is an ActionTaken with the same `name` and the `value` (of the choice, for a menu).
struct Action {
    std::string name;  ///< see bot/delivery/action_names.hpp
    std::string label;
    std::string value;  ///< empty for a menu
    ActionStyle style = ActionStyle::normal;
    std::vector<Choice> choices;
    /// Shown behind "⋯" rather than as a control of its own. Only menus.
    bool tucked_away = false;
    friend bool operator==(const Action&, const Action&) = default;
};

/// Some lines and what can be done about them. A bundle of several nudges has one section each.
struct Section {
    std::vector<Line> lines;
    std::vector<Action> actions;
    friend bool operator==(const Section&, const Section&) = default;
};

struct Notice {
    NoticeKind kind = NoticeKind::reply;
    std::string summary;  ///< one plain line: the notification, and what a screen reader says
    std::vector<Section> sections;
    friend bool operator==(const Notice&, const Notice&) = default;
};

[[nodiscard]] const char* name_of(NoticeKind kind);

/// Whether a chat that refuses a picture would refuse all of it.
[[nodiscard]] bool has_chart(const Notice& notice);

}  // namespace ackd
