// The whole bot on a database (in memory, unless said otherwise), with a chat that takes everything at once
// and remembers what people see.
//
// Time stands still until `advance_to`. Nothing is hidden: `posts`, `answers` and the counts say all that was
// done.
#pragma once

#include "bot/engine/engine.hpp"
#include "tests/unit/notice_text.hpp"
#include "tests/unit/test_time.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ackd {

/// A message of the bot as it stands in the chat now.
struct SeenMessage {
    MessageRef ref;
    UserId person;  ///< of a direct message; empty in a channel
    std::string thread;
    Notice first;  ///< as posted
    Notice now;    ///< as redrawn since
    int updates = 0;
    Instant posted_at{};
};

/// What somebody alone was answered.
struct SeenAnswer {
    UserId person;
    Notice notice;
};

class RecordingPort final : public ChatPort {
public:
    void confirm(std::vector<Confirmation> list) override;
    void deliver(std::vector<Delivery> list) override;
    void on_room() override {}

    std::vector<Confirmation> confirmations;
    std::vector<Delivery> deliveries;
};

/// The defaults, but that each nudge follows the one before and a "Got it" is left alone: nobody is asked
/// first whether it is still needed or still with them, or whether it may disturb them
/// (tests/unit/still_needed.cpp, letting_go.cpp, price.cpp).
[[nodiscard]] Settings straight_settings();

class Workspace {
public:
    /// `path`: of the database, when it is to be open to others.
    explicit Workspace(Settings chosen = straight_settings(),
                       Instant start = utc("2026-03-02 10:00"),
                       const std::string& path = ":memory:");
    ~Workspace();

    /// A member in UTC, unless another zone is given.
    void join(const char* id,
              const char* name,
              const char* zone = "Etc/UTC",
              MemberKind kind = MemberKind::person,
              bool deactivated = false);

    /// One input, and everything that follows from it at this instant.
    void take(InputBody body, std::string key = "");

    void command(const char* person, const char* command_name, RichText text);
    /// "@Ubo", "@&Gteam" and "#Cops" become mentions, as the chat delivers them.
    void ack(const char* person, const std::string& typed);
    void ackd(const char* person, const std::string& typed);

    /// Presses a button, or makes a menu's choice, on this message.
    void press(const char* person,
               const SeenMessage& message,
               const char* name,
               const std::string& choice = "");

    void react(const char* person,
               const MessageRef& message,
               const char* emoji,
               bool added = true,
               const char* author = "");

    void advance_to(Instant then);
    void advance(Duration duration);

    /// A cycle without inputs, and everything that follows from it at this instant.
    void turn();

    /// Direct messages to one person, oldest first.
    [[nodiscard]] std::vector<SeenMessage> to(const char* person) const;
    /// The newest direct message to somebody.
    [[nodiscard]] SeenMessage last_to(const char* person) const;
    [[nodiscard]] std::vector<SeenMessage> in(const char* channel) const;
    /// The newest card.
    [[nodiscard]] SeenMessage card() const;
    [[nodiscard]] std::string answer() const;

    [[nodiscard]] ObligationTable table();
    [[nodiscard]] Request request(std::int64_t id = 1);
    /// The states of a request's obligations in the order they came to be: "Ubo open, Ucy received".
    [[nodiscard]] std::string states(std::int64_t request = 1);
    /// The facts of a request, in order, without those of deliveries.
    [[nodiscard]] std::string facts(std::int64_t request = 1);
    [[nodiscard]] std::int64_t count(const char* sql);

    static RichText rich(const std::string& typed);

    SteppedClock clock;
    std::unique_ptr<storage::Connection> connection;
    RecordingPort port;
    Engine engine;
    std::vector<EffectSettled> settled;
    std::vector<SeenMessage> posts;
    std::vector<SeenAnswer> answers;
    std::map<UserId, std::vector<Notice>> homes;  ///< all that was published, oldest first
    std::vector<Notice> dialogs;
    std::vector<TellOutside> told_outside;
    std::vector<SetTopicPart> topic_parts;
    std::map<ChannelId, std::string> topics;  ///< as they are; to be written in by people as well
    std::map<GroupId, std::vector<std::vector<UserId>>> groups_filled;
    std::vector<Form> forms;  ///< all that were opened, oldest first
    FormProblems problems;    ///< what the last input was answered, when it was a form
    /// What FetchMessage and ListChannelMembers find.
    std::map<MessageRef, FetchedMessage> messages;
    std::map<ChannelId, std::vector<UserId>> members;
    /// Answers a delivery in place of the chat, when it returns something.
    std::function<std::optional<EffectOutcome>(const Delivery&)> instead;

private:
    static std::unique_ptr<storage::Connection> migrated(const std::string& path);
    static UserId actor_of(const InputBody& body);

    void settle_all();

    EffectOutcome outcome_of(const Delivery& delivery);
};

/// The default route asks these people and channels in turn, one a step ("" is a step with nobody in it).
[[nodiscard]] Settings with_route(const std::vector<std::string>& steps);

}  // namespace ackd
