// The proof that a POST comes from the workspace: an HMAC over its time and its raw body.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sandbox {

/// "v0=" and 64 lower-case hex digits: HMAC-SHA256 of "v0:<timestamp>:<body>" under the secret. `timestamp`
/// in Unix seconds, as X-Slack-Request-Timestamp carries it.
std::string sign_request(std::string_view secret, std::int64_t timestamp, std::string_view body);

}  // namespace sandbox
