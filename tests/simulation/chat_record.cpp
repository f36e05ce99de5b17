#include "tests/simulation/chat_record.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd::simulation {

std::string ChatRecord::new_stamp(Instant now)
{
    last_stamp_us_ = std::max(last_stamp_us_ + 1, to_microseconds(now));
    return fmt::format("{}.{:06}", last_stamp_us_ / 1'000'000, last_stamp_us_ % 1'000'000);
}

SeenMessage& ChatRecord::add(SeenMessage message)
{
    places_.emplace(message.message, messages_.size());
    return messages_.emplace_back(std::move(message));
}

const SeenMessage* ChatRecord::find(const MessageRef& message) const
{
    const auto place = places_.find(message);
    return place == places_.end() ? nullptr : &messages_[place->second];
}

SeenMessage* ChatRecord::find(const MessageRef& message)
{
    return const_cast<SeenMessage*>(std::as_const(*this).find(message));
}

PastMessage ChatRecord::past(const SeenMessage& message) const
{
    PastMessage past;
    past.stamp = message.message.stamp;
    past.said_at = message.posted_at;
    past.thread = message.thread == message.message.stamp ? "" : message.thread;
    past.is_ours = message.author.empty();
    past.author = past.is_ours ? bot_ : message.author;
    past.by_bot = past.is_ours;
    past.is_deleted = message.deleted;
    past.edited = message.edited;
    past.text = message.text;
    for (const auto& reaction : message.reactions) {
        const UserId& person = reaction.first;
        const std::string& emoji = reaction.second;
        auto state = std::find_if(past.reactions.begin(), past.reactions.end(), [&](const auto& each) {
            return each.emoji == emoji;
        });
        if (state == past.reactions.end())
            state = past.reactions.insert(state, ReactionState{emoji, {}, true});
        state->people.push_back(person);
    }
    return past;
}

EffectOutcome ChatRecord::read(const ReadHistory& read) const
{
    constexpr std::size_t page_size = 15;
    const bool is_thread = !read.thread.empty();
    HistoryPage page;
    std::vector<const SeenMessage*> found;
    bool thread_exists = false;
    for (const SeenMessage& message : messages_) {
        if (message.message.channel != read.channel) continue;
        const bool is_root = message.message.stamp == read.thread;
        const bool is_reply = !message.thread.empty() && message.thread != message.message.stamp;
        if (is_thread ? !is_root && message.thread != read.thread : is_reply) continue;
        thread_exists = thread_exists || !message.deleted;
        // Of a deleted message a trace is left only where it began a thread.
        if (message.deleted && !is_root) continue;
        if (!is_thread && message.posted_at < read.since) continue;
        if (!read.before.empty() && message.message.stamp >= read.before) continue;
        if (!read.after.empty() && message.message.stamp <= read.after) continue;
        found.push_back(&message);
    }
    if (is_thread && !thread_exists) return Fault{FaultKind::not_found, "thread_not_found"};
    if (!is_thread) std::reverse(found.begin(), found.end());
    page.has_more = found.size() > page_size;
    if (page.has_more) found.resize(page_size);
    for (const SeenMessage* message : found) page.messages.push_back(past(*message));
    return page;
}

}  // namespace ackd::simulation
