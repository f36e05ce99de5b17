#include "adapters/outside/outside_outcome.hpp"

#include "adapters/outside/encoded_word.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd::outside {

namespace {

constexpr std::size_t reply_size_max = 120;

const char* meaning_of(int status)
{
    switch (status) {
        case 400: return ": it does not understand what was sent";
        case 401:
        case 403: return ": it does not let us in";
        case 404: return ": nothing is there";
        case 405: return ": it takes no such requests";
        case 410: return ": it is gone for good";
        case 413: return ": it was too large";
        default: return "";
    }
}

}  // namespace

EffectOutcome outcome_of_http(int status, std::chrono::seconds retry_after)
{
    if (status >= 200 && status < 300) return Done{};
    if (status >= 300 && status < 400) return Fault{FaultKind::permanent, "redirects to another address"};
    const std::string answered = fmt::format("answered {}{}", status, meaning_of(status));
    // 429 as well: FaultKind::rate_limited would hold up the other destinations.
    const bool may_pass_later = status == 408 || status == 425 || status == 429 || status >= 500;
    if (!may_pass_later) return Fault{FaultKind::permanent, answered};
    const auto wait = std::clamp<std::chrono::seconds>(retry_after, std::chrono::seconds{0}, retry_after_max);
    return Fault{FaultKind::temporary, answered, wait};
}

Fault fault_of_smtp(int code, const std::string& reply)
{
    std::string said = as_one_line(reply, reply_size_max);
    std::replace(said.begin(), said.end(), '"', '\'');
    const std::string detail = fmt::format("the mail server answered {}",
                                           said.empty() ? std::to_string(code) : said);
    // 530 to 538: it wants to know who we are, or does not believe it.
    if (code == 530 || code == 534 || code == 535 || code == 538) return {FaultKind::configuration, detail};
    return {code >= 500 ? FaultKind::permanent : FaultKind::temporary, detail};
}

}  // namespace ackd::outside
