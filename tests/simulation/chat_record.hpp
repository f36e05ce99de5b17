// All that was said in a simulated workspace, as it stands, and its history as the bot may read it.
#pragma once

#include "bot/effect.hpp"
#include "bot/ids.hpp"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace ackd::simulation {

/// One message, as people see it.
struct SeenMessage {
    MessageRef message;
    std::string thread;
    UserId author;                 ///< empty: ours
    RichText text;                 ///< of people
    std::optional<Notice> notice;  ///< of ours, as last drawn
    OutboxId outbox;               ///< what travelled with it
    UserId person;                 ///< a direct message to this person
    Instant posted_at{};
    bool deleted = false;
    std::set<std::pair<UserId, std::string>> reactions;
    std::string edited;  ///< stamp of the last edit
};

class ChatRecord {
public:
    /// `bot`: who we are, as the author of what has none.
    explicit ChatRecord(UserId bot) : bot_(std::move(bot)) {}

    /// Later than all before, and never twice.
    std::string new_stamp(Instant now);
    SeenMessage& add(SeenMessage message);
    [[nodiscard]] const SeenMessage* find(const MessageRef& message) const;
    [[nodiscard]] SeenMessage* find(const MessageRef& message);
    [[nodiscard]] const std::deque<SeenMessage>& messages() const { return messages_; }

    [[nodiscard]] EffectOutcome read(const ReadHistory& read) const;

private:
    [[nodiscard]] PastMessage past(const SeenMessage& message) const;

    UserId bot_;
    std::deque<SeenMessage> messages_;  ///< a deque: what people look at stays where it is
    std::map<MessageRef, std::size_t> places_;
    std::int64_t last_stamp_us_ = 0;
};

}  // namespace ackd::simulation
