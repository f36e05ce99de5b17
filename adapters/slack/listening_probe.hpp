// A look at the address where a reverse proxy passes Slack's requests on to ackd, as `ackd doctor` takes it
// in HTTP mode: whether it can be had, and if not, whether it is an ackd that has it. Changes nothing: what
// is asked of whoever answers there is Slack's own test of the way (ssl_check), which nobody acts on.
#pragma once

#include "adapters/slack/http_listening.hpp"

#include <chrono>
#include <string>

namespace ackd::slack {

enum class ListeningSign {
    free,           ///< nobody has it, and this user may
    answers,        ///< whoever has it answers Slack's test as ackd does
    is_not_ackd,    ///< whoever has it answers in another way, or not in time
    cannot_be_had,  ///< not an address of this machine, or not for this user
};

struct ListeningLook {
    ListeningSign sign = ListeningSign::free;
    std::string detail;  ///< what is wrong; empty when nothing is
};

/// `limit` is for connecting, and again for the answer.
[[nodiscard]] ListeningLook look_at_listening(const http::ListenAddress& address,
                                              const std::string& path,
                                              std::chrono::milliseconds limit);

}  // namespace ackd::slack
