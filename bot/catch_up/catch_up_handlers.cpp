#include "bot/catch_up/catch_up_handlers.hpp"

#include "bot/delivery/answer_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/message_keys.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// How far before what is known to have been read the reading begins: events are late or lost now and then,
/// and people react to what is no longer new.
constexpr Duration overlap = 12h;
/// Nothing older is read, however long the gap was.
constexpr Duration look_back_max = 24h * 14;
/// How long what is due waits for a catch-up.
constexpr Duration hold_max = 2min;
/// A message of ours is stamped by the chat before we learn of it.
constexpr Duration stamp_slack = 1min;
/// Longer than any request lives.
constexpr Duration reactions_kept_for = 24h * 90;

/// One thing to be read, as its outbox row keeps it.
struct ReadOrder {
    ReadHistory what;
    Instant began_at{};
};

std::string payload_of(const ReadOrder& order)
{
    return nlohmann::json{{"channel", order.what.channel.value},
                          {"thread", order.what.thread},
                          {"since", to_microseconds(order.what.since)},
                          {"before", order.what.before},
                          {"after", order.what.after},
                          {"began", to_microseconds(order.began_at)}}
        .dump();
}

ReadOrder order_in(const OutboxRow& row)
{
    const auto json = nlohmann::json::parse(row.payload);
    ReadOrder order;
    order.what.channel = ChannelId{json.at("channel").get<std::string>()};
    order.what.thread = json.at("thread").get<std::string>();
    order.what.since = from_microseconds(json.at("since").get<std::int64_t>());
    order.what.before = json.at("before").get<std::string>();
    order.what.after = json.at("after").get<std::string>();
    order.began_at = from_microseconds(json.at("began").get<std::int64_t>());
    return order;
}

void add_read(HandlerContext& context, const ReadOrder& order)
{
    OutboxRow row;
    const bool is_first_page = order.what.before.empty() && order.what.after.empty();
    row.kind = is_first_page ? OutboxKind::read_history : OutboxKind::read_more;
    // A conversation of its own: reading a channel must not hold back what is said in it.
    row.conversation = "read:" + order.what.channel.value;
    if (!order.what.thread.empty()) row.conversation += "/" + order.what.thread;
    row.payload = payload_of(order);
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

/// Since when each conversation must be read: from what was read last, or from the oldest message in it that
/// somebody may still answer.
std::map<std::string, Instant> conversations_to_read(HandlerContext& context)
{
    std::map<std::string, Instant> since;
    for (const KnownConversation& known : context.conversations.all()) {
        if (!known.conversation.is_archived) since[known.conversation.id.value] = known.read_up_to - overlap;
    }
    storage::Statement rows = context.connection.prepare(
        R"(SELECT m.channel, min(m.sent_at_us)
            FROM obligations o
            JOIN sent_items i ON i.obligation_id = o.id
            JOIN sent_messages m ON m.id = i.sent_id
            WHERE o.state IN (1, 2, 6)
            GROUP BY m.channel)");
    while (rows.step()) {
        const Instant sent = from_microseconds(rows.column_int(1)) - stamp_slack;
        const auto [place, is_new] = since.try_emplace(rows.column_string(0), sent);
        if (!is_new) place->second = std::min(place->second, sent);
    }
    return since;
}

void add_thread_reads(HandlerContext& context)
{
    storage::Statement rows = context.connection.prepare(
        R"(SELECT DISTINCT subject_channel, thread
            FROM requests
            WHERE closed_at_us IS NULL AND thread != '')");
    std::vector<ReadOrder> orders;
    while (rows.step()) {
        ReadOrder order;
        order.what.channel = ChannelId{rows.column_string(0)};
        order.what.thread = rows.column_string(1);
        order.began_at = context.now;
        orders.push_back(std::move(order));
    }
    for (ReadOrder& order : orders) {
        const auto known = context.conversations.find(order.what.channel);
        order.what.since = (known ? known->read_up_to : context.now) - overlap;
        add_read(context, order);
    }
}

void note_recovered(HandlerContext& context)
{
    ++context.catch_up.recovered;
}

/// Emojis that mean something here.
bool is_known_emoji(const Settings& settings, const std::string& emoji)
{
    return emoji == settings.received_emoji || emoji == settings.done_emoji ||
           emoji == settings.request_emoji;
}

/// Reactions as they are now, held against those that were acted on.
void take_reactions(HandlerContext& context, const MessageRef& message, const PastMessage& past)
{
    const std::vector<KnownReaction> known = context.known_reactions.on(message);
    ReactionChanged change;
    change.message = message;
    change.message_author = past.author;
    std::vector<KnownReaction> present;
    std::vector<std::string> partly_named;
    for (const ReactionState& state : past.reactions) {
        if (!is_known_emoji(context.settings, state.emoji)) continue;
        if (!state.is_complete) partly_named.push_back(state.emoji);
        for (const UserId& person : state.people) present.push_back({person, state.emoji});
    }
    const auto feed = [&](const KnownReaction& reaction, bool added) {
        change.person = reaction.person;
        change.emoji = reaction.emoji;
        change.added = added;
        handle_reaction(context, change);
    };
    for (const KnownReaction& reaction : present) {
        if (std::find(known.begin(), known.end(), reaction) != known.end()) continue;
        feed(reaction, true);
        // It may mean nothing here (an onlooker's ✅): only what has been acted on counts as recovered.
        const auto now_known = context.known_reactions.on(message);
        if (now_known.size() != known.size()) note_recovered(context);
    }
    for (const KnownReaction& reaction : known) {
        if (std::find(present.begin(), present.end(), reaction) != present.end()) continue;
        if (std::find(partly_named.begin(), partly_named.end(), reaction.emoji) != partly_named.end())
            continue;
        feed(reaction, false);
        note_recovered(context);
    }
}

void take_past(HandlerContext& context, const ReadOrder& order, const PastMessage& past)
{
    const MessageRef message{order.what.channel, past.stamp};
    if (past.is_deleted) {
        if (!context.seen.insert(key_of_deletion(message))) return;
        const auto request = context.obligations.find_by_message(message);
        if (request && !request->is_over()) note_recovered(context);
        subject_deleted(context, MessageDeleted{message});
        return;
    }
    const bool is_new = past.said_at >= order.what.since && !past.is_ours &&
                        context.seen.insert(key_of_message(message));
    if (is_new) {
        note_recovered(context);
        handle_reply(context, MessagePosted{message, past.thread, past.author, past.by_bot, {}});
    }
    if (!past.edited.empty() && !past.is_ours && context.seen.insert(key_of_edit(message, past.edited))) {
        subject_edited(context, MessageEdited{message, past.author, past.text});
    }
    take_reactions(context, message, past);
}

/// Nothing more is to be read: says so, and what was due may go on.
void end_if_done(HandlerContext& context)
{
    storage::Statement left = context.connection.prepare(
        "SELECT 1 FROM outbox WHERE kind IN (10, 11) LIMIT 1");
    if (left.step()) return;
    CatchUpProgress& progress = context.catch_up;
    if (!progress.is_running) return;
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "caught_up",
           {{"reason", std::string{name_of(progress.reason)}},
            {"pages", std::to_string(progress.pages)},
            {"recovered", std::to_string(progress.recovered)}});
    context.remarks.push_back(
        fmt::format("event=caught_up reason={} pages={} recovered={} seconds={:.1f}",
                    name_of(progress.reason),
                    progress.pages,
                    progress.recovered,
                    std::chrono::duration<double>(context.now - progress.began_at).count()));
    const auto sweep_at = progress.sweep_at;
    progress = CatchUpProgress{};
    progress.sweep_at = sweep_at;
}

}  // namespace

void begin_catch_up(HandlerContext& context, GapReason reason)
{
    CatchUpProgress& progress = context.catch_up;
    const bool is_sweep = reason == GapReason::periodic;
    progress.sweep_at = context.now + context.settings.sweep_every;
    if (is_sweep && progress.is_running) return;
    if (!progress.is_running) {
        progress.is_running = true;
        progress.reason = reason;
        progress.began_at = context.now;
        progress.pages = progress.recovered = 0;
    }
    if (!is_sweep) progress.holds_until = context.now + hold_max;
    context.known_reactions.forget_older_than(context.now - reactions_kept_for);

    for (const auto& [channel, since] : conversations_to_read(context)) {
        ReadOrder order;
        order.what.channel = ChannelId{channel};
        order.what.since = std::max(since, context.now - look_back_max);
        order.began_at = context.now;
        add_read(context, order);
    }
    add_thread_reads(context);
    end_if_done(context);
}

ReadHistory history_wanted(const OutboxRow& row)
{
    return order_in(row).what;
}

void history_read(HandlerContext& context, const OutboxRow& row, const HistoryPage& page)
{
    const ReadOrder order = order_in(row);
    ++context.catch_up.pages;
    for (const PastMessage& past : page.messages) take_past(context, order, past);
    if (page.has_more && !page.messages.empty()) {
        // Channels are read backwards, threads forwards.
        ReadOrder next = order;
        for (const PastMessage& past : page.messages) {
            if (order.what.thread.empty()) {
                if (next.what.before.empty() || past.stamp < next.what.before) next.what.before = past.stamp;
            } else if (past.stamp > next.what.after) {
                next.what.after = past.stamp;
            }
        }
        if (next.what.before != order.what.before || next.what.after != order.what.after) {
            add_read(context, next);
            return;
        }
    }
    if (order.what.thread.empty()) context.conversations.set_read_up_to(order.what.channel, order.began_at);
    end_if_done(context);
}

void history_unreadable(HandlerContext& context, const OutboxRow& row, const Fault& fault)
{
    const ReadOrder order = order_in(row);
    if (!order.what.thread.empty() && fault.kind == FaultKind::not_found) {
        // The thread is gone, and with it its first message.
        const MessageRef message{order.what.channel, order.what.thread};
        if (context.seen.insert(key_of_deletion(message))) subject_deleted(context, MessageDeleted{message});
    }
    end_if_done(context);
}

}  // namespace ackd
