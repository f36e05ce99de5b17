#include "sandbox/wire/socket_hub.hpp"

#include "sandbox/wire/socket_hub_connection.hpp"

#include <algorithm>

namespace sandbox {
namespace {

/// Built by hand: the payload is text already, and parsing it again for every sending would halve the
/// throughput.
std::string event_frame(const EnvelopeQueue::Attempt& attempt)
{
    std::string frame;
    frame.reserve(attempt.payload->size() + 200);
    frame += R"({"type":"events_api","envelope_id":")";
    frame += attempt.envelope_id;
    frame += R"(","accepts_response_payload":false,"retry_attempt":)";
    frame += std::to_string(attempt.number);
    frame += attempt.number == 0 ? R"(,"retry_reason":"","payload":)"
                                 : R"(,"retry_reason":"timeout","payload":)";
    frame += *attempt.payload;
    frame += '}';
    return frame;
}

}  // namespace

SocketHub::SocketHub(Agenda& agenda,
                     Statistics& statistics,
                     WireLog& wire,
                     HttpDelivery& http,
                     std::string app_id,
                     HubPolicy policy)
    : agenda_(agenda),
      statistics_(statistics),
      wire_(wire),
      http_(http),
      app_id_(std::move(app_id)),
      policy_(std::move(policy)),
      queue_(policy_.redelivery)
{}

SocketHub::~SocketHub()
{
    for (const auto& connection : connections_) connection->hub = nullptr;
}

bool SocketHub::has_room(const Connection& connection) const
{
    return connection.socket->unsent_bytes() < policy_.unsent_bytes_max;
}

SocketHub::Connection* SocketHub::next_socket()
{
    Connection* retiring = nullptr;
    Connection* behind = nullptr;
    for (std::size_t tried = 0; tried < connections_.size(); ++tried) {
        Connection& candidate = *connections_[++turn_ % connections_.size()];
        if (!candidate.ready) continue;
        if (!has_room(candidate))
            behind = &candidate;
        else if (candidate.retiring)
            retiring = &candidate;
        else
            return &candidate;
    }
    return retiring != nullptr ? retiring : behind;
}

void SocketHub::deliver_event(std::string payload, WallInstant now)
{
    ++statistics_.events_created;
    if (faults_.draw_loss()) return note_fault("lose_event");
    queue_.add(std::move(payload), now);
    pump(now);
}

bool SocketHub::is_reachable() const
{
    return !is_offline_ && (http_.is_chosen() ? http_.is_ready() : open_sockets() > 0);
}

bool SocketHub::is_behind() const
{
    if (http_.is_chosen()) return posts_ >= policy_.posts_max;
    return open_sockets() > 0 &&
           std::none_of(connections_.begin(), connections_.end(), [this](const auto& each) {
               return each->ready && has_room(*each);
           });
}

void SocketHub::pump(WallInstant now)
{
    while (true) {
        // An app that is behind gets nothing more: the time to confirm must not pass before an event even
        // left.
        is_held_ = is_behind();
        if (is_held_) break;
        const auto attempt = queue_.next_attempt(now);
        if (!attempt) break;
        send_attempt(*attempt, now);
    }
    const bool gave_up = statistics_.events_dropped != queue_.dropped();
    statistics_.events_dropped = queue_.dropped();
    const auto next = is_held_ ? std::nullopt : queue_.next_instant();
    if (next && (!pump_at_ || *next < *pump_at_)) {
        agenda_.cancel(pump_booking_);
        pump_at_ = next;
        pump_booking_ = agenda_.at(*next, [this](WallInstant due) {
            pump_at_.reset();
            pump(due);
        });
    }
    if (gave_up) notify();
}

void SocketHub::room_again()
{
    if (!std::exchange(is_held_, false)) return;
    // By way of the agenda, which knows the time.
    agenda_.cancel(pump_booking_);
    pump_at_ = WallInstant{};
    pump_booking_ = agenda_.at(WallInstant{}, [this](WallInstant now) {
        pump_at_.reset();
        pump(now);
    });
}

void SocketHub::send_attempt(const EnvelopeQueue::Attempt& attempt, WallInstant now)
{
    if (!is_reachable()) {
        ++statistics_.attempts_without_socket;
        return;
    }
    ++statistics_.events_sent;
    if (attempt.number > 0) ++statistics_.events_redelivered;
    const EventFaults faults = faults_.draw_event();
    if (!faults.any()) {
        write_event(attempt, faults);
        release_held();
        return;
    }
    if (faults.drop) return note_fault("drop_event");
    if (faults.duplicate) note_fault("duplicate_event");
    if (faults.delay.count() > 0) {
        note_fault("delay_event");
        agenda_.at(now + faults.delay,
                   [this, attempt, faults](WallInstant) { write_event(attempt, faults); });
    } else if (faults.reorder) {
        note_fault("reorder_event");
        held_.push_back([this, attempt, faults] { write_event(attempt, faults); });
        agenda_.at(now + faults_.reorder_wait(), [this](WallInstant) { release_held(); });
    } else {
        write_event(attempt, faults);
        release_held();
    }
}

void SocketHub::note_fault(const char* name)
{
    ++statistics_.faults[name];
    wire_.note("fault", name, "");
}

void SocketHub::watch_event(const EnvelopeQueue::Attempt& attempt)
{
    if (!wire_.is_watched()) return;
    const auto outer = parse_json(*attempt.payload);
    const Json& event = outer ? member(*outer, "event") : Json{};
    std::string title = text_member(event, "type");
    if (const std::string subtype = text_member(event, "subtype"); !subtype.empty()) title += " " + subtype;
    if (attempt.number > 0) title += ", again (" + std::to_string(attempt.number) + ")";
    wire_.begin(attempt.envelope_id, "event", std::move(title), event);
}

void SocketHub::release_held()
{
    const auto held = std::exchange(held_, {});
    for (const auto& write : held) write();
}

void SocketHub::write_event(const EnvelopeQueue::Attempt& attempt, const EventFaults& faults)
{
    if (http_.is_chosen()) return post_event(attempt, faults);
    Connection* connection = next_socket();
    if (connection == nullptr) return;
    const std::string& envelope_id = attempt.envelope_id;
    const std::string frame = event_frame(attempt);
    watch_event(attempt);
    connection->socket->send(frame);
    if (faults.duplicate) connection->socket->send(frame);
    constexpr std::size_t origins_max = 100'000;
    if (sent_on_.insert_or_assign(envelope_id, connection->number).second) sent_order_.push_back(envelope_id);
    if (sent_order_.size() > origins_max) {
        sent_on_.erase(sent_order_.front());
        sent_order_.pop_front();
    }
    if (faults.cut_connection) {
        note_fault("cut_connection");
        connection->socket->cut();
    }
}

void SocketHub::request(
    const char* type, bool accepts_payload, const Json& payload, WallInstant now, OnAnswer on_answer)
{
    const bool is_command = std::string_view{type} == "slash_commands";
    const char* kind = is_command ? "command" : "interaction";
    std::string title = is_command ? text_member(payload, "command") + " " + text_member(payload, "text")
                                   : text_member(payload, "type");
    if (http_.is_ready() && !is_offline_)
        return post_request(type, accepts_payload, payload, std::move(on_answer));
    Connection* connection = http_.is_chosen() || is_offline_ ? nullptr : next_socket();
    if (connection == nullptr) {
        ++statistics_.interactions_without_socket;
        wire_.note(kind, std::move(title), "dispatch_failed", payload);
        on_answer(Answer{"dispatch_failed", nullptr});
        return;
    }
    ++statistics_.interactions_sent;
    std::string envelope_id = "request-" + std::to_string(++requests_made_) + "-" + app_id_;
    const Json frame{{"type", type},
                     {"envelope_id", envelope_id},
                     {"accepts_response_payload", accepts_payload},
                     {"payload", payload}};
    const auto deadline = agenda_.at(now + policy_.answer_within, [this, envelope_id](WallInstant) {
        ++statistics_.interactions_timed_out;
        finish_request(envelope_id, Answer{"operation_timeout", nullptr});
    });
    pending_.emplace(envelope_id, Pending{std::move(on_answer), deadline});
    sent_on_.insert_or_assign(envelope_id, connection->number);
    wire_.begin(envelope_id, kind, std::move(title), payload);
    connection->socket->send(dump(frame));
}

void SocketHub::finish_request(const std::string& envelope_id, Answer answer)
{
    const auto found = pending_.find(envelope_id);
    if (found == pending_.end()) return;
    const Pending pending = std::move(found->second);
    pending_.erase(found);
    sent_on_.erase(envelope_id);
    constexpr std::size_t remembered_max = 10'000;
    if (finished_requests_.size() >= remembered_max) finished_requests_.clear();
    finished_requests_[envelope_id] = answer.error.empty();
    agenda_.cancel(pending.deadline);
    wire_.end(envelope_id,
              answer.error.empty() ? "confirmed" : answer.error,
              wire_.is_watched() && !answer.payload.is_null() ? dump(answer.payload) : "");
    pending.on_answer(std::move(answer));
    notify();
}

void SocketHub::malformed()
{
    ++statistics_.frames_malformed;
}

void SocketHub::received(Connection& connection, std::string_view text)
{
    const auto frame = parse_json(text);
    const std::string envelope_id = frame ? text_member(*frame, "envelope_id") : std::string{};
    if (envelope_id.empty()) return malformed();
    const auto origin = sent_on_.find(envelope_id);
    if (origin != sent_on_.end() && origin->second != connection.number)
        ++statistics_.confirmations_on_another_socket;
    if (pending_.count(envelope_id) > 0) {
        ++statistics_.interactions_confirmed;
        finish_request(envelope_id, Answer{"", member(*frame, "payload")});
        return;
    }
    if (const auto finished = finished_requests_.find(envelope_id); finished != finished_requests_.end()) {
        ++(finished->second ? statistics_.confirmations_repeated : statistics_.confirmations_late);
        finished->second = true;
        return;
    }
    confirm_event(envelope_id);
    notify();
}

void SocketHub::confirm_event(const std::string& envelope_id)
{
    wire_.end(envelope_id, "confirmed");
    switch (queue_.confirm(envelope_id)) {
        case EnvelopeQueue::Confirmation::first: ++statistics_.events_confirmed; break;
        case EnvelopeQueue::Confirmation::late: ++statistics_.confirmations_late; break;
        case EnvelopeQueue::Confirmation::repeated: ++statistics_.confirmations_repeated; break;
        case EnvelopeQueue::Confirmation::unknown: ++statistics_.confirmations_unknown; break;
    }
}

void SocketHub::notify() const
{
    if (changed_) changed_();
}

}  // namespace sandbox
