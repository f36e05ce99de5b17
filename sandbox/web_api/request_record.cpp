#include "sandbox/web_api/request_record.hpp"

#include "sandbox/web_api/api_arguments.hpp"

namespace sandbox {
namespace {

constexpr std::string_view api_path = "/api/";

/// "bot", "app", … by the token's prefix, which says nothing that must stay secret.
const char* token_kind(const std::string& authorization)
{
    if (authorization.empty()) return "none";
    if (authorization.find(" xoxb-") != std::string::npos) return "bot";
    return authorization.find(" xapp-") != std::string::npos ? "app" : "other";
}

}  // namespace

Json record_of(const HttpRequest& request)
{
    const bool is_call = request.path.compare(0, api_path.size(), api_path) == 0;
    const bool is_json = request.content_type.rfind("application/json", 0) == 0;
    Arguments arguments;
    bool is_readable = true;
    if (is_json) {
        auto body = parse_json(request.body);
        is_readable = body && body->is_object();
        if (is_readable) arguments = Arguments{*std::move(body)};
    } else {
        is_readable = arguments.add_form(request.body);
    }
    is_readable = arguments.add_form(request.query) && is_readable;
    Json parsed = Json::object();
    for (const auto& [name, value] : arguments.values().items()) {
        if (!value.is_string()) continue;
        const auto& text = value.get_ref<const std::string&>();
        if (text.empty() || (text.front() != '{' && text.front() != '[')) continue;
        if (auto inner = parse_json(text)) parsed[name] = *std::move(inner);
    }
    return {{"method", is_call ? request.path.substr(api_path.size()) : "response_url"},
            {"verb", request.verb},
            {"encoding",
             !is_readable           ? "broken"
             : request.body.empty() ? "none"
             : is_json              ? "json"
                                    : "form"},
            {"content_type", request.content_type},
            {"token", token_kind(request.authorization)},
            {"arguments", arguments.values()},
            {"parsed", std::move(parsed)}};
}

}  // namespace sandbox
