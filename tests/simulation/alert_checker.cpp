#include "tests/simulation/alert_checker.hpp"

#include "tests/unit/notice_text.hpp"

#include <fmt/format.h>

#include <deque>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

/// Two messages of its own, one that takes all, one of a name; and as many that were begun before, and come
/// late.
constexpr std::size_t posted_max = 8;

void check_counts(storage::Connection& connection)
{
    storage::Statement wrong = connection.prepare(
        R"(SELECT g.id FROM alert_groups g
            WHERE firing != (SELECT count(*) FROM alerts WHERE group_id = g.id AND status = 1)
               OR acknowledged != (SELECT count(*) FROM alerts WHERE group_id = g.id AND status = 2) LIMIT 1)");
    if (wrong.step())
        throw Violation{"alerts are counted", fmt::format("not those of group {}", wrong.column_int(0))};
}

/// What is there, and nobody has, somebody is asked about; or it was given up, with an owner; or somebody
/// took it out of the chat.
void check_is_somebodys(storage::Connection& connection)
{
    storage::Statement nobodys = connection.prepare(
        R"(SELECT g.id, g.request_id FROM alert_groups g LEFT JOIN requests r ON r.id = g.request_id
            WHERE g.state = 1 AND firing > 0 AND taken_by = '' AND source = 'monitoring'
              AND (r.id IS NULL OR NOT EXISTS (SELECT 1 FROM obligations WHERE request_id = r.id 
                                                AND (state IN (1, 6, 7) OR (state = 8 AND cause != 20))))
            LIMIT 1)");
    if (nobodys.step()) {
        throw Violation{"nothing goes nowhere",
                        fmt::format("nobody is asked about alert group {}, request {}",
                                    nobodys.column_int(0),
                                    nobodys.column_optional_int(1).value_or(0))};
    }
}

}  // namespace

void check_alerts(storage::Connection& connection, const std::map<std::string, AlertStatus>& taken)
{
    storage::Statement newest = connection.prepare(
        "SELECT status FROM alerts WHERE source = 'monitoring' AND alert_key = $1 ORDER BY id DESC LIMIT 1");
    for (const auto& [key, status] : taken) {
        newest.reset();
        newest.bind(1, key);
        if (!newest.step())
            throw Violation{"an accepted alert is never lost", fmt::format("{} is not in the database", key)};
        // Of what fires, people may have said that it is over.
        if (status == AlertStatus::resolved &&
            newest.column_int(0) != static_cast<int>(AlertStatus::resolved))
            throw Violation{"an accepted alert is never lost",
                            fmt::format("{} is over, and is not here", key)};
    }
    check_counts(connection);
    check_is_somebodys(connection);
}

void check_alerts_are_over(storage::Connection& connection, const SimulatedChat& chat)
{
    storage::Statement there = connection.prepare("SELECT alert_key FROM alerts WHERE status != 3 LIMIT 1");
    if (there.step())
        throw Violation{"alerts end with what they tell of",
                        fmt::format("{} is there", there.column_string(0))};
    storage::Statement groups = connection.prepare(
        "SELECT id, state, channel, stamp FROM alert_groups WHERE source = 'monitoring' ORDER BY id");
    while (groups.step()) {
        if (groups.column_int(1) != 2) {
            throw Violation{
                "alerts end with what they tell of",
                fmt::format("group {} is in state {}", groups.column_int(0), groups.column_int(1))};
        }
        const SeenMessage* message = chat.find(
            MessageRef{ChannelId{groups.column_string(2)}, groups.column_string(3)});
        if (message == nullptr || message->deleted || !message->notice) continue;
        if (text_of(*message->notice).find("over after") == std::string::npos) {
            throw Violation{"an alert's message shows how it stands",
                            fmt::format("group {}:\n{}", groups.column_int(0), text_of(*message->notice))};
        }
    }
}

void check_no_flood(const SimulatedChat& chat)
{
    std::deque<Instant> recent;
    for (const SeenMessage& message : chat.messages()) {
        if (!message.notice || message.notice->kind != NoticeKind::alert) continue;
        recent.push_back(message.posted_at);
        while (message.posted_at - recent.front() > 5min) recent.pop_front();
        if (recent.size() > posted_max)
            throw Violation{"a storm is a handful of messages",
                            fmt::format("{} within five minutes", recent.size())};
    }
}

}  // namespace ackd::simulation
