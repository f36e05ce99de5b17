#include "sandbox/replay/replay.hpp"

#include <algorithm>
#include <cstdio>

namespace sandbox {
namespace {

constexpr std::size_t unexpected_shown_max = 10;

double rate(std::size_t count, double seconds)
{
    return seconds > 0 ? static_cast<double>(count) / seconds : 0.0;
}

}  // namespace

ReplayReport Replay::report() const
{
    const Statistics& counted = core_.statistics;
    ReplayReport report;
    report.messages_posted = posted_;
    report.seconds_posting = std::chrono::duration<double>(posted_at_ - started_at_).count();
    report.seconds_in_all = std::chrono::duration<double>(ended_at_ - started_at_).count();
    report.events_created = counted.events_created;
    report.events_confirmed = counted.events_confirmed;
    report.confirmations_too_many = counted.confirmations_repeated + counted.confirmations_late;
    report.events_unconfirmed = core_.hub.unconfirmed();
    report.events_dropped = counted.events_dropped;
    report.events_redelivered = counted.events_redelivered;
    for (const Request& request : requests_)
        if (request.made)
            ++(request.way == Way::reaction ? report.requests_by_reaction : report.requests_by_command);
    report.commands_unanswered = commands_unanswered_;
    report.acks_by_reaction = acks_by_reaction_;
    report.acks_by_button = acks_by_button_;
    report.acks_impossible = acks_impossible_;
    report.duplicates = counted.duplicates;
    report.rate_limited = counted.rate_limited;
    report.timed_out = timed_out_;
    for (const auto& [id, channel] : core_.workspace.channels()) {
        for (const auto& [ts, message] : channel.messages) {
            if (!message.from_app) continue;
            if (text_member(message.metadata, "event_type") == "ackd_card") {
                ++report.cards;
                continue;
            }
            ++report.unexpected;
            if (report.unexpected_first.size() < unexpected_shown_max)
                report.unexpected_first.push_back(id.value + " " + ts.text() + " " + message.text);
        }
    }
    return report;
}

bool ReplayReport::passed() const
{
    const std::size_t requests = requests_by_reaction + requests_by_command;
    return !timed_out && events_unconfirmed == 0 && events_dropped == 0 && confirmations_too_many == 0 &&
           events_confirmed == events_created && cards == requests && unexpected == 0 && duplicates == 0;
}

Json ReplayReport::to_json() const
{
    return {
        {"passed", passed()},
        {"timed_out", timed_out},
        {"messages_posted", messages_posted},
        {"messages_per_second", rate(messages_posted, seconds_posting)},
        {"seconds_posting", seconds_posting},
        {"seconds_in_all", seconds_in_all},
        {"events",
         {{"created", events_created},
          {"confirmed", events_confirmed},
          {"confirmed_once", events_confirmed - std::min(events_confirmed, confirmations_too_many)},
          {"confirmed_more_than_once", confirmations_too_many},
          {"unconfirmed", events_unconfirmed},
          {"dropped", events_dropped},
          {"redelivered", events_redelivered}}},
        {"requests", {{"by_reaction", requests_by_reaction}, {"by_command", requests_by_command}}},
        {"commands_unanswered", commands_unanswered},
        {"acks",
         {{"by_reaction", acks_by_reaction}, {"by_button", acks_by_button}, {"impossible", acks_impossible}}},
        {"cards", cards},
        {"unexpected", unexpected},
        {"unexpected_first", unexpected_first},
        {"duplicates", duplicates},
        {"rate_limited", rate_limited}};
}

std::string ReplayReport::to_text() const
{
    char text[1500];
    std::snprintf(text,
                  sizeof text,
                  "messages   %zu posted in %.1f s (%.0f a second), everything settled after %.1f s%s\n"
                  "events     %llu created, %llu confirmed, %llu confirmed more than once, %llu unconfirmed, "
                  "%llu dropped, %llu redelivered\n"
                  "requests   %zu by reaction, %zu by command (%zu commands unanswered)\n"
                  "acks       %zu by reaction, %zu by button, %zu impossible\n"
                  "the app    %zu cards, %zu unexpected messages, %llu duplicates, %llu calls rate limited\n",
                  messages_posted,
                  seconds_posting,
                  rate(messages_posted, seconds_posting),
                  seconds_in_all,
                  timed_out ? " (gave up waiting)" : "",
                  static_cast<unsigned long long>(events_created),
                  static_cast<unsigned long long>(events_confirmed),
                  static_cast<unsigned long long>(confirmations_too_many),
                  static_cast<unsigned long long>(events_unconfirmed),
                  static_cast<unsigned long long>(events_dropped),
                  static_cast<unsigned long long>(events_redelivered),
                  requests_by_reaction,
                  requests_by_command,
                  commands_unanswered,
                  acks_by_reaction,
                  acks_by_button,
                  acks_impossible,
                  cards,
                  unexpected,
                  static_cast<unsigned long long>(duplicates),
                  static_cast<unsigned long long>(rate_limited));
    std::string whole = text;
    for (const std::string& each : unexpected_first) whole += "unexpected " + each + "\n";
    return whole + (passed() ? "passed\n" : "failed\n");
}

}  // namespace sandbox
