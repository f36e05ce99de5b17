// A workspace with a channel in which questions are looked after.
#pragma once

#include "tests/unit/bot_workspace.hpp"

#include <fmt/format.h>

namespace ackd {

inline Settings watching(WatchMode mode = WatchMode::questions)
{
    Settings settings = straight_settings();
    WatchedChannel channel;
    channel.channel = ChannelId{"Chelp"};
    channel.mode = mode;
    channel.people = {UserId{"Ubo"}, UserId{"Ucy"}};
    settings.channels.push_back(channel);
    return settings;
}

/// It is Monday 10:00; everybody is at work from 9 to 17. Bo and Cy answer in #help, one at a time.
struct HelpChannel : Workspace {
    explicit HelpChannel(Settings settings = watching()) : Workspace(std::move(settings))
    {
        instead = [this](const Delivery& delivery) { return read(delivery); };
    }

    /// Somebody says something, and the chat remembers it.
    MessageRef say(const char* person, const std::string& typed, const MessageRef& thread = {})
    {
        PastMessage past;
        past.stamp = fmt::format("{}.000100", to_microseconds(clock.now()) / 1'000'000 + said_count++);
        past.said_at = clock.now();
        past.thread = thread.stamp;
        past.author = UserId{person};
        past.text = rich(typed);
        history.push_back(past);
        const MessageRef message{ChannelId{"Chelp"}, past.stamp};
        take(MessagePosted{message, past.thread, past.author, false, past.text});
        return message;
    }
    void forget(const MessageRef& message)
    {
        std::erase_if(history, [&](const PastMessage& past) { return past.stamp == message.stamp; });
    }

    std::optional<EffectOutcome> read(const Delivery& delivery)
    {
        const auto* wanted = std::get_if<ReadHistory>(&delivery.effect);
        if (wanted == nullptr) return std::nullopt;
        ++reads;
        HistoryPage page;
        bool is_there = wanted->thread.empty();
        for (const PastMessage& past : history) {
            const bool is_first = past.stamp == wanted->thread;
            const bool is_in_thread = past.thread == wanted->thread || is_first;
            is_there = is_there || is_in_thread;
            const bool is_wanted = wanted->thread.empty()
                                       ? past.thread.empty() && past.said_at >= wanted->since &&
                                             (wanted->before.empty() || past.stamp < wanted->before)
                                       : is_in_thread && (is_first || past.stamp > wanted->after);
            if (is_wanted) page.messages.push_back(past);
        }
        if (!is_there) return Fault{FaultKind::not_found, "thread_not_found"};
        // The newest of a channel, the oldest of a thread.
        page.has_more = page.messages.size() > page_max;
        if (page.has_more && wanted->thread.empty())
            page.messages.erase(page.messages.begin(),
                                page.messages.end() - static_cast<std::ptrdiff_t>(page_max));
        else if (page.has_more)
            page.messages.resize(page_max);
        return page;
    }

    Question question(std::int64_t id = 1) { return QuestionTable{*connection}.find(QuestionId{id}).value(); }
    std::int64_t question_count() { return count("SELECT count(*) FROM questions"); }
    std::string said_to(const char* person) { return to(person).empty() ? "" : text_of(last_to(person).now); }

    std::vector<PastMessage> history;
    std::int64_t said_count = 0;
    int reads = 0;
    std::size_t page_max = 200;
};

inline bool has(const std::string& text, const std::string& words)
{
    return text.find(words) != std::string::npos;
}

inline constexpr const char* to_the_room = "Does anyone know how to restart the staging database?";

}  // namespace ackd
