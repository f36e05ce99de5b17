// HTTP requests and answers as the sandbox sees them, without the library that speaks it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sandbox {

struct HttpRequest {
    std::string verb;   ///< GET, POST, …
    std::string path;   ///< without the query
    std::string query;  ///< without the "?"
    std::string authorization;
    std::string content_type;
    std::string body;
    std::string host{};
    std::string origin{};  ///< of the page that asks, or ""
    bool accepts_gzip = false;
    bool is_local = false;  ///< from this machine, and not passed on by a proxy
};

struct HttpAnswer {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

/// The way back to one waiting client, now or later, from the server's thread only. The first of send() and
/// hang_up() counts; a reply that is dropped without either hangs up, so that no client waits for ever.
class HttpReply {
public:
    /// Receives the answer, or null for hanging up.
    using Deliver = std::function<void(const HttpAnswer*)>;

    explicit HttpReply(Deliver deliver);

    void send(const HttpAnswer& answer) const;
    void hang_up() const;

private:
    struct Way;
    std::shared_ptr<Way> way_;
};

}  // namespace sandbox
