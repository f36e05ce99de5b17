// How a person stands to a request: what every answer needs to know first, whichever way it comes.
#pragma once

#include "bot/engine/handler_context.hpp"

#include <optional>

namespace ackd {

struct Part {
    Request request;
    /// Theirs to answer: as the debtor, as the holder, or because they were called in. Nothing: they were not
    /// asked.
    std::optional<Obligation> obligation;
    bool is_called = false;
};

[[nodiscard]] Part part_in(HandlerContext& context, Request request, const UserId& person);
/// Nothing: there is no such request.
[[nodiscard]] std::optional<Part> part_in(HandlerContext& context, RequestId id, const UserId& person);
/// Of what an older message speaks of, the present state: it may go on as another obligation.
[[nodiscard]] std::optional<Part> part_of(HandlerContext& context, ObligationId id, const UserId& person);

}  // namespace ackd
