#include "bot/threads/question_handlers.hpp"

#include "bot/answers/answer_offers.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/part.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "bot/threads/closing_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// What was said just before a question tells whether it is one.
constexpr Duration context_before = 20min;
/// In a thread, who spoke in it before, too.
constexpr Duration thread_context_before = 7 * 24h;
/// Of a question: whoever asked still looks at it.
constexpr Duration offered_within = 10min;
/// A channel that cannot be read now is tried again; for good, the chat says that it is not ours.
constexpr Duration read_again_after = 1h;
constexpr Duration given_up_after = 7 * 24h;
constexpr Duration look_again_after = 24h;

const WatchedChannel* watched(HandlerContext& context, const ChannelId& channel)
{
    return find_watched(context.settings.channels, channel);
}

/// The clock of a question that waits: the channel's, or that of who asked.
WorkingHours clock_of(HandlerContext& context, const WatchedChannel& channel, const UserId& asker)
{
    if (!channel.hours) return context.directory.working_hours_of(asker);
    WorkCalendar calendar;
    calendar.week = *channel.hours;
    return WorkingHours{channel.zone, context.settings.default_zone, calendar};
}

void record_question(HandlerContext& context,
                     const Question& question,
                     const UserId& actor,
                     std::string_view fact,
                     FactValue detail)
{
    record(context,
           actor,
           question.request,
           ObligationId{},
           fact,
           {{"question", std::to_string(question.id.value)},
            {"channel", question.message.channel},
            {"stamp", question.message.stamp},
            {"to", std::string{name_of(question.state)}},
            {"why", std::move(detail)}});
}

/// As if nobody had spoken before: with what stands around it, it is judged when it is looked at.
QuestionScore score_alone(HandlerContext& context, const ChannelId& channel, const RichText& text)
{
    return score_question(text, {}, context.questions.weights_of(channel));
}

void hear_question(HandlerContext& context,
                   const MessagePosted& posted,
                   const WatchedChannel& channel,
                   const QuestionScore& score,
                   Instant said_at)
{
    if (!may_start(context.directory.find(posted.author))) return;
    if (!is_taken_for_question(score, posted.text, !posted.thread.empty(), channel.mode)) return;
    // What is said in one go is one question: where in it the question is, shows when it is looked at.
    for (const Question& open : context.questions.open_of(posted.author)) {
        const bool is_same_talk = open.message.channel == posted.message.channel &&
                                  open.thread == posted.thread;
        if (is_same_talk && open.state == QuestionState::watched &&
            said_at - open.asked_at <= TalkRules{}.burst_gap)
            return;
    }
    Question question;
    question.message = posted.message;
    question.thread = posted.thread;
    question.asker = posted.author;
    question.asked_at = question.waits_since = said_at;
    question.signals = score.signals;
    question.due_at =
        clock_of(context, channel, posted.author).add_working_time(said_at, channel.offer_after);
    if (!context.questions.insert(question)) return;
    record_question(context, question, question.asker, "question_heard", signal_words(score.signals));
    // What was kept is offered at once, before anybody is disturbed; not long after, when it was missed.
    if (context.now - said_at <= offered_within)
        offer_kept_answer(context, question.message, question.asker, posted.text);
}

/// Watched again. `since`: what was said before did not help; nothing: it may have, and nobody knows yet.
void reopen(HandlerContext& context, Question& question, const UserId& actor, std::optional<Instant> since)
{
    const auto to = next_state(question.state, QuestionEvent::still_stuck);
    const WatchedChannel* channel = watched(context, question.message.channel);
    if (!to || channel == nullptr) return;
    begin_again(question, *to);
    const auto before = context.obligations.find(question.request);
    question.request = RequestId{};
    if (since) question.waits_since = *since;
    question.due_at =
        clock_of(context, *channel, question.asker).add_working_time(context.now, channel->offer_after);
    context.questions.save(question);
    record_question(context, question, actor, "question_reopened", std::string{});
    if (before) redraw_question(context, *before);
}

/// What somebody says in the thread of questions, the oldest first.
void hear_reply(HandlerContext& context,
                std::vector<Question>& questions,
                const MessagePosted& posted,
                Closing closing,
                Instant said_at)
{
    if (closing == Closing::joins) return;
    if (closing == Closing::stuck) {
        // The last one of theirs that was answered.
        const auto last = std::find_if(questions.rbegin(), questions.rend(), [&](const Question& question) {
            return question.asker == posted.author && question.state == QuestionState::ended &&
                   is_answered(question.outcome) && question.message.stamp < posted.message.stamp;
        });
        if (last != questions.rend()) return reopen(context, *last, posted.author, said_at);
    }
    for (Question& question : questions) {
        if (question.state == QuestionState::ended || posted.message.stamp <= question.message.stamp)
            continue;
        if (posted.author != question.asker) {
            end_question(context,
                         question,
                         {QuestionOutcome::answered, posted.author, AnswerSign::thread_reply, said_at});
        } else if (closing == Closing::settled) {
            end_question(context,
                         question,
                         {QuestionOutcome::answered, posted.author, AnswerSign::asker_settled, said_at});
        }
    }
}

/// How many of a channel's open questions what is said there is held against.
constexpr int heard_against_max = 50;

/// What somebody says in the channel itself may answer what somebody is asked about already. What is only
/// watched is judged when it is looked at, with all that was said.
void hear_in_channel(
    HandlerContext& context, const MessagePosted& posted, Closing closing, bool asks, Instant said_at)
{
    for (Question& question : context.questions.open(posted.message.channel, heard_against_max)) {
        if (question.state != QuestionState::pursued || !question.thread.empty()) continue;
        const bool is_settled = closing == Closing::settled || closing == Closing::thanks;
        if (posted.author == question.asker) {
            if (is_settled)
                end_question(context,
                             question,
                             {QuestionOutcome::answered, posted.author, AnswerSign::asker_settled, said_at});
            continue;
        }
        if (asks || closing == Closing::joins) continue;
        const bool mentions_asker = std::any_of(
            posted.text.begin(), posted.text.end(), [&](const Span& span) {
                const auto* mention = std::get_if<Mention>(&span);
                return mention != nullptr && mention->user == question.asker;
            });
        const auto request = context.obligations.find(question.request);
        const auto part = request ? std::optional{part_in(context, *request, posted.author)} : std::nullopt;
        const bool is_asked = part && part->obligation && !is_final(part->obligation->state) &&
                              (question.because == AskedBecause::mentioned ||
                               part->obligation->attempt + part->obligation->step > 0);
        if (!mentions_asker && !is_asked) continue;
        end_question(context,
                     question,
                     {QuestionOutcome::answered,
                      posted.author,
                      mentions_asker ? AnswerSign::mentions_asker : AnswerSign::asked_person,
                      said_at});
    }
}

LoggedMessage logged(const PastMessage& past, const Settings& settings)
{
    LoggedMessage message;
    message.stamp = past.stamp;
    message.at = past.said_at;
    message.author = past.author;
    // The chat names its own thread for a thread's first message; in the talk that is none.
    if (past.thread != past.stamp) message.thread = past.thread;
    message.text = past.text;
    message.by_bot = past.by_bot || past.is_ours;
    message.is_marked_done = std::any_of(
        past.reactions.begin(), past.reactions.end(), [&](const ReactionState& state) {
            return state.emoji == settings.done_emoji && !state.people.empty();
        });
    return message;
}

/// "17 thread", "17 channel", "17 channel 1700000000.000100": which question, where it is read, and how far
/// that has been read: channels backwards, threads forwards.
struct ReadingOrder {
    QuestionId question;
    bool is_of_thread = true;
    std::string read_to{};
};

std::string payload_of(const ReadingOrder& order)
{
    std::string text = fmt::format("{} {}", order.question.value, order.is_of_thread ? "thread" : "channel");
    if (!order.read_to.empty()) text += " " + order.read_to;
    return text;
}

ReadingOrder order_in(const OutboxRow& row)
{
    const std::string_view text = row.payload;
    const auto first = text.find(' ');
    const auto second = text.find(' ', first + 1);
    ReadingOrder order;
    order.question = QuestionId{parse_whole_number(text.substr(0, first)).value()};
    order.is_of_thread = text.substr(first + 1, second - first - 1) == "thread";
    if (second != std::string_view::npos) order.read_to = text.substr(second + 1);
    return order;
}

/// The page does not hold the question together with what followed it: where a better one begins. Pages of a
/// channel overlap by half, so that wherever the question stands, at least half a page follows it. Nothing:
/// there is none.
std::optional<std::string> page_wanted(const ReadingOrder& order,
                                       const Question& question,
                                       const HistoryPage& page)
{
    if (!page.has_more) return std::nullopt;
    std::vector<std::string> stamps;
    for (const PastMessage& past : page.messages) {
        // A thread's first message comes with each of its pages.
        if (!order.is_of_thread || past.stamp != question.answers_in()) stamps.push_back(past.stamp);
    }
    if (stamps.empty()) return std::nullopt;
    std::sort(stamps.begin(), stamps.end());
    const auto found = std::find(stamps.begin(), stamps.end(), question.message.stamp);
    const auto half = static_cast<std::ptrdiff_t>(stamps.size()) / 2;
    std::string wanted;
    if (!order.is_of_thread) {
        if (found != stamps.end()) return std::nullopt;
        wanted = stamps[static_cast<std::size_t>(half)];
    } else if (question.message.stamp == question.answers_in() || stamps.end() - found > half) {
        return std::nullopt;
    } else {
        wanted = found == stamps.end() ? stamps.back() : *(found - half);
    }
    // A chat that sends the same page again is not asked for ever.
    return wanted == order.read_to ? std::nullopt : std::optional{wanted};
}

void add_reading(HandlerContext& context, const Question& question, const ReadingOrder& order)
{
    OutboxRow row;
    row.kind = OutboxKind::read_question;
    // Of its own, so that reading holds back nothing that is to be said.
    row.conversation = fmt::format("read:{}/{}", question.message.channel.value, question.message.stamp);
    row.payload = payload_of(order);
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

}  // namespace

void hear_message(HandlerContext& context, const MessagePosted& posted)
{
    if (posted.by_bot || is_forgotten(context, posted.author)) return;
    const Instant said_at = posted.said_at == Instant{} ? context.now : std::min(posted.said_at, context.now);
    const Closing closing = closing_of(posted.text);
    const WatchedChannel* channel = watched(context, posted.message.channel);
    const bool is_answer = may_answer(context.directory.find(posted.author));
    if (is_answer && !posted.thread.empty()) {
        auto questions = context.questions.in_thread(posted.message.channel, posted.thread);
        hear_reply(context, questions, posted, closing, said_at);
    }
    if (channel == nullptr) return;
    const QuestionScore score = score_alone(context, posted.message.channel, posted.text);
    if (is_answer && posted.thread.empty()) hear_in_channel(context, posted, closing, score.asks(), said_at);
    hear_question(context, posted, *channel, score, said_at);
}

void question_edited(HandlerContext& context, const MessageEdited& edited)
{
    auto question = context.questions.find(edited.message);
    const WatchedChannel* channel = watched(context, edited.message.channel);
    if (!question || channel == nullptr || question->state == QuestionState::ended) return;
    const QuestionScore score = score_alone(context, edited.message.channel, edited.text);
    if (is_taken_for_question(score, edited.text, !question->thread.empty(), channel->mode)) {
        question->signals = score.signals;
        context.questions.save(*question);
        return;
    }
    end_question(context, *question, {QuestionOutcome::withdrawn, edited.author});
}

void question_deleted(HandlerContext& context, const MessageRef& message)
{
    if (auto question = context.questions.find(message))
        end_question(context, *question, {QuestionOutcome::deleted});
}

void question_marked(HandlerContext& context, const MessageRef& message, const UserId& person)
{
    if (auto question = context.questions.find(message))
        end_question(
            context, *question, {QuestionOutcome::answered, person, AnswerSign::marked, context.now});
}

void question_unmarked(HandlerContext& context, const MessageRef& message, const UserId& person)
{
    auto question = context.questions.find(message);
    if (question && question->sign == AnswerSign::marked) reopen(context, *question, person, std::nullopt);
}

void still_stuck(HandlerContext& context, Question& question)
{
    reopen(context, question, question.asker, context.now);
}

void question_asked_by_name(HandlerContext& context, const MessageRef& message, const UserId& asker)
{
    auto question = context.questions.find(message);
    // What is only watched says that it was asked when it is looked at.
    if (!question || question->state != QuestionState::pursued || question->asker != asker) return;
    end_question(context, *question, {QuestionOutcome::withdrawn, asker});
}

void leave_questions(HandlerContext& context, const UserId& asker)
{
    for (Question& question : context.questions.open_of(asker))
        end_question(context, question, {QuestionOutcome::asker_gone});
}

void look_at_question(HandlerContext& context, QuestionId id)
{
    auto question = context.questions.find(id);
    if (watched(context, question->message.channel) == nullptr)
        return end_question(context, *question, {QuestionOutcome::unwatched});
    if (question->state == QuestionState::pursued)
        return end_question(context, *question, {QuestionOutcome::unanswered});
    // Asked of people by name, it is looked after as that.
    if (const auto request = context.obligations.find_by_message(question->message);
        request && request->kind != RequestKind::question && request->creditor == question->asker)
        return end_question(context, *question, {QuestionOutcome::withdrawn});
    // Should the reading come to nothing, it is read once more.
    question->due_at = context.now + look_again_after;
    context.questions.save(*question);
    add_reading(context, *question, {question->id});
}

std::optional<ReadHistory> question_reading(HandlerContext& context, const OutboxRow& row)
{
    const ReadingOrder order = order_in(row);
    const auto question = context.questions.find(order.question);
    if (!question || question->state != QuestionState::watched) return std::nullopt;
    ReadHistory reading;
    reading.channel = question->message.channel;
    if (order.is_of_thread) {
        reading.thread = question->answers_in();
        reading.since = question->asked_at - thread_context_before;
        reading.after = order.read_to;
    } else {
        reading.since = question->asked_at - context_before;
        reading.before = order.read_to;
    }
    return reading;
}

void question_read(HandlerContext& context, const OutboxRow& row, const HistoryPage& page)
{
    ReadingOrder order = order_in(row);
    auto question = context.questions.find(order.question);
    if (!question || question->state != QuestionState::watched) return;
    const ChannelId& where = question->message.channel;
    const WatchedChannel* channel = watched(context, where);
    if (channel == nullptr) return end_question(context, *question, {QuestionOutcome::unwatched});

    std::vector<LoggedMessage> messages;
    for (const PastMessage& past : page.messages) {
        if (past.is_deleted) continue;
        LoggedMessage message = logged(past, context.settings);
        // What is said in threads is judged there.
        if (order.is_of_thread || message.thread.empty()) messages.push_back(std::move(message));
    }
    std::sort(messages.begin(), messages.end(), [](const LoggedMessage& a, const LoggedMessage& b) {
        return std::tie(a.at, a.stamp) < std::tie(b.at, b.stamp);
    });
    const QuestionJudgement judgement = judge(
        messages, *question, channel->mode, context.questions.weights_of(where));
    if (judgement.verdict != Verdict::answered) {
        if (const auto wanted = page_wanted(order, *question, page)) {
            order.read_to = *wanted;
            return add_reading(context, *question, order);
        }
    }
    const bool is_last_look = !order.is_of_thread || !question->thread.empty();
    switch (judgement.verdict) {
        case Verdict::answered:
            return end_question(
                context,
                *question,
                {QuestionOutcome::answered, bot_actor, judgement.sign, judgement.answered_at});
        case Verdict::not_there: return end_question(context, *question, {QuestionOutcome::deleted});
        case Verdict::asks_nothing:
            if (is_last_look) return end_question(context, *question, {QuestionOutcome::reads_otherwise});
            break;
        case Verdict::unanswered:
            if (is_last_look) return pursue(context, *question, judgement);
            break;
    }
    add_reading(context, *question, {question->id, false});
}

void question_unreadable(HandlerContext& context, const OutboxRow& row, const Fault& fault)
{
    auto question = context.questions.find(order_in(row).question);
    if (!question || question->state != QuestionState::watched) return;
    if (fault.kind == FaultKind::not_found)
        return end_question(context, *question, {QuestionOutcome::deleted});
    if (fault.kind == FaultKind::not_a_member)
        return end_question(context, *question, {QuestionOutcome::unwatched});
    if (context.now - question->waits_since > given_up_after)
        return end_question(context, *question, {QuestionOutcome::unwatched});
    question->due_at = context.now + read_again_after;
    context.questions.save(*question);
}

void end_question(HandlerContext& context, Question& question, const QuestionEnd& end)
{
    const auto to = next_state(question.state, QuestionEvent::ended);
    if (!to) return;
    const bool was_pursued = question.state == QuestionState::pursued;
    question.state = *to;
    question.outcome = end.outcome;
    question.sign = end.sign;
    question.answered_at = end.answered_at;
    question.ended_at = context.now;
    question.due_at.reset();
    context.questions.save(question);
    record_question(context,
                    question,
                    end.actor,
                    "question_ended",
                    end.sign == AnswerSign::none ? std::string{name_of(end.outcome)}
                                                 : std::string{name_of(end.sign)});
    if (was_pursued && !is_mutated(Mutation::pursue_answered)) end_pursuit(context, question, end);
}

}  // namespace ackd
