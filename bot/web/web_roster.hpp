// All that may come in over HTTP, as the policy and the keys are now. What is not in it does not come in: a
// key of a source or a rotation that the policy does not have any more is a wrong one.
#pragma once

#include "bot/alerts/alert_source.hpp"
#include "bot/web/web_key.hpp"

#include <string>
#include <vector>

namespace ackd {

/// A source, and what lets it in.
struct KnownSource {
    AlertSource source;
    std::vector<KnownKey> keys;
};

/// A rotation whose calendar can be read, and by whom.
struct KnownFeed {
    std::string rotation;
    std::vector<KnownKey> keys;
};

struct WebRoster {
    std::vector<KnownSource> sources;
    std::vector<KnownFeed> feeds;
};

}  // namespace ackd
