#include "sandbox/wire/door.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace sandbox {
namespace {

constexpr std::size_t authorization_size_max = 1024;

HttpAnswer refused(int status, std::string why)
{
    HttpAnswer answer;
    answer.status = status;
    answer.content_type = "text/plain; charset=utf-8";
    answer.body = "ackd-sandbox: " + std::move(why) + "\n";
    return answer;
}

/// "127.0.0.1:8080", "localhost", "[::1]:8080".
bool names_this_machine(std::string_view host)
{
    const auto port = host.rfind(':');
    const bool has_port = port != std::string_view::npos && host.back() != ']';
    const std::string_view name = has_port ? host.substr(0, port) : host;
    return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

/// Of a page that this server has served: "http://" or "https://" (a reverse proxy's) and the same host.
bool is_own_origin(std::string_view origin, std::string_view host)
{
    for (const std::string_view scheme : {std::string_view{"http://"}, std::string_view{"https://"}})
        if (origin.starts_with(scheme) && origin.substr(scheme.size()) == host) return true;
    return false;
}

bool is_for_the_app(std::string_view path)
{
    return path.starts_with("/api/") || path.starts_with("/link") || path.starts_with("/response/");
}

}  // namespace

bool Door::knows_password(const std::string& authorization) const
{
    constexpr std::string_view scheme = "Basic ";
    if (!authorization.starts_with(scheme) || authorization.size() > authorization_size_max) return false;
    const std::string_view encoded = std::string_view{authorization}.substr(scheme.size());
    if (encoded.empty() || encoded.size() % 4 != 0) return false;
    std::vector<unsigned char> decoded(encoded.size() / 4 * 3 + 1);
    const int size = EVP_DecodeBlock(decoded.data(),
                                     reinterpret_cast<const unsigned char*>(encoded.data()),
                                     static_cast<int>(encoded.size()));
    if (size < 0) return false;
    // Padding counts as zero bytes.
    const auto padding = std::count(encoded.end() - 2, encoded.end(), '=');
    const std::string_view pair{reinterpret_cast<const char*>(decoded.data()),
                                static_cast<std::size_t>(size) - static_cast<std::size_t>(padding)};
    const auto colon = pair.find(':');
    if (colon == std::string_view::npos) return false;
    const std::string_view given = pair.substr(colon + 1);
    return given.size() == password_.size() &&
           CRYPTO_memcmp(given.data(), password_.data(), given.size()) == 0;
}

std::optional<HttpAnswer> Door::refusal(const HttpRequest& request) const
{
    if (!request.origin.empty() && !is_own_origin(request.origin, request.host))
        return refused(403, "this page is another's (Origin: " + request.origin + ")");
    if (password_.empty()) {
        if (names_this_machine(request.host)) return std::nullopt;
        return refused(403, "ask for 127.0.0.1 or localhost; --listen lets others in");
    }
    if (is_for_the_app(request.path)) {
        if (request.is_local) return std::nullopt;
        return refused(403, "the app runs on the same machine");
    }
    if (knows_password(request.authorization)) return std::nullopt;
    HttpAnswer answer = refused(401, "the password is needed");
    answer.headers.emplace_back("WWW-Authenticate", R"(Basic realm="ackd-sandbox", charset="UTF-8")");
    return answer;
}

}  // namespace sandbox
