#include "bot/escalation/triage_notices.hpp"

#include "bot/delivery/delivery_phrases.hpp"
#include "bot/escalation/triage_handlers.hpp"
#include "bot/escalation/triage_rules.hpp"
#include "bot/escalation/triage_table.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace ackd {

namespace {

std::string waiting_words(std::size_t waiting, bool is_all_named)
{
    if (waiting == 0 && is_all_named) return "Every dead letter here has its cause. Thank you.";
    if (waiting == 0) return "None of these dead letters waits for a cause any more.";
    return fmt::format("{} dead letter{} a cause. {} one tap.",
                       waiting,
                       waiting == 1 ? " waits for" : "s wait for",
                       waiting == 1 ? "It takes" : "Each takes");
}

std::string route_words(const std::string& route)
{
    return route.empty() ? "no route" : "route " + route;
}

Action cause_menu(ObligationId id, bool has_one)
{
    Action menu;
    menu.name = action::triage_cause;
    menu.label = has_one ? "Another cause" : "What was it?";
    for (const TriageCause cause : nameable_causes) {
        std::string label{words_of(cause)};
        label.front() = static_cast<char>(label.front() - 'a' + 'A');
        menu.choices.push_back({std::move(label), fmt::format("{} {}", value_of(id), name_of(cause))});
    }
    return menu;
}

Section letter_section(HandlerContext& context,
                       const DeadLetter& letter,
                       const Request& request,
                       const UserId& reader)
{
    Section section;
    const bool settled = is_settled(context, letter);
    section.lines.push_back(quote_line(request));
    if (settled && (!letter.cause || letter.cause == TriageCause::needs_none))
        section.lines.push_back(plain_line("✅ Settled meanwhile: it needs no cause."));
    else if (letter.cause == TriageCause::nobody_looked)
        section.lines.push_back(plain_line("Closed by itself: nobody looked."));
    else if (letter.cause)
        section.lines.push_back(plain_line(fmt::format("✅ {}", words_of(*letter.cause))));
    section.lines.push_back(small_line(fmt::format("{} · {} · {} · given up {}",
                                                   number_of(request.id),
                                                   route_words(request.route.name),
                                                   priority_words(request.priority),
                                                   your_time(context, reader, letter.given_up_at))));
    if (!settled && letter.cause != TriageCause::no_longer_kept)
        section.actions.push_back(cause_menu(letter.id, letter.cause.has_value()));
    return section;
}

Line words_of_proposal(TriageCause cause, const std::string& route)
{
    const TriageProposal proposal = proposal_for(cause, route);
    return plain_line(RichText{Words{fmt::format("Three times “{}” on {} within a month. {} ",
                                                 words_of(cause),
                                                 route_words(route),
                                                 proposal.words)},
                               Code{proposal.command}});
}

}  // namespace

Notice triage_notice(HandlerContext& context, const TriageRound& round)
{
    const TriageTable table{context.connection};
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.sections.emplace_back();
    std::size_t waiting = 0;
    bool is_all_named = true;
    std::set<std::pair<std::string, TriageCause>> kinds;
    for (const ObligationId id : round.letters) {
        const auto letter = table.find(id);
        const auto request = letter ? context.obligations.find(letter->request) : std::nullopt;
        if (!request) continue;
        const auto& cause = letter->cause;
        if (cause)
            kinds.emplace(request->route.name, *cause);
        else if (!is_settled(context, *letter))
            ++waiting;
        is_all_named = is_all_named && cause && is_nameable(*cause);
        notice.sections.push_back(letter_section(context, *letter, *request, round.triager));
    }
    notice.summary = waiting_words(waiting, is_all_named);
    Section& head = notice.sections.front();
    head.lines.push_back(plain_line(notice.summary));
    if (waiting > 0) {
        head.lines.push_back(
            small_line("It is about routes and places, and about nobody: who was asked is not shown, and who "
                       "names a cause is not kept. One without a cause is closed after two weeks."));
    }
    Section proposals;
    for (const auto& [route, cause] : kinds) {
        const auto made_at = table.proposed_at(route, cause);
        if (made_at && *made_at + of_a_kind_within > context.now)
            proposals.lines.push_back(words_of_proposal(cause, route));
    }
    if (!proposals.lines.empty()) notice.sections.push_back(std::move(proposals));
    return notice;
}

Notice triage_proposal_notice(TriageCause cause, const std::string& route)
{
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.summary = fmt::format("Three dead letters of a kind on {}", route_words(route));
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(words_of_proposal(cause, route));
    section.lines.push_back(small_line(RichText{Words{"Which ones: "}, Code{"ackd deadletters --all"}}));
    return notice;
}

}  // namespace ackd
