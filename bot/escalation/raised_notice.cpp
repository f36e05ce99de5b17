// What people read about something that was raised: who raised it, and whoever is asked.
#include "bot/alerts/alert_handlers.hpp"
#include "bot/alerts/alert_table.hpp"
#include "bot/capacity/capacity_notices.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/people/local_time.hpp"
#include "bot/resync/resync_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// Of the alerts that are there, to whoever is asked: so many are named, of the newest so many.
constexpr int alerts_named = 3;
constexpr int alerts_looked_at = 50;

std::string name(HandlerContext& context, const UserId& person)
{
    return context.directory.name_of(person);
}

/// "Bo · Cy are": whoever a step asks who has not taken it already.
std::string whom_it_asks(HandlerContext& context, const Request& request, int number)
{
    const FrozenStep& step = *request.step_at(number);
    const auto takers = takers_of(context, request);
    std::vector<UserId> people = step.people;
    std::erase_if(people, [&](const UserId& person) {
        return std::find(takers.begin(), takers.end(), person) != takers.end();
    });
    if (!people.empty())
        return fmt::format("{} {}", joined_names(context, people), people.size() > 1 ? "are" : "is");
    if (step.destinations.empty() || !step.channels.empty()) return "a channel is";
    return fmt::format(
        "{} {}", fmt::join(step.destinations, " · "), step.destinations.size() > 1 ? "are" : "is");
}

/// " 2 of them are needed.", " 1 more is needed.": where one who takes it is not enough.
std::string needed_words(HandlerContext& context, const Request& request, const FrozenStep& step)
{
    const auto count = static_cast<int>(takers_of(context, request).size());
    const int needed = std::max(request.needed, step.needed) - count;
    if (count > 0 && needed > 0) return fmt::format(" {} more {} needed.", needed, needed > 1 ? "are" : "is");
    return needed > 1 ? fmt::format(" {} of them are needed.", needed) : "";
}

/// The obligation that carries it now: one for which somebody is asked; else the newest, but where it was
/// stood down because somebody has it, theirs.
Obligation present_of(HandlerContext& context, const Request& request)
{
    const auto all = context.obligations.of_request(request.id);
    const auto newest = [&](auto is_meant) {
        const auto found = std::find_if(all.rbegin(), all.rend(), is_meant);
        return found != all.rend() ? &*found : nullptr;
    };
    if (const auto* asked = newest([](const auto& each) { return is_waiting(each.state); })) return *asked;
    const auto* taken = newest([](const auto& each) { return is_taken(each.state); });
    if (taken != nullptr && all.back().state == ObligationState::withdrawn) return *taken;
    // Who gave it back while others were asked ended nothing.
    const auto* last = newest([](const auto& each) { return each.cause != EndCause::others_are_asked; });
    return last != nullptr ? *last : all.back();
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
            plain_line(fmt::format("⏳ {} asked on {}.{}",
                                   whom_it_asks(context, request, obligation.step),
                                   your_time(context, request.creditor, *obligation.due_at),
                                   needed_words(context, request, *step))));
    } else {
        section.lines.push_back(plain_line(fmt::format("⏳ {} asked.{}",
                                                       whom_it_asks(context, request, obligation.step),
                                                       needed_words(context, request, *step))));
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

/// Of each who has taken it.
void add_takers(HandlerContext& context, const Request& request, Section& section)
{
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        const std::string holder = name(context, obligation.holder);
        if (obligation.state == ObligationState::received) {
            section.lines.push_back(plain_line(fmt::format(
                "✅ {} has it, since {}.",
                holder,
                your_time(context, request.creditor, obligation.received_at.value_or(request.asked_at)))));
        } else if (obligation.state == ObligationState::integrated) {
            section.lines.push_back(plain_line(fmt::format("✅ {} says that it is done.", holder)));
        }
    }
}

/// Some of the alerts that are there now, of sources that everybody can see: it is read in channels, too.
/// Nothing: there are none, or a program raised it, which said all it knows.
std::optional<Line> alerts_there(HandlerContext& context, const Request& request)
{
    if (request.creditor == bot_actor) return std::nullopt;
    const AlertTable table{context.connection};
    RichText text{Words{"Alerts there now: "}};
    int named = 0;
    int others = 0;
    for (const AlertGroup& group : table.not_over(alerts_looked_at)) {
        if (group.state == AlertGroupState::muted || group.there() == 0) continue;
        const AlertSource source = source_named(context, group.source);
        const auto channel = context.conversations.find(source.channel);
        if (!channel || channel->conversation.is_private) continue;
        const auto first = table.first_of(group.id);
        if (!first || ++named > alerts_named) {
            ++others;
            continue;
        }
        if (named > 1) text.push_back(Words{" · "});
        const std::string title = shortened(first->title, 60);
        if (group.message.exists())
            text.push_back(MessageLink{group.message, title});
        else
            text.push_back(Words{title});
    }
    if (named == 0) return std::nullopt;
    if (others > 0) text.push_back(Words{fmt::format(" and {} more", others)});
    return small_line(std::move(text));
}

}  // namespace

std::string count_words(HandlerContext& context, const Request& request)
{
    if (request.needed <= 1) return "";
    return fmt::format(", {} of {}", takers_of(context, request).size(), request.needed);
}

std::string nobody_left_words(HandlerContext& context, const Request& request)
{
    return fmt::format("Nobody{} on the route {} could be reached. {} decides what happens now.",
                       takers_of(context, request).empty() ? "" : " else",
                       request.route.name,
                       name(context, dead_letter_owner_of(context, request)));
}

Section raised_section(HandlerContext& context, const Request& request)
{
    Section section;
    const Obligation obligation = present_of(context, request);
    const std::string since = your_time(context, request.creditor, request.asked_at);
    add_takers(context, request, section);
    switch (obligation.state) {
        case ObligationState::received:
        case ObligationState::integrated: section.lines.push_back(quote_line(request)); break;
        case ObligationState::dead_letter:
            section.lines.push_back(plain_line(nobody_left_words(context, request)));
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
    std::vector<Line> lines = question_lines(context, request);
    if (lines.empty()) lines = divergence_lines(context, request);
    if (!lines.empty()) return lines;
    const bool is_of_program = request.creditor == bot_actor;
    lines.push_back(plain_line(fmt::format(
        "🔺 {} · {} · {}",
        is_of_program ? "An alert" : fmt::format("{} raised this", name(context, request.creditor)),
        request.route.name,
        priority_words(request.priority))));
    lines.push_back(quote_line(request));
    if (const auto takers = takers_of(context, request); request.needed > 1 && !takers.empty())
        lines.push_back(plain_line(fmt::format(
            "{} of {} have it: {}.", takers.size(), request.needed, joined_names(context, takers))));
    RichText since{Words{"Since "}};
    since.emplace_back(std::in_place_type<Moment>, moment(request.asked_at));
    lines.push_back(small_line(std::move(since)));
    const auto route = context.settings.routes.find(request.route.name);
    if (route != context.settings.routes.end() && !route->second.playbook.empty())
        lines.push_back(
            small_line(RichText{Words{"What to do: "}, Link{route->second.playbook, "playbook"}}));
    if (auto there = alerts_there(context, request)) lines.push_back(std::move(*there));
    if (const auto last = context.obligations.last_raised(request)) {
        const auto takers = takers_of(context, *last);
        const UserId holder = takers.empty() ? UserId{} : takers.front();
        RichText before{Words{fmt::format("Last on this route: {}, ", number_of(last->id))}};
        before.emplace_back(std::in_place_type<Moment>, moment(last->asked_at));
        if (!holder.empty()) before.push_back(Words{fmt::format(", with {}", name(context, holder))});
        lines.push_back(small_line(std::move(before)));
    }
    return lines;
}

}  // namespace ackd
