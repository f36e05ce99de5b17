#include "sandbox/control/control_api.hpp"
#include "sandbox/sandbox_core.hpp"

namespace sandbox {

Json ControlApi::installed() const
{
    Json answer = core_.app.to_json();
    answer["ok"] = true;
    answer["delivery"] = core_.http.is_chosen() ? "http" : "sockets";
    if (const auto& urls = core_.http.urls()) {
        answer["verified"] = core_.http.is_ready();
        answer["request_urls"] = {{"events", urls->events.text()},
                                  {"interactivity", urls->interactivity.text()}};
    }
    return answer;
}

void ControlApi::manifest(const Json& body, const Done& done)
{
    const auto installation = read_manifest(body);
    if (!installation) {
        Json answer{{"ok", false}, {"error", installation.error().error}, {"errors", Json::array()}};
        for (const Refusal::Detail& detail : installation.error().details)
            answer["errors"].push_back(
                {{"code", detail.code}, {"message", detail.message}, {"pointer", detail.pointer}});
        return done(std::move(answer));
    }
    core_.install(*installation, [this, done](const std::string& error) {
        done(error.empty() ? installed() : control_failure(Refusal{"url_not_verified", {error}}));
    });
}

void ControlApi::app(const Json&, const Done& done)
{
    done(installed());
}

void ControlApi::delivery(const Json& body, const Done& done)
{
    const std::string secret = text_member(body, "signing_secret");
    if (!secret.empty()) core_.http.set_signing_secret(secret);
    if (sandbox::member(body, "sockets") == Json(true)) {
        core_.deliver_over_sockets();
        return done(installed());
    }
    const auto text = text_in(body, "request_url");
    if (!text) return secret.empty() ? done(control_failure(text.error())) : done(installed());
    const auto url = LoopbackUrl::parse(*text);
    if (!url)
        return done(control_failure(
            Refusal{"request_url: \"" + *text + "\" is not of the form http://127.0.0.1:3000/slack/events"}));
    core_.deliver_over_http(RequestUrls::all_to(*url), [this, done](const std::string& error) {
        done(error.empty() ? installed() : control_failure(Refusal{"url_not_verified", {error}}));
    });
}

}  // namespace sandbox
