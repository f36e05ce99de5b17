#include "sandbox/sandbox_core.hpp"

#include "sandbox/control/control_api.hpp"
#include "sandbox/page/page_assets.hpp"
#include "sandbox/web_api/request_record.hpp"

namespace sandbox {
namespace {

bool starts_with(const std::string& text, std::string_view start)
{
    return text.compare(0, start.size(), start) == 0;
}

}  // namespace

SandboxCore::SandboxCore(Workspace given_workspace, SandboxPolicy given_policy)
    : policy(std::move(given_policy)),
      time(policy.clock, agenda, policy.machine, policy.wall),
      app(policy.app),
      workspace(std::move(given_workspace)),
      views(workspace.team()),
      limiter(policy.rate_limits),
      pictures(policy.fetch_picture),
      messages(workspace, statistics, pictures),
      http([this] { return now(); }, policy.signing_secret, policy.hub.answer_within),
      hub(agenda, statistics, wire, http, workspace.team().app_id, policy.hub),
      web_api(
          workspace,
          views,
          triggers,
          messages,
          limiter,
          statistics,
          [this](WallInstant asked_at) -> std::optional<std::string> {
              if (http.is_chosen()) return std::nullopt;
              const std::string socket_url = "ws" +
                                             base_url_.substr(std::min<std::size_t>(4, base_url_.size()));
              return socket_url + "/link/?ticket=" + hub.issue_ticket(asked_at) +
                     "&app_id=" + workspace.team().app_id;
          },
          app,
          policy.api),
      events(app),
      interactions(workspace,
                   views,
                   triggers,
                   urls,
                   messages,
                   hub,
                   statistics,
                   Interactions::Clocks{[this] { return now(); }, policy.wall}),
      waiting(agenda),
      pages(*this),
      teammates(*this),
      control_(std::make_unique<ControlApi>(*this))
{
    last_activity = wall();
    hub.on_change([this] { settle(); });
    time.on_change([this] {
        pages.tell_clock();
        teammates.time_changed();
        waiting.look();
    });
    interactions.on_answer([this] { time.app_was_seen(); });
}

SandboxCore::~SandboxCore() = default;

void SandboxCore::set_base_url(const std::string& base_url)
{
    base_url_ = base_url;
    interactions.set_base_url(base_url);
}

void SandboxCore::settle()
{
    const auto happened = workspace.take_events();
    const Instant instant = now();
    const WallInstant wall_instant = wall();
    if (!happened.empty()) last_activity = wall_instant;
    for (const InnerEvent& event : happened)
        if (events.is_wanted(event.subscription))
            hub.deliver_event(events.wrap(event, workspace.team(), instant), wall_instant);
    const auto changes = workspace.take_changes();
    pages.tell(changes);
    teammates.see(changes);
    waiting.look();
}

void SandboxCore::set_offline(bool is_offline)
{
    if (is_offline_ == is_offline) return;
    is_offline_ = is_offline;
    wire.note("fault", is_offline ? "the line is cut" : "the line is back", "");
    hub.set_offline(is_offline, wall());
    pages.tell_faults();
    settle();
}

void SandboxCore::deliver_over_http(const RequestUrls& addresses, HttpDelivery::OnVerified done)
{
    http.verify(addresses, [this, addresses, done = std::move(done)](const std::string& error) {
        if (error.empty()) {
            hub.disconnect_all("link_disabled", wall());
            http.choose(addresses, true);
            hub.deliver_due(wall());
        }
        done(error);
        settle();
    });
}

void SandboxCore::deliver_over_http_once_verified(const RequestUrls& addresses)
{
    http.choose(addresses, false);
    deliver_over_http(addresses, [this, addresses](const std::string& error) {
        constexpr std::chrono::milliseconds ask_again_after{200};
        if (error.empty()) return;
        agenda.at(wall() + ask_again_after, [this, addresses](WallInstant) {
            // In the meantime somebody may have decided otherwise.
            if (http.is_chosen() && !http.is_ready()) deliver_over_http_once_verified(addresses);
        });
    });
}

void SandboxCore::deliver_over_sockets()
{
    http.choose_sockets();
    settle();
}

void SandboxCore::install(const Installation& installation, HttpDelivery::OnVerified done)
{
    if (!installation.urls) {
        app = installation.app;
        pages.tell_app();
        deliver_over_sockets();
        return done("");
    }
    deliver_over_http(*installation.urls,
                      [this, installed = installation.app, done = std::move(done)](const std::string& error) {
                          if (error.empty()) {
                              app = installed;
                              pages.tell_app();
                          }
                          done(error);
                      });
}

HttpAnswer SandboxCore::watched(const std::function<HttpAnswer()>& work)
{
    const auto before = std::pair{workspace.version(), views.version()};
    HttpAnswer answer = work();
    if (before != std::pair{workspace.version(), views.version()}) time.app_was_seen();
    return answer;
}

void SandboxCore::handle_api(const HttpRequest& request, const HttpReply& reply)
{
    const std::string method = request.path.substr(std::string_view{"/api/"}.size());
    last_activity = wall();
    FaultPlan& faults = hub.faults();
    const AnswerFault fault = faults.draw_answer(method);
    if (fault == AnswerFault::rate_limited) {
        ++statistics.faults["answer_429"];
        HttpAnswer answer;
        answer.status = 429;
        answer.headers.emplace_back("Retry-After", std::to_string(faults.retry_after_seconds()));
        answer.body = R"({"ok":false,"error":"ratelimited"})";
        return reply.send(answer);
    }
    if (fault == AnswerFault::server_error) {
        ++statistics.faults["answer_5xx"];
        HttpAnswer answer;
        answer.status = faults.draw_server_error();
        answer.content_type = "text/html";
        answer.body = "<html><body>Server Error</body></html>";
        return reply.send(answer);
    }
    if (fault == AnswerFault::timeout) {
        ++statistics.faults["answer_timeout"];
        agenda.at(wall() + faults.answer_timeout(), [reply](WallInstant) { reply.hang_up(); });
        return;
    }
    const HttpAnswer answer = watched([&] { return web_api.handle(request, now(), wall()); });
    settle();
    if (fault == AnswerFault::lost_after_post) {
        ++statistics.faults["answer_lost_after_post"];
        return reply.hang_up();
    }
    reply.send(answer);
}

HttpReply SandboxCore::logged(const HttpRequest& request, const HttpReply& reply)
{
    if (!wire.is_watched()) return reply;
    const bool is_call = starts_with(request.path, "/api/");
    const std::string name = "call-" + std::to_string(++calls_watched_);
    wire.begin(name,
               is_call ? "call" : "answer_url",
               is_call ? request.path.substr(std::string_view{"/api/"}.size()) : "response_url",
               member(record_of(request), "arguments"));
    return HttpReply{[this, name, reply](const HttpAnswer* answer) {
        std::string outcome = "no answer";
        if (answer != nullptr) {
            const auto body = parse_json(answer->body);
            outcome = answer->status != 200                        ? "HTTP " + std::to_string(answer->status)
                      : body && member(*body, "ok") == Json(false) ? text_member(*body, "error")
                                                                   : "ok";
        }
        wire.end(name, std::move(outcome), answer == nullptr ? "" : answer->body);
        pages.tell_wire();
        if (answer == nullptr) return reply.hang_up();
        reply.send(*answer);
    }};
}

void SandboxCore::handle(const HttpRequest& request, const HttpReply& reply)
{
    const bool is_call = starts_with(request.path, "/api/");
    const bool is_answer = starts_with(request.path, "/response/") && request.verb == "POST";
    if (is_call || is_answer) {
        if (is_offline_) return reply.hang_up();
        if (policy.record) policy.record(record_of(request));
        const HttpReply way_back = logged(request, reply);
        if (is_call) return handle_api(request, way_back);
        last_activity = wall();
        const HttpAnswer answer = watched(
            [&] { return interactions.respond(request.path.substr(10), request); });
        settle();
        return way_back.send(answer);
    }
    if (starts_with(request.path, "/sandbox/")) return control_->handle(request, reply);
    if (request.verb == "GET" && request.path == "/page/picture") return reply.send(picture_answer(request));
    if (request.verb == "GET") {
        if (const auto page = page_answer(request.path, request.accepts_gzip)) return reply.send(*page);
    }
    HttpAnswer missing;
    missing.status = 404;
    missing.content_type = "text/plain; charset=utf-8";
    missing.body = "ackd-sandbox: nothing here; see /, /api/, /sandbox/, /link/ and /response/\n";
    reply.send(missing);
}

HttpAnswer SandboxCore::picture_answer(const HttpRequest& request) const
{
    Arguments arguments;
    const Picture* picture = arguments.add_form(request.query) ? pictures.find(arguments.text("url"))
                                                               : nullptr;
    HttpAnswer answer;
    if (picture == nullptr) {
        answer.status = 404;
        return answer;
    }
    answer.content_type = picture->content_type;
    answer.headers = {{"X-Content-Type-Options", "nosniff"},
                      {"Cross-Origin-Resource-Policy", "same-origin"},
                      {"Cache-Control", "private, max-age=3600"}};
    answer.body = picture->bytes;
    return answer;
}

std::shared_ptr<WebSocketListener> SandboxCore::admit_socket(const HttpRequest& request)
{
    if (request.path == "/page/live") return pages.admit();
    if (!starts_with(request.path, "/link") || is_offline_) return nullptr;
    Arguments arguments;
    if (!arguments.add_form(request.query)) return nullptr;
    return hub.admit(arguments.text("ticket"), wall());
}

}  // namespace sandbox
