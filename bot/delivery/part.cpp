#include "bot/delivery/part.hpp"

namespace ackd {

Part part_in(HandlerContext& context, Request request, const UserId& person)
{
    const RequestId id = request.id;
    Part part{std::move(request), std::nullopt, false};
    for (const Obligation& own : context.obligations.of_debtor(id, person)) {
        if (!part.obligation || (is_final(part.obligation->state) && !is_final(own.state)))
            part.obligation = own;
    }
    if (part.obligation && !is_final(part.obligation->state)) return part;
    for (const Obligation& other : context.obligations.of_request(id)) {
        const bool called = context.obligations.is_called(other.id, person);
        if (!called && other.holder != person) continue;
        if (is_final(other.state) && part.obligation) continue;
        part.obligation = other;
        part.is_called = called;
        if (!is_final(other.state)) break;
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
    if (is_final(obligation->state)) {
        // An older message: what it speaks of may go on as another obligation (asked again, taken over).
        auto present = part_in(context, obligation->request, person);
        if (present && present->obligation && !is_final(present->obligation->state)) return present;
    }
    auto request = context.obligations.find(obligation->request);
    return Part{std::move(*request), std::move(*obligation), called};
}

}  // namespace ackd
