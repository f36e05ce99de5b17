// Questions of watched channels, and what marks have taught about each channel, as stored.
#pragma once

#include "bot/threads/question.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

class QuestionTable {
public:
    explicit QuestionTable(storage::Connection& connection) : connection_(connection) {}

    /// Gives it an id. False: that message is known as one already.
    bool insert(Question& question);
    void save(const Question& question);
    [[nodiscard]] std::optional<Question> find(QuestionId id) const;
    [[nodiscard]] std::optional<Question> find(const MessageRef& message) const;
    [[nodiscard]] std::optional<Question> find(RequestId request) const;
    /// Those that are answered in the thread that starts with this message, ended ones as well; oldest first.
    [[nodiscard]] std::vector<Question> in_thread(const ChannelId& channel, const std::string& thread) const;
    /// Not ended, oldest first, at most `count_max`.
    [[nodiscard]] std::vector<Question> open(const ChannelId& channel, int count_max) const;
    [[nodiscard]] std::vector<Question> open_of(const UserId& asker) const;
    /// Ended since then.
    [[nodiscard]] std::vector<Question> ended(const ChannelId& channel, Instant since) const;

    [[nodiscard]] std::optional<Instant> earliest_due() const;
    /// Earliest first.
    [[nodiscard]] std::vector<QuestionId> due(Instant now, int count_max) const;
    void postpone(QuestionId id, Instant until);

    /// The newest question about which this person was asked first; none: never.
    [[nodiscard]] QuestionId last_turn_of(const UserId& person) const;

    // What marks have taught

    /// The default weights, with what the channel has learnt.
    [[nodiscard]] SignalWeights weights_of(const ChannelId& channel) const;
    struct Lesson {
        QuestionSignal signal;
        /// In hundredths.
        int change = 0;
    };
    [[nodiscard]] std::vector<Lesson> lessons_of(const ChannelId& channel) const;
    void learn(const ChannelId& channel, QuestionSignal signal, int change);
    void forget_lessons(const ChannelId& channel);

private:
    storage::Connection& connection_;
};

}  // namespace ackd
