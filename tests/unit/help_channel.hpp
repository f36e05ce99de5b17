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
        for (const PastMessage& past : history) {
            const bool is_in_thread = past.thread == wanted->thread || past.stamp == wanted->thread;
            if (wanted->thread.empty() ? past.thread.empty() && past.said_at >= wanted->since : is_in_thread)
                page.messages.push_back(past);
        }
        if (page.messages.empty() && !wanted->thread.empty())
            return Fault{FaultKind::not_found, "thread_not_found"};
        return page;
    }

    Question question(std::int64_t id = 1) { return QuestionTable{*connection}.find(QuestionId{id}).value(); }
    std::int64_t question_count() { return count("SELECT count(*) FROM questions"); }
    std::string said_to(const char* person) { return to(person).empty() ? "" : text_of(last_to(person).now); }

    std::vector<PastMessage> history;
    std::int64_t said_count = 0;
    int reads = 0;
};

inline bool has(const std::string& text, const std::string& words)
{
    return text.find(words) != std::string::npos;
}

inline constexpr const char* to_the_room = "Does anyone know how to restart the staging database?";

}  // namespace ackd
