// Whether a request that was posted to us comes from Slack, and comes now: Slack signs every request with a
// secret that only it and the app know. Pure.
//
//   X-Slack-Request-Timestamp: 1700000000
//   X-Slack-Signature: v0=<HMAC-SHA256 of "v0:1700000000:" and the body, as 64 lower-case hex digits>
//
// Over the body as it came, before anything in it is looked at; in constant time. A request of more than five
// minutes ago, or ahead, is somebody repeating what they overheard.
#pragma once

#include "bot/instant.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace ackd::slack {

struct SigningSecrets {
    std::string current;
    /// Slack signs with the old one for a day after it was replaced. Empty: there is none.
    std::string previous;
};

struct SignedRequest {
    std::string_view timestamp;  ///< the header, or empty
    std::string_view signature;  ///< the header, or empty
    std::string_view body;
};

enum class SignatureVerdict {
    valid,
    missing,    ///< no signature or no timestamp
    malformed,  ///< a timestamp that is no number, or another version of signature
    stale,      ///< not within `signature_window` of now
    wrong,      ///< made with another secret, or of another body
};

inline constexpr std::chrono::seconds signature_window{300};

[[nodiscard]] SignatureVerdict check_signature(const SigningSecrets& secrets,
                                               const SignedRequest& request,
                                               Instant now);

/// "v0=…"
[[nodiscard]] std::string signature_of(std::string_view secret,
                                       std::string_view timestamp,
                                       std::string_view body);

/// For the log.
[[nodiscard]] const char* name_of(SignatureVerdict verdict);

}  // namespace ackd::slack
