// Which alert a report is about, which message an alert joins, and when people are asked, told or left in
// peace. Pure.
//
// Whom an alert joins, in this order:
//   1. the newest group of the same name, while it takes more
//   2. the newest group of its source that takes all, while it takes more
//   3. while its source is muted: the one group of what comes meanwhile
//   4. a message of its own, unless its source has begun `own_messages_max` of them within `joins_within`
//   5. a message that takes all
// so that a storm is three messages of a source, however many alerts it has.
#pragma once

#include "bot/alerts/alert_source.hpp"
#include "bot/alerts/alert_transitions.hpp"

#include <optional>

namespace ackd {

/// Later, the same key is another alert.
inline constexpr Duration comes_back_within = std::chrono::hours{1};
/// A group takes more for so long after its newest alert, …
inline constexpr Duration joins_within = std::chrono::minutes{5};
/// … and no longer than this after its first: whoever looks finds the newest at the bottom of the channel.
inline constexpr Duration joins_for_max = std::chrono::hours{1};
inline constexpr int own_messages_max = 2;
/// The third ending within an hour makes it quiet, until nothing has come or gone for an hour.
inline constexpr int endings_max = 3;
inline constexpr Duration flaps_within = std::chrono::hours{1};
inline constexpr Duration still_for = std::chrono::hours{1};
/// A message is drawn again at most so often.
inline constexpr Duration redrawn_every = std::chrono::seconds{5};
/// There is no "for ever".
inline constexpr Duration mute_max = std::chrono::hours{24};
/// Of alerts that are over.
inline constexpr Duration alerts_kept_for = std::chrono::days{90};
/// Of an alert, as it is kept and shown.
inline constexpr std::size_t labels_shown_max = 6;
inline constexpr std::size_t label_shown_max = 60;
inline constexpr std::size_t detail_shown_max = 300;

/// The key of the alert that says that its source is silent; no source gives it.
inline constexpr std::string_view silence_key = "\x01silence";

/// Whether a report of the same key is about this alert.
[[nodiscard]] bool is_still_the_same(const Alert& alert, Instant now);

/// What a report says, as an alert that nothing has happened to yet.
[[nodiscard]] Alert alert_from(const AlertSource& source, const AlertReport& report, Instant now);
/// What it says of an alert that is known. Not its status: that is `apply`'s.
void take_words(Alert& alert, const AlertSource& source, const AlertReport& report, Instant now);
[[nodiscard]] AlertEvent event_of(AlertStatus reported);

/// False: it does not apply.
[[nodiscard]] bool apply(
    Alert& alert, AlertEvent event, const UserId& by, const AlertSource& source, Instant now);

[[nodiscard]] bool takes_more(const AlertGroup& group, Instant now);

/// What an alert may join: nothing where there is none.
struct Neighbours {
    std::optional<AlertGroup> of_name;  ///< the newest; only where the report names one
    std::optional<AlertGroup> taking_all;
    /// When the `own_messages_max` newest groups of the source began: the earliest of them.
    std::optional<Instant> began_at;
    bool is_muted = false;
};
struct Placement {
    /// None: a new one.
    AlertGroupId group;
    bool takes_all = false;
};
[[nodiscard]] Placement place(const Neighbours& neighbours, Instant now);

/// An alert of the group came or went: what follows for the group. Nothing: nothing.
[[nodiscard]] std::optional<AlertGroupEvent> turn(const AlertGroup& group,
                                                  std::int64_t there_before,
                                                  bool is_muted,
                                                  Instant now);
/// It has been quiet: nothing, it was not still for long enough.
[[nodiscard]] std::optional<AlertGroupEvent> stilled(const AlertGroup& group, bool is_muted, Instant now);
/// The group after it; the event applies.
void apply(AlertGroup& group, AlertGroupEvent event, Instant now);

/// How long beyond `expect_every` a source may be silent: its clock is not ours, and neither is the way.
[[nodiscard]] Duration silence_grace(Duration expect_every);
[[nodiscard]] Instant news_due(const AlertSource& source, Instant heard_at);

/// "2h", "90 minutes", "1h30m"; nothing: it is no such thing.
[[nodiscard]] std::optional<Duration> parse_mute_length(std::string_view text);

}  // namespace ackd
