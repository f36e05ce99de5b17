// What a team may choose, as values; everything has a default.
//
// The *policy* is what a team decides about itself: kept in the database, written as TOML (bot/policy), and
// changed while ackd runs. The rest of the settings belongs to the daemon and its configuration file.
#pragma once

#include "bot/alerts/alert_source.hpp"
#include "bot/capacity/capacity_contract.hpp"
#include "bot/delivery/priority_policy.hpp"
#include "bot/delivery/read_back_policy.hpp"
#include "bot/destinations/destination.hpp"
#include "bot/escalation/route.hpp"
#include "bot/people/holiday_calendar.hpp"
#include "bot/people/team.hpp"
#include "bot/people/work_week.hpp"
#include "bot/resync/resync.hpp"
#include "bot/retention_policy.hpp"
#include "bot/retro/retro.hpp"
#include "bot/rotations/rotation.hpp"
#include "bot/threads/watched_channel.hpp"
#include "bot/wip/wip_item.hpp"

#include <map>
#include <string>
#include <vector>

namespace ackd {

/// Each member is written and read by bot/policy/policy_text and named by bot/policy/policy_facts.
struct Policy {
    DeliveryPolicy delivery = default_delivery_policy();
    /// By name. A request that names no route takes `default_route`; an unknown or empty name means no steps.
    std::map<std::string, Route> routes;
    std::string default_route = "default";
    /// For people whose profile names no time zone.
    std::string default_zone = "Etc/UTC";
    /// Of everybody whose team, or who themselves, chose no others.
    WorkWeek hours = default_work_week();
    /// Names of the holiday calendars that everybody has.
    std::vector<std::string> holidays;
    /// In the order of the policy: a person's hours are those of the first that names them and has some.
    std::vector<Team> teams;
    /// Who may change everything; nobody named: the chat's own administrators.
    std::vector<UserId> admins;
    /// Who may read the journal.
    std::vector<UserId> auditors;
    /// How often a day one person is interrupted, beyond priority now; what is more waits for a digest.
    int interruptions_per_day = 4;
    /// Whether rules of nudging that are no help move to the digest, and then off, by their figures.
    bool rules_retire = true;
    /// Whether one nudge in ten asks if it was useful.
    bool rules_ask = true;
    std::string received_emoji = "eyes";
    std::string done_emoji = "white_check_mark";
    std::string request_emoji = "incoming_envelope";
    /// Who owns dead letters; empty: who asked.
    UserId dead_letter_owner;
    /// The rotation whose people look through dead letters, once a week; empty: who owns them does.
    std::string triage_rotation;
    /// The largest number of people one request may ask.
    int recipients_max = 500;
    /// From so many people on the asker is shown whom a request disturbs before it is sent, and whenever
    /// somebody is off; 0: never.
    int price_shown_from = 10;
    ReadBackPolicy read_back;
    /// In the order of the policy, each channel once.
    std::vector<WatchedChannel> channels;
    /// In the order of the policy.
    std::vector<Rotation> rotations;
    /// In the order of the policy, each name once.
    std::vector<AlertSource> sources;
    /// In the order of the policy, each name once.
    std::vector<Destination> destinations;
    /// In the order of the policy, each team once.
    std::vector<CapacityContract> capacity;
    /// In the order of the policy, each team once.
    std::vector<WipLimit> wip;
    /// In the order of the policy, each name once.
    std::vector<Resync> resyncs;
    /// In the order of the policy, each name once.
    std::vector<Retro> retros;

    friend bool operator==(const Policy&, const Policy&) = default;
};

struct Settings : Policy {
    /// How often what was said is read again, in search of what the chat never told us.
    Duration sweep_every = std::chrono::minutes{30};
    /// The calendars that the policy names, as far as they could be read.
    HolidayCalendars calendars;
    RetentionPolicy retention;
    /// Whether the chat can fetch pictures from us: charts are made only then.
    bool shows_pictures = false;

    friend bool operator==(const Settings&, const Settings&) = default;
};

}  // namespace ackd
