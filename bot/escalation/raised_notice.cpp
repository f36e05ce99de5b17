// What people read about something that was raised: who raised it, and whoever is asked.
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/people/local_time.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

std::string name(HandlerContext& context, const UserId& person)
{
    return context.directory.name_of(person);
}

/// "Bo · Cy are": whoever a step asks.
std::string whom_it_asks(HandlerContext& context, const Request& request, int number)
{
    const FrozenStep& step = *request.step_at(number);
    const auto& people = step.people;
    if (!people.empty())
        return fmt::format("{} {}", joined_names(context, people), people.size() > 1 ? "are" : "is");
    if (step.destinations.empty() || !step.channels.empty()) return "a channel is";
    return fmt::format(
        "{} {}", fmt::join(step.destinations, " · "), step.destinations.size() > 1 ? "are" : "is");
}

/// The obligation that carries it now: the newest.
Obligation present_of(HandlerContext& context, const Request& request)
{
    return context.obligations.of_request(request.id).back();
}

void add_waiting(HandlerContext& context,
                 const Request& request,
                 const Obligation& obligation,
                 Section& section)
{
    const FrozenStep* step = request.step_at(obligation.step);
    if (step == nullptr) {
        section.lines.push_back(plain_line(fmt::format("⏳ {} is asked.", name(context, obligation.debtor))));
    } else if (obligation.attempt == 0 && obligation.due_at && *obligation.due_at > context.now) {
        // Its delay has to pass, or nobody on it is at work.
        section.lines.push_back(
            plain_line(fmt::format("⏳ {} asked on {}.",
                                   whom_it_asks(context, request, obligation.step),
                                   your_time(context, request.creditor, *obligation.due_at))));
    } else {
        section.lines.push_back(
            plain_line(fmt::format("⏳ {} asked.", whom_it_asks(context, request, obligation.step))));
    }
    section.lines.push_back(quote_line(request));
    const Situation situation = situation_of(context, request, obligation);
    const int next = next_step_with_targets(situation, obligation.step);
    const std::string what = next != 0 ? whom_it_asks(context, request, next) + " asked"
                                       : fmt::format("{} decides what happens",
                                                     name(context, dead_letter_owner_of(context, request)));
    section.lines.push_back(small_line(
        fmt::format("If nobody takes it: {} on {}.",
                    what,
                    your_time(context, request.creditor, goes_on_at(obligation, situation, context.now)))));
}

}  // namespace

Section raised_section(HandlerContext& context, const Request& request)
{
    Section section;
    const Obligation obligation = present_of(context, request);
    const std::string since = your_time(context, request.creditor, request.asked_at);
    switch (obligation.state) {
        case ObligationState::received:
            section.lines.push_back(plain_line(fmt::format(
                "✅ {} has it, since {}.",
                name(context, obligation.holder),
                your_time(context, request.creditor, obligation.received_at.value_or(request.asked_at)))));
            section.lines.push_back(quote_line(request));
            break;
        case ObligationState::integrated:
            section.lines.push_back(
                plain_line(fmt::format("✅ {} says that it is done.", name(context, obligation.holder))));
            section.lines.push_back(quote_line(request));
            break;
        case ObligationState::dead_letter:
            section.lines.push_back(plain_line(
                fmt::format("Nobody on the route {} could be reached. {} decides what happens now.",
                            request.route.name,
                            name(context, dead_letter_owner_of(context, request)))));
            section.lines.push_back(quote_line(request));
            break;
        case ObligationState::withdrawn:
            section.lines.push_back(plain_line("It is called off. Nobody is asked about it any more."));
            section.lines.push_back(quote_line(request));
            break;
        default: add_waiting(context, request, obligation, section); break;
    }
    section.lines.push_back(
        small_line(fmt::format("{} · {} · raised on {}", number_of(request.id), request.route.name, since)));
    if (!request.is_over())
        section.actions.push_back(button(action::withdraw, "No longer needed", value_of(request.id)));
    section.actions.push_back(request_menu(request));
    return section;
}

Notice raised_notice(HandlerContext& context, const std::vector<ObligationId>& items)
{
    const auto obligation = context.obligations.find(items.front());
    const Request request = context.obligations.find(obligation->request).value();
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.sections.push_back(raised_section(context, request));
    notice.summary = "You raised: " + shortened(request.text, excerpt_max);
    return notice;
}

std::vector<Line> raised_lines(HandlerContext& context, const Request& request)
{
    const bool is_of_program = request.creditor == bot_actor;
    std::vector<Line> lines;
    lines.push_back(plain_line(fmt::format(
        "🔺 {} · {} · {}",
        is_of_program ? "An alert" : fmt::format("{} raised this", name(context, request.creditor)),
        request.route.name,
        priority_words(request.priority))));
    lines.push_back(quote_line(request));
    RichText since{Words{"Since "}};
    since.emplace_back(std::in_place_type<Moment>, moment(request.asked_at));
    lines.push_back(small_line(std::move(since)));
    const auto route = context.settings.routes.find(request.route.name);
    if (route != context.settings.routes.end() && !route->second.playbook.empty())
        lines.push_back(
            small_line(RichText{Words{"What to do: "}, Link{route->second.playbook, "playbook"}}));
    if (const auto last = context.obligations.last_raised(request)) {
        const auto obligations = context.obligations.of_request(last->id);
        const UserId& holder = obligations.back().holder;
        RichText before{Words{fmt::format("Last on this route: {}, ", number_of(last->id))}};
        before.emplace_back(std::in_place_type<Moment>, moment(last->asked_at));
        if (!holder.empty()) before.push_back(Words{fmt::format(", with {}", name(context, holder))});
        lines.push_back(small_line(std::move(before)));
    }
    return lines;
}

}  // namespace ackd
