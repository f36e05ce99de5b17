#include "tests/simulation/simulated_month.hpp"

#include "bot/alerts/alert_rules.hpp"
#include "bot/delivery/action_names.hpp"
#include "storage/migrations.hpp"
#include "tests/simulation/alert_checker.hpp"
#include "tests/simulation/invariant_checkers.hpp"
#include "tests/simulation/open_ends_checker.hpp"
#include "tests/simulation/simulated_monitoring.hpp"
#include "tests/simulation/simulated_people.hpp"
#include "tests/simulation/simulated_rules.hpp"

#include <fmt/format.h>

#include <atomic>
#include <string>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

constexpr Duration month = 24h * 30;
/// A promise for next week, its two reminders, or three snoozes and every step of a route at priority *week*.
constexpr Duration healing_max = 24h * 90;
constexpr int steps_between_checks = 400;

/// A database in memory that several connections can open: the process, and whoever changes its policy.
std::string database_address()
{
    static std::atomic<int> count = 0;
    return fmt::format("file:/simulated-{}?vfs=memdb", ++count);
}

class Month {
public:
    Month(std::uint64_t seed, std::function<void(const std::string&)> trace)
        : random_(seed),
          team_(make_team(random_)),
          world_(team_.starts_at),
          connection_(database_address(), storage::OpenMode::create),
          chat_(world_, team_, random_.next()),
          people_(world_, team_, chat_, random_.next()),
          monitoring_(world_, chat_, seed + 1),
          process_(world_, team_, chat_, migrated(connection_), random_.next()),
          checkers_(world_, connection_, team_),
          rules_(world_, connection_, ~seed)
    {
        world_.trace = std::move(trace);
        chat_.connect(process_);
        chat_.add_watcher(checkers_);
        chat_.add_watcher(people_);
        chat_.add_watcher(monitoring_);
        process_.watch(checkers_);
        // One month in ten is a good one; some are bad.
        const auto luck = seed % 10;
        if (luck == 0)
            world_.faults = no_faults();
        else
            world_.faults = usual_faults(luck <= 6 ? 1.0 : 2.0);
    }

    void run()
    {
        process_.start();
        people_.plan_month(month);
        monitoring_.plan_month(month);
        plan_trouble();
        const Instant ends_at = world_.now() + month;
        for (int step = 1; !world_.agenda.empty() && world_.agenda.next_at() < ends_at; ++step) {
            world_.step();
            if (step % steps_between_checks == 0) check();
        }
        heal();
        checkers_.check_end(chat_);
        check_alerts_are_over(connection_, chat_);
        forget_some();
    }

    void fill(MonthReport& report)
    {
        storage::JournalTable journal{connection_};
        for (const unsigned char byte : journal.head()) report.journal_head += fmt::format("{:02x}", byte);
        report.message_count = chat_.messages().size();
        report.process = process_.counters();
        report.chat = chat_.counters();
        report.asks = people_.ask_count();
        report.obligations = static_cast<std::int64_t>(checkers_.fold().obligations().size());
        report.facts = checkers_.fold().length();
        report.healed_after = healed_after_;
    }

private:
    static storage::Connection& migrated(storage::Connection& connection)
    {
        storage::migrate(connection);
        return connection;
    }

    /// Every so often, at random instants: `act`.
    void again_and_again(Duration every, std::function<void()> act)
    {
        if (every == Duration{0}) return;
        world_.after(up_to(2 * every, random_), [this, every, act = std::move(act)] {
            if (is_healed_) return;
            act();
            again_and_again(every, act);
        });
    }

    void plan_trouble()
    {
        again_and_again(world_.faults.crash_every, [this] { process_.crash("at any instant"); });
        again_and_again(world_.faults.outage_every, [this] {
            world_.say("chat", "is away");
            chat_.begin_outage(up_to(world_.faults.outage_for_max, random_));
        });
        again_and_again(world_.faults.disk_full_every, [this] {
            is_disk_full_ = true;
            process_.fill_disk();
            world_.after(up_to(world_.faults.disk_full_for_max, random_), [this] {
                if (!is_healed_) free_disk();
            });
        });
        again_and_again(4 * 24h, [this] {
            process_.apply_policy(changed_policy(process_.settings(), team_, random_));
            policy_since_ = world_.now();
        });
        rules_.move_again_and_again([this]() -> const Settings& { return process_.settings(); },
                                    [this] { return is_healed_; });
    }

    void free_disk()
    {
        is_disk_full_ = false;
        disk_free_since_ = world_.now();
        process_.free_disk();
    }

    void check()
    {
        if (process_.life() != life_) {
            life_ = process_.life();
            alive_since_ = world_.now();
        }
        // A new policy may put a deadline into the past, from where the next cycle takes it.
        const Instant awake_since = std::max({alive_since_, disk_free_since_, policy_since_});
        const bool is_awake = life_ != 0 && !is_disk_full_ && world_.now() - awake_since > 1h;
        checkers_.check_all(chat_, is_awake ? std::optional{awake_since} : std::nullopt);
        // Until what is over is let go of.
        if (world_.now() - team_.starts_at < alerts_kept_for) check_alerts(connection_, monitoring_.taken());
        check_no_flood(chat_);
    }

    /// Faults off, people silent: safety held so far, now everything must come to its end.
    void heal()
    {
        world_.say("month", "is over: everything is healed, nobody acts any more");
        is_healed_ = true;
        people_.fall_silent();
        monitoring_.fall_silent();
        world_.faults = no_faults();
        chat_.end_outage();
        if (is_disk_full_) free_disk();
        process_.start();
        slow_down();
        const Instant began = world_.now();
        std::string open;
        do {
            const Instant until = world_.now() + 12h;
            while (!world_.agenda.empty() && world_.agenda.next_at() <= until) world_.step();
            check();
            open = what_is_open(connection_);
            if (open.empty() && chat_.unconfirmed_count() > 0) {
                open = fmt::format("{} events are not confirmed", chat_.unconfirmed_count());
            }
        } while (!open.empty() && world_.now() - began < healing_max);
        healed_after_ = world_.now() - began;
        if (!open.empty()) throw Violation{"2: everything ends in bounded time", open};
    }

    /// What comes round twice a week always has a question on its way to somebody, somewhere on earth. From
    /// now on it comes round once a month.
    void slow_down()
    {
        Policy slower = process_.settings();
        std::string problem;
        const auto days = parse_cadence("15th of the month 10:00", std::nullopt, problem).value().days;
        for (Resync& resync : slower.resyncs) resync.cadence.days = days;
        for (Retro& retro : slower.retros) retro.cadence.days = days;
        process_.apply_policy(slower);
    }

    /// One after the other, some people have ackd forget them; the chat's listing names them all the same.
    void forget_some()
    {
        constexpr std::size_t forgotten_count = 3;
        // As outside of tests, the policy comes from the database.
        process_.apply_policy(process_.settings());
        Action forget;
        forget.name = action::forget_me;
        for (std::size_t index = 0; index < std::min(forgotten_count, team_.people.size()); ++index) {
            const Member member = team_.people[index].member;
            SeenEphemeral question;
            question.person = member.id;
            chat_.press(member.id, question, forget, "me");
            pass_time(1h);
            chat_.tell_member(member);
            team_.people[index].do_not_disturb = {world_.now(), world_.now() + 1h};
            chat_.tell_do_not_disturb(team_.people[index]);
            pass_time(1min);
            checkers_.check_forgotten(member.id);
        }
    }

    void pass_time(Duration length)
    {
        const Instant until = world_.now() + length;
        while (!world_.agenda.empty() && world_.agenda.next_at() <= until) world_.step();
    }

    Random random_;
    SimulatedTeam team_;
    SimulatedWorld world_;
    storage::Connection connection_;
    SimulatedChat chat_;
    SimulatedPeople people_;
    SimulatedMonitoring monitoring_;
    SimulatedProcess process_;
    InvariantCheckers checkers_;
    SimulatedRules rules_;
    bool is_healed_ = false;
    bool is_disk_full_ = false;
    Instant disk_free_since_{};
    Instant policy_since_{};
    std::uint64_t life_ = 0;
    Instant alive_since_{};
    Duration healed_after_{0};
};

}  // namespace

MonthReport simulate_month(std::uint64_t seed, std::function<void(const std::string&)> trace)
{
    MonthReport report;
    report.seed = seed;
    Month simulated{seed, std::move(trace)};
    try {
        simulated.run();
    } catch (const Violation& violation) {
        report.violation = violation;
    }
    simulated.fill(report);
    return report;
}

}  // namespace ackd::simulation
