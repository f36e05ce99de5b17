#include "adapters/slack/effect_carrier.hpp"

#include "adapters/slack/event_decoder.hpp"
#include "adapters/slack/form_rendering.hpp"
#include "adapters/slack/log_text.hpp"
#include "adapters/slack/message_rendering.hpp"
#include "adapters/slack/past_message.hpp"
#include "adapters/slack/rich_text_blocks.hpp"
#include "adapters/slack/workspace_reading.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <set>
#include <utility>

namespace ackd::slack {
namespace {

/// Clocks differ a little, and Slack stamps a message when it arrives.
constexpr std::chrono::seconds look_back{60};
constexpr int look_up_pages_max = 20;
constexpr std::size_t channel_members_max = 2'000;
constexpr int member_pages_max = 100;
constexpr std::size_t topic_characters_max = 250;
constexpr std::chrono::minutes response_url_lifetime{29};  // Slack: 30
/// The first may have come too fast. From then on one call says it, in words: two would wait for each other's
/// turn.
constexpr int attempts_with_picture_max = 2;

/// A thread is read from its beginning: reactions to its older messages may be new.
std::string first_stamp(const ReadHistory& effect)
{
    return effect.thread.empty() ? stamp_of(effect.since) : std::string{};
}

/// Reading failed, so the doubt about the earlier post remains. A limit on reading is none on posting: it
/// holds up this delivery and no other.
Fault still_in_doubt(Fault fault)
{
    if (fault.kind == FaultKind::temporary || fault.kind == FaultKind::rate_limited)
        fault.kind = FaultKind::unknown;
    return fault;
}

bool carries_id(JsonValue message, OutboxId id)
{
    if (const auto metadata = member_of(message, "metadata")) {
        const auto payload = member_of(*metadata, "event_payload");
        if (payload && text_of(*payload, "post_id") == fmt::to_string(id.value)) return true;
    }
    for (const JsonValue block : items_of(message, "blocks")) {
        if (text_of(block, "block_id") == marker_of(id)) return true;
    }
    return false;
}

/// Slack gives topics as it gives messages, with "&" as "&amp;". Whether it takes them like that is not
/// documented: this much is right either way, where an escape would grow by another each time.
std::string written_topic(std::string_view value)
{
    constexpr std::string_view escaped = "&amp;";
    std::string text{value};
    for (std::size_t at = 0; (at = text.find(escaped, at)) != std::string::npos; ++at)
        text.replace(at, escaped.size(), "&");
    return text;
}

bool has_chart(const Effect& effect)
{
    return std::visit(
        [](const auto& each) {
            if constexpr (requires { each.notice; })
                return ackd::has_chart(each.notice);
            else
                return false;
        },
        effect);
}

/// Whether the same is said in words: it was refused for good, or it is a private answer that nobody could
/// look for, and that is better seen twice than never.
bool may_be_its_picture(const EffectOutcome& outcome, const Effect& effect)
{
    const auto* fault = std::get_if<Fault>(&outcome);
    if (fault == nullptr) return false;
    return fault->kind == FaultKind::permanent ||
           (fault->kind == FaultKind::unknown && std::holds_alternative<EphemeralReply>(effect));
}

ApiCall call_for(const Delivery& delivery, const char* method)
{
    ApiCall call{method};
    call.at(delivery.is_awaited ? CallUrgency::urgent : CallUrgency::unhurried);
    return call;
}

}  // namespace

Task<EffectOutcome> EffectCarrier::carry_out(const Delivery& delivery)
{
    const ChatPlace in_words{identity_.workspace_url};
    if (!tries_picture(delivery)) {
        EffectOutcome outcome = co_await carry_out_at(in_words, delivery);
        co_return outcome;
    }
    const ChatPlace with_pictures{identity_.workspace_url, charts_};
    const EffectOutcome first = co_await carry_out_at(with_pictures, delivery);
    if (!may_be_its_picture(first, delivery.effect)) co_return first;
    EffectOutcome outcome = co_await carry_out_at(in_words, delivery);
    if (!std::holds_alternative<Fault>(outcome)) {
        spdlog::warn("event=picture_refused outbox_id={} reason=\"{}\" text=\"can Slack reach [web] url?\"",
                     delivery.id.value,
                     for_log(std::get<Fault>(first).detail));
    }
    co_return outcome;
}

bool EffectCarrier::tries_picture(const Delivery& delivery) const
{
    return charts_ != nullptr && has_chart(delivery.effect) && !delivery.in_doubt &&
           delivery.attempt <= attempts_with_picture_max;
}

Task<EffectOutcome> EffectCarrier::carry_out_at(ChatPlace place, const Delivery& delivery)
{
    if (const auto* effect = std::get_if<PostMessage>(&delivery.effect)) {
        co_return co_await post(place, delivery, *effect);
    }
    if (const auto* effect = std::get_if<UpdateMessage>(&delivery.effect)) {
        co_return co_await update(place, delivery, *effect);
    }
    if (const auto* effect = std::get_if<EphemeralReply>(&delivery.effect)) {
        co_return co_await reply(place, delivery, *effect);
    }
    if (const auto* effect = std::get_if<FetchMessage>(&delivery.effect)) {
        co_return co_await fetch(delivery, *effect);
    }
    if (const auto* effect = std::get_if<ReadHistory>(&delivery.effect)) {
        co_return co_await read_history(*effect);
    }
    if (const auto* effect = std::get_if<PublishHome>(&delivery.effect)) {
        co_return co_await publish(place, delivery, *effect);
    }
    if (const auto* effect = std::get_if<OpenDialog>(&delivery.effect)) {
        co_return co_await open_view(
            delivery, effect->trigger, render_dialog(effect->notice, identity_.workspace_url));
    }
    if (const auto* effect = std::get_if<OpenForm>(&delivery.effect)) {
        co_return co_await open_view(
            delivery, effect->trigger, render_form(effect->form, identity_.workspace_url));
    }
    if (const auto* effect = std::get_if<SetTopicPart>(&delivery.effect)) {
        co_return co_await set_topic_part(delivery, *effect);
    }
    if (const auto* effect = std::get_if<SetGroupMembers>(&delivery.effect)) {
        co_return co_await set_group_members(delivery, *effect);
    }
    co_return co_await list_members(delivery, std::get<ListChannelMembers>(delivery.effect));
}

void EffectCarrier::note_metadata(JsonValue message)
{
    if (member_of(message, "metadata") || std::exchange(metadata_missing_logged_, true)) return;
    spdlog::warn(
        "event=metadata_missing text=\"Slack did not keep the metadata of a message; lost answers are "
        "recognised by block ids alone\"");
}

Task<EffectOutcome> EffectCarrier::post(ChatPlace place, const Delivery& delivery, const PostMessage& effect)
{
    if (delivery.in_doubt) {
        auto conversation = co_await find_conversation(effect);
        if (!conversation) co_return still_in_doubt(conversation.error());
        auto found = co_await find_post(delivery, *conversation, effect.thread);
        if (!found) co_return still_in_doubt(found.error());
        if (!found->empty()) {
            Posted adopted;
            adopted.message = MessageRef{ChannelId{*conversation}, *found};
            adopted.adopted = true;
            co_return adopted;
        }
    }
    const RenderedMessage rendered = render_message(effect.notice, delivery.id, place);
    ApiCall call{"chat.postMessage"};
    call.with("channel", effect.channel.empty() ? effect.person.value : effect.channel.value)
        .with("thread_ts", effect.thread)
        .with("text", rendered.text)
        .with("blocks", rendered.blocks)
        .with("metadata", rendered.metadata)
        .with("unfurl_links", "false")
        .with("unfurl_media", "false");
    auto answer = co_await api_.call(std::move(call));
    if (!answer) co_return answer.error();
    const JsonValue root = answer->root();
    if (const auto message = member_of(root, "message")) note_metadata(*message);
    Posted posted;
    posted.message = MessageRef{ChannelId{std::string{text_of(root, "channel")}},
                                std::string{text_of(root, "ts")}};
    if (posted.message.channel.empty() || !posted.message.exists()) {
        co_return Fault{FaultKind::unknown, "chat.postMessage: an answer without channel or ts"};
    }
    co_return posted;
}

Task<Result<std::string>> EffectCarrier::find_conversation(const PostMessage& effect)
{
    if (!effect.channel.empty()) co_return effect.channel.value;
    ApiCall call{"conversations.open"};
    call.with("users", effect.person.value);
    auto answer = co_await api_.call(std::move(call));
    if (!answer) co_return answer.error();
    const auto channel = member_of(answer->root(), "channel");
    std::string id{channel ? text_of(*channel, "id") : std::string_view{}};
    if (id.empty()) co_return Fault{FaultKind::unknown, "conversations.open: an answer without a channel"};
    co_return id;
}

Task<Result<std::string>> EffectCarrier::find_post(const Delivery& delivery,
                                                   std::string channel,
                                                   std::string thread)
{
    const std::string oldest = stamp_of(delivery.intended_at - look_back);
    std::string cursor;
    for (int page = 0; page < look_up_pages_max; ++page) {
        ApiCall call{thread.empty() ? "conversations.history" : "conversations.replies"};
        call.with("channel", channel)
            .with("ts", thread)
            .with("oldest", oldest)
            .with("inclusive", "true")
            .with("include_all_metadata", "true")
            .with("limit", "200")
            .with("cursor", cursor);
        auto answer = co_await api_.call(std::move(call));
        // A thread that is gone holds nothing of ours.
        if (!answer && answer.error().kind == FaultKind::not_found) co_return std::string{};
        if (!answer) co_return answer.error();
        for (const JsonValue message : items_of(answer->root(), "messages")) {
            if (is_ours(message, identity_) && carries_id(message, delivery.id))
                co_return std::string{text_of(message, "ts")};
        }
        cursor = next_cursor(answer->root());
        if (cursor.empty()) co_return std::string{};
    }
    co_return Fault{FaultKind::unknown, "too much was said since to find out whether the message was posted"};
}

Task<EffectOutcome> EffectCarrier::update(ChatPlace place,
                                          const Delivery& delivery,
                                          const UpdateMessage& effect)
{
    if (!effect.reply_address.empty()) {
        std::string body = render_response(
            effect.notice, delivery.id, ReplyPlace::replaces_original, {}, place);
        const auto answer = co_await api_.post_json(effect.reply_address, std::move(body));
        if (answer) co_return Done{};
        if (answer.error().kind != FaultKind::permanent || place.charts != nullptr) co_return answer.error();
        // Used up, or too old: the ordinary way.
    }
    const RenderedMessage rendered = render_message(effect.notice, delivery.id, place);
    ApiCall call = call_for(delivery, "chat.update");
    call.with("channel", effect.message.channel.value)
        .with("ts", effect.message.stamp)
        .with("text", rendered.text)
        .with("blocks", rendered.blocks)
        .with("metadata", rendered.metadata)
        .with("parse", "none");
    const auto answer = co_await api_.call(std::move(call));
    if (!answer) co_return answer.error();
    co_return Done{};
}

Task<EffectOutcome> EffectCarrier::reply(ChatPlace place,
                                         const Delivery& delivery,
                                         const EphemeralReply& effect)
{
    const bool address_is_fresh = !effect.reply_address.empty() &&
                                  clock_.now() - delivery.intended_at < response_url_lifetime;
    if (address_is_fresh) {
        const ReplyPlace reply_place = effect.replaces_original ? ReplyPlace::replaces_original
                                                                : ReplyPlace::new_message;
        std::string body = render_response(effect.notice, delivery.id, reply_place, effect.thread, place);
        const auto answer = co_await api_.post_json(effect.reply_address, std::move(body));
        if (answer) co_return Done{};
        // With a picture, the same address is tried in words before another one is.
        if (answer.error().kind != FaultKind::permanent || place.charts != nullptr) co_return answer.error();
        spdlog::info("event=response_url_refused outbox_id={} reason=\"{}\"",
                     delivery.id.value,
                     answer.error().detail);
    }
    const RenderedMessage rendered = render_message(effect.notice, delivery.id, place);
    ApiCall call = call_for(delivery, "chat.postEphemeral");
    call.with("channel", effect.channel.value)
        .with("user", effect.person.value)
        .with("thread_ts", effect.thread)
        .with("text", rendered.text)
        .with("blocks", rendered.blocks);
    const auto answer = co_await api_.call(std::move(call));
    if (!answer) co_return answer.error();
    co_return Done{};
}

FetchedMessage EffectCarrier::fetched_from(JsonValue message) const
{
    FetchedMessage fetched;
    fetched.author = UserId{std::string{text_of(message, "user")}};
    fetched.by_bot = !text_of(message, "bot_id").empty() || text_of(message, "subtype") == "bot_message";
    fetched.thread = text_of(message, "thread_ts");
    if (const auto edited = member_of(message, "edited")) fetched.edited = text_of(*edited, "ts");
    fetched.text = said_in(message, identity_.workspace_url);
    fetched.said_at = instant_of_stamp(text_of(message, "ts"));
    return fetched;
}

Task<EffectOutcome> EffectCarrier::fetch(const Delivery& delivery, const FetchMessage& effect)
{
    // Where it is depends on whether it is a reply, which we do not always know. `replies` takes any message
    // of a thread as its `ts`, and always answers with the thread's first message as well.
    const std::string& stamp = effect.message.stamp;
    std::vector<std::string> threads;
    if (effect.thread.empty()) threads.emplace_back();
    threads.push_back(effect.thread.empty() ? stamp : effect.thread);
    for (const std::string& thread : threads) {
        ApiCall call = call_for(delivery, thread.empty() ? "conversations.history" : "conversations.replies");
        call.with("channel", effect.message.channel.value)
            .with("ts", thread)
            .with("oldest", stamp)
            .with("latest", stamp)
            .with("inclusive", "true")
            .with("limit", thread.empty() ? "1" : "2");
        auto answer = co_await api_.call(std::move(call));
        if (!answer && answer.error().kind == FaultKind::not_found) continue;
        if (!answer) co_return answer.error();
        for (const JsonValue message : items_of(answer->root(), "messages")) {
            if (text_of(message, "ts") != stamp || text_of(message, "subtype") == "tombstone") continue;
            co_return fetched_from(message);
        }
    }
    co_return Fault{FaultKind::not_found, "message_not_found"};
}

Task<EffectOutcome> EffectCarrier::list_members(const Delivery& delivery, const ListChannelMembers& effect)
{
    ChannelMembers listed;
    std::string cursor;
    for (int page = 0; page < member_pages_max; ++page) {
        ApiCall call = call_for(delivery, "conversations.members");
        call.with("channel", effect.channel.value).with("limit", "200").with("cursor", cursor);
        auto answer = co_await api_.call(std::move(call));
        if (!answer) co_return answer.error();
        for (const JsonValue item : items_of(answer->root(), "members")) {
            std::string_view user;
            if (item.get(user) == simdjson::SUCCESS) listed.members.emplace_back(std::string{user});
        }
        if (listed.members.size() > channel_members_max) break;
        cursor = next_cursor(answer->root());
        if (cursor.empty()) co_return listed;
    }
    // Half of them would look like all of them.
    co_return Fault{FaultKind::permanent, "channel_too_large"};
}

Task<EffectOutcome> EffectCarrier::publish(ChatPlace place,
                                           const Delivery& delivery,
                                           const PublishHome& effect)
{
    ApiCall call = call_for(delivery, "views.publish");
    call.with("user_id", effect.person.value).with("view", render_home(effect.notice, place));
    const auto answer = co_await api_.call(std::move(call));
    if (!answer) co_return answer.error();
    co_return Done{};
}

Task<EffectOutcome> EffectCarrier::open_view(const Delivery& delivery, std::string trigger, std::string view)
{
    ApiCall call = call_for(delivery, "views.open");
    call.with("trigger_id", trigger).with("view", view);
    const auto answer = co_await api_.call(std::move(call));
    if (!answer) co_return answer.error();
    co_return Done{};
}

Task<EffectOutcome> EffectCarrier::set_topic_part(const Delivery& delivery, const SetTopicPart& effect)
{
    ApiCall look = call_for(delivery, "conversations.info");
    look.with("channel", effect.channel.value);
    auto answer = co_await api_.call(std::move(look));
    if (!answer) co_return answer.error();
    const auto channel = member_of(answer->root(), "channel");
    const auto topic = channel ? member_of(*channel, "topic") : channel;
    if (!topic) co_return Fault{FaultKind::unknown, "conversations.info: an answer without a topic"};
    const std::string present = written_topic(text_of(*topic, "value"));
    const auto wanted = with_part(present, effect.part, topic_characters_max);
    if (!wanted) co_return Fault{FaultKind::conflict, "too_long"};
    // Slack posts a message into the channel each time that a topic is set.
    if (*wanted == present) co_return Done{};
    ApiCall call = call_for(delivery, "conversations.setTopic");
    call.with("channel", effect.channel.value).set("topic", *wanted);
    const auto done = co_await api_.call(std::move(call));
    if (!done) co_return done.error();
    co_return Done{};
}

Task<EffectOutcome> EffectCarrier::set_group_members(const Delivery& delivery, const SetGroupMembers& effect)
{
    ApiCall look = call_for(delivery, "usergroups.users.list");
    look.with("usergroup", effect.group.value);
    auto answer = co_await api_.call(std::move(look));
    if (!answer) co_return answer.error();
    std::set<std::string> present;
    for (const JsonValue item : items_of(answer->root(), "users")) {
        std::string_view user;
        if (item.get(user) == simdjson::SUCCESS) present.emplace(user);
    }
    std::set<std::string> wanted;
    std::string listed;
    for (const UserId& member : effect.members) {
        if (!wanted.insert(member.value).second) continue;
        listed += (listed.empty() ? "" : ",") + member.value;
    }
    if (wanted == present) co_return Done{};
    ApiCall call = call_for(delivery, "usergroups.users.update");
    call.with("usergroup", effect.group.value).with("users", listed);
    const auto done = co_await api_.call(std::move(call));
    if (!done) co_return done.error();
    co_return Done{};
}

Task<EffectOutcome> EffectCarrier::read_history(const ReadHistory& effect)
{
    // Pages go by stamps, not by cursors: those expire, and the next page may be wanted after a restart.
    ApiCall call{effect.thread.empty() ? "conversations.history" : "conversations.replies"};
    call.with("channel", effect.channel.value)
        .with("ts", effect.thread)
        .with("oldest", effect.after.empty() ? first_stamp(effect) : effect.after)
        .with("latest", effect.before)
        .with("limit", "200");
    auto answer = co_await api_.call(std::move(call));
    if (!answer) co_return answer.error();
    HistoryPage page;
    for (const JsonValue message : items_of(answer->root(), "messages")) {
        if (auto past = past_message_from(message, identity_)) page.messages.push_back(std::move(*past));
    }
    page.has_more = truth_of(answer->root(), "has_more") || !next_cursor(answer->root()).empty();
    co_return page;
}

}  // namespace ackd::slack
