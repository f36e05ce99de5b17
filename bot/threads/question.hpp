// A question that somebody asked in a watched channel, from the moment it is said until it is answered, or is
// known to be none.
//
//   it is said ──► watched: only where it is, who asked, and when; not its text
//   `offer_after` later, what was said since is read again in the chat and judged (answer_rules.hpp)
//     answered, or none after all ──► ended
//     nobody answered             ──► pursued: its asker is told, alone, and an obligation of kind `question`
//                                     begins (question_handlers.hpp), or there is nobody to ask
//   a reply, a ✅, "not a question", an edit that asks no more, its deletion ──► ended, at any time
//   its asker says "still stuck" ──► watched again, from then on
//   somebody takes their "Done" back, or a dead letter is asked again ──► pursued again
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "bot/threads/answer_rules.hpp"
#include "bot/threads/phrase_book.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ackd {

/// Stored: do not renumber.
enum class QuestionState {
    watched = 1,
    pursued = 2,
    ended = 3,
};

/// Stored: do not renumber.
enum class QuestionEvent {
    unheard = 1,  ///< read again: nobody has answered
    ended = 2,
    still_stuck = 3,
    asked_again = 4,  ///< of its people: an answer was taken back, or a dead letter is tried once more
};

/// Nothing: it does not apply in this state.
[[nodiscard]] std::optional<QuestionState> next_state(QuestionState state, QuestionEvent event);

/// How it ended. Stored: do not renumber.
enum class QuestionOutcome {
    none = 0,
    answered = 1,
    answered_elsewhere = 2,  ///< somebody said so
    not_a_question = 3,      ///< somebody said so
    reads_otherwise = 4,     ///< with what was said around it, it asks nothing
    withdrawn = 5,           ///< by who asked: taken back, edited into something else
    deleted = 6,
    unanswered = 7,
    unwatched = 8,  ///< the channel is not watched any more, or cannot be read
    asker_gone = 9,
};
[[nodiscard]] std::string_view name_of(QuestionState state);
[[nodiscard]] std::string_view name_of(QuestionOutcome outcome);
/// Whether it was a question that had an answer.
[[nodiscard]] bool is_answered(QuestionOutcome outcome);

/// Why the first people asked are the ones. Stored: do not renumber.
enum class AskedBecause {
    nobody = 0,
    mentioned = 1,
    in_group = 2,
    in_thread = 3,           ///< spoke in the thread
    answers_in_channel = 4,  ///< the channel has chosen them
    on_route = 5,
};

struct Question {
    QuestionId id;
    MessageRef message;
    std::string thread;  ///< stamp of the thread's first message when it is a reply, else empty
    UserId asker;
    Instant asked_at{};
    /// Since when it waits: when it was asked, or when its asker said that it is still open.
    Instant waits_since{};
    SignalSet signals = 0;
    QuestionState state = QuestionState::watched;
    QuestionOutcome outcome = QuestionOutcome::none;
    AnswerSign sign = AnswerSign::none;
    AskedBecause because = AskedBecause::nobody;
    /// The first of them: whose turn it is next goes by whose it was.
    UserId first_asked;
    /// When it is looked at next. Nothing: it is being read, its obligations have the clock, or it is over.
    std::optional<Instant> due_at;
    std::optional<Instant> answered_at;
    std::optional<Instant> ended_at;
    /// Of what follows from it; none: nobody was asked.
    RequestId request;

    /// The thread in which it is answered.
    [[nodiscard]] const std::string& answers_in() const { return thread.empty() ? message.stamp : thread; }
    friend bool operator==(const Question&, const Question&) = default;
};

}  // namespace ackd
