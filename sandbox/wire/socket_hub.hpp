// Socket Mode, Slack's side: tickets, open sockets, hello, envelopes out, confirmations in, pings, refreshes.
//
// Events go through an EnvelopeQueue, which says when each is tried; every envelope goes to exactly one of
// the open sockets, in turn. Commands, presses and submitted forms ("requests") are sent once and answered
// within three seconds or never. Faults of the plan strike between the queue and the socket, so that a
// dropped event counts as sent and comes again by the schedule; only one that is lost never gets as far as
// the queue.
//
// An app that has chosen HTTP instead gets the same from the same queue by way of HttpDelivery: what would be
// an envelope is a POST, and an answer of 2xx is its confirmation.
#pragma once

#include "sandbox/model/statistics.hpp"
#include "sandbox/time/agenda.hpp"
#include "sandbox/wire/envelope_queue.hpp"
#include "sandbox/wire/fault_plan.hpp"
#include "sandbox/wire/http_delivery.hpp"
#include "sandbox/wire/web_socket.hpp"
#include "sandbox/wire/wire_log.hpp"

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace sandbox {

struct HubPolicy {
    RedeliveryPolicy redelivery;
    std::chrono::milliseconds answer_within{std::chrono::seconds{3}};
    std::chrono::milliseconds ping_every{std::chrono::seconds{10}};
    std::chrono::milliseconds silent_for_max{std::chrono::seconds{30}};
    std::chrono::milliseconds ticket_lifetime{std::chrono::seconds{30}};
    std::chrono::seconds refresh_every{0};  ///< 0: sockets are never recycled
    std::size_t sockets_max = 10;
    std::size_t unsent_bytes_max = 256U << 10U;  ///< a socket further behind gets no events for now
    std::size_t posts_max = 50;                  ///< that wait for their answer; events wait meanwhile
};

class SocketHub {
public:
    /// What became of a request: the payload of its confirmation (null when it had none), or an error.
    struct Answer {
        std::string error;  ///< "", "operation_timeout", or "dispatch_failed" when nobody could be reached
        Json payload;
    };
    using OnAnswer = std::function<void(Answer)>;

    SocketHub(Agenda& agenda,
              Statistics& statistics,
              WireLog& wire,
              HttpDelivery& http,
              std::string app_id,
              HubPolicy policy);
    ~SocketHub();
    SocketHub(const SocketHub&) = delete;
    SocketHub& operator=(const SocketHub&) = delete;

    /// A ticket for one connection.
    std::string issue_ticket(WallInstant now);
    /// The ticket's one use; nothing when it is unknown, used or too old.
    std::shared_ptr<WebSocketListener> admit(const std::string& ticket, WallInstant now);

    /// `payload` is the outer object of the Events API, already text.
    void deliver_event(std::string payload, WallInstant now);
    /// `type` is slash_commands or interactive.
    void request(
        const char* type, bool accepts_payload, const Json& payload, WallInstant now, OnAnswer on_answer);

    /// Sends a disconnect frame to every socket; all reasons but "warning" also close it a moment later.
    void disconnect_all(const std::string& reason, WallInstant now);
    void cut_all();
    void close_all();
    /// Cuts everything, and reaches nobody until it is on line again.
    void set_offline(bool is_offline, WallInstant now);

    void set_faults(FaultPlan faults) { faults_ = std::move(faults); }
    [[nodiscard]] FaultPlan& faults() { return faults_; }
    [[nodiscard]] std::size_t unconfirmed() const { return queue_.unconfirmed(); }
    [[nodiscard]] std::size_t open_sockets() const;
    /// What is due goes out now: the app has just become reachable in another way.
    void deliver_due(WallInstant now) { pump(now); }
    /// Called after every change that somebody may be waiting for: a confirmation, a socket, a drop.
    void on_change(std::function<void()> changed) { changed_ = std::move(changed); }

private:
    class Connection;
    struct Pending {
        OnAnswer on_answer;
        Agenda::Booking deadline;
    };

    void opened(Connection& connection, std::shared_ptr<WebSocket> socket);
    void closed(Connection& connection);
    void received(Connection& connection, std::string_view text);
    void malformed();
    void ping_later(const std::shared_ptr<Connection>& connection, WallInstant now);
    void refresh_later(const std::shared_ptr<Connection>& connection, WallInstant now);
    [[nodiscard]] bool has_room(const Connection& connection) const;
    /// In turn; those asked to go and those behind only when there is no other. Null when none is open.
    Connection* next_socket();
    void room_again();
    void pump(WallInstant now);
    [[nodiscard]] bool is_reachable() const;
    /// Reachable, but it has not taken yet what was sent before.
    [[nodiscard]] bool is_behind() const;
    void send_attempt(const EnvelopeQueue::Attempt& attempt, WallInstant now);
    void write_event(const EnvelopeQueue::Attempt& attempt, const EventFaults& faults);
    void post_event(const EnvelopeQueue::Attempt& attempt, const EventFaults& faults);
    void take_event_answer(const std::string& envelope_id, const HttpDelivery::Answer& answer);
    void confirm_event(const std::string& envelope_id);
    void post_request(const char* type, bool accepts_payload, const Json& payload, OnAnswer on_answer);
    void release_held();
    void watch_event(const EnvelopeQueue::Attempt& attempt);
    void note_fault(const char* name);
    void finish_request(const std::string& envelope_id, Answer answer);
    void notify() const;

    Agenda& agenda_;
    Statistics& statistics_;
    WireLog& wire_;
    HttpDelivery& http_;
    std::string app_id_;
    HubPolicy policy_;
    EnvelopeQueue queue_;
    FaultPlan faults_;
    std::map<std::string, WallInstant> tickets_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::size_t turn_ = 0;
    std::map<std::string, Pending> pending_;
    std::map<std::string, bool> finished_requests_;           ///< recent ones → whether they were confirmed
    std::unordered_map<std::string, std::uint64_t> sent_on_;  ///< recent envelopes → connection number
    std::list<std::string> sent_order_;
    std::vector<std::function<void()>> held_;  ///< reordered events, waiting for a successor
    Agenda::Booking pump_booking_ = 0;
    std::optional<WallInstant> pump_at_;
    std::size_t posts_ = 0;  ///< events POSTed and not answered yet
    bool is_offline_ = false;
    bool is_held_ = false;  ///< events are due, but the app is behind
    std::uint64_t connections_made_ = 0;
    std::uint64_t tickets_made_ = 0;
    std::uint64_t requests_made_ = 0;
    std::function<void()> changed_;
};

}  // namespace sandbox
