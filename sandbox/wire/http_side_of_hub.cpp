// How a hub reaches an app over HTTP: the same events and requests, each as a POST.
#include "sandbox/wire/socket_hub.hpp"

namespace sandbox {

void SocketHub::post_event(const EnvelopeQueue::Attempt& attempt, const EventFaults& faults)
{
    if (!http_.is_ready()) return;
    const std::string reason = attempt.failure.empty() ? "http_timeout" : attempt.failure;
    if (faults.cut_connection) note_fault("cut_connection");
    watch_event(attempt);
    for (int copy = 0; copy < (faults.duplicate ? 2 : 1); ++copy) {
        ++posts_;
        ++statistics_.posts;
        http_.post_event(
            *attempt.payload,
            attempt.number,
            reason,
            [this, id = attempt.envelope_id, is_cut = faults.cut_connection](HttpDelivery::Answer answer) {
                --posts_;
                // The app has it, but nobody hears its answer.
                if (is_cut) answer = HttpDelivery::Answer{"connection_failed", false, "", ""};
                take_event_answer(id, answer);
                room_again();
                notify();
            });
    }
}

void SocketHub::take_event_answer(const std::string& envelope_id, const HttpDelivery::Answer& answer)
{
    if (answer.failure.empty()) return confirm_event(envelope_id);
    ++statistics_.posts_failed[answer.failure];
    wire_.end(envelope_id, answer.failure);
    if (!answer.wants_no_retry) return queue_.note_failure(envelope_id, answer.failure);
    if (queue_.give_up(envelope_id)) statistics_.events_dropped = queue_.dropped();
}

void SocketHub::post_request(const char* type, bool accepts_payload, const Json& payload, OnAnswer on_answer)
{
    ++statistics_.interactions_sent;
    ++statistics_.posts;
    const bool is_command = std::string_view{type} == "slash_commands";
    const std::string name = "post-" + std::to_string(++requests_made_);
    wire_.begin(name,
                is_command ? "command" : "interaction",
                is_command ? text_member(payload, "command") : text_member(payload, "type"),
                payload);
    const auto done =
        [this, name, accepts_payload, on_answer = std::move(on_answer)](const HttpDelivery::Answer& answer) {
            wire_.end(name, answer.failure.empty() ? "confirmed" : answer.failure, answer.body);
            if (!answer.failure.empty()) {
                const bool is_late = answer.failure == "http_timeout";
                ++statistics_.posts_failed[answer.failure];
                if (is_late) ++statistics_.interactions_timed_out;
                on_answer(Answer{is_late ? "operation_timeout" : "dispatch_failed", nullptr});
                return notify();
            }
            ++statistics_.interactions_confirmed;
            const auto said = accepts_payload ? HttpDelivery::payload_of(answer) : Outcome<Json>{Json{}};
            if (!said) ++statistics_.answers_invalid;
            on_answer(said ? Answer{"", *said} : Answer{said.error().error, nullptr});
            notify();
        };
    if (is_command)
        http_.post_command(payload, done);
    else
        http_.post_interaction(payload, done);
}

}  // namespace sandbox
