// Whether a webhook's request comes from GitHub: it signs the body with a secret that only it and we know.
//
//     X-Hub-Signature-256: sha256=<HMAC-SHA256 of the body, as 64 lower-case hex digits>
//
// Nothing but the body is signed, so a request that somebody overheard can be sent again, with other headers:
// what makes that harmless is that it is told by its body. Pure; compared in constant time.
#pragma once

#include <string>
#include <string_view>

namespace ackd::alerts {

struct GithubSecrets {
    std::string current;
    /// While one takes the other's place. Empty: there is none.
    std::string previous;
};

[[nodiscard]] bool is_signed_by_github(const GithubSecrets& secrets,
                                       std::string_view signature,
                                       std::string_view body);

}  // namespace ackd::alerts
