#include "bot/threads/threads_command.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/lower_case.hpp"
#include "bot/people/local_time.hpp"
#include "bot/people/roles.hpp"
#include "bot/threads/channel_summary.hpp"
#include "bot/threads/question_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

constexpr int shown_max = 10;
/// More than anybody reads; what is left is counted.
constexpr int looked_at_max = 500;

/// "Bo is asked on Mon 16:00", "Bo has it".
std::string who_is_on_it(HandlerContext& context, const Question& question, const UserId& reader)
{
    if (!question.request.exists())
        return "it names nobody who could be asked, and nobody answers here by turn";
    std::vector<UserId> people;
    std::optional<Instant> at;
    for (const Obligation& obligation : context.obligations.of_request(question.request)) {
        if (obligation.state == ObligationState::received)
            return context.directory.name_of(obligation.holder) + " has it";
        if (is_final(obligation.state)) continue;
        people.push_back(obligation.debtor);
        if (obligation.attempt == 0 && obligation.step == 0) at = obligation.due_at;
    }
    const std::string names = joined_names(context, people);
    if (!at) return fmt::format("{} {} asked", names, people.size() == 1 ? "was" : "were");
    return fmt::format(
        "{} {} asked on {}", names, people.size() == 1 ? "is" : "are", your_time(context, reader, *at));
}

Section question_item(HandlerContext& context, const Question& question, const UserId& reader)
{
    Section section;
    section.lines.push_back(
        plain_line(RichText{Words{fmt::format("{}, since {} · ",
                                              context.directory.name_of(question.asker),
                                              your_time(context, reader, question.asked_at))},
                            MessageLink{question.message, "open"}}));
    if (const auto request = context.obligations.find(question.request))
        section.lines.push_back(quote_line(*request));
    section.lines.push_back(small_line(who_is_on_it(context, question, reader)));
    return section;
}

Notice open_questions(HandlerContext& context, const ChannelId& channel, const UserId& reader)
{
    const WatchedChannel& watched = *find_watched(context.settings.channels, channel);
    Notice notice = plain_reply("Unanswered questions");
    Section& head = notice.sections.front();
    head.lines = {plain_line(RichText{Strong{"Unanswered in "}, ChannelName{channel}})};
    int shown = 0;
    int left_out = 0;
    int newer = 0;
    for (const Question& question : context.questions.open(channel, looked_at_max)) {
        if (question.state == QuestionState::watched) {
            ++newer;
        } else if (shown < shown_max) {
            notice.sections.push_back(question_item(context, question, reader));
            ++shown;
        } else {
            ++left_out;
        }
    }
    if (shown == 0)
        notice.sections.front().lines.push_back(
            small_line("Nothing. Questions that nobody answers appear here."));
    Section& rest = notice.sections.emplace_back();
    if (left_out > 0) rest.lines.push_back(small_line(fmt::format("… and {} more.", left_out)));
    if (newer > 0) {
        rest.lines.push_back(small_line(fmt::format("{} newer: each is looked at after {}.",
                                                    newer == 1 ? "One is" : fmt::format("{} are", newer),
                                                    working_time_text(watched.offer_after))));
    }
    if (rest.lines.empty()) notice.sections.pop_back();
    if (const std::string words = figures_words(context, channel); !words.empty())
        notice.sections.emplace_back().lines.push_back(small_line(words));
    return notice;
}

/// What marks have taught the channel, as the weights that differ.
Notice lessons(HandlerContext& context, const ChannelId& channel)
{
    const auto learned = context.questions.lessons_of(channel);
    if (learned.empty()) return plain_reply("Nothing yet: \"Not a question\" on what was none teaches it.");
    Notice notice = plain_reply("What marks have taught this channel, of the signs of a question:");
    const SignalWeights weights = context.questions.weights_of(channel);
    for (const auto& lesson : learned) {
        std::string sign{name_of(lesson.signal)};
        std::replace(sign.begin(), sign.end(), '_', ' ');
        notice.sections.front().lines.push_back(
            small_line(fmt::format("{}: {:+.2f} instead of {:+.2f}",
                                   sign,
                                   weights.of(lesson.signal),
                                   default_signal_weights().of(lesson.signal))));
    }
    notice.sections.front().lines.push_back(
        small_line(RichText{Words{"To forget that: "}, Code{"/threads reset"}}));
    return notice;
}

Notice reset(HandlerContext& context, const ChannelId& channel, const UserId& person)
{
    const Team* team = team_at(context.settings, channel);
    const bool is_allowed = may(context.settings, context.directory, person, Permission::change_policy) ||
                            (team != nullptr &&
                             may(context.settings, context.directory, person, Permission::change_team, team));
    if (!is_allowed) {
        return plain_reply(
            refusal_words(context.settings,
                          context.directory,
                          team != nullptr ? Permission::change_team : Permission::change_policy,
                          team));
    }
    context.questions.forget_lessons(channel);
    record(context, person, RequestId{}, ObligationId{}, "lessons_forgotten", {{"channel", channel}});
    return plain_reply("Forgotten: questions are found here as anywhere else.");
}

Notice not_watched(HandlerContext& context, const ChannelId& channel)
{
    Notice notice = plain_reply("Nobody looks after the questions of this channel.");
    notice.sections.front().lines = {plain_line(
        RichText{Words{"Nobody looks after the questions in "}, ChannelName{channel}, Words{"."}})};
    std::vector<UserId> people = people_with(Role::admin, context.settings, context.directory);
    if (people.size() > 5) people.resize(5);
    RichText hint{Words{"To have them looked after: "}, Code{"/ackd setup"}};
    if (!people.empty()) hint.push_back(Words{", by " + joined_names(context, people)});
    notice.sections.front().lines.push_back(small_line(std::move(hint)));
    return notice;
}

}  // namespace

Notice handle_threads_command(HandlerContext& context, const CommandGiven& given)
{
    ChannelId channel = given.channel;
    std::string word;
    for (const Span& span : given.text) {
        if (const auto* named = std::get_if<ChannelName>(&span)) channel = named->channel;
        if (const auto* words = std::get_if<Words>(&span)) word += words->text;
    }
    word.erase(0,
               word.find_first_not_of(' ') == std::string::npos ? word.size() : word.find_first_not_of(' '));
    while (word.ends_with(' ')) word.pop_back();
    word = lower_case(word);
    // Whoever types there is in it; of other channels that is known only where everybody may look.
    const auto known = context.conversations.find(channel);
    const auto member = context.directory.find(given.person);
    const bool sees_public = member &&
                             member->kind == MemberKind::person;  // guests see what they were let into
    if (channel != given.channel && (!sees_public || !known || known->conversation.is_private))
        return plain_reply("Type it in that channel: I cannot tell who may look into it.");
    if (find_watched(context.settings.channels, channel) == nullptr) return not_watched(context, channel);
    if (word.empty()) return open_questions(context, channel, given.person);
    if (word == "learned") return lessons(context, channel);
    if (word == "reset") return reset(context, channel, given.person);
    Notice notice = plain_reply(fmt::format("I did not understand \"/threads {}\".", word));
    notice.sections.front().lines.push_back(plain_line(RichText{Words{"Try: "},
                                                                Code{"/threads"},
                                                                Words{", "},
                                                                Code{"/threads learned"},
                                                                Words{" or "},
                                                                Code{"/threads reset"}}));
    return notice;
}

}  // namespace ackd
