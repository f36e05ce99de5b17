// HTTP from the sandbox to the app: one POST and what became of it, without the library that speaks it.
#pragma once

#include "sandbox/wire/request_urls.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace sandbox {

struct OutgoingPost {
    LoopbackUrl url;
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

struct PostOutcome {
    /// "" when an answer came, else Slack's word for why not: http_timeout, connection_failed.
    std::string failure;
    int status = 0;
    std::string content_type;
    std::string location;   ///< where a redirect points
    bool no_retry = false;  ///< X-Slack-No-Retry: 1
    std::string body;
};

class HttpPoster {
public:
    using Done = std::function<void(const PostOutcome&)>;

    HttpPoster() = default;
    HttpPoster(const HttpPoster&) = delete;
    HttpPoster& operator=(const HttpPoster&) = delete;
    virtual ~HttpPoster() = default;

    /// Calls `done` once, later, unless the sandbox ends first.
    virtual void post(const OutgoingPost& post, std::chrono::milliseconds within, Done done) = 0;
};

}  // namespace sandbox
