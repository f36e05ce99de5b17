// What is said about a silence clause, on cards, in nudges and digests.
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/silence_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// "it goes ahead".
std::string effect_words(HandlerContext& context, const SilenceChoice& choice)
{
    switch (choice.effect) {
        case SilenceEffect::goes_ahead: return "it goes ahead";
        case SilenceEffect::does_not_happen: return "it does not happen";
        case SilenceEffect::somebody_decides: return context.directory.name_of(choice.decider) + " decides";
        case SilenceEffect::asked_again: return "whoever has not answered is asked again";
    }
    return "?";
}

/// "Unless everybody has answered".
std::string condition_words(const Request& request, const SilenceChoice& choice)
{
    if (choice.effect == SilenceEffect::goes_ahead) return "Unless somebody objects";
    switch (request.quorum) {
        case Quorum::any: return "Unless somebody has answered";
        case Quorum::k_of_n: return fmt::format("Unless {} have answered", request.needed);
        case Quorum::all: break;
    }
    return "Unless everybody has answered";
}

/// When the last of those who have not answered has had their time.
Instant decides_at(HandlerContext& context, const Request& request)
{
    Instant latest = *request.decides_at;
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (obligation.state != ObligationState::open) continue;
        const Situation situation = situation_of(context, request, obligation);
        latest = std::max(latest, *silence_answers_at(situation, obligation.started_at));
    }
    return latest;
}

/// Theirs where the reader is known, everybody's own otherwise.
Span when(HandlerContext& context, const UserId& reader, Instant at)
{
    if (reader.empty()) return moment(at);
    return Words{your_time(context, reader, at)};
}

}  // namespace

std::vector<Line> silence_lines(HandlerContext& context,
                                const Request& request,
                                const std::optional<SilenceClause>& clause,
                                const UserId& reader)
{
    if (!clause) return {};
    const std::string effect = effect_words(context, clause->choice);
    const std::string decider = context.directory.name_of(
        clause->choice.effect == SilenceEffect::somebody_decides ? clause->choice.decider : request.creditor);
    std::vector<Line> lines;
    switch (clause->state) {
        case SilenceState::waiting: break;
        case SilenceState::running:
            lines.push_back(plain_line(RichText{Words{condition_words(request, clause->choice) + " by "},
                                                when(context, reader, decides_at(context, request)),
                                                Words{", " + effect + "."}}));
            if (clause->is_longer) lines.push_back(small_line("Put off by a working day, for everybody."));
            break;
        case SilenceState::agreed:
            lines.push_back(
                plain_line("🤝 Agreed: nobody objected, and the answers that were needed are there."));
            break;
        case SilenceState::by_silence:
            lines.push_back(
                plain_line(RichText{Words{"🔕 By silence, since "},
                                    when(context, reader, clause->decided_at.value_or(context.now)),
                                    Words{": " + effect + "."}}));
            if (clause->reversible_until) {
                lines.push_back(small_line(RichText{Words{"One objection until "},
                                                    when(context, reader, *clause->reversible_until),
                                                    Words{" reverses it."}}));
            }
            break;
        case SilenceState::objected:
            lines.push_back(plain_line(fmt::format("✋ {} objects: not decided by silence. {} decides.",
                                                   context.directory.name_of(clause->objector),
                                                   decider)));
            break;
        case SilenceState::reversed:
            lines.push_back(plain_line(fmt::format("✋ {} objects: no longer decided by silence. {} decides.",
                                                   context.directory.name_of(clause->objector),
                                                   decider)));
            break;
        case SilenceState::called_off:
            lines.push_back(small_line("Called off: nothing was decided by silence."));
            break;
    }
    return lines;
}

bool is_open_to_objection(const Request& request, const std::optional<SilenceClause>& clause, Instant now)
{
    if (request.decides_at) return true;
    return clause && clause->reversible_until && now < *clause->reversible_until;
}

void add_silence_actions(HandlerContext& context,
                         const Request& request,
                         const std::optional<SilenceClause>& clause,
                         const std::string& value,
                         Section& section)
{
    if (!is_open_to_objection(request, clause, context.now)) return;
    section.actions.push_back(button(action::object, "Object", value));
    if (request.decides_at && clause && !clause->is_longer)
        section.actions.push_back(button(action::longer, "Need longer", value));
}

bool is_decision_pending(const Request& request, const std::optional<SilenceClause>& clause)
{
    return !request.is_over() && clause && is_somebodys_to_decide(*clause);
}

std::optional<std::string> decision_words(HandlerContext& context,
                                          const std::optional<SilenceClause>& clause,
                                          const Obligation& obligation)
{
    if (!obligation.predecessor.exists() || !clause || !is_somebodys_to_decide(*clause)) return std::nullopt;
    if (clause->state == SilenceState::by_silence)
        return "Not everybody has answered, so this is yours to decide: decide, then say Done.";
    return fmt::format("{} objects, so this is yours to decide: talk, decide, then say Done.",
                       context.directory.name_of(clause->objector));
}

}  // namespace ackd
