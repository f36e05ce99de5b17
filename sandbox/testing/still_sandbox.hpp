// A sandbox whose time stands still until it is told to pass: for tests without sockets, ports and waiting.
#pragma once

#include "sandbox/model/workspace_file.hpp"
#include "sandbox/sandbox_core.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sandbox {

/// The app's end of a socket: what came over it, kept as JSON.
class StillSocket : public WebSocket {
public:
    void send(std::string frame) override
    {
        if (!closed) frames.push_back(*parse_json(frame));
    }
    void ping(const std::string&) override { ++pings; }
    void close() override { end(); }
    void cut() override
    {
        was_cut = true;
        end();
    }
    [[nodiscard]] std::size_t unsent_bytes() const override { return unsent; }

    void end()
    {
        closed = true;
        if (const auto once = std::exchange(listener, nullptr)) once->on_closed();
    }
    void confirm(const Json& frame, const Json& payload = nullptr)
    {
        Json answer{{"envelope_id", frame["envelope_id"]}};
        if (!payload.is_null()) answer["payload"] = payload;
        listener->on_text(dump(answer));
    }
    /// The frames of this type, for a page.
    [[nodiscard]] std::vector<Json> of_type(const char* type) const
    {
        std::vector<Json> found;
        for (const Json& frame : frames)
            if (frame["type"] == type) found.push_back(frame);
        return found;
    }
    /// The events among the frames.
    [[nodiscard]] std::vector<Json> events() const
    {
        std::vector<Json> found;
        for (const Json& frame : frames)
            if (frame["type"] == "events_api") found.push_back(frame);
        return found;
    }
    [[nodiscard]] std::vector<std::string> event_types() const
    {
        std::vector<std::string> types;
        for (const Json& frame : events()) types.push_back(text_member(frame["payload"]["event"], "type"));
        return types;
    }

    std::shared_ptr<WebSocketListener> listener;
    std::vector<Json> frames;
    std::size_t unsent = 0;
    int pings = 0;
    bool closed = false;
    bool was_cut = false;
};

/// The app's end of HTTP: what was POSTed to it, each answered when the test says so. A challenge is answered
/// at once.
class StillApp : public HttpPoster {
public:
    void post(const OutgoingPost& post, std::chrono::milliseconds, Done done) override
    {
        const auto body = parse_json(post.body);
        if (body && text_member(*body, "type") == "url_verification")
            return done({"",
                         200,
                         "text/plain",
                         "",
                         false,
                         challenge_answer.value_or(text_member(*body, "challenge"))});
        posts.push_back(post);
        waiting_.push_back(std::move(done));
    }
    /// Answers the last POST.
    void answer(const PostOutcome& outcome) { answer(waiting_.size() - 1, outcome); }
    void answer(std::size_t number, const PostOutcome& outcome)
    {
        if (const auto once = std::exchange(waiting_.at(number), nullptr)) once(outcome);
    }
    void answer_ok(const std::string& body = "", const std::string& type = "application/json")
    {
        answer({"", 200, type, "", false, body});
    }
    [[nodiscard]] std::string header(std::size_t number, const std::string& name) const
    {
        for (const auto& [each, value] : posts.at(number).headers)
            if (each == name) return value;
        return "";
    }

    std::vector<OutgoingPost> posts;  ///< without the challenges
    std::optional<std::string> challenge_answer;

private:
    std::vector<Done> waiting_;
};

class StillSandbox {
public:
    explicit StillSandbox(SandboxPolicy policy = usual_policy())
        : core_(*load_workspace(*parse_json(builtin_workspace_json()), now_), with_clocks(std::move(policy)))
    {
        core_.set_base_url("http://127.0.0.1:1");
        core_.http.set_poster(&app_);
    }

    /// A socket and its listener hold each other until the socket has ended.
    ~StillSandbox()
    {
        for (const auto& socket : sockets_) socket->end();
    }
    StillSandbox(const StillSandbox&) = delete;
    StillSandbox& operator=(const StillSandbox&) = delete;

    static SandboxPolicy usual_policy()
    {
        SandboxPolicy policy;
        policy.app = usual_app();
        return policy;
    }

    SandboxCore& core() { return core_; }
    StillApp& app() { return app_; }
    Workspace& workspace() { return core_.workspace; }
    Statistics& statistics() { return core_.statistics; }
    /// The machine's time; the workspace's is core().now().
    [[nodiscard]] Instant now() const { return now_; }

    void pass(std::chrono::milliseconds time)
    {
        const WallInstant until = wall_ + time;
        while (core_.agenda.next() && *core_.agenda.next() <= until) {
            step_to(std::max(wall_, *core_.agenda.next()));
            core_.agenda.run_due(wall_);
        }
        step_to(until);
    }

    /// The whole answer; a reply that is still owed has status 0, one that hung up has status -1.
    HttpAnswer request(HttpRequest request)
    {
        const auto answer = std::make_shared<HttpAnswer>();
        answer->status = 0;
        core_.handle(request, HttpReply{[answer](const HttpAnswer* given) {
                         answer->status = -1;
                         if (given != nullptr) *answer = *given;
                     }});
        last_ = answer;
        return *answer;
    }
    /// The answer to the last request, when it came later.
    [[nodiscard]] Json late_answer() const { return parse_json(last_->body).value_or(Json{}); }
    [[nodiscard]] int late_status() const { return last_->status; }

    HttpAnswer call(const std::string& method,
                    const Json& arguments,
                    const std::string& token = "xoxb-sandbox")
    {
        HttpRequest posted{"POST", "/api/" + method, "", "Bearer " + token, "", ""};
        std::string form;
        for (const auto& [name, value] : arguments.items())
            form += (form.empty() ? "" : "&") + name + "=" +
                    encode_form_text(value.is_string() ? value.get<std::string>() : dump(value));
        posted.body = form;
        if (!form.empty()) posted.content_type = "application/x-www-form-urlencoded";
        return request(posted);
    }
    Json api(const std::string& method, const Json& arguments, const std::string& token = "xoxb-sandbox")
    {
        return parse_json(call(method, arguments, token).body).value_or(Json{});
    }
    Json control(const std::string& route, const Json& body)
    {
        const HttpAnswer answer = request(
            {"POST", "/sandbox/" + route, "", "", "application/json", dump(body)});
        return parse_json(answer.body).value_or(Json{});
    }

    std::shared_ptr<StillSocket> connect()
    {
        const std::string url = text_member(api("apps.connections.open", Json::object(), "xapp-sandbox"),
                                            "url");
        const auto mark = url.find('?');
        HttpRequest upgrade{
            "GET", "/link/", mark == std::string::npos ? "" : url.substr(mark + 1), "", "", ""};
        auto socket = std::make_shared<StillSocket>();
        socket->listener = core_.admit_socket(upgrade);
        if (!socket->listener) return nullptr;
        sockets_.push_back(socket);
        const auto listener = socket->listener;
        listener->on_open(socket);
        return socket;
    }

    /// An open page; null when it is not let in.
    std::shared_ptr<StillSocket> open_page()
    {
        auto socket = std::make_shared<StillSocket>();
        socket->listener = core_.admit_socket({"GET", "/page/live", "", "", "", ""});
        if (!socket->listener) return nullptr;
        sockets_.push_back(socket);
        const auto listener = socket->listener;
        listener->on_open(socket);
        return socket;
    }

private:
    SandboxPolicy with_clocks(SandboxPolicy policy)
    {
        policy.wall = [this] { return wall_; };
        policy.machine = [this] { return now_; };
        return policy;
    }
    void step_to(WallInstant instant)
    {
        now_ += std::chrono::duration_cast<std::chrono::microseconds>(instant - wall_);
        wall_ = instant;
    }

    Instant now_{std::chrono::seconds{1'700'000'000}};
    WallInstant wall_{std::chrono::hours{1}};
    StillApp app_;
    SandboxCore core_;
    std::shared_ptr<HttpAnswer> last_;
    std::vector<std::shared_ptr<StillSocket>> sockets_;
};

}  // namespace sandbox
