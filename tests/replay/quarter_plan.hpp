// A quarter of forty people's traffic, made from a recorded conversation. What is taken from the log, and
// how:
//
//   users          the forty who wrote most are the forty people; what the others wrote is handed to those
//   forty
//                  in turn. With fewer users, some of the forty never write.
//   people         live in six time zones, in turn, and work seven different weeks; one zone has a holiday.
//   time           a log of any length becomes 13 weeks: a conversation keeps its weekday, its time of day
//   and its
//                  pace, and begins in the week that is as far through the quarter as it was through the log.
//                  The log's clock is read as UTC, so that the same message is at another time of day for
//                  each.
//   conversations  the first message stands in the channel, the others are replies in its thread.
//   requests       a message that mentions people asks them; a question that mentions nobody asks who else
//   spoke
//                  last in that conversation. One in two is a message with 📨 (priority today), the others are
//                  /ack with a priority by chance: 5 % now, 35 % today, 40 % week, 20 % fyi.
//   answers        whoever of those asked writes again in the conversation has answered by that, when they
//   did so
//                  in the log. To the others ackd's messages go: to each of them, they answer with the
//                  share of those asked who answered in the log, after a delay drawn from the log's own
//                  response times; otherwise they let it pass. So some never answer.
//
//   who asked      is asked by ackd whether it is still needed, and says so four times in five, after a delay
//                  drawn from the log's own response times.
//
// Pure: the same log and seed make the same plan.
#pragma once

#include "bot/delivery/priority_policy.hpp"
#include "chat_logs/chat_log.hpp"
#include "tests/simulation/checked_hours.hpp"
#include "tests/simulation/simulated_team.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd::replay {

inline constexpr std::size_t people_count = 40;
inline constexpr int week_count = 13;

struct PlannedRequest {
    Priority priority = Priority::today;
    bool by_reaction = false;
    std::vector<std::size_t> asked;  ///< people, by number
};

struct PlannedMessage {
    Instant at;
    std::size_t author = 0;
    /// The message that its conversation began with; nothing: it is that one.
    std::optional<std::size_t> opener;
    std::string text;
    std::optional<PlannedRequest> request;
    /// Requests that the author answers by it (messages, by number).
    std::vector<std::size_t> answers;
};

struct PlannedPerson {
    std::string zone;
    std::string week;
    simulation::CheckedHours hours;
};

struct QuarterPlan {
    /// "racket · #general"; what the log calls itself.
    std::string source;
    std::size_t users_in_log = 0;
    Instant begins;
    Instant ends;
    std::vector<PlannedPerson> people;
    std::vector<PlannedMessage> messages;  ///< in order
    /// From being asked to answering in the conversation, in order; never empty.
    std::vector<Duration> response_times;
    /// Of those asked, how many answered there.
    double share_answering = 0;
};

/// Messages whose time cannot be read are left out. A log without any makes an empty quarter.
[[nodiscard]] QuarterPlan plan_quarter(const chat_logs::ChatLog& log, std::uint64_t seed);

/// The workspace in which it happens, with its policy: the defaults, but for the hours and the routes.
[[nodiscard]] simulation::SimulatedTeam team_of(const QuarterPlan& plan);

[[nodiscard]] UserId person_id(std::size_t number);
/// The number that person_id() made it from.
[[nodiscard]] std::size_t person_number(const UserId& id);

}  // namespace ackd::replay
