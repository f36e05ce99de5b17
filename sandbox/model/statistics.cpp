#include "sandbox/model/statistics.hpp"

namespace sandbox {

Json Statistics::to_json() const
{
    return {
        {"events",
         {{"created", events_created},
          {"sent", events_sent},
          {"redelivered", events_redelivered},
          {"confirmed", events_confirmed},
          {"dropped", events_dropped},
          {"attempts_without_socket", attempts_without_socket}}},
        {"confirmations",
         {{"repeated", confirmations_repeated},
          {"late", confirmations_late},
          {"unknown", confirmations_unknown},
          {"on_another_socket", confirmations_on_another_socket},
          {"malformed", frames_malformed}}},
        {"interactions",
         {{"sent", interactions_sent},
          {"confirmed", interactions_confirmed},
          {"timed_out", interactions_timed_out},
          {"without_socket", interactions_without_socket},
          {"answers_invalid", answers_invalid}}},
        {"posts", {{"sent", posts}, {"failed", posts_failed}}},
        {"sockets",
         {{"opened", sockets_opened},
          {"closed", sockets_closed},
          {"refused", sockets_refused},
          {"cut_silent", sockets_cut_silent}}},
        {"calls", calls},
        {"errors", errors},
        {"ignored_arguments", ignored_arguments},
        {"rate_limited", rate_limited},
        {"messages",
         {{"posted", bot_messages_posted},
          {"updated", bot_messages_updated},
          {"deleted", bot_messages_deleted},
          {"ephemeral", bot_messages_ephemeral},
          {"by_response_url", bot_messages_by_response_url}}},
        {"duplicates", duplicates},
        {"broadcasts", broadcasts},
        {"faults", faults},
    };
}

}  // namespace sandbox
