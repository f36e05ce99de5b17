// Circuit breakers, one for each person who is called when something is escalated, and one for each route.
//
// Three calls in a row without an answer open a person's: for a working day whoever comes after them is asked
// at once, as long as there is somebody. Then the next call goes to them again, one try: an answer closes the
// breaker, no answer opens it for another day. Three dead letters in a row open a route's: what is raised on
// it takes the default route. Any answer of theirs closes it at once, and so does the person by saying so.
//
// Nobody else is told of a person's breaker: it is a way past a silence, no figure about anybody.
#pragma once

#include "bot/engine/handler_context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// So many in a row open it.
inline constexpr int breaker_misses = 3;

struct Breaker {
    int misses = 0;
    /// Passed over until then; nothing: not at all.
    std::optional<Instant> tries_at;
    friend bool operator==(const Breaker&, const Breaker&) = default;
};

// The rules

[[nodiscard]] inline bool is_open(const Breaker& breaker, Instant now)
{
    return breaker.tries_at && now < *breaker.tries_at;
}
/// A call went unanswered. `again_at`: when the next one may go to them, should this open it.
[[nodiscard]] Breaker missed(const Breaker& breaker, Instant again_at);
/// They are called: of one that is half open it is the one try, and until that is answered it is as good as
/// open.
[[nodiscard]] Breaker called(const Breaker& breaker, Instant now, Instant again_at);

// What is kept

class BreakerTable {
public:
    explicit BreakerTable(storage::Connection& connection) : connection_(connection) {}

    /// Of one that has missed nothing: closed.
    [[nodiscard]] Breaker of(const UserId& person) const { return of(person.value); }
    [[nodiscard]] Breaker of_route(const std::string& route) const { return of(route_subject(route)); }
    void save(const UserId& person, const Breaker& breaker) const { save(person.value, breaker); }
    void save_route(const std::string& route, const Breaker& breaker) const
    {
        save(route_subject(route), breaker);
    }

private:
    static std::string route_subject(const std::string& route) { return "route:" + route; }
    [[nodiscard]] Breaker of(const std::string& subject) const;
    void save(const std::string& subject, const Breaker& breaker) const;

    storage::Connection& connection_;
};

// What happens

/// Those of a step whom a call goes to now: without those who are passed over, unless that would leave nobody
/// who can be asked now from this step on: a channel and a destination are nobody. Who was called for the
/// obligation already stays.
[[nodiscard]] std::vector<UserId> reachable_on_step(HandlerContext& context,
                                                    const Request& request,
                                                    ObligationId obligation,
                                                    int step);

/// Of these steps those with nobody on them, which is a hole. Who is passed over is nobody else's business.
[[nodiscard]] std::vector<int> steps_without_people(HandlerContext& context,
                                                    const Request& request,
                                                    const std::vector<int>& steps);

/// They are called now.
void note_call(HandlerContext& context, const UserId& person);
/// The step is over, and nobody who was called in it has answered.
void note_misses(HandlerContext& context, const Request& request, const Obligation& obligation);
/// They have said something to it, whatever it is.
void note_answer_of(HandlerContext& context, const UserId& person);

/// Nobody on the route of what was raised could be reached, or somebody has it.
void note_route(HandlerContext& context, const Request& request, bool is_answered);
/// The route that what is raised on `name` takes now.
[[nodiscard]] std::string route_taken(HandlerContext& context, const std::string& name);

/// "Ask me again": they are there.
[[nodiscard]] Notice close_breaker(HandlerContext& context, const UserId& person);

}  // namespace ackd
