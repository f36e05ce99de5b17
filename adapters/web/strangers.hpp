// Whom no key lets in, by whichever door: all are answered as if the path were not there, from one allowance
// for each address, so that nothing tells a wrong key from a wrong path, or one door from the other.
#pragma once

#include "adapters/http/http_server.hpp"
#include "adapters/web/request_allowance.hpp"

namespace ackd::web {

/// Requests that no key lets in, from one address.
inline constexpr int refused_per_minute_max = 60;

class Strangers {
public:
    [[nodiscard]] http::Response turn_away(const http::RequestHead& head, SteadyTime now);

private:
    RequestAllowance of_peers_{4'096};
};

}  // namespace ackd::web
