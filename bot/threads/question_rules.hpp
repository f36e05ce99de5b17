// What a question comes to when the talk around it is read again, and who is asked about it. Pure.
#pragma once

#include "bot/delivery/priority_policy.hpp"
#include "bot/threads/answer_rules.hpp"
#include "bot/threads/question.hpp"
#include "bot/threads/watched_channel.hpp"

#include <span>
#include <string>
#include <vector>

namespace ackd {

enum class Verdict {
    not_there,     ///< it is not among what was read
    asks_nothing,  ///< with what stands around it
    answered,
    unanswered,
};

struct QuestionJudgement {
    Verdict verdict = Verdict::not_there;
    AnswerSign sign = AnswerSign::none;
    /// When it was answered, where the chat tells.
    std::optional<Instant> answered_at;
    /// What asks, of what its asker said in one go: the question, or what follows it. Only when unanswered.
    RichText text;
    /// Whom that names.
    std::vector<UserId> mentioned;
    std::vector<GroupId> groups;
    /// Who else spoke in its thread, the last one first. Only of a question in a thread.
    std::vector<UserId> others;
};

/// `messages` in their order: those of the question's thread, or those of the channel around it.
[[nodiscard]] QuestionJudgement judge(std::span<const LoggedMessage> messages,
                                      const Question& question,
                                      WatchMode mode,
                                      const SignalWeights& weights);

/// Whether a message of a watched channel is taken for a question when it is said. With what is said around
/// it, it may turn out to be none.
[[nodiscard]] bool is_taken_for_question(const QuestionScore& score,
                                         const RichText& text,
                                         bool is_reply,
                                         WatchMode mode);

/// How it ended is forgotten.
void begin_again(Question& question, QuestionState state);

/// People who may be asked for the same reason, whose turn it is first.
struct Circle {
    AskedBecause because = AskedBecause::nobody;
    std::vector<UserId> people;
};

struct AskingPlan {
    AskedBecause because = AskedBecause::nobody;
    /// One answer of theirs is enough.
    std::vector<UserId> first;
    /// Each in their turn, when those before have not answered.
    std::vector<UserId> then;
};

/// `circles` in the order in which they are asked.
[[nodiscard]] AskingPlan plan_asking(const std::vector<Circle>& circles);

/// The clocks of an obligation to answer a question of this channel: `usual`, but for when somebody is asked.
[[nodiscard]] PriorityPolicy question_pace(const PriorityPolicy& usual, const WatchedChannel& channel);

}  // namespace ackd
