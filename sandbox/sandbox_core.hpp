// The sandbox put together: the workspace, the app's two ways in (Web API, Socket Mode), and what tests steer
// it with.
//
// One object per workspace, no globals. It answers requests and drives sockets through the interfaces of
// http_message and web_socket, and does what is due when the agenda is run; it owns no thread and opens no
// port (server does).
#pragma once

#include "sandbox/app/app_manifest.hpp"
#include "sandbox/app/app_messages.hpp"
#include "sandbox/app/event_desk.hpp"
#include "sandbox/app/interactions.hpp"
#include "sandbox/app/passes.hpp"
#include "sandbox/app/picture_book.hpp"
#include "sandbox/control/waiting_room.hpp"
#include "sandbox/model/statistics.hpp"
#include "sandbox/model/view_book.hpp"
#include "sandbox/model/workspace.hpp"
#include "sandbox/page/page_feed.hpp"
#include "sandbox/teammates/teammates.hpp"
#include "sandbox/time/agenda.hpp"
#include "sandbox/time/timekeeper.hpp"
#include "sandbox/web_api/web_api.hpp"
#include "sandbox/wire/fault_plan.hpp"
#include "sandbox/wire/http_delivery.hpp"
#include "sandbox/wire/socket_hub.hpp"
#include "sandbox/wire/wire_log.hpp"

#include <functional>
#include <memory>

namespace sandbox {

struct SandboxPolicy {
    ApiPolicy api;
    HubPolicy hub;
    RateLimiter::Mode rate_limits = RateLimiter::Mode::strict;
    InstalledApp app;
    std::string signing_secret = "sandbox-signing-secret";
    /// Receives every request of the app, as request_record.hpp describes it.
    std::function<void(const Json&)> record;
    /// Nothing: pictures are named, not fetched.
    FetchPicture fetch_picture;
    std::function<WallInstant()> wall = [] { return std::chrono::steady_clock::now(); };
    SandboxClock clock{1, 0};
    std::function<MachineTime()> machine = [] { return std::chrono::system_clock::now(); };
};

class ControlApi;

class SandboxCore {
public:
    SandboxCore(Workspace given_workspace, SandboxPolicy given_policy);
    ~SandboxCore();
    SandboxCore(const SandboxCore&) = delete;
    SandboxCore& operator=(const SandboxCore&) = delete;

    /// "http://127.0.0.1:8080", known once the port is open.
    void set_base_url(const std::string& base_url);

    void handle(const HttpRequest& request, const HttpReply& reply);
    /// A socket asks in: the app's at /link/?ticket=…, a page's at /page/live. Null refuses it.
    std::shared_ptr<WebSocketListener> admit_socket(const HttpRequest& request);
    /// Challenges the app there, and from then on reaches it over HTTP. `done` gets "" or why not; then all
    /// is as it was before.
    void deliver_over_http(const RequestUrls& addresses, HttpDelivery::OnVerified done);
    /// The same for an app that has not started yet: asks again and again until it answers.
    void deliver_over_http_once_verified(const RequestUrls& addresses);
    void deliver_over_sockets();
    /// Sets the app up as its manifest says. `done` gets "" or why its address is not accepted.
    void install(const Installation& installation, HttpDelivery::OnVerified done);
    /// While it is, the app reaches nobody and nobody reaches it, as with a cable pulled out.
    void set_offline(bool is_offline);
    [[nodiscard]] bool is_offline() const { return is_offline_; }
    /// Sends out what the last changes caused. Called after everything that may change the workspace.
    void settle();

    [[nodiscard]] Instant now() const { return time.now(); }
    [[nodiscard]] WallInstant wall() const { return policy.wall(); }

    // The parts, for the control API and the replay, which are made of nothing but their use.
    SandboxPolicy policy;
    Agenda agenda;
    Timekeeper time;
    Statistics statistics;
    WireLog wire{policy.wall};
    Json faults_given = Json::object();  ///< the plan of the hub's faults, as it was asked for
    InstalledApp app;
    Workspace workspace;
    ViewBook views;
    TriggerBook triggers;
    ResponseUrls urls;
    RateLimiter limiter;
    PictureBook pictures;
    AppMessages messages;
    HttpDelivery http;
    SocketHub hub;
    WebApi web_api;
    EventDesk events;
    Interactions interactions;
    WaitingRoom waiting;
    PageFeed pages;
    Teammates teammates;
    WallInstant last_activity;  ///< of the app or of people: the last call or event

private:
    void handle_api(const HttpRequest& request, const HttpReply& reply);
    /// What the page shows in place of a picture's own address.
    [[nodiscard]] HttpAnswer picture_answer(const HttpRequest& request) const;
    /// The same reply, seen by those who watch the wire.
    HttpReply logged(const HttpRequest& request, const HttpReply& reply);
    /// Runs what the app asks for, and tells the timekeeper when people can see something of it.
    HttpAnswer watched(const std::function<HttpAnswer()>& work);

    std::string base_url_;
    bool is_offline_ = false;
    std::uint64_t calls_watched_ = 0;
    std::unique_ptr<ControlApi> control_;
};

}  // namespace sandbox
