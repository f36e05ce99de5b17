// What the handlers of a read-back share: who may have a turn, and one change to it, made, saved and shown.
#pragma once

#include "bot/delivery/read_back.hpp"
#include "bot/engine/handler_context.hpp"

#include <vector>

namespace ackd {

/// Somebody who has received it and can say it back.
struct Receiver {
    UserId person;
    ObligationId obligation;
};

/// All of them: not who asked.
[[nodiscard]] std::vector<Receiver> receivers_of(HandlerContext& context, const Request& request);
/// Or null.
[[nodiscard]] const Receiver* find_receiver(const std::vector<Receiver>& receivers, const UserId& person);

/// A turn that begins now and takes `length` of their working time at most.
[[nodiscard]] ReadBackTurn turn_of(HandlerContext& context,
                                   const Receiver& receiver,
                                   bool is_volunteer,
                                   Duration length);

/// Changes to one read-back: made to `now`, then saved and shown at once by `keep`. Their facts never say
/// whose turn it was, so that nobody can count from the journal what somebody got wrong.
class ReadBackChange {
public:
    ReadBackChange(HandlerContext& context, const Request& request, const ReadBack& read_back)
        : now(read_back), context_(context), request_(request), before_(read_back)
    {}

    /// Where the table leads; false: this does not happen now.
    bool happen(ReadBackEvent event);
    /// Their words go.
    void end(ReadBackTurn& turn);
    void end_all();
    /// Over for good, in this way.
    void finish(ReadBackEvent event);
    /// Over, if no turn is free and none goes on.
    void settle();
    void keep();

    ReadBack now;

private:
    HandlerContext& context_;
    const Request& request_;
    ReadBack before_;
};

}  // namespace ackd
