// A policy that changes while ackd runs: by another program on the same database, without losing or repeating
// anything of what is open.
#include "bot/policy/policy_handlers.hpp"
#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// The bot on a database that others can open as well, as `ackd policy` does.
struct SharedWorkspace {
    SharedWorkspace() : path(folder.file("ackd.db")), workspace({}, utc("2026-03-02 10:00"), path) {}

    /// As another program: on a connection of its own.
    PolicyEffects apply(const Policy& policy)
    {
        storage::Connection own{path, storage::OpenMode::existing_only};
        Settings settings = settings_in_force(own);
        HandlerState state{own, settings.default_zone, 1};
        storage::Transaction transaction{own};
        HandlerContext context = state.at(workspace.clock.now(), settings);
        keep_policy(context, policy, {UserId{"operator:ann"}, PolicySource::file, ""});
        PolicyEffects effects = take_up_policy(context, settings);
        transaction.commit();
        return effects;
    }

    static Settings settings_in_force(storage::Connection& own)
    {
        Settings settings = straight_settings();
        const PolicyTable policies{own};
        if (const auto stored = policies.newest()) static_cast<Policy&>(settings) = policy_of(*stored);
        return settings;
    }

    [[nodiscard]] Instant due(std::int64_t id = 1)
    {
        return workspace.table().find(ObligationId{id}).value().due_at.value();
    }

    StorageFolder folder;
    std::string path;
    Workspace workspace;
};

Policy slower_today()
{
    Policy policy = straight_settings();
    policy.delivery.of(Priority::today).ack_within = 4h;
    return policy;
}

}  // namespace

TEST_CASE("policy in force: another program's commit is noticed, and what is open goes by it")
{
    SharedWorkspace shared;
    shared.workspace.ack("Uann", "@Ubo please read the plan");
    CHECK(shared.due() == utc("2026-03-02 11:30"));

    const PolicyEffects effects = shared.apply(slower_today());
    REQUIRE(effects.moved.size() == 1);
    CHECK(effects.moved.front().from == utc("2026-03-02 11:30"));
    CHECK(effects.moved.front().to == utc("2026-03-02 13:00"));
    CHECK(effects.moved.front().people == std::vector{UserId{"Ubo"}});
    CHECK(shared.due() == utc("2026-03-02 13:00"));

    shared.workspace.advance_to(utc("2026-03-02 12:59"));
    CHECK(shared.workspace.to("Ubo").empty());
    shared.workspace.advance_to(utc("2026-03-02 13:00"));
    CHECK(shared.workspace.to("Ubo").size() == 1);

    // What is asked from now on goes by it as well, and the chain of the journal has both writers' facts.
    shared.workspace.ack("Uann", "@Ucy please read the plan");
    CHECK(shared.due(2) == utc("2026-03-02 16:00"));
    storage::JournalTable journal{*shared.workspace.connection};
    CHECK(journal.find_break() == 0);
    CHECK(shared.workspace.count("SELECT count(*) FROM journal WHERE fact = 'policy_changed'") == 1);
    CHECK(shared.workspace.count("SELECT count(*) FROM poisoned_inputs") == 0);
}

TEST_CASE("policy in force: what waits for a digest comes with the first one of the hours that count now")
{
    SharedWorkspace shared;
    Policy mondays;
    mondays.interruptions_per_day = 0;
    std::string problem;
    mondays.hours = parse_work_week("Mon 9-17", problem).value();
    shared.apply(mondays);
    shared.workspace.advance_to(utc("2026-03-02 15:01"));
    shared.workspace.ack("Uann", "@Ubo please read the plan");  // in the digest of next Monday: 16:30 is past
    shared.workspace.advance_to(utc("2026-03-02 16:40"));
    Policy usual;
    usual.interruptions_per_day = 0;
    shared.apply(usual);
    shared.workspace.advance_to(utc("2026-03-03 09:29"));
    CHECK(shared.workspace.to("Ubo").empty());
    shared.workspace.advance_to(utc("2026-03-03 09:30"));
    REQUIRE(shared.workspace.to("Ubo").size() == 1);
    CHECK(shared.workspace.last_to("Ubo").first.kind == NoticeKind::digest);
}

TEST_CASE("policy in force: an idle engine notices as well, and draws anew what people see")
{
    SharedWorkspace shared;
    shared.workspace.ack("Uann", "@Ubo please read the plan");
    shared.workspace.advance(1min);
    const int updates = shared.workspace.card().updates;
    shared.apply(slower_today());
    shared.workspace.turn();
    CHECK(shared.workspace.card().updates == updates + 1);
}

TEST_CASE("policy in force: a nudge that went out is not repeated, and none is lost")
{
    SharedWorkspace shared;
    shared.workspace.ack("Uann", "@Ubo please read the plan");
    shared.workspace.advance_to(utc("2026-03-02 11:30"));
    CHECK(shared.workspace.to("Ubo").size() == 1);

    // Three nudges instead of two: the first of them has been.
    Policy policy = straight_settings();
    policy.delivery.of(Priority::today).nudges = {{0.5, 0min}, {1.25, 0min}, {1.5, 0min}};
    policy.delivery.of(Priority::today).step_ends = {2, 0min};
    shared.apply(policy);
    CHECK(shared.workspace.table().find(ObligationId{1})->attempt == 1);
    CHECK(shared.due() == utc("2026-03-02 12:30"));
    shared.workspace.advance_to(utc("2026-03-02 12:30"));
    CHECK(shared.workspace.to("Ubo").size() == 2);
    shared.workspace.advance_to(utc("2026-03-02 13:00"));
    CHECK(shared.workspace.to("Ubo").size() == 3);
}

TEST_CASE("policy in force: a deadline that would have come already comes at once, once")
{
    SharedWorkspace shared;
    shared.apply(slower_today());
    shared.workspace.ack("Uann", "@Ubo please read the plan");
    shared.workspace.advance_to(utc("2026-03-02 12:30"));
    CHECK(shared.workspace.to("Ubo").empty());
    shared.apply(Policy{});
    shared.workspace.turn();
    CHECK(shared.workspace.to("Ubo").size() == 1);
    // The next one keeps its distance.
    CHECK(shared.due() == utc("2026-03-02 13:00"));
}

TEST_CASE("policy in force: what somebody put off stays put off")
{
    SharedWorkspace shared;
    shared.workspace.ack("Uann", "@Ubo please read the plan");
    shared.workspace.ackd("Ubo", "snooze 1 tomorrow 10:00");
    const Instant until = shared.due();
    CHECK(shared.apply(slower_today()).moved.empty());
    CHECK(shared.due() == until);
}

TEST_CASE("policy in force: a change that is not committed is not there")
{
    SharedWorkspace shared;
    shared.workspace.ack("Uann", "@Ubo please read the plan");
    {
        storage::Connection own{shared.path, storage::OpenMode::existing_only};
        Settings settings = straight_settings();
        HandlerState state{own, settings.default_zone, 1};
        storage::Transaction transaction{own};
        HandlerContext context = state.at(shared.workspace.clock.now(), settings);
        keep_policy(context, slower_today(), {UserId{"operator:ann"}, PolicySource::file, ""});
        (void)take_up_policy(context, settings);
    }
    shared.workspace.turn();
    CHECK(shared.due() == utc("2026-03-02 11:30"));
    CHECK(shared.workspace.count("SELECT count(*) FROM policies") == 0);
}

TEST_CASE("policy in force: it is found again after a restart")
{
    SharedWorkspace shared;
    shared.apply(slower_today());
    Engine again{
        *shared.workspace.connection, straight_settings(), shared.workspace.clock, shared.workspace.port, 1};
    again.start();
    CommandGiven given;
    given.command = "/ack";
    given.text = Workspace::rich("@Ubo please read");
    given.person = UserId{"Uann"};
    given.channel = ChannelId{"Cwork"};
    std::vector<Input> inputs(1);
    inputs.front().body = given;
    std::vector<EffectSettled> none;
    again.cycle(inputs, none);
    CHECK(shared.due() == utc("2026-03-02 13:00"));
}

TEST_CASE("policy in force: what it would do can be foreseen, and then nothing has changed")
{
    SharedWorkspace shared;
    shared.workspace.ack("Uann", "@Ubo please read the plan");
    storage::Connection own{shared.path, storage::OpenMode::read_only};
    Settings settings = straight_settings();
    HandlerState state{own, settings.default_zone, 1};
    HandlerContext context = state.at(shared.workspace.clock.now(), settings);
    const PolicyEffects effects = foresee_policy(context, settings, slower_today());
    REQUIRE(effects.moved.size() == 1);
    CHECK(effects.moved.front().to == utc("2026-03-02 13:00"));
    CHECK(shared.due() == utc("2026-03-02 11:30"));
}
