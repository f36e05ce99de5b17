#include "bot/engine/handler_context.hpp"

#include <nlohmann/json.hpp>

namespace ackd {

HandlerState::HandlerState(storage::Connection& opened, const std::string& default_zone)
    : connection(opened),
      journal(opened),
      seen(opened),
      outbox(opened),
      directory(opened, default_zone),
      obligations(opened),
      sent_messages(opened),
      conversations(opened),
      known_reactions(opened),
      homes(opened),
      interruptions(opened)
{}

HandlerContext HandlerState::at(Instant now, const Settings& settings)
{
    return HandlerContext{now,
                          settings,
                          connection,
                          journal,
                          outbox,
                          directory,
                          obligations,
                          sent_messages,
                          conversations,
                          known_reactions,
                          homes,
                          interruptions,
                          seen,
                          catch_up,
                          remarks,
                          has_new_policy};
}

void record(HandlerContext& context,
            const UserId& actor,
            RequestId request,
            ObligationId obligation,
            std::string_view fact,
            FactDetail detail)
{
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const auto& [name, value] : detail) {
        if (!value.empty()) object[std::string{name}] = value;
    }
    storage::JournalEntry entry;
    entry.recorded_at_us = to_microseconds(context.now);
    entry.actor = actor.value;
    entry.request_id = request.value;
    entry.obligation_id = obligation.value;
    entry.fact = fact;
    // Foreign text may hold broken UTF-8: replaced rather than refused, so that a fact is never lost to it.
    entry.detail = object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    context.journal.append(entry);
}

}  // namespace ackd
