// Why something expected went wrong. Broken invariants are not here: they throw.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <boost/throw_exception.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

namespace ackd {

enum class FaultKind {
    malformed,      ///< what came in cannot be understood
    not_found,      ///< the thing named does not exist (any more)
    not_a_member,   ///< we are not in that conversation, or it is not there for us
    conflict,       ///< the thing exists in another state than expected
    rate_limited,   ///< wait for `retry_after`, then the same call may pass
    temporary,      ///< nothing was done; try again after a backoff
    unknown,        ///< it may or may not have been done: look before trying again
    permanent,      ///< will not work however often it is tried
    configuration,  ///< a person must repair the set-up (token, scope, address)
};

struct Fault {
    FaultKind kind = FaultKind::permanent;
    std::string detail;                        ///< for the log and the journal, never for a chat message
    std::chrono::milliseconds retry_after{0};  ///< of rate_limited, and of a look-up that was

    Fault() = default;
    Fault(FaultKind what, std::string why, std::chrono::milliseconds wait = std::chrono::milliseconds{0})
        : kind(what), detail(std::move(why)), retry_after(wait)
    {}
    friend bool operator==(const Fault&, const Fault&) = default;
};

[[noreturn]] inline void throw_exception_from_error(const Fault& fault, const boost::source_location& where)
{
    boost::throw_exception(std::runtime_error(fault.detail), where);
}

template <class T>
struct [[nodiscard]] Result : boost::system::result<T, Fault> {
    using boost::system::result<T, Fault>::result;
};

}  // namespace ackd
