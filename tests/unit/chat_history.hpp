// What was said in a chat, told to a Workspace or not: the history knows all of it, the bot only what it was
// told until it reads.
#pragma once

#include "bot/message_keys.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

namespace ackd {

class ChatHistory {
public:
    explicit ChatHistory(Workspace& workspace) : workspace_(workspace)
    {
        workspace_.instead = [this](const Delivery& delivery) { return answer(delivery); };
        workspace_.take(WorkspaceKnown{"T1", UserId{"Uackd"}, "B1"});
        ConversationsListed listed;
        listed.conversations.push_back(Conversation{ChannelId{"Cwork"}, "work", false});
        workspace_.take(listed);
    }

    /// While false, nothing of what happens is told.
    bool tells = true;
    /// Reactions that were not told, for telling them late.
    std::vector<ReactionChanged> untold;
    /// Happens after a page has been written, and before it arrives.
    std::function<void()> while_page_is_on_its_way;
    /// How many messages a page has.
    std::size_t page_size = 100;
    int pages_read = 0;
    /// Threads, by the stamps of their first messages, in the order in which they were read.
    std::vector<std::string> threads_read;
    /// Conversations that cannot be read.
    std::vector<std::string> closed;

    MessageRef say(const char* person, const std::string& text, const std::string& thread = "")
    {
        PastMessage& message = said_.emplace_back(Said{ChannelId{"Cwork"}, {}}).message;
        message.stamp = next_stamp();
        message.said_at = workspace_.clock.now();
        message.thread = thread;
        message.author = UserId{person};
        message.text = Workspace::rich(text);
        const MessageRef ref{ChannelId{"Cwork"}, message.stamp};
        workspace_.messages[ref] = FetchedMessage{message.author, false, thread, message.text};
        if (tells) {
            workspace_.take(MessagePosted{ref, thread, message.author, false, message.text},
                            key_of_message(ref));
        }
        return ref;
    }
    void edit(const MessageRef& ref, const std::string& text)
    {
        PastMessage& message = *find(ref);
        message.text = Workspace::rich(text);
        message.edited = next_stamp();
        workspace_.messages[ref].text = message.text;
        if (tells)
            workspace_.take(MessageEdited{ref, message.author, message.text, message.edited},
                            key_of_edit(ref, message.edited));
    }
    void remove(const MessageRef& ref)
    {
        std::erase_if(said_, [&](const Said& each) { return each.message.stamp == ref.stamp; });
        if (tells) workspace_.take(MessageDeleted{ref}, key_of_deletion(ref));
    }
    void react(const char* person, const MessageRef& ref, const std::string& emoji, bool added = true)
    {
        PastMessage& message = *find(ref);
        auto state = std::find_if(message.reactions.begin(), message.reactions.end(), [&](const auto& each) {
            return each.emoji == emoji;
        });
        if (state == message.reactions.end())
            state = message.reactions.insert(state, ReactionState{emoji, {}, true});
        const UserId user{person};
        const bool has_it = std::count(state->people.begin(), state->people.end(), user) > 0;
        if (has_it == added) return;
        if (added)
            state->people.push_back(user);
        else
            std::erase(state->people, user);
        const ReactionChanged change{ref, user, message.author, emoji, added, next_stamp()};
        if (tells)
            workspace_.take(change);
        else
            untold.push_back(change);
    }
    /// The chat names only some of those who reacted.
    void name_only_some(const MessageRef& ref)
    {
        for (ReactionState& state : find(ref)->reactions) {
            state.people.clear();
            state.is_complete = false;
        }
    }
    /// A message of the bot, as the history has it.
    MessageRef ours(const SeenMessage& message)
    {
        if (find(message.ref) == nullptr) {
            PastMessage& past = said_.emplace_back(Said{message.ref.channel, {}}).message;
            past.stamp = message.ref.stamp;
            past.said_at = message.posted_at;
            past.thread = message.thread;
            past.author = UserId{"Uackd"};
            past.by_bot = past.is_ours = true;
        }
        return message.ref;
    }

    void catch_up(GapReason reason = GapReason::reconnected)
    {
        workspace_.take(CatchUpWanted{reason});
        // One read a turn: the engine goes on until nothing is left to read.
        for (int turn = 0; turn < 500 && (is_reading() || is_searching()); ++turn)
            workspace_.advance(std::chrono::seconds{2});
    }
    [[nodiscard]] bool is_reading() const { return listed() > 0; }
    /// The engine has not found all that is to be read, and wants to go on at once.
    [[nodiscard]] bool is_searching() const
    {
        return workspace_.engine.next_wake() <= workspace_.clock.now();
    }
    /// How many reads are in the outbox.
    [[nodiscard]] std::int64_t listed() const
    {
        return workspace_.count("SELECT count(*) FROM outbox WHERE kind IN (10, 11)");
    }

private:
    struct Said {
        ChannelId channel;
        PastMessage message;
    };

    PastMessage* find(const MessageRef& ref)
    {
        for (Said& each : said_) {
            if (each.channel == ref.channel && each.message.stamp == ref.stamp) return &each.message;
        }
        return nullptr;
    }
    std::string next_stamp()
    {
        char text[40];
        std::snprintf(text,
                      sizeof text,
                      "%lld.%06lld",
                      static_cast<long long>(to_microseconds(workspace_.clock.now()) / 1'000'000),
                      static_cast<long long>(++stamps_));
        return text;
    }
    std::optional<EffectOutcome> answer(const Delivery& delivery)
    {
        const auto* read = std::get_if<ReadHistory>(&delivery.effect);
        if (read == nullptr) return std::nullopt;
        if (std::find(closed.begin(), closed.end(), read->channel.value) != closed.end())
            return Fault{FaultKind::not_a_member, "not_in_channel"};
        ++pages_read;
        if (!read->thread.empty()) threads_read.push_back(read->thread);
        std::vector<PastMessage> found;
        bool thread_exists = false;
        for (const Said& each : said_) {
            const PastMessage& message = each.message;
            if (each.channel != read->channel) continue;
            if (read->thread.empty()) {
                if (!message.thread.empty() || message.said_at < read->since) continue;
            } else if (message.stamp != read->thread && message.thread != read->thread) {
                continue;
            }
            thread_exists = true;
            if (!read->before.empty() && message.stamp >= read->before) continue;
            if (!read->after.empty() && message.stamp <= read->after) continue;
            found.push_back(message);
        }
        if (!read->thread.empty() && !thread_exists) return Fault{FaultKind::not_found, "thread_not_found"};
        if (read->thread.empty()) std::reverse(found.begin(), found.end());
        HistoryPage page;
        page.has_more = found.size() > page_size;
        if (page.has_more) found.resize(page_size);
        page.messages = std::move(found);
        if (while_page_is_on_its_way) {
            workspace_.clock.advance_to(workspace_.clock.now() + std::chrono::milliseconds{100});
            std::exchange(while_page_is_on_its_way, nullptr)();
        }
        return page;
    }

    Workspace& workspace_;
    std::deque<Said> said_;
    std::int64_t stamps_ = 0;
};

/// Ann asks Bo and Cy by 📨 on a message of her own.
struct Asked {
    Asked()
    {
        message = history.say("Uann", "@Ubo @Ucy please read the plan");
        history.react("Uann", message, "incoming_envelope");
    }
    Workspace workspace;
    ChatHistory history{workspace};
    MessageRef message;
};

}  // namespace ackd
