// The kept answers and who was offered one of them.
#pragma once

#include "bot/answers/answer_index.hpp"
#include "bot/answers/kept_answer.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <vector>

namespace ackd {

/// Somebody was offered an answer at their question.
struct AnswerOffer {
    KeptAnswerId answer;
    UserId person;
    MessageRef question;
    Instant offered_at{};
    bool is_judged = false;
};

class KeptAnswerTable {
public:
    explicit KeptAnswerTable(storage::Connection& connection) : connection_(connection), index_(connection) {}

    /// A new one, in place of one of the same message that is over.
    [[nodiscard]] KeptAnswerId insert(const KeptAnswer& answer);
    /// The index follows: of what can be found, and of what could be found before.
    void save(const KeptAnswer& before, const KeptAnswer& after);
    /// Nothing of it is left.
    void remove(const KeptAnswer& answer);

    [[nodiscard]] std::optional<KeptAnswer> find(KeptAnswerId id) const;
    [[nodiscard]] std::optional<KeptAnswer> find_by_message(const MessageRef& message) const;
    /// The message is the answer, or the question; without those that are over.
    [[nodiscard]] std::vector<KeptAnswer> with_text_of(const MessageRef& message) const;
    [[nodiscard]] std::optional<KeptAnswer> find_by_question_sent(std::int64_t sent_id) const;

    [[nodiscard]] std::vector<KeptAnswerId> due(Instant now, int count_max) const;
    [[nodiscard]] std::optional<Instant> earliest_due() const;
    void postpone(KeptAnswerId id, Instant until);

    /// False: they were offered it before, or another one at this question.
    bool add_offer(const AnswerOffer& offer);
    [[nodiscard]] std::optional<AnswerOffer> offer_of(KeptAnswerId answer, const UserId& person) const;
    void mark_judged(const AnswerOffer& offer);

    [[nodiscard]] AnswerIndex& index() { return index_; }
    [[nodiscard]] const AnswerIndex& index() const { return index_; }

private:
    storage::Connection& connection_;
    AnswerIndex index_;
};

}  // namespace ackd
