#include "bot/threads/question_rules.hpp"

#include "bot/threads/closing_words.hpp"

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// Of those whom a question names, so many are asked; they have read their name already.
constexpr std::size_t mentioned_max = 3;
/// After the first; then the route goes on.
constexpr std::size_t then_max = 3;
/// Between asking somebody and passing it on there is some time, whatever a channel has chosen.
constexpr Duration step_min = 15min;

/// Nothing older or newer than a question bears on it.
TalkRules watching_rules()
{
    TalkRules rules;
    // Nights and week ends do not count, and the chat is read again after working hours.
    rules.patience = 24h * 14;
    return rules;
}

template <class Id>
void add_once(std::vector<Id>& ids, const Id& id)
{
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

void add_named(const RichText& text, const UserId& asker, QuestionJudgement& judgement)
{
    for (const Span& span : text) {
        if (const auto* mention = std::get_if<Mention>(&span); mention != nullptr && mention->user != asker)
            add_once(judgement.mentioned, mention->user);
        if (const auto* group = std::get_if<GroupMention>(&span)) add_once(judgement.groups, group->group);
    }
}

bool is_in_thread(const LoggedMessage& message, const Question& question)
{
    return message.thread == question.answers_in() || message.stamp == question.answers_in();
}

}  // namespace

QuestionJudgement judge(std::span<const LoggedMessage> messages,
                        const Question& question,
                        WatchMode mode,
                        const SignalWeights& weights)
{
    const TalkRules rules = watching_rules();
    std::vector<LoggedMessage> talk;
    talk.reserve(messages.size());
    for (const LoggedMessage& message : messages) {
        const bool is_it = message.stamp == question.message.stamp;
        // What was said before its asker was still stuck did not help.
        const bool is_in_burst = message.author == question.asker &&
                                 message.at - question.asked_at <= rules.burst_gap;
        const bool is_outdated = message.at > question.asked_at && message.at <= question.waits_since &&
                                 !is_in_burst;
        if (is_it || !is_outdated) talk.push_back(message);
        if (is_it) talk.back().is_request = mode == WatchMode::all;
    }
    const auto it = std::find_if(talk.begin(), talk.end(), [&](const LoggedMessage& message) {
        return message.stamp == question.message.stamp;
    });
    QuestionJudgement judgement;
    if (it == talk.end()) return judgement;

    const std::vector<ReadMessage> read = read_talk(talk, rules, weights);
    const auto first = static_cast<std::size_t>(it - talk.begin());
    // What was taken for the question may have been the lead-in of the one that follows.
    std::size_t asking = first;
    for (std::size_t at = first; at < talk.size() && !read[asking].asks; ++at) {
        if (talk[at].author != question.asker || talk[at].thread != question.thread) break;
        if (at > first && talk[at].at - talk[at - 1].at > rules.burst_gap) break;
        if (read[at].asks) asking = at;
    }
    if (!read[asking].asks) {
        judgement.verdict = Verdict::asks_nothing;
        return judgement;
    }
    judgement.sign = read[asking].answer;
    judgement.answered_at = read[asking].answered_at;
    judgement.verdict = read[asking].left_unanswered ? Verdict::unanswered : Verdict::answered;
    if (judgement.verdict == Verdict::answered) return judgement;

    judgement.text = talk[asking].text;
    for (std::size_t at = first; at <= asking; ++at) {
        if (talk[at].author == question.asker) add_named(talk[at].text, question.asker, judgement);
    }
    if (question.thread.empty()) return judgement;
    for (auto other = talk.rbegin(); other != talk.rend(); ++other) {
        if (other->author != question.asker && !other->by_bot && is_in_thread(*other, question))
            add_once(judgement.others, other->author);
    }
    return judgement;
}

bool is_taken_for_question(const QuestionScore& score, const RichText& text, bool is_reply, WatchMode mode)
{
    switch (mode) {
        case WatchMode::off: return false;
        case WatchMode::all: {
            const Closing closing = closing_of(text);
            return !is_reply && (closing == Closing::none || closing == Closing::stuck);
        }
        case WatchMode::questions: return score.asks();
        case WatchMode::mentions: break;
    }
    const bool names_somebody = std::any_of(text.begin(), text.end(), [](const Span& span) {
        return std::holds_alternative<Mention>(span) || std::holds_alternative<GroupMention>(span);
    });
    return names_somebody && score.asks();
}

void begin_again(Question& question, QuestionState state)
{
    question.state = state;
    question.outcome = QuestionOutcome::none;
    question.sign = AnswerSign::none;
    question.answered_at.reset();
    question.ended_at.reset();
}

AskingPlan plan_asking(const std::vector<Circle>& circles)
{
    AskingPlan plan;
    const auto is_planned = [&](const UserId& person) {
        return std::find(plan.first.begin(), plan.first.end(), person) != plan.first.end() ||
               std::find(plan.then.begin(), plan.then.end(), person) != plan.then.end();
    };
    for (const Circle& circle : circles) {
        const bool begins = plan.first.empty();
        const bool is_named = circle.because == AskedBecause::mentioned;
        // One at a time, and one more of the same circle as the backup.
        std::size_t taken = 0;
        for (const UserId& person : circle.people) {
            if (is_planned(person)) continue;
            const bool is_first = begins && (is_named ? taken < mentioned_max : taken == 0);
            if (is_first) {
                plan.first.push_back(person);
                plan.because = circle.because;
            } else if (!is_named && taken < 2 && plan.then.size() < then_max) {
                plan.then.push_back(person);
            }
            ++taken;
        }
    }
    return plan;
}

PriorityPolicy question_pace(const PriorityPolicy& usual, const WatchedChannel& channel)
{
    PriorityPolicy pace = usual;
    pace.ack_within = std::max(channel.ask_after - channel.offer_after, step_min);
    // One word to whoever is asked, and then to the next: who asks was asked before anybody else.
    pace.nudges = {NudgeOffset{1.0, Duration{0}}};
    pace.step_ends = NudgeOffset{1.0, std::max(channel.pass_on_after - channel.ask_after, step_min)};
    pace.asks_asker = false;
    return pace;
}

}  // namespace ackd
