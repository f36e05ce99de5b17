#include "adapters/web/strangers.hpp"

#include "adapters/web/web_responses.hpp"

namespace ackd::web {

http::Response Strangers::turn_away(const http::RequestHead& head, SteadyTime now)
{
    const auto again_in = of_peers_.take(head.peer, refused_per_minute_max, now);
    return again_in.count() > 0 ? too_fast(again_in) : not_found();
}

}  // namespace ackd::web
