// What people read of a read-back: the card, the question, what was said, and how it ended.
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/read_back_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

const char* counted(int number)
{
    return number == 1 ? "one" : "two";
}

std::string card_words(HandlerContext& context, const Request& request, const ReadBack& read_back)
{
    switch (read_back.state) {
        case ReadBackState::waiting:
            return fmt::format("Then {} of those who received it may say it back, in a line.",
                               counted(read_back.wanted));
        case ReadBackState::running: {
            const int free = free_turns(read_back);
            if (free > 0) {
                return fmt::format("{} of those who received it may say it back, in a line.",
                                   free == 1 ? "One" : "Two");
            }
            const bool is_asked = std::any_of(
                read_back.turns.begin(), read_back.turns.end(), [](const ReadBackTurn& turn) {
                    return turn.state == TurnState::asked;
                });
            return is_asked ? std::string{"It is being said back."}
                            : fmt::format("Said back: {} says whether that is it.",
                                          context.directory.name_of(request.creditor));
        }
        case ReadBackState::right:
            return read_back.right_count < read_back.wanted ? "✅ Said back and right, by one of two."
                                                            : "✅ Said back and right.";
        case ReadBackState::not_given: return "Not said back.";
        case ReadBackState::not_judged: return "Said back, and not judged in time.";
        case ReadBackState::called_off: return "";
    }
    return "";
}

std::optional<ReadBack> read_back_of(HandlerContext& context, const std::vector<ObligationId>& items)
{
    const auto obligation = items.empty() ? std::nullopt : context.obligations.find(items.front());
    return obligation ? context.read_backs.find(obligation->request) : std::nullopt;
}

void add_question(HandlerContext& context, const Request& request, const ReadBackTurn& turn, Section& section)
{
    RichText text{Words{fmt::format("You acked “{}”", shortened(request.text, excerpt_max))}};
    if (request.subject.exists()) {
        text.push_back(Words{" "});
        text.push_back(MessageLink{request.subject, "open"});
    }
    text.push_back(Words{". In one line: what will you do differently?"});
    section.lines.push_back(plain_line(std::move(text)));
    add_correction(context, request, section);
    section.lines.push_back(
        small_line(fmt::format("{} reads it, then it is deleted. Without a line by {} it is left at that.",
                               context.directory.name_of(request.creditor),
                               your_time(context, turn.person, turn.until.value_or(context.now)))));
    const std::string value = value_of(request.id);
    section.actions.push_back(button(action::say_back, "Say it back", value, ActionStyle::primary));
    section.actions.push_back(button(action::not_now, "Not now", value));
}

}  // namespace

void add_correction(HandlerContext& context, const Request& request, Section& section)
{
    const std::string correction = context.read_backs.correction_of(request.id);
    if (correction.empty()) return;
    section.lines.push_back(plain_line(
        RichText{Strong{fmt::format("Correction by {}:", context.directory.name_of(request.creditor))},
                 Words{" " + correction}}));
}

void add_quote(HandlerContext& context, const Request& request, Section& section)
{
    add_correction(context, request, section);
    section.lines.push_back(quote_line(request));
}

void add_read_back(HandlerContext& context, const Request& request, Section& section)
{
    const auto read_back = context.read_backs.find(request.id);
    if (!read_back) return;
    std::string words = card_words(context, request, *read_back);
    if (!words.empty()) section.lines.push_back(small_line(std::move(words)));
    if (read_back->state == ReadBackState::running && free_turns(*read_back) > 0)
        section.actions.push_back(button(action::say_back, "Say it back", value_of(request.id)));
}

Notice read_back_question_notice(HandlerContext& context,
                                 const UserId& person,
                                 const std::vector<ObligationId>& items)
{
    Notice notice;
    notice.kind = NoticeKind::nudge;
    notice.summary = "In one line: what will you do differently?";
    Section& section = notice.sections.emplace_back();
    const auto read_back = read_back_of(context, items);
    const ReadBackTurn* turn = read_back ? running_turn_of(*read_back, person) : nullptr;
    const Request request =
        context.obligations.find(context.obligations.find(items.front())->request).value();
    if (turn != nullptr && turn->state == TurnState::asked) {
        add_question(context, request, *turn, section);
        return notice;
    }
    std::string line = "Nothing is left to do here. Thank you.";
    if (turn != nullptr) {
        line = fmt::format("✅ Said back: {} reads it, then it is deleted. Thank you.",
                           context.directory.name_of(request.creditor));
    } else if (read_back && read_back->state == ReadBackState::right) {
        line = "✅ Said back and right; what was written is deleted. Thank you.";
    }
    notice.summary = line;
    section.lines.push_back(plain_line(std::move(line)));
    section.lines.push_back(quote_line(request));
    return notice;
}

std::optional<Section> said_back_section(HandlerContext& context, const Obligation& obligation)
{
    const auto read_back = context.read_backs.find(obligation.request);
    if (!read_back) return std::nullopt;
    const auto turn = std::find_if(
        read_back->turns.begin(), read_back->turns.end(), [&](const ReadBackTurn& each) {
            return each.state == TurnState::given && each.obligation == obligation.id;
        });
    if (turn == read_back->turns.end()) return std::nullopt;
    const Request request = context.obligations.find(obligation.request).value();
    Section section;
    section.lines.push_back(plain_line(
        fmt::format("{} says it back as “{}”", context.directory.name_of(turn->person), turn->words)));
    add_quote(context, request, section);
    section.lines.push_back(
        small_line(fmt::format("It is deleted when you have judged it, or on {}.",
                               your_time(context, request.creditor, turn->until.value_or(context.now)))));
    const std::string value = fmt::format("{} {}", value_of(request.id), turn->id);
    section.actions.push_back(button(action::thats_it, "That's it", value, ActionStyle::primary));
    section.actions.push_back(button(action::not_quite, "Not quite", value));
    return section;
}

Notice said_back_notice(HandlerContext& context, const std::vector<ObligationId>& items)
{
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    const Obligation obligation = context.obligations.find(items.front()).value();
    if (auto section = said_back_section(context, obligation)) {
        notice.summary = fmt::format("{} says it back", context.directory.name_of(obligation.holder));
        notice.sections.push_back(std::move(*section));
        return notice;
    }
    const auto read_back = read_back_of(context, items);
    std::string line = "What was said back is deleted.";
    if (read_back && read_back->state == ReadBackState::right)
        line = "✅ Said back and right; what was written is deleted.";
    else if (read_back && read_back->state == ReadBackState::not_judged)
        line = "Said back, and not judged in time: it is deleted.";
    notice.summary = line;
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(plain_line(std::move(line)));
    add_quote(context, *context.obligations.find(obligation.request), section);
    return notice;
}

Notice read_back_ended_notice(const Request& request, const ReadBack& read_back)
{
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    const bool is_unjudged = read_back.state == ReadBackState::not_judged;
    notice.summary = fmt::format(
        "{} {}", number_of(request.id), is_unjudged ? "was not judged" : "was not said back");
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(plain_line(
        is_unjudged ? "Said back, and not judged in time: what was written is deleted."
                    : "Not said back within a working day. The acks stand; nobody is asked again."));
    section.lines.push_back(quote_line(request));
    return notice;
}

}  // namespace ackd
