#include "bot/interruptions/digest_handlers.hpp"

#include "bot/delivery/obligation_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/notice_json.hpp"
#include "bot/people/eligibility.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace ackd {

namespace {

/// Somebody who comes back to an older one finds /ackd and the App Home current.
constexpr std::chrono::days kept_current_for{3};
/// More than a message can show.
constexpr int listed_max = 20;

/// The whole list of what waits for them, so that each is brought up to date there when it changes.
void add_listed(HandlerContext& context, const UserId& person, OutboxRow& row)
{
    const auto add = [&](const OutboxItem& listed) {
        const bool is_there = std::any_of(row.items.begin(), row.items.end(), [&](const OutboxItem& item) {
            return item.obligation == listed.obligation;
        });
        if (!is_there) row.items.push_back(listed);
    };
    for (const Obligation& obligation : context.obligations.waiting_for(person, listed_max))
        add(OutboxItem{obligation.id, listed_step, 0});
    // What was said back stays within reach until it is judged: the digest before has shrunk.
    for (const ReadBackTurn& turn : context.read_backs.given_to(person))
        add(OutboxItem{turn.obligation, said_back_step, static_cast<int>(turn.id)});
}

std::vector<Notice> news_in(const std::string& text)
{
    std::vector<Notice> news;
    for (const auto& notice : nlohmann::json::parse(text))
        news.push_back(notice_from_text(notice.get<std::string>()));
    return news;
}

}  // namespace

Instant digest_at(const WorkingHours& hours, Instant due, Instant now)
{
    return std::max(now, hours.next_digest_slot(due));
}

void put_into_digest(HandlerContext& context, const UserId& person, const OutboxItem& item, Instant due_at)
{
    // What somebody says back has no other place to be read in.
    if (context.interruptions.telling_of(person) == Telling::home_only && item.step != said_back_step) return;
    context.interruptions.add(person, item, due_at, context.now);
}

void put_into_digest(HandlerContext& context, const UserId& person, const Notice& news)
{
    const WorkingHours hours = context.directory.working_hours_of(person);
    // News has no other place to be read in, so it comes to those as well who want no messages.
    context.interruptions.add(person, to_text(news), digest_at(hours, context.now, context.now), context.now);
}

void reckon_messages_anew(HandlerContext& context, const UserId& person)
{
    context.outbox.look_again(conversation_of(person), context.now);
    DigestState digest = context.interruptions.digest_of(person);
    if (!digest.due_at || *digest.due_at <= context.now) return;
    // No slot has passed since something was put into it: the next one is the first one.
    digest.due_at = digest_at(context.directory.working_hours_of(person), context.now, context.now);
    context.interruptions.save(person, digest);
}

void handle_digest(HandlerContext& context, const UserId& person)
{
    DigestState digest = context.interruptions.digest_of(person);
    if (!is_present(context.directory.find(person))) {
        context.interruptions.remove_entries_of(person);
        digest.due_at.reset();
        context.interruptions.save(person, digest);
        return;
    }
    const WorkingHours hours = context.directory.working_hours_of(person);
    constexpr std::chrono::microseconds just_after{1};
    const bool has_had_this_slot = hours.next_digest_slot(digest.made_at + just_after) > context.now;
    const bool is_at_work = hours.contains(context.now);
    if (!is_at_work || (has_had_this_slot && !is_mutated(Mutation::double_digest))) {
        digest.due_at = hours.next_digest_slot(context.now + just_after);
        context.interruptions.save(person, digest);
        return;
    }

    OutboxRow row;
    row.kind = OutboxKind::digest;
    row.conversation = conversation_of(person);
    nlohmann::json news = nlohmann::json::array();
    const bool reads_at_home = context.interruptions.telling_of(person) == Telling::home_only;
    for (const DigestEntry& entry : context.interruptions.entries_of(person)) {
        if (!entry.item.obligation.exists())
            news.push_back(entry.notice);
        else if ((!reads_at_home || entry.item.step == said_back_step) && still_stands(context, entry.item))
            row.items.push_back(entry.item);
    }
    digest.due_at.reset();
    if (!is_mutated(Mutation::double_digest)) context.interruptions.remove_entries_of(person);
    if (!row.items.empty() || !news.empty()) {
        digest.made_at = context.now;
        add_listed(context, person, row);
        row.payload = news.dump();
        row.created_at = row.not_before = context.now;
        context.outbox.add(row);
        if (is_mutated(Mutation::double_digest)) digest.due_at = context.now + std::chrono::minutes{20};
    }
    context.interruptions.save(person, digest);
}

Notice composed_digest(HandlerContext& context, const OutboxRow& row, const std::vector<OutboxItem>& items)
{
    DigestContent content;
    for (const OutboxItem& item : items) content.obligations.push_back(item.obligation);
    content.news = news_in(row.payload);
    return digest_notice(context, person_of(row.conversation), content);
}

void digest_posted(HandlerContext& context, const SentMessage& sent)
{
    DigestState digest = context.interruptions.digest_of(sent.person);
    const std::int64_t before = digest.sent_id;
    digest.sent_id = sent.id;
    context.interruptions.save(sent.person, digest);
    if (const auto followed = context.sent_messages.find(before))
        context.outbox.add(refresh_of(*followed, context.now));
}

bool is_followed_digest(HandlerContext& context, const SentMessage& sent)
{
    return sent.kind == static_cast<int>(OutboxKind::digest) &&
           context.interruptions.digest_of(sent.person).sent_id != sent.id;
}

Notice refreshed_digest(HandlerContext& context, const SentMessage& sent)
{
    const DigestContent content{sent.obligations, news_in(sent.news)};
    return is_followed_digest(context, sent) ? followed_digest_notice(context, sent.person, content)
                                             : digest_notice(context, sent.person, content);
}

void redraw_digest(HandlerContext& context, const UserId& person)
{
    const std::int64_t id = context.interruptions.digest_of(person).sent_id;
    if (id == 0) return;
    const auto sent = context.sent_messages.find(id);
    if (!sent || sent->sent_at < context.now - kept_current_for) return;
    context.outbox.add(refresh_of(*sent, context.now));
}

}  // namespace ackd
