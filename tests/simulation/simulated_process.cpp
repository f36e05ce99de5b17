#include "tests/simulation/simulated_process.hpp"

#include "bot/policy/policy_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

/// As many cycles within a minute mean that the engine turns without getting anywhere.
constexpr int busy_cycles_max = 3'000;

storage::StorageError disk_full()
{
    return {storage::StorageTrouble::full, 13, "database or disk is full (simulated)"};
}

}  // namespace

SimulatedProcess::SimulatedProcess(SimulatedWorld& world,
                                   SimulatedTeam& team,
                                   SimulatedChat& chat,
                                   storage::Connection& connection,
                                   std::uint64_t seed)
    : world_(world),
      team_(team),
      chat_(chat),
      connection_(connection),
      random_(seed),
      settings_(team.settings)
{}

void SimulatedProcess::start()
{
    if (engine_) return;
    ++life_;
    world_.say("process", fmt::format("starts, life {}", life_));
    engine_ = std::make_unique<Engine>(connection_, settings_, world_.clock, chat_, random_.next());
    duplicates_before_ = 0;
    engine_->set_probe([this](EnginePoint point) {
        constexpr const char* names[] = {"before_commit", "after_commit", "after_confirm", "after_deliver"};
        if (point == EnginePoint::before_commit && random_.chance(world_.faults.commit_refused))
            throw disk_full();
        pass(names[static_cast<std::size_t>(point)], world_.faults.crash_at_point);
    });
    try {
        engine_->start();
        engine_->expect_catch_up(30s);
        pass("after_start", world_.faults.crash_after_start);
    } catch (const ProcessCrash& end) {
        die(end.point);
        return;
    } catch (const storage::StorageError& error) {
        give_up(error);
        return;
    }
    tell_members();
    plan(world_.now() + 1ms);
}

void SimulatedProcess::tell_members()
{
    Input known;
    known.body = WorkspaceKnown{"T1", team_.bots.front().id, "B1"};
    Input members;
    members.body = MembersListed{team_.all_members()};
    Input groups;
    groups.body = GroupsListed{team_.groups};
    inbox_.push_back(std::move(known));
    inbox_.push_back(std::move(members));
    inbox_.push_back(std::move(groups));
    Input undisturbed;
    DoNotDisturbListed told;
    for (const SimulatedPerson& person : team_.people)
        told.people.push_back(do_not_disturb_of(person, world_.now()));
    undisturbed.body = std::move(told);
    inbox_.push_back(std::move(undisturbed));
    Input conversations;
    ConversationsListed listed;
    for (const SimulatedChannel& channel : team_.channels) {
        if (channel.has_bot)
            listed.conversations.push_back(Conversation{channel.id, channel.id.value, false});
    }
    conversations.body = std::move(listed);
    inbox_.push_back(std::move(conversations));
    Input wanted;
    wanted.body = CatchUpWanted{GapReason::started};
    inbox_.push_back(std::move(wanted));
}

void SimulatedProcess::crash(const char* why)
{
    if (engine_) die(why);
}

void SimulatedProcess::die(const char* point)
{
    world_.say("process", fmt::format("dies: {}", point));
    ++counters_.crashes;
    engine_.reset();
    inbox_.clear();
    settled_.clear();
    planned_.reset();
    ++plan_number_;
    if (watcher_ != nullptr) watcher_->crashed();
    const Faults& faults = world_.faults;
    const Duration absence = random_.chance(faults.long_absence)
                                 ? between(faults.restart_after_min, faults.long_absence_max, random_)
                                 : between(faults.restart_after_min, faults.restart_after_max, random_);
    world_.after(absence, [this] { start(); });
}

void SimulatedProcess::give_up(const storage::StorageError& error)
{
    if (!error.may_pass()) throw Violation{"the program's SQL is right", error.what()};
    die(error.what());
}

void SimulatedProcess::pass(const char* point, double probability)
{
    if (random_.chance(probability)) throw ProcessCrash{point};
}

void SimulatedProcess::arrive(Input input)
{
    inbox_.push_back(std::move(input));
    // Now and then the engine is slow, and what comes in meanwhile is one batch.
    plan(world_.now() + (random_.chance(0.1) ? up_to(2s, random_) : up_to(5ms, random_)));
}

void SimulatedProcess::settle(std::uint64_t life, EffectSettled settled)
{
    if (!engine_ || life != life_) return;
    if (random_.chance(world_.faults.crash_when_recording)) {
        die("recording");
        return;
    }
    settled_.push_back(std::move(settled));
    plan(world_.now() + up_to(5ms, random_));
}

void SimulatedProcess::plan(Instant at)
{
    at = std::max(at, world_.now() + 1ms);
    if (planned_ && *planned_ <= at) return;
    planned_ = at;
    world_.agenda.add(at, [this, number = ++plan_number_] {
        if (number == plan_number_ && engine_) run_cycle();
    });
}

void SimulatedProcess::run_cycle()
{
    planned_.reset();
    ++plan_number_;
    ++counters_.cycles;
    if (world_.now() - busy_since_ > 1min) {
        busy_since_ = world_.now();
        busy_cycles_ = 0;
    }
    if (++busy_cycles_ > busy_cycles_max) {
        throw Violation{"the engine gets on", fmt::format("{} cycles within a minute", busy_cycles_max)};
    }
    // Interactions go ahead: a person is looking at the screen.
    std::stable_partition(
        inbox_.begin(), inbox_.end(), [](const Input& input) { return input.is_interactive(); });
    std::vector<Input> inputs = std::move(inbox_);
    inbox_.clear();
    counters_.inputs += static_cast<std::int64_t>(inputs.size());

    Instant next = world_.now();
    std::optional<Instant> retry_at;
    try {
        switch (engine_->cycle(inputs, settled_)) {
            case Engine::CycleOutcome::idle: break;
            case Engine::CycleOutcome::committed:
                if (watcher_ != nullptr) watcher_->committed();
                break;
            case Engine::CycleOutcome::refused:
                ++counters_.refused_commits;
                if (world_.is_traced()) world_.say("process", "commit refused: " + engine_->last_trouble());
                // What came back is kept for the next cycle, whatever else there is to wait for.
                retry_at = world_.now() + 1s;
                break;
        }
        if (connection_.in_transaction()) throw Violation{"a cycle ends its transaction", "it is still open"};
        counters_.duplicates += engine_->counters().duplicates - duplicates_before_;
        duplicates_before_ = engine_->counters().duplicates;
        next = retry_at ? *retry_at : std::max(next, engine_->next_wake());
    } catch (const ProcessCrash& end) {
        die(end.point);
        return;
    } catch (const storage::StorageError& error) {
        give_up(error);
        return;
    } catch (const std::exception& error) {
        throw Violation{"nothing escapes the engine", error.what()};
    }
    plan(next);
}

void SimulatedProcess::apply_policy(const Policy& policy)
{
    try {
        storage::Connection own{connection_.path(), storage::OpenMode::existing_only};
        HandlerState state{own, settings_.default_zone, 1};
        storage::Transaction transaction{own};
        HandlerContext context = state.at(world_.now(), settings_);
        keep_policy(context, policy, {UserId{"operator:somebody"}, PolicySource::file, ""});
        const PolicyEffects effects = take_up_policy(context, settings_);
        transaction.commit();
        counters_.moved_deadlines += static_cast<std::int64_t>(effects.moved.size());
        world_.say("operator",
                   fmt::format("puts policy version {} in force, which moves {} deadlines",
                               effects.version,
                               effects.moved.size()));
    } catch (const storage::StorageError& error) {
        throw Violation{"a policy can be applied beside the process", error.what()};
    }
    if (watcher_ != nullptr) watcher_->settings_replaced(settings_);
    // The loop of a real engine turns once a second, whether something arrives or not.
    if (engine_) plan(world_.now() + up_to(1s, random_));
}

void SimulatedProcess::fill_disk()
{
    world_.say("disk", "is full");
    storage::Statement pages = connection_.prepare("PRAGMA page_count");
    pages.step();
    connection_.execute("PRAGMA max_page_count=" + std::to_string(pages.column_int(0)));
}

void SimulatedProcess::free_disk()
{
    world_.say("disk", "has room again");
    connection_.execute("PRAGMA max_page_count=1073741823");
}

}  // namespace ackd::simulation
