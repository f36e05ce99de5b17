// Alerts as people see them: something that a program said is wrong, from its first report until it is over,
// and the message in which it stands.
//
// A report (alert_report.hpp) of a key that is there already is counted; a new one is an *alert*. Alerts that
// belong together, or come in a storm, are one *group*: one message in the chat, edited in place, and one
// request to people (bot/escalation/raise.hpp). What leads from where to where is in alert_transitions.hpp,
// who joins whom in alert_rules.hpp.
#pragma once

#include "bot/alerts/alert_report.hpp"
#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ackd {

using AlertId = RowId<struct AlertTag>;
using AlertGroupId = RowId<struct AlertGroupTag>;

/// One key of one source, while it is there and, as an excerpt, for some time afterwards. One that comes back
/// soon is the same one (`comes_back_within`); later, it is another.
struct Alert {
    AlertId id;
    std::string source;
    std::string key;
    AlertGroupId group;
    AlertStatus status = AlertStatus::firing;
    std::string title;
    std::string severity;
    /// Gone with its end, as its labels.
    std::string detail;
    std::string labels;  ///< "job=api · instance=api-3"
    std::string link;
    std::string playbook;
    /// Reports that it is there.
    std::int64_t count = 0;
    /// Since when it is there: by its source's clock, or since it was first heard of.
    Instant began_at{};
    Instant last_at{};
    std::optional<Instant> resolved_at;
    /// Who said that it is over; empty: its source did, or nothing was heard of it for long enough.
    UserId resolved_by;
    /// When it is looked at: of sources whose alerts end by themselves.
    std::optional<Instant> due_at;

    [[nodiscard]] bool is_there() const { return status != AlertStatus::resolved; }
    friend bool operator==(const Alert&, const Alert&) = default;
};

/// Stored: do not renumber.
enum class AlertGroupState {
    open = 1,   ///< something of it is there: people are asked
    over = 2,   ///< nothing of it is there
    quiet = 3,  ///< it comes and goes: no word about it until it has been still for an hour
    muted = 4,  ///< it came while its source is muted: it is kept until that ends
};

/// When its source was muted, by whom.
struct AlertMute {
    Instant from{};
    Instant until{};
    UserId by;
    friend bool operator==(const AlertMute&, const AlertMute&) = default;
};

struct AlertGroup {
    AlertGroupId id;
    std::string source;
    /// As the reports call it; may be empty.
    std::string name;
    /// It takes everything of its source: a storm, or what came while it was muted.
    bool takes_all = false;
    AlertGroupState state = AlertGroupState::over;
    /// Where it stands in the chat; none: not yet.
    MessageRef message;
    /// The last that was raised; none: nobody was asked.
    RequestId request;
    /// Who has it. Their newcomers, too.
    UserId taken_by;
    std::optional<Instant> taken_at;

    std::int64_t alerts = 0;
    std::int64_t firing = 0;
    std::int64_t acknowledged = 0;
    /// Of all of them together.
    std::int64_t reports = 0;

    Instant began_at{};   ///< its first alert
    Instant opened_at{};  ///< the last time that something of it was there again
    Instant joined_at{};  ///< its newest alert
    Instant last_at{};    ///< the last report
    std::optional<Instant> ended_at;
    /// How often it ended since then: see `flaps_within`.
    int endings = 0;
    Instant endings_since{};
    /// While quiet: when it last came or went, and when that is looked at.
    Instant turned_at{};
    std::optional<Instant> due_at;
    /// What its first message says of it.
    std::optional<AlertMute> mute;
    Instant drawn_at{};

    [[nodiscard]] std::int64_t there() const { return firing + acknowledged; }
    friend bool operator==(const AlertGroup&, const AlertGroup&) = default;
};

/// What is known of a source besides its alerts.
struct HeardSource {
    std::string name;
    Instant heard_at{};
    /// Of one that is expected to be heard: when its silence is looked at.
    std::optional<Instant> news_due_at;
    /// It was silent for too long, and an alert says so.
    bool is_silent = false;
    std::optional<AlertMute> mute;
    /// The mute is over, and no message has said so yet.
    bool is_mute_over = false;

    [[nodiscard]] bool is_muted() const { return mute && !is_mute_over; }
    friend bool operator==(const HeardSource&, const HeardSource&) = default;
};

}  // namespace ackd
