// Alerts: taken in, shown, raised, ended.
//
// What happens when a program says that something is wrong: take_alerts counts it, or makes it an alert in a
// group (alert_rules) → settle_group turns the group (alert_transitions), raises it, stands people down →
// the outbox posts or redraws its message, at most every few seconds → who takes the request, wherever they
// do, has the alerts (follow_alerts). Reports of one input are taken together: each is two statements,
// whatever else is there, and a group is saved once.
#pragma once

#include "bot/alerts/alert_source.hpp"
#include "bot/alerts/alert_transitions.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ackd {

// What sources say (alert_handlers.cpp)

void take_alerts(HandlerContext& context, const AlertsReceived& received);
/// Alerts that fade, groups that have been still, mutes that end, sources that are silent: some of each.
void handle_alerts_due(HandlerContext& context, int count_max);
/// Whoever is expected to be heard and was not listened to `before` is listened to from now on.
void listen_to_sources(HandlerContext& context, const std::vector<AlertSource>& before);
/// Nobody could be heard for a while: the clocks of all begin again.
void listen_again(HandlerContext& context);

/// Of this name, as the policy has it; one that it has no more speaks, without a channel, until its keys are
/// gone.
[[nodiscard]] AlertSource source_named(HandlerContext& context, const std::string& name);

/// What is said of one source at once: counted here, saved by `finish`.
class AlertChanges {
public:
    AlertChanges(HandlerContext& context, const AlertSource& source, HeardSource& heard)
        : context_(context), source_(source), heard_(heard)
    {}

    void take(const AlertReport& report);
    void change(Alert alert, AlertEvent event);
    void finish();

private:
    struct Touched {
        AlertGroup before;
        AlertGroup now;
    };
    Touched& touch(AlertGroupId id);
    AlertGroup& group_for(const AlertReport& report);
    AlertGroup& begin_group(const AlertReport& report, bool takes_all);
    /// A newcomer is with whoever has the group.
    void give_to_holder(Alert& alert, const AlertGroup& group);

    HandlerContext& context_;
    const AlertSource& source_;
    HeardSource& heard_;
    std::map<AlertGroupId, Touched> touched_;
    std::map<std::string, AlertGroupId> newest_named_;
    std::optional<AlertGroupId> newest_taking_all_;
    std::int64_t new_count_ = 0;
    std::int64_t again_count_ = 0;
    std::int64_t resolved_count_ = 0;
    std::int64_t unknown_count_ = 0;
};

// Their groups (alert_group_handlers.cpp)

/// What follows from how it was and how it is: its state, who is asked, what is shown. Saves it.
void settle_group(HandlerContext& context,
                  const AlertSource& source,
                  bool is_muted,
                  const AlertGroup& before,
                  AlertGroup after);
/// At the very first start alerts may come before the chat has told who is there: whoever is to be asked
/// about them is asked now.
void raise_waiting(HandlerContext& context);
/// It turns by itself: an hour has passed, a mute is over. Saves it.
void turn_group(HandlerContext& context,
                const AlertSource& source,
                const AlertGroup& before,
                AlertGroup after,
                AlertGroupEvent event);
/// Somebody has the group, or nobody (empty) has it any more. Saves it.
void give_group(HandlerContext& context, AlertGroup& group, const UserId& person);
/// Somebody says that all of it is over. Saves it.
void resolve_group(HandlerContext& context, const AlertGroup& group, const UserId& person);
/// What was raised for a group has changed, or who is asked has.
void follow_alerts(HandlerContext& context, const Request& request);
/// The request of it that is not over; nothing: there is none.
[[nodiscard]] std::optional<Request> live_request(HandlerContext& context, const AlertGroup& group);

enum class RedrawPace { in_time, at_once };
/// Its message is posted, or drawn again.
void redraw_alerts(HandlerContext& context, const AlertGroup& group, RedrawPace pace = RedrawPace::in_time);
[[nodiscard]] Composed compose_alert_message(HandlerContext& context, const OutboxRow& row);
void alert_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted);
void alert_message_failed(HandlerContext& context, const OutboxRow& row, const Fault& fault);

/// One line in a channel. Stored in the outbox as its name and what it is about: "quiet 12", "muted ci".
enum class AlertLine {
    quiet,  ///< a group comes and goes
    still,  ///< it has been still for an hour
    muted,  ///< a source was muted
    heard,  ///< somebody ended that
};
void add_line(HandlerContext& context, const ChannelId& channel, AlertLine line, const std::string& about);
[[nodiscard]] Composed compose_alert_line(HandlerContext& context, const OutboxRow& row);

// What people do (alert_answers.cpp)

[[nodiscard]] bool is_alert_action(const ActionTaken& taken);
/// Nothing: what was pressed says the rest.
[[nodiscard]] std::optional<Notice> take_alert_action(HandlerContext& context, const ActionTaken& taken);

// Mutes (alert_mute.cpp)

void mute_source(HandlerContext& context, const AlertSource& source, Instant until, const UserId& person);
/// By somebody, or by itself (bot_actor). What came meanwhile is told, what is there is raised.
void end_mute(HandlerContext& context, const AlertSource& source, HeardSource heard, const UserId& person);

// What people read (alert_notices.cpp)

[[nodiscard]] Notice alert_notice(HandlerContext& context, const AlertGroup& group);
/// What people are asked about, as plain text.
[[nodiscard]] std::string alert_text(HandlerContext& context, const AlertGroup& group);
/// "✅ Ann has it since …", "⏳ Asked: Bo · Cy"; nothing: there is nothing to say.
[[nodiscard]] std::optional<RichText> standing_of(HandlerContext& context, const AlertGroup& group);
/// Nothing: it is overtaken.
[[nodiscard]] std::optional<Notice> alert_line_notice(HandlerContext& context,
                                                      AlertLine line,
                                                      const std::string& about);

}  // namespace ackd
