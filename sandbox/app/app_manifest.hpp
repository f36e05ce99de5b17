// The app's manifest, checked as Slack checks one, and what the workspace installs by it.
//
// The shape comes first (keys, types, lengths; a key that is not known is refused at every level), then what
// has to fit together: events and their scopes, commands and the scope for them, a request URL for whatever
// is to arrive without Socket Mode. Pure.
#pragma once

#include "sandbox/app/installed_app.hpp"
#include "sandbox/model/outcome.hpp"
#include "sandbox/wire/request_urls.hpp"

namespace sandbox {

struct Installation {
    InstalledApp app;
    /// Where the app wants to be POSTed to; none with Socket Mode.
    std::optional<RequestUrls> urls;
};

/// Refuses "invalid_manifest" with everything that is wrong as details.
Outcome<Installation> read_manifest(const Json& manifest);

}  // namespace sandbox
