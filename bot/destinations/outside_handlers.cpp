#include "bot/destinations/outside_handlers.hpp"

#include "bot/alerts/alert_table.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/people/local_time.hpp"
#include "bot/people/roles.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ackd {

namespace {

constexpr int alert_keys_max = 100;
/// A heartbeat is of this minute.
constexpr Duration beats_within = std::chrono::minutes{1};
/// So long one may be in trouble before somebody hears of it.
constexpr Duration trouble_told_after = std::chrono::minutes{5};

/// What a row says, besides its request and items.
struct Payload {
    std::string to;
    OutsideEvent event = OutsideEvent::test;
    AlertGroupId alerts;
    UserId asker;
};

std::string to_text(const Payload& payload)
{
    nlohmann::json json{{"to", payload.to}, {"event", name_of(payload.event)}};
    if (payload.alerts.exists()) json["alerts"] = payload.alerts.value;
    if (!payload.asker.empty()) json["asker"] = payload.asker.value;
    return json.dump();
}

Payload payload_of(const OutboxRow& row)
{
    const auto json = nlohmann::json::parse(row.payload);
    Payload payload;
    payload.to = json.at("to").get<std::string>();
    const auto event = json.at("event").get<std::string>();
    for (const OutsideEvent each : all_outside_events) {
        if (name_of(each) == event) payload.event = each;
    }
    payload.alerts = AlertGroupId{json.value("alerts", std::int64_t{0})};
    payload.asker = UserId{json.value("asker", std::string{})};
    return payload;
}

OutboxRow row_for(HandlerContext& context, const Payload& payload, RequestId request = {})
{
    OutboxRow row;
    row.kind = OutboxKind::outside;
    row.conversation = conversation_of_destination(payload.to);
    row.request = request;
    row.payload = to_text(payload);
    row.created_at = row.not_before = context.now;
    return row;
}

/// The first line of what was asked, and what follows it.
std::pair<std::string, std::string> first_line_and_rest(const std::string& text)
{
    const std::size_t end = text.find('\n');
    if (end == std::string::npos) return {text, ""};
    return {text.substr(0, end), text.substr(end + 1)};
}

const char* words_of(OutsideEvent event)
{
    switch (event) {
        case OutsideEvent::raised: return "Nobody has it yet. Whoever takes it says so in the chat.";
        case OutsideEvent::acknowledged: return "Somebody has it.";
        case OutsideEvent::resolved: return "It is over.";
        case OutsideEvent::given_up: return "Nobody on its route could be reached.";
        case OutsideEvent::test: return "A test: nothing is wrong, and nothing has to be done.";
        case OutsideEvent::alive: return "All is well.";
    }
    return "";
}

/// How it stands with what the destination was called for: one obligation of the request, or several, each as
/// far as it came since. Of what was raised, one that others took besides it is another, not what it became.
struct StandingFor {
    int waiting = 0;
    int received = 0;
    int given_up = 0;
    /// It was raised, and somebody has done it, which ends it for everybody.
    bool is_done = false;
    std::optional<Obligation> newest;
};

StandingFor standing_for(HandlerContext& context, RequestId request, const std::string& to)
{
    StandingFor standing;
    storage::Statement called = context.connection.prepare(
        R"(WITH RECURSIVE chain (id) AS (
                SELECT obligation_id FROM calls JOIN obligations ON id = obligation_id
                    WHERE target = $1 AND request_id = $2
                UNION SELECT o.id FROM obligations o JOIN chain ON o.predecessor_id = chain.id)
            SELECT id FROM chain
            WHERE NOT EXISTS (SELECT 1 FROM obligations WHERE predecessor_id = chain.id)
                OR (SELECT state FROM obligations WHERE id = chain.id) IN (2, 3) ORDER BY id)");
    called.bind_all(call_of_destination(to).value, request.value);
    while (called.step()) {
        standing.newest = context.obligations.find(ObligationId{called.column_int(0)});
        if (standing.newest->state == ObligationState::received)
            ++standing.received;
        else if (!is_final(standing.newest->state))
            ++standing.waiting;
        else if (standing.newest->state == ObligationState::dead_letter)
            ++standing.given_up;
        else if (standing.newest->state == ObligationState::integrated)
            standing.is_done = true;
    }
    const auto about = context.obligations.find(request);
    standing.is_done = standing.is_done && about && about->kind == RequestKind::escalation;
    return standing;
}

/// What is to be told of it now.
OutsideEvent event_of(const StandingFor& standing)
{
    if (standing.is_done) return OutsideEvent::resolved;
    if (standing.waiting > 0) return OutsideEvent::raised;
    if (standing.received > 0) return OutsideEvent::acknowledged;
    return standing.given_up > 0 ? OutsideEvent::given_up : OutsideEvent::resolved;
}

std::optional<OutsideMessage> message_about(HandlerContext& context,
                                            const OutboxRow& row,
                                            const std::string& to,
                                            OutsideEvent event)
{
    const auto request = context.obligations.find(row.request);
    if (!request) return std::nullopt;
    const StandingFor standing = standing_for(context, request->id, to);
    if (!standing.newest || event_of(standing) != event) return std::nullopt;
    const Obligation& obligation = *standing.newest;
    const auto [title, rest] = first_line_and_rest(request->text);
    OutsideMessage message;
    message.key = fmt::format("request-{}", request->id.value);
    message.title = title.empty() ? fmt::format("Request {}", request->id.value) : title;
    message.text = rest;
    if (event == OutsideEvent::raised) {
        message.text += fmt::format("{}{} {} on {}.\n",
                                    rest.empty() ? "" : "\n\n",
                                    request->kind == RequestKind::escalation ? "Raised" : "Asked",
                                    request->creditor == bot_actor
                                        ? "by a program"
                                        : "by " + context.directory.name_of(request->creditor),
                                    utc_text(request->asked_at));
    } else if (!rest.empty()) {
        message.text += "\n\n";
    }
    message.text += words_of(event);
    const auto route = context.settings.routes.find(request->route.name);
    if (route != context.settings.routes.end()) message.link = route->second.playbook;
    message.priority = std::string{name_of(request->priority)};
    message.facts = {{"request", std::to_string(request->id.value)}, {"route", request->route.name}};
    if (obligation.step > 0) message.facts.emplace_back("step", std::to_string(obligation.step));
    return message;
}

std::optional<OutsideMessage> message_about_alerts(HandlerContext& context,
                                                   AlertGroupId id,
                                                   OutsideEvent event)
{
    const AlertTable table{context.connection};
    const auto group = table.find(id);
    const auto first = table.first_of(id);
    if (!group || !first) return std::nullopt;
    const bool is_over = event == OutsideEvent::resolved;
    if (!is_over && group->acknowledged == 0) return std::nullopt;
    std::string keys;
    for (const std::string& key :
         table.keys_of(id, is_over ? AlertStatus::resolved : AlertStatus::acknowledged, alert_keys_max))
        keys += (keys.empty() ? "" : "\n") + key;
    OutsideMessage message;
    message.key = fmt::format("alerts-{}", id.value);
    message.title = first->title;
    if (group->alerts > 1) message.title += fmt::format(" and {} more", group->alerts - 1);
    message.text = words_of(event);
    message.link = first->link;
    message.facts = {{"source", group->source}, {"group", group->name}, {"alert_keys", keys}};
    return message;
}

std::optional<OutsideMessage> message_of(HandlerContext& context,
                                         const OutboxRow& row,
                                         const Payload& payload)
{
    if (payload.alerts.exists()) return message_about_alerts(context, payload.alerts, payload.event);
    if (payload.event != OutsideEvent::test && payload.event != OutsideEvent::alive)
        return message_about(context, row, payload.to, payload.event);
    OutsideMessage message;
    message.key = std::string{name_of(payload.event)};
    message.title = payload.event == OutsideEvent::test ? "A test from ackd" : "ackd is alive";
    message.text = words_of(payload.event);
    message.priority = std::string{name_of(Priority::fyi)};
    return message;
}

/// They have pressed a button, and look at the screen.
void show(HandlerContext& context, const UserId& person, const Notice& notice)
{
    OutboxRow row = private_message(context, person, notice);
    row.lane = OutboxLane::interactive;
    context.outbox.add(row);
}

/// Whoever owns what nobody answered, else an admin, hears that nobody was told, once for as long as it
/// lasts.
void tell_owner_once(HandlerContext& context,
                     const OutboxRow& row,
                     const std::string& to,
                     DestinationState& state)
{
    if (state.is_owner_told) return;
    const auto request = context.obligations.find(row.request);
    UserId owner = request ? dead_letter_owner_of(context, *request) : context.settings.dead_letter_owner;
    if (owner.empty()) {
        const auto admins = people_with(Role::admin, context.settings, context.directory);
        if (admins.empty()) return;
        owner = admins.front();
    }
    state.is_owner_told = true;
    Notice notice = plain_reply(
        fmt::format("{} does not take what it is told.{}",
                    to,
                    request ? " It was to hear of " + number_of(request->id) + "." : ""));
    notice.kind = NoticeKind::for_asker;
    Section& section = notice.sections.front();
    if (request) section.lines.push_back(quote_line(*request));
    section.lines.push_back(
        small_line(RichText{Words{"Why, and how to send it again: "}, Code{"/ackd destinations"}}));
    if (request) return tell(context, owner, *request, notice);
    context.outbox.add(private_message_at_work(context, owner, notice));
}

/// It did not take something.
DestinationState note_trouble(HandlerContext& context, const std::string& to, const Fault& fault)
{
    DestinationState state = DestinationTable{context.connection}.state_of(to);
    if (!state.failing_since) state.failing_since = context.now;
    state.reason = shortened(fault.detail, excerpt_max);
    return state;
}

}  // namespace

std::string_view name_of(OutsideEvent event)
{
    switch (event) {
        case OutsideEvent::raised: return "raised";
        case OutsideEvent::acknowledged: return "acknowledged";
        case OutsideEvent::resolved: return "resolved";
        case OutsideEvent::given_up: return "given_up";
        case OutsideEvent::test: return "test";
        case OutsideEvent::alive: return "alive";
    }
    return "";
}

void call_destinations(HandlerContext& context, const Request& request, const Obligation& obligation)
{
    const FrozenStep* step = request.step_at(obligation.step);
    if (step == nullptr) return;
    for (const std::string& name : step->destinations) {
        if (find_destination(context.settings.destinations, name) == nullptr) continue;
        context.obligations.add_call(obligation.id, obligation.step, call_of_destination(name));
        OutboxRow row = row_for(context, {name, OutsideEvent::raised, {}, {}}, request.id);
        row.items = {OutboxItem{obligation.id, obligation.step, obligation.attempt}};
        context.outbox.add(row);
    }
}

void follow_outside(HandlerContext& context,
                    const Request& request,
                    const Obligation& before,
                    const Obligation& after)
{
    if (before.state == after.state) return;
    for (const std::string& name : context.obligations.called_destinations(request.id)) {
        const OutsideEvent event = event_of(standing_for(context, request.id, name));
        if (event != OutsideEvent::raised)
            context.outbox.add(row_for(context, {name, event, {}, {}}, request.id));
    }
}

void answer_source(HandlerContext& context, const AlertGroup& group, OutsideEvent event)
{
    const AlertSource* source = find_source(context.settings.sources, group.source);
    if (source == nullptr || source->answers_to.empty()) return;
    context.outbox.add(row_for(context, {source->answers_to, event, group.id, {}}));
}

void test_destination(HandlerContext& context, const std::string& name, const UserId& asker)
{
    OutboxRow row = row_for(context, {name, OutsideEvent::test, {}, asker});
    row.lane = OutboxLane::interactive;
    context.outbox.add(row);
}

void beat(HandlerContext& context, const std::string& name)
{
    OutboxRow row = row_for(context, {name, OutsideEvent::alive, {}, {}});
    row.lane = OutboxLane::interactive;
    context.outbox.add(row);
}

Composed compose_outside(HandlerContext& context, const OutboxRow& row)
{
    const Payload payload = payload_of(row);
    const Destination* destination = find_destination(context.settings.destinations, payload.to);
    if (destination == nullptr) return {};
    // One that was left over says nothing of now.
    if (payload.event == OutsideEvent::alive &&
        (row.in_doubt || context.now - row.created_at > beats_within ||
         !overdue_work(context.connection, context.now).empty()))
        return {};
    auto message = message_of(context, row, payload);
    if (!message) return {};
    message->event = std::string{name_of(payload.event)};
    message->at = row.created_at;
    return {TellOutside{*destination, std::move(*message)}, false, std::nullopt};
}

void outside_told(HandlerContext& context, const OutboxRow& row)
{
    const Payload payload = payload_of(row);
    const DestinationTable table{context.connection};
    DestinationState state = table.state_of(payload.to);
    state.told_at = context.now;
    state.failing_since.reset();
    state.reason.clear();
    state.is_owner_told = false;
    table.save(payload.to, state);
    if (payload.event == OutsideEvent::test)
        show(context, payload.asker, plain_reply(fmt::format("✅ {} took the test.", payload.to)));
    // What it did not take at first, and was sent again, it hears the end of, too.
    if (payload.event == OutsideEvent::raised) table.take_back_refusals(payload.to, row.request);
}

void outside_delayed(HandlerContext& context, const OutboxRow& row, const Fault& fault)
{
    const Payload payload = payload_of(row);
    DestinationState state = note_trouble(context, payload.to, fault);
    if (context.now - *state.failing_since >= trouble_told_after)
        tell_owner_once(context, row, payload.to, state);
    DestinationTable{context.connection}.save(payload.to, state);
}

void outside_failed(HandlerContext& context, const OutboxRow& row, const Fault& fault)
{
    const Payload payload = payload_of(row);
    const DestinationTable table{context.connection};
    DestinationState state = note_trouble(context, payload.to, fault);
    const bool is_kept = payload.event != OutsideEvent::test && payload.event != OutsideEvent::alive;
    if (is_kept) tell_owner_once(context, row, payload.to, state);
    table.save(payload.to, state);
    if (payload.event == OutsideEvent::test) {
        show(context,
             payload.asker,
             plain_reply(fmt::format("{} did not take the test: {}", payload.to, state.reason)));
    }
    // Of heartbeats the next one comes by itself.
    if (!is_kept) return;
    table.add(
        {{}, payload.to, row.payload, row.request, row.attempts, state.reason, row.created_at, context.now});
}

bool send_again(
    Outbox& outbox, const DestinationTable& table, const Policy& policy, UndeliveredId id, Instant now)
{
    const auto undelivered = table.find(id);
    if (!undelivered || find_destination(policy.destinations, undelivered->destination) == nullptr)
        return false;
    OutboxRow row;
    row.kind = OutboxKind::outside;
    row.conversation = conversation_of_destination(undelivered->destination);
    row.request = undelivered->request;
    row.payload = undelivered->payload;
    row.created_at = row.not_before = now;
    outbox.add(row);
    table.remove(id);
    return true;
}

}  // namespace ackd
