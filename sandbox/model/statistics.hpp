// Everything the sandbox counts, for tests and reports. Plain numbers; whoever causes something counts it.
#pragma once

#include "sandbox/model/json.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace sandbox {

struct Statistics {
    // Events: one event is sent once or more often, each sending under an envelope of its own.
    std::uint64_t events_created = 0;
    std::uint64_t events_sent = 0;         ///< sendings, redeliveries included, also those a fault then lost
    std::uint64_t events_redelivered = 0;  ///< sendings after the first attempt
    std::uint64_t events_confirmed = 0;    ///< events with at least one confirmation
    std::uint64_t events_dropped = 0;  ///< given up after the last attempt, or not taken since too many wait
    std::uint64_t attempts_without_socket = 0;
    // Confirmations that confirmed nothing new.
    std::uint64_t confirmations_repeated = 0;  ///< the same envelope once more
    std::uint64_t confirmations_late = 0;      ///< another envelope of an event that was confirmed already
    std::uint64_t confirmations_unknown = 0;   ///< an envelope never sent
    std::uint64_t confirmations_on_another_socket = 0;
    std::uint64_t frames_malformed = 0;  ///< text that is no confirmation, or binary frames
    // Commands, presses and submissions.
    std::uint64_t interactions_sent = 0;
    std::uint64_t interactions_confirmed = 0;
    std::uint64_t interactions_timed_out = 0;
    std::uint64_t interactions_without_socket = 0;
    std::uint64_t answers_invalid = 0;  ///< payloads of confirmations that Slack would not show
    // POSTs of events, commands and interactions, to an app that is reached over HTTP.
    std::uint64_t posts = 0;
    std::map<std::string, std::uint64_t> posts_failed;  ///< by the reason that a retry would carry
    // Sockets.
    std::uint64_t sockets_opened = 0;
    std::uint64_t sockets_closed = 0;
    std::uint64_t sockets_refused = 0;
    std::uint64_t sockets_cut_silent = 0;  ///< no pong for too long, or the reader too slow
    // What the app did.
    std::map<std::string, std::uint64_t> calls;                          ///< by method
    std::map<std::string, std::map<std::string, std::uint64_t>> errors;  ///< by method and error
    std::map<std::string, std::map<std::string, std::uint64_t>>
        ignored_arguments;  ///< sent, but the method has none such
    std::uint64_t rate_limited = 0;
    std::uint64_t bot_messages_posted = 0;
    std::uint64_t bot_messages_updated = 0;
    std::uint64_t bot_messages_deleted = 0;
    std::uint64_t bot_messages_ephemeral = 0;
    std::uint64_t bot_messages_by_response_url = 0;
    std::uint64_t duplicates = 0;  ///< bot messages whose metadata post_id an earlier one had
    std::uint64_t broadcasts = 0;  ///< <!channel>, <!here> and <!everyone> in what the app posted
    std::map<std::string, std::uint64_t> faults;  ///< injected, by name

    [[nodiscard]] Json to_json() const;
};

}  // namespace sandbox
