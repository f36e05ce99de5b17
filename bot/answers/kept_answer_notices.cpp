#include "bot/answers/kept_answer_notices.hpp"

#include "bot/answers/kept_answer_rules.hpp"
#include "bot/delivery/action_names.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/people/local_time.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

constexpr std::size_t shown_question_max = 140;
constexpr std::size_t shown_answer_max = 400;

std::string value_of(KeptAnswerId id)
{
    return "k" + std::to_string(id.value);
}

Line quoted(const KeptAnswer& answer)
{
    RichText text{Words{shortened(answer.answer, shown_answer_max) + " "}};
    text.emplace_back(MessageLink{answer.message, "open"});
    return Line{LineStyle::quote, std::move(text)};
}

/// "Tue 3 Nov".
std::string day_text(HandlerContext& context, const UserId& reader, Instant at)
{
    constexpr std::chrono::days far_enough_for_a_date{7};
    const std::string text = local_time_text(
        context.directory.working_hours_of(reader), at, at + far_enough_for_a_date);
    return text.substr(0, text.rfind(' '));
}

/// Where it will be found.
Line reach_line(HandlerContext& context, const KeptAnswer& answer)
{
    const auto channel = context.conversations.find(answer.message.channel);
    if (channel && !channel->conversation.is_private)
        return small_line("Whoever asks the same here can find it then, with your name and the day.");
    return small_line(RichText{Words{"Whoever asks the same in "},
                               ChannelName{answer.message.channel},
                               Words{" can find it then, with your name and the day; nobody elsewhere."}});
}

Action not_any_more(const KeptAnswer& answer)
{
    return button(action::not_any_more, "Not any more", value_of(answer.id));
}

Line wanted_line(HandlerContext& context, const KeptAnswer& answer)
{
    return plain_line(
        fmt::format("{} would like to keep your answer, so that it is found when somebody asks the same.",
                    context.directory.name_of(answer.keeper)));
}

void add_consent_buttons(const KeptAnswer& answer, Section& section)
{
    section.actions.push_back(button(action::keep_it, "Keep it", value_of(answer.id), ActionStyle::primary));
    section.actions.push_back(button(action::not_this_one, "Not this one", value_of(answer.id)));
}

std::string until_words(HandlerContext& context, const KeptAnswer& answer)
{
    return fmt::format("Nothing can be found without your word. Without one by {} it is dropped.",
                       your_time(context, answer.author, *answer.due_at));
}

Line source_line(HandlerContext& context, const UserId& reader, const KeptAnswer& answer)
{
    std::string text = fmt::format(
        "{}, {}", context.directory.name_of(answer.author), day_text(context, reader, answer.said_at));
    std::string tags;
    for (std::size_t at = 0; at < answer.tags.size();) {
        const auto end = std::min(answer.tags.find(' ', at), answer.tags.size());
        tags += (tags.empty() ? "#" : " #") + answer.tags.substr(at, end - at);
        at = end + 1;
    }
    if (!tags.empty()) text += " · " + tags;
    if (answer.state == KeptState::stale) text += " · being asked whether it still holds";
    return small_line(std::move(text));
}

Line link_line(const KeptAnswer& answer)
{
    return plain_line(RichText{MessageLink{answer.message, "The answer"}});
}

}  // namespace

Notice keep_question_notice(HandlerContext& context, const KeptAnswer& answer)
{
    if (is_over(answer.state)) return keep_question_over_notice();
    Notice notice;
    notice.kind = NoticeKind::nudge;
    Section& section = notice.sections.emplace_back();
    if (answer.state == KeptState::proposed) {
        notice.summary = fmt::format("May your answer be kept? {} would like to",
                                     context.directory.name_of(answer.keeper));
        section.lines = {wanted_line(context, answer), quoted(answer)};
        section.lines.push_back(reach_line(context, answer));
        section.lines.push_back(small_line(until_words(context, answer)));
        add_consent_buttons(answer, section);
        return notice;
    }
    notice.summary = "✅ Your answer is kept";
    section.lines = {plain_line(notice.summary + "."), quoted(answer), reach_line(context, answer)};
    section.actions.push_back(not_any_more(answer));
    return notice;
}

Notice keep_question_over_notice()
{
    Notice notice = plain_reply("This answer is not kept: nothing of it is left here.");
    notice.kind = NoticeKind::nudge;
    return notice;
}

Notice keep_question_in_digest(HandlerContext& context, const KeptAnswer& answer)
{
    Notice notice = plain_reply("");
    notice.kind = NoticeKind::for_asker;
    notice.summary = fmt::format("{} would like to keep an answer of yours",
                                 context.directory.name_of(answer.keeper));
    Section& section = notice.sections.front();
    section.lines = {wanted_line(context, answer), link_line(answer), reach_line(context, answer)};
    section.lines.push_back(small_line(until_words(context, answer)));
    add_consent_buttons(answer, section);
    return notice;
}

Notice keep_outcome_notice(HandlerContext& context, const KeptAnswer& answer, KeptEvent event)
{
    const std::string author = context.directory.name_of(answer.author);
    std::string text;
    if (event == KeptEvent::agreed && answer.author == answer.keeper)
        text = "Your answer is kept: it is found when somebody asks the same.";
    else if (event == KeptEvent::agreed)
        text = fmt::format("{} agreed: the answer that you wanted kept is found from now on.", author);
    else if (event == KeptEvent::refused)
        text = fmt::format("{} would rather not have the answer kept that you chose.", author);
    else
        text = "The answer that you wanted kept is not: nobody could agree to it, or nobody did in time.";
    Notice notice = plain_reply(text);
    notice.kind = NoticeKind::for_asker;
    Section& section = notice.sections.front();
    section.lines.push_back(link_line(answer));
    if (event == KeptEvent::agreed && answer.author == answer.keeper)
        section.actions.push_back(not_any_more(answer));
    return notice;
}

Notice recheck_notice(HandlerContext& context, const KeptAnswer& answer)
{
    Notice notice = plain_reply("Does this answer of yours still hold?");
    notice.kind = NoticeKind::for_asker;
    Section& section = notice.sections.front();
    section.lines.push_back(link_line(answer));
    section.lines.push_back(
        small_line(fmt::format("Kept since {}. Without your word it is no longer found after {}.",
                               day_text(context, answer.author, *answer.kept_at),
                               day_text(context, answer.author, *answer.expires_at))));
    section.actions.push_back(button(action::still_holds, "Still holds", value_of(answer.id)));
    section.actions.push_back(button(action::out_of_date, "Out of date", value_of(answer.id)));
    return notice;
}

Notice found_notice(HandlerContext& context,
                    const UserId& reader,
                    const std::string& typed,
                    const std::vector<KeptAnswer>& found)
{
    if (found.empty()) {
        Notice notice = plain_reply(fmt::format("Nothing that is kept fits \"{}\".", typed));
        notice.sections.front().lines.push_back(
            small_line("To keep an answer: 📌 on it, or its shortcut Keep this answer. Its author is asked."));
        return notice;
    }
    Notice notice = plain_reply("");
    notice.summary = fmt::format("Kept answers for \"{}\"", typed);
    notice.sections.clear();
    for (const KeptAnswer& answer : found) {
        Section& section = notice.sections.emplace_back();
        if (!answer.question.empty())
            section.lines.push_back(
                plain_line(RichText{Strong{shortened(answer.question, shown_question_max)}}));
        section.lines.push_back(quoted(answer));
        section.lines.push_back(source_line(context, reader, answer));
        if (answer.author == reader) section.actions.push_back(not_any_more(answer));
    }
    return notice;
}

Notice offer_notice(HandlerContext& context, const UserId& reader, const KeptAnswer& answer)
{
    Notice notice = plain_reply("This may have been answered before");
    Section& section = notice.sections.front();
    section.lines = {plain_line(fmt::format("Answered on {} by {}:",
                                            day_text(context, reader, answer.said_at),
                                            context.directory.name_of(answer.author))),
                     quoted(answer)};
    section.lines.push_back(
        small_line(fmt::format("It was asked then: {}", shortened(answer.question, shown_question_max))));
    section.lines.push_back(plain_line("Did it help?"));
    section.lines.push_back(small_line("Only you see this; what you choose is counted without your name."));
    section.actions.push_back(button(action::it_helped, "It helped", value_of(answer.id)));
    section.actions.push_back(button(action::it_did_not, "It did not", value_of(answer.id)));
    return notice;
}

}  // namespace ackd
