#include "bot/catch_up/catch_up_handlers.hpp"

#include "bot/answers/kept_answer.hpp"
#include "bot/catch_up/catch_up_table.hpp"
#include "bot/catch_up/conversation_handlers.hpp"
#include "bot/catch_up/outage.hpp"
#include "bot/catch_up/reading_list.hpp"
#include "bot/delivery/answer_handlers.hpp"
#include "bot/message_keys.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <utility>

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
/// How many reads are in the outbox at any time: minutes of what a chat lets us read.
constexpr int listed_max = 64;
/// How many conversations one cycle looks at in search of something to read.
constexpr int looks_max = 500;
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

/// How many reads the outbox holds now.
int reads_listed(HandlerContext& context)
{
    storage::Statement row = context.connection.prepare("SELECT count(*) FROM outbox WHERE kind IN (10, 11)");
    row.step();
    return static_cast<int>(row.column_int(0));
}

int list_conversations(HandlerContext& context, CatchUpStand& stand, int room)
{
    const ReadingList list{context.connection};
    const Instant earliest = context.now - look_back_max;
    for (int looked_at = 0; room > 0; ++looked_at) {
        if (looked_at == looks_max) {
            context.catch_up.searches_on = true;
            return 0;
        }
        const auto listed = list.conversation_behind(stand.listed_channel, earliest);
        if (!listed) {
            stand.stage = CatchUpStage::threads;
            stand.listed_channel = ChannelId{};
            return room;
        }
        stand.listed_channel = listed->channel;
        if (!listed->read_up_to && !listed->answerable_since) continue;
        ReadOrder order;
        order.what.channel = listed->channel;
        order.what.since = context.now;
        if (listed->read_up_to) order.what.since = *listed->read_up_to - overlap;
        if (listed->answerable_since)
            order.what.since = std::min(order.what.since, *listed->answerable_since - stamp_slack);
        order.what.since = std::max(order.what.since, earliest);
        order.began_at = context.now;
        add_read(context, order);
        --room;
    }
    return room;
}

void list_threads(HandlerContext& context, CatchUpStand& stand, int room)
{
    const ListedThread last{stand.listed_thread, stand.listed_channel};
    const auto threads = ReadingList{context.connection}.threads_behind(last, room);
    for (const ListedThread& thread : threads) {
        ReadOrder order;
        order.what.channel = thread.channel;
        order.what.thread = thread.stamp;
        order.what.since = stand.threads_read_up_to - overlap;
        order.began_at = context.now;
        add_read(context, order);
    }
    if (static_cast<int>(threads.size()) < room) {
        stand.stage = CatchUpStage::last_reads;
    } else {
        stand.listed_thread = threads.back().stamp;
        stand.listed_channel = threads.back().channel;
    }
}

/// The next page of what is to be read, once half of the last one has been.
void list_next_page(HandlerContext& context, CatchUpStand& stand, int listed)
{
    context.catch_up.searches_on = false;
    int room = listed_max - listed;
    if (stand.stage == CatchUpStage::last_reads || room < listed_max / 2) return;
    if (stand.stage == CatchUpStage::conversations) room = list_conversations(context, stand, room);
    if (stand.stage == CatchUpStage::threads && room > 0) list_threads(context, stand, room);
    CatchUpTable{context.connection}.save(stand);
}

/// All has been read: says so, and what was due may go on.
void end_catch_up(HandlerContext& context, CatchUpStand& stand)
{
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "caught_up",
           {{"reason", std::string{name_of(stand.reason)}},
            {"pages", std::to_string(stand.pages)},
            {"recovered", std::to_string(stand.recovered)}});
    context.remarks.push_back(
        fmt::format("event=caught_up reason={} pages={} recovered={} seconds={:.1f}",
                    name_of(stand.reason),
                    stand.pages,
                    stand.recovered,
                    std::chrono::duration<double>(context.now - stand.began_at).count()));
    tell_of_outage(context, stand);
    stand.stage = CatchUpStage::none;
    stand.threads_read_up_to = stand.began_at;
    CatchUpTable{context.connection}.save(stand);
    context.catch_up.is_running = false;
    context.catch_up.holds_until.reset();
}

/// Emojis that mean something here.
bool is_known_emoji(const Settings& settings, const std::string& emoji)
{
    return emoji == settings.received_emoji || emoji == settings.done_emoji ||
           emoji == settings.request_emoji || emoji == keep_emoji;
}

/// Reactions as they were when the page was asked for, or a little later, held against what is known. How
/// many were news.
int take_reactions(HandlerContext& context,
                   const MessageRef& message,
                   const PastMessage& past,
                   const std::vector<KnownReaction>& known,
                   Instant asked_at)
{
    ReactionChanged change;
    change.message = message;
    change.message_author = past.author;
    std::set<std::pair<UserId, std::string>> present;
    std::vector<std::string> partly_named;
    for (const ReactionState& state : past.reactions) {
        if (!is_known_emoji(context.settings, state.emoji)) continue;
        if (!state.is_complete) partly_named.push_back(state.emoji);
        for (const UserId& person : state.people) present.emplace(person, state.emoji);
    }
    int news = 0;
    const auto feed = [&](const UserId& person, const std::string& emoji, bool added) {
        change.person = person;
        change.emoji = emoji;
        change.added = added;
        // It may mean nothing here (on chatter, say): only what has been acted on is news.
        if (handle_reaction(context, change)) ++news;
    };
    std::vector<KnownReaction> taken_back;
    for (const KnownReaction& reaction : known) {
        const bool is_present = present.contains({reaction.person, reaction.emoji});
        // The page may have been written before that was told.
        const bool is_newer = reaction.known_at > asked_at;
        if (is_present && (is_newer || reaction.is_there)) present.erase({reaction.person, reaction.emoji});
        const bool is_named = std::find(partly_named.begin(), partly_named.end(), reaction.emoji) ==
                              partly_named.end();
        if (!is_present && !is_newer && reaction.is_there && is_named) taken_back.push_back(reaction);
    }
    // Who changed 👀 to ✅ has not been without an answer in between.
    for (const auto& [person, emoji] : present) feed(person, emoji, true);
    for (const KnownReaction& reaction : taken_back) feed(reaction.person, reaction.emoji, false);
    return news;
}

/// The known reactions on a page's messages, by their stamps.
KnownReactions::ByStamp known_on(HandlerContext& context, const ReadOrder& order, const HistoryPage& page)
{
    KnownReactions::ByStamp known;
    std::string first;
    std::string last;
    for (const PastMessage& past : page.messages) {
        // A thread's first message may be months older than the replies that come with it.
        if (past.stamp == order.what.thread) {
            known = context.known_reactions.between(order.what.channel, past.stamp, past.stamp);
            continue;
        }
        if (first.empty() || past.stamp < first) first = past.stamp;
        if (past.stamp > last) last = past.stamp;
    }
    if (!first.empty()) known.merge(context.known_reactions.between(order.what.channel, first, last));
    return known;
}

/// How many things in it had never been told.
int take_past(HandlerContext& context,
              const ReadOrder& order,
              const PastMessage& past,
              const std::vector<KnownReaction>& known,
              Instant asked_at)
{
    const MessageRef message{order.what.channel, past.stamp};
    if (past.is_deleted) {
        if (!context.seen.insert(key_of_deletion(message))) return 0;
        const auto request = context.obligations.find_by_message(message);
        take_deleted(context, MessageDeleted{message});
        return request && !request->is_over() ? 1 : 0;
    }
    int news = 0;
    const bool is_new = past.said_at >= order.what.since && !past.is_ours &&
                        context.seen.insert(key_of_message(message));
    if (is_new) {
        ++news;
        take_posted(context,
                    MessagePosted{message, past.thread, past.author, past.by_bot, past.text, past.said_at});
    }
    if (!past.edited.empty() && !past.is_ours && context.seen.insert(key_of_edit(message, past.edited))) {
        take_edited(context, MessageEdited{message, past.author, past.text, past.edited});
    }
    return news + take_reactions(context, message, past, known, asked_at);
}

}  // namespace

void begin_catch_up(HandlerContext& context, GapReason reason)
{
    CatchUpProgress& progress = context.catch_up;
    const bool is_sweep = reason == GapReason::periodic;
    progress.sweep_at = context.now + context.settings.sweep_every;
    if (is_sweep && progress.is_running) return;

    CatchUpTable table{context.connection};
    CatchUpStand stand = table.load();
    if (!progress.is_running) {
        stand.began_at = context.now;
        stand.pages = stand.recovered = 0;
    }
    if (!progress.is_running || stand.reason == GapReason::periodic) stand.reason = reason;
    if (stand.threads_read_up_to == Instant{}) stand.threads_read_up_to = context.now;
    progress.is_running = true;
    if (!is_sweep) progress.holds_until = context.now + hold_max;
    context.known_reactions.forget_older_than(context.now - reactions_kept_for);

    // What was listed before the gap may have been read before it: all of it is listed again, and what waits
    // to be read for the first time comes in its turn.
    context.outbox.remove_waiting(OutboxKind::read_history);
    stand.list_from_the_top();
    table.save(stand);
}

void continue_catch_up(HandlerContext& context)
{
    if (!context.catch_up.is_running) return;
    CatchUpStand stand = CatchUpTable{context.connection}.load();
    if (stand.stage == CatchUpStage::none) {
        context.catch_up.is_running = false;  // its beginning was rolled back
        return;
    }
    list_next_page(context, stand, reads_listed(context));
    if (stand.stage == CatchUpStage::last_reads && reads_listed(context) == 0) end_catch_up(context, stand);
}

void list_again(HandlerContext& context)
{
    CatchUpTable table{context.connection};
    CatchUpStand stand = table.load();
    if (stand.stage == CatchUpStage::none) return;
    stand.list_from_the_top();
    table.save(stand);
}

ReadHistory history_wanted(const OutboxRow& row)
{
    return order_in(row).what;
}

void history_read(HandlerContext& context, const OutboxRow& row, const HistoryPage& page)
{
    const ReadOrder order = order_in(row);
    const KnownReactions::ByStamp known = known_on(context, order, page);
    CatchUpTable table{context.connection};
    CatchUpStand stand = table.load();
    ++stand.pages;
    for (const PastMessage& past : page.messages) {
        const auto on_it = known.find(past.stamp);
        stand.recovered += take_past(context,
                                     order,
                                     past,
                                     on_it == known.end() ? std::vector<KnownReaction>{} : on_it->second,
                                     row.leased_at);
    }
    table.save(stand);
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
}

void history_unreadable(HandlerContext& context, const OutboxRow& row, const Fault& fault)
{
    const ReadOrder order = order_in(row);
    if (fault.kind == FaultKind::not_a_member) {
        // Nobody told us that we are not in it any more.
        handle_left(context, ChannelLeft{order.what.channel, UserId{}});
    } else if (!order.what.thread.empty() && fault.kind == FaultKind::not_found) {
        // The thread is gone, and with it its first message.
        const MessageRef message{order.what.channel, order.what.thread};
        if (context.seen.insert(key_of_deletion(message))) take_deleted(context, MessageDeleted{message});
    }
}

}  // namespace ackd
