#include "bot/delivery/part.hpp"

namespace ackd {

namespace {

enum class Standing { over, with_somebody_else, theirs };

/// Of what was raised somebody may have it while others are asked for one more; what else is asked is their
/// own.
Standing standing_of(const Request& request, const Obligation& obligation, const UserId& person)
{
    if (is_final(obligation.state)) return Standing::over;
    if (request.kind != RequestKind::escalation) return Standing::theirs;
    const bool is_with_other = obligation.state == ObligationState::received && obligation.holder != person;
    return is_with_other ? Standing::with_somebody_else : Standing::theirs;
}

}  // namespace

Part part_in(HandlerContext& context, Request request, const UserId& person)
{
    const RequestId id = request.id;
    Part part{std::move(request), std::nullopt, false};
    const auto is_better = [&](const Obligation& other) {
        return !part.obligation ||
               standing_of(part.request, *part.obligation, person) < standing_of(part.request, other, person);
    };
    for (const Obligation& own : context.obligations.of_debtor(id, person)) {
        if (is_better(own)) part.obligation = own;
    }
    if (part.obligation && standing_of(part.request, *part.obligation, person) == Standing::theirs)
        return part;
    for (const Obligation& other : context.obligations.of_request(id)) {
        const bool called = context.obligations.is_called(other.id, person);
        if ((!called && other.holder != person) || !is_better(other)) continue;
        part.obligation = other;
        part.is_called = called;
    }
    return part;
}

std::optional<Part> part_in(HandlerContext& context, RequestId id, const UserId& person)
{
    auto request = context.obligations.find(id);
    if (!request) return std::nullopt;
    return part_in(context, std::move(*request), person);
}

std::optional<Part> part_of(HandlerContext& context, ObligationId id, const UserId& person)
{
    auto obligation = context.obligations.find(id);
    if (!obligation) return std::nullopt;
    const bool called = context.obligations.is_called(id, person);
    if (obligation->debtor != person && obligation->holder != person && !called) {
        return part_in(context, obligation->request, person);
    }
    auto request = context.obligations.find(obligation->request);
    if (standing_of(*request, *obligation, person) != Standing::theirs) {
        // An older message: what it speaks of may go on as another obligation (asked again, taken over, one
        // more is needed).
        auto present = part_in(context, obligation->request, person);
        if (present && present->obligation &&
            standing_of(*request, *obligation, person) < standing_of(*request, *present->obligation, person))
            return present;
    }
    return Part{std::move(*request), std::move(*obligation), called};
}

}  // namespace ackd
