// Cursors of paged answers: opaque to clients, Base64 with its "=" padding, so that a client that forgets to
// encode them in a form fails here as it does on Slack.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

/// `kind` keeps the cursor of one method from being used with another.
std::string make_cursor(std::string_view kind, std::int64_t position);
/// Nothing for what make_cursor did not make for this kind.
std::optional<std::int64_t> read_cursor(std::string_view kind, std::string_view cursor);

}  // namespace sandbox
