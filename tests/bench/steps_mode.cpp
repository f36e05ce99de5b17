// Steps of many open escalations fall due, at a steady rate and many at once, while other things happen: the
// time from the instant at which each is due until another process sees in the database that it was taken,
// and until its message has reached Slack.
//
// The daemon begins in the middle of it. Until what was said in its absence has been read, and at most for
// two minutes, it asks nobody; what falls due then is counted apart.
#include "bot/clock.hpp"
#include "tests/bench/load_modes.hpp"
#include "tests/bench/made_requests.hpp"
#include "tests/bench/seeded_escalations.hpp"
#include "tests/bench/seeded_obligations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <queue>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

/// Longer than the daemon waits after a start.
constexpr auto start_lasts = 125s;
/// From the choice of what falls due until the daemon is started.
constexpr auto before_start = 1s;
constexpr int people = 300;
constexpr int zones = 6;
/// Of the messages about an escalation, one in so many is answered by a press.
constexpr int presses_one_in = 5;
constexpr int chatter_before_command = 100;

using Appointment = std::pair<Instant, std::int64_t>;  ///< when, and which obligation

/// Sees from outside, in the daemon's database, when what is due has been taken.
class StepWatch {
public:
    StepWatch(const std::string& database, Instant burst_at)
        : connection_(database, storage::OpenMode::existing_only), burst_at_(burst_at)
    {}

    void expect(ObligationId id, Instant due_at) { ahead_.emplace(due_at, id.value); }
    /// Somebody has answered: nothing of it is due when it was.
    void leave_out(ObligationId id) { answered_.insert(id.value); }

    void look()
    {
        const Instant now = clock_.now();
        for (; !ahead_.empty() && ahead_.top().first <= now; ahead_.pop()) {
            pending_.push_back(ahead_.top());
            fell_due_[ahead_.top().second] = ahead_.top().first;
        }
        const std::int64_t version = connection_.data_version();
        if (pending_.empty() || version == version_) return;
        version_ = version;
        const std::vector<Appointment> waiting = waiting_until(now);
        const Instant seen_at = clock_.now();
        const auto is_taken = [&](const Appointment& each) {
            return !std::binary_search(waiting.begin(), waiting.end(), each);
        };
        const auto taken = std::stable_partition(
            pending_.begin(), pending_.end(), [&](const Appointment& each) { return !is_taken(each); });
        for (auto each = taken; each != pending_.end(); ++each) note(*each, seen_at);
        pending_.erase(taken, pending_.end());
    }

    /// How long ago the last step of it fell due; nothing: none has.
    [[nodiscard]] std::optional<Duration> since_due(ObligationId id) const
    {
        const auto found = fell_due_.find(id.value);
        if (found == fell_due_.end()) return std::nullopt;
        return clock_.now() - found->second;
    }

    ConfirmationTimes steady;
    ConfirmationTimes burst;
    std::int64_t waited = 0;          ///< taken for the first time after the start, having been due before
    std::optional<Instant> first_at;  ///< when the first was taken
    Instant waited_until{};           ///< when the last of those that had been waiting was
    [[nodiscard]] std::size_t pending() const { return pending_.size(); }

private:
    std::vector<Appointment> waiting_until(Instant now)
    {
        std::vector<Appointment> waiting;
        storage::Statement rows = connection_.prepare(
            "SELECT due_at_us, obligation_id FROM deadlines WHERE due_at_us <= $1 ORDER BY due_at_us, obligation_id");
        rows.bind(1, to_microseconds(now));
        while (rows.step()) waiting.emplace_back(from_microseconds(rows.column_int(0)), rows.column_int(1));
        return waiting;
    }

    void note(const Appointment& each, Instant seen_at)
    {
        const auto& [due_at, id] = each;
        if (answered_.contains(id)) return;
        if (!first_at) first_at = seen_at;
        if (due_at < *first_at) {
            ++waited;
            waited_until = seen_at;
        } else {
            (due_at == burst_at_ ? burst : steady).add(seen_at - due_at);
        }
        storage::Statement next = connection_.prepare(
            "SELECT due_at_us FROM obligations WHERE id = $1 AND due_at_us IS NOT NULL");
        next.bind(1, id);
        if (next.step()) ahead_.emplace(from_microseconds(next.column_int(0)), id);
    }

    SystemClock clock_;
    storage::Connection connection_;
    Instant burst_at_;
    std::int64_t version_ = -1;
    std::priority_queue<Appointment, std::vector<Appointment>, std::greater<>> ahead_;
    std::vector<Appointment> pending_;
    std::unordered_map<std::int64_t, Instant> fell_due_;
    std::unordered_set<std::int64_t> answered_;
};

struct Press {
    ObligationId id;
    std::string button;
    std::string conversation;
    std::string card;
};

/// What people do meanwhile: they talk, press *I have it* on what they are asked, and ask with /ack.
class Bustle {
public:
    Bustle(LoadSession& session, StepWatch& watch, const std::vector<ObligationId>& ids)
        : session_(session), watch_(watch)
    {
        session.answers().on_posted([this, &ids](std::string_view form, const std::string& card) {
            bool is_first = true;
            std::size_t at = 0;
            while (const auto number = next_escalation_in(form, at)) {
                const ObligationId id = ids.at(*number);
                if (const auto since = watch_.since_due(id)) messages.add(*since);
                if (std::exchange(is_first, false) && ++posted_ % presses_one_in == 0)
                    to_press_.push_back(
                        {id, button_value_in(form), std::string{form_field(form, "channel")}, card});
            }
        });
    }

    void next()
    {
        watch_.look();
        EventStream& stream = session_.stream();
        if (!to_press_.empty()) {
            const Press press = std::move(to_press_.front());
            to_press_.pop_front();
            watch_.leave_out(press.id);
            stream.send(press_template("got_it", press.button, session_.server().response_url()),
                        person_with(press.conversation),
                        press.conversation,
                        press.card);
            ++presses;
        } else if (++chatter_ % chatter_before_command == 0) {
            stream.send(command_template(fmt::format("<@{}> please read the new on-call plan", person_id(5))),
                        person_id(0),
                        channel_id(chatter_ % 20),
                        "");
        } else {
            stream.send_chatter();
        }
    }

    ConfirmationTimes messages;
    std::int64_t presses = 0;

private:
    LoadSession& session_;
    StepWatch& watch_;
    std::deque<Press> to_press_;
    std::int64_t posted_ = 0;
    int chatter_ = 0;
};

std::vector<std::pair<ObligationId, Instant>> appointments_of(const LoadOptions& options,
                                                              const std::vector<ObligationId>& ids,
                                                              Instant begin,
                                                              Instant end,
                                                              Instant burst_at)
{
    // Steps of all kinds and routes, in no order; times a prime that divides no round number.
    constexpr std::size_t prime = 7'919;
    std::vector<std::pair<ObligationId, Instant>> appointments;
    const auto add = [&](Instant at) {
        if (appointments.size() == ids.size())
            throw std::runtime_error("more falls due than is open: more --open are needed");
        appointments.emplace_back(ids[appointments.size() * prime % ids.size()], at);
    };
    const Duration apart{1'000'000 / options.due_rate};
    for (Instant at = begin; at < end; at += apart) add(at);
    for (int count = 0; count < options.burst; ++count) add(burst_at);
    return appointments;
}

/// Of everything that fell due something became, and people were called. Gives how often.
std::int64_t check_taken(LoadSession& session)
{
    storage::Connection connection{session.database_path(), storage::OpenMode::existing_only};
    storage::Statement counts = connection.prepare(
        R"(SELECT (SELECT count(*) FROM poisoned_inputs),
            (SELECT count(*) FROM journal WHERE fact IN ('nudged', 'step_taken')))");
    counts.step();
    if (counts.column_int(0) > 0) throw std::runtime_error("steps could not be taken: see poisoned_inputs");
    return counts.column_int(1);
}

double seconds_between(Instant from, Instant to)
{
    return std::chrono::duration<double>(to - from).count();
}

}  // namespace

LoadFigures run_steps(const LoadOptions& wanted)
{
    LoadOptions options = wanted;
    options.warm_up_seconds = 0;
    options.seconds += std::chrono::duration<double>(start_lasts).count();
    const Workspace workspace{people, 0, 0, zones};
    LoadSession session{options, workspace};
    const SystemClock clock;
    std::vector<ObligationId> ids;
    fill_database(session.database_path(), [&](storage::Connection& connection) {
        EscalationPlan plan;
        plan.open = options.escalations;
        plan.workspace = workspace;
        plan.raised_at = clock.now() - 1h;
        plan.due_from = clock.now() + 24h;
        plan.due_within = 30 * 24h;
        ids = seed_escalations(connection, plan);
    });

    const auto measured_for = std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(wanted.seconds));
    const Instant begin = clock.now() + before_start;
    const Instant end = begin + start_lasts + measured_for;
    const Instant burst_at = end - measured_for / 2;
    StepWatch watch{session.database_path(), burst_at};
    fill_database(session.database_path(), [&](storage::Connection& connection) {
        const auto appointments = appointments_of(options, ids, begin, end, burst_at);
        let_fall_due(connection, appointments);
        for (const auto& [id, due_at] : appointments) watch.expect(id, due_at);
    });
    Bustle bustle{session, watch, ids};
    const Instant started_at = clock.now();
    session.start_daemon();
    session.wait_for_sockets(static_cast<std::size_t>(options.connections));
    const LoadMeasure measure = session.keep_pace([&bustle] { bustle.next(); });
    watch.look();

    if (!watch.first_at) throw std::runtime_error("no step was taken:\n" + session.daemon().log_tail());
    LoadFigures figures{"steps", {}};
    const auto add_times = [&figures](const std::string& name, const ConfirmationTimes& times) {
        figures.add(name, static_cast<double>(times.count()), "");
        figures.add(name + "_p50_ms", times.milliseconds_at(0.5), "ms");
        figures.add(name + "_p99_ms", times.milliseconds_at(0.99), "ms");
        figures.add(name + "_max_ms", times.max_milliseconds(), "ms");
    };
    add_times("steps", watch.steady);
    add_times("burst", watch.burst);
    figures.add("not_taken", static_cast<double>(watch.pending()), "");
    figures.add("start_held_s", seconds_between(started_at, *watch.first_at), "s");
    figures.add("start_waited", static_cast<double>(watch.waited), "");
    figures.add("start_taken_within_ms", 1'000 * seconds_between(*watch.first_at, watch.waited_until), "ms");
    add_times("messages", bustle.messages);
    figures.add("presses", static_cast<double>(bustle.presses), "");
    figures.add("confirmed_p99_ms", session.stream().times().milliseconds_at(0.99), "ms");
    figures.add("confirmed_max_ms", session.stream().times().max_milliseconds(), "ms");
    figures.add("daemon_cpu_percent", 100 * measure.daemon_processor_seconds / measure.seconds, "%");
    session.end_daemon();
    session.check_durable();
    figures.add("calls_and_steps", static_cast<double>(check_taken(session)), "");
    return figures;
}

}  // namespace ackd::bench
