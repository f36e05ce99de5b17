#include "sandbox/page/page_assets.hpp"

#include <algorithm>

namespace sandbox {
namespace {

/// Nothing but what this server serves, and nobody may put the page into a frame of theirs.
std::string content_security_policy()
{
    std::string scripts = "script-src 'self'";
    if (!import_map_hash().empty()) scripts += " '" + std::string{import_map_hash()} + "'";
    return "default-src 'none'; " + scripts +
           "; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
           "frame-ancestors 'none'";
}

}  // namespace

std::optional<HttpAnswer> page_answer(const std::string& path, bool accepts_gzip)
{
    const auto& assets = page_assets();
    const auto found = std::find_if(
        assets.begin(), assets.end(), [&](const PageAsset& asset) { return asset.path == path; });
    if (found == assets.end()) return std::nullopt;
    HttpAnswer answer;
    answer.content_type = found->content_type;
    answer.headers = {{"Content-Security-Policy", content_security_policy()},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Cross-Origin-Resource-Policy", "same-origin"},
                      {"Cache-Control", "no-cache"},
                      {"Vary", "Accept-Encoding"}};
    if (accepts_gzip) answer.headers.emplace_back("Content-Encoding", "gzip");
    answer.body = accepts_gzip ? found->gzipped : found->bytes;
    return answer;
}

}  // namespace sandbox
