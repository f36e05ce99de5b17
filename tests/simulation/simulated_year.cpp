#include "tests/simulation/simulated_year.hpp"

#include "bot/cadence/cadence_table.hpp"
#include "bot/day_columns.hpp"
#include "bot/delivery/action_names.hpp"
#include "bot/people/local_time.hpp"
#include "storage/migrations.hpp"
#include "tests/simulation/cadence_reference.hpp"
#include "tests/simulation/simulated_chat.hpp"
#include "tests/simulation/simulated_process.hpp"
#include "tests/unit/notice_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;
using LocalDay = std::chrono::local_days;

constexpr Duration year = 24h * 365;
/// Until what was begun at its end has been told.
constexpr Duration quiet_after = 24h * 21;
/// An occurrence may run so long after its time and is in time (bot/cadence/cadence_schedule.hpp).
constexpr Duration in_time = 10min;

LocalDay day(int month, int number, int of_year = 2026)
{
    return LocalDay{std::chrono::year{of_year} / month / number};
}

const std::vector<LocalDay>& holidays()
{
    static const std::vector<LocalDay> days{day(1, 1),
                                            day(2, 16),
                                            day(4, 3),
                                            day(4, 6),
                                            day(5, 1),
                                            day(5, 14),
                                            day(5, 25),
                                            day(8, 10),
                                            day(8, 11),
                                            day(8, 12),
                                            day(8, 13),
                                            day(8, 14),
                                            day(10, 30),
                                            day(11, 2),
                                            day(12, 24),
                                            day(12, 25),
                                            day(12, 31),
                                            day(1, 1, 2027)};
    return days;
}

/// What comes round, in words for the bot and in code for the reference.
struct YearCadence {
    std::string name;
    std::string every;
    std::optional<LocalDay> starts;
    OnHoliday on_holiday = OnHoliday::keep;
    ReferenceCadence reference;
};

bool is_last_working_day(LocalDay each)
{
    const auto is_work = [](LocalDay one) {
        const std::chrono::weekday weekday{one};
        return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday &&
               std::find(holidays().begin(), holidays().end(), one) == holidays().end();
    };
    if (!is_work(each)) return false;
    const auto month = std::chrono::year_month_day{each}.month();
    for (LocalDay later = each + std::chrono::days{1}; std::chrono::year_month_day{later}.month() == month;
         later += std::chrono::days{1})
    {
        if (is_work(later)) return false;
    }
    return true;
}

std::vector<YearCadence> year_cadences()
{
    const auto first_monday = day(1, 5);
    return {
        {"product",
         "every second monday 10:00",
         first_monday,
         OnHoliday::after,
         {[=](LocalDay each) { return each >= first_monday && (each - first_monday).count() % 14 == 0; },
          10h,
          "America/New_York",
          OnFreeDay::after}},
        // The clocks change at that hour: once it does not exist, once it comes twice.
        {"night",
         "every sunday 02:30",
         std::nullopt,
         OnHoliday::keep,
         {[](LocalDay each) { return std::chrono::weekday{each} == std::chrono::Sunday; },
          2h + 30min,
          "Europe/Berlin",
          OnFreeDay::keep}},
        {"board",
         "last working day of the month 16:00",
         std::nullopt,
         OnHoliday::before,
         {is_last_working_day, 16h, "Australia/Sydney", OnFreeDay::before}},
        {"daily",
         "every weekday 09:30",
         std::nullopt,
         OnHoliday::skip,
         {[](LocalDay each) {
              return std::chrono::weekday{each} != std::chrono::Saturday &&
                     std::chrono::weekday{each} != std::chrono::Sunday;
          },
          9h + 30min,
          "Europe/Berlin",
          OnFreeDay::skip}},
        {"fifteenth",
         "15th of the month 02:30",
         std::nullopt,
         OnHoliday::before,
         {[](LocalDay each) { return std::chrono::year_month_day{each}.day() == std::chrono::day{15}; },
          2h + 30min,
          "America/New_York",
          OnFreeDay::before}},
    };
}

constexpr const char* team_names[] = {"platform", "mobile", "data", "web"};
constexpr const char* zones[] = {"Europe/Berlin", "America/New_York", "Australia/Sydney"};

SimulatedTeam year_team()
{
    SimulatedTeam team;
    team.starts_at = Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
    team.bots.push_back(Member{UserId{"UACKD"}, "ackd", "", MemberKind::bot, false});
    SimulatedChannel& channel = team.channels.emplace_back();
    channel.id = ChannelId{"Cleads"};
    for (std::size_t index = 0; index < std::size(team_names); ++index) {
        Team& made = team.settings.teams.emplace_back();
        made.name = team_names[index];
        for (int number = 0; number < 2; ++number) {
            SimulatedPerson person;
            person.member.id = UserId{fmt::format("U{}{}", made.name, number)};
            person.member.name = fmt::format("{}-{}", made.name, number);
            person.member.time_zone = zones[(index + static_cast<std::size_t>(number)) % std::size(zones)];
            made.members.push_back(person.member.id);
            if (number == 0) made.leads.push_back(person.member.id);
            channel.members.push_back(person.member.id);
            team.people.push_back(std::move(person));
        }
    }
    auto calendar = std::make_shared<HolidayCalendar>();
    for (const LocalDay each : holidays()) calendar->holidays.push_back({each, "holiday"});
    Settings& settings = team.settings;
    settings.calendars["all"] = calendar;
    settings.holidays = {"all"};
    settings.sweep_every = 24h;
    settings.dead_letter_owner = team.people.front().member.id;
    for (const YearCadence& cadence : year_cadences()) {
        Resync& resync = settings.resyncs.emplace_back();
        resync.name = cadence.name;
        resync.teams.assign(std::begin(team_names), std::end(team_names));
        resync.channel = channel.id;
        std::string problem;
        resync.cadence = parse_cadence(cadence.every, cadence.starts, problem).value();
        resync.cadence.zone = cadence.reference.zone;
        resync.cadence.on_holiday = cadence.on_holiday;
        resync.answers_within = cadence.name == "daily" ? 2h : 8h;
    }
    return team;
}

Faults year_faults()
{
    Faults faults = usual_faults(1.0);
    // What somebody types reaches the process: the pauses of the year are known by it. The disk has room, and
    // what keeps an occurrence from its time is that nothing runs.
    faults.interaction_lost = 0;
    faults.disk_full_every = Duration{0};
    faults.crash_every = 24h * 5;
    return faults;
}

class Year final : public ChatWatcher, public ProcessWatcher {
public:
    explicit Year(std::uint64_t seed)
        : random_(seed),
          team_(year_team()),
          world_(team_.starts_at),
          connection_(address(), storage::OpenMode::create),
          chat_(world_, team_, random_.next()),
          process_(world_, team_, chat_, migrated(connection_), random_.next())
    {
        chat_.connect(process_);
        chat_.add_watcher(*this);
        process_.watch(*this);
        world_.faults = year_faults();
    }

    void run()
    {
        process_.start();
        plan_crashes();
        // A day on which nothing runs, over a change of the clocks and over ordinary days, and a week of it.
        for (const auto& [at, length] : {std::pair{24h * 40, Duration{24h}},
                                         std::pair{24h * 87 + 12h, Duration{24h}},
                                         std::pair{24h * 170, Duration{24h * 8}},
                                         std::pair{24h * 297 + 18h, Duration{24h}}})
            world_.after(at, [this, length = length] { be_down(length); });
        plan_command(24h * 110 + 6h, "daily", "pause until 2026-05-04");
        plan_command(24h * 131 + 6h, "product", "skip");
        plan_command(24h * 230 + 6h, "night", "pause until 2026-09-14");
        pass(year);
        world_.faults = no_faults();
        is_quiet_ = true;
        process_.start();
        year_end_ = world_.now();
        pass(1h);
        check_occurrences(year_end_);
        // What was begun is told.
        pass(quiet_after);
        check_messages();
    }

    YearReport report;

    void fill()
    {
        storage::JournalTable journal{connection_};
        for (const unsigned char byte : journal.head()) report.journal_head += fmt::format("{:02x}", byte);
        report.crashes = process_.counters().crashes;
        report.answers = count("SELECT count(*) FROM resync_answers");
        report.divergences = count("SELECT count(*) FROM divergences");
    }

    // Of the process

    void committed() override
    {
        if (!down_since_) return;
        down_.push_back({*down_since_, world_.now()});
        down_since_.reset();
    }
    void crashed() override
    {
        if (!down_since_) down_since_ = world_.now();
    }
    void settings_replaced(const Settings&) override {}

    // Of the chat: some leads answer

    void event_confirmed(const std::string&, const InputBody&, bool) override {}
    void delivery_leased(const Delivery&) override {}
    void message_updated(const SeenMessage&) override {}
    void ephemeral_shown(const SeenEphemeral&) override {}
    void message_posted(const SeenMessage& message) override
    {
        if (message.person.empty() || !message.notice || is_quiet_ || !random_.chance(0.4)) return;
        for (const Section& section : message.notice->sections) {
            for (const Action& action : section.actions) {
                if (action.name != action::resync_answer) continue;
                world_.after(up_to(6h, random_),
                             [this, person = message.person, ref = message.message, action] {
                                 chat_.press(person, ref, action, action.value);
                             });
            }
        }
    }
    void form_opened(const UserId& person, const Form& form, std::int64_t opening) override
    {
        static const std::vector<std::string> said{"rewrite the billing importer",
                                                   "billing importer rewrite",
                                                   "login tokens renewal",
                                                   "cluster upgrade"};
        if (form.fields.empty() || form.fields.front().name != "priorities") return;
        world_.after(up_to(5min, random_), [this, person, form, opening] {
            chat_.submit(person, form, opening, one_of(said, random_));
        });
    }

private:
    static std::string address()
    {
        static std::atomic<int> number = 0;
        return fmt::format("file:/simulated-year-{}?vfs=memdb", ++number);
    }
    static storage::Connection& migrated(storage::Connection& connection)
    {
        storage::migrate(connection);
        return connection;
    }

    void pass(Duration length)
    {
        const Instant until = world_.now() + length;
        while (!world_.agenda.empty() && world_.agenda.next_at() <= until) world_.step();
        world_.clock.advance_to(until);
    }

    void plan_crashes()
    {
        world_.after(up_to(2 * world_.faults.crash_every, random_), [this] {
            if (is_quiet_) return;
            process_.crash("at any instant");
            plan_crashes();
        });
    }

    void be_down(Duration length)
    {
        const Faults usual = world_.faults;
        world_.faults.long_absence = 1.0;
        world_.faults.restart_after_min = world_.faults.long_absence_max = length;
        process_.crash("for long");
        world_.faults = usual;
    }

    /// A lead types it, again until it has been taken.
    void plan_command(Duration when, const std::string& name, const std::string& words)
    {
        world_.after(when, [this, name, words] { say(name, words); });
    }
    void say(const std::string& name, const std::string& words)
    {
        const auto kept = CadenceTable{connection_}.find({CadenceUse::resync, name});
        if (kept->pause) return pauses_[name].push_back(*kept->pause);
        if (kept->skipped) return skips_[name].push_back(*kept->skipped);
        chat_.command(team_.people.front().member.id,
                      team_.channels.front().id,
                      "/resync",
                      RichText{Words{fmt::format("{} {}", words, name)}});
        world_.after(5min, [this, name, words] { say(name, words); });
    }

    /// `sql`: a literal, for which the connection keeps what it has prepared.
    [[nodiscard]] std::int64_t count(const char* sql)
    {
        storage::Statement row = connection_.prepare(sql);
        row.step();
        return row.column_int(0);
    }
    [[nodiscard]] std::int64_t rounds_of(const std::string& name, LocalDay nominal)
    {
        storage::Statement row = connection_.prepare(
            "SELECT count(*) FROM resync_rounds WHERE resync = $1 AND nominal_day = $2");
        row.bind_all(name, day_column(nominal));
        row.step();
        return row.column_int(0);
    }

    static void fail(const std::string& name, const std::string& seen)
    {
        throw Violation{"every occurrence ends once, as it may", name + ": " + seen};
    }

    [[nodiscard]] bool was_down(Instant from, Instant until) const
    {
        return std::any_of(down_.begin(), down_.end(), [&](const TimeSpan& span) {
            return span.from <= until && from <= span.until;
        });
    }

    void check_occurrences(Instant until)
    {
        for (const YearCadence& cadence : year_cadences()) {
            auto expected = reference_occurrences(cadence.reference, holidays(), team_.starts_at, until);
            std::vector<EndedOccurrence> ended = CadenceTable{connection_}.newest(
                {CadenceUse::resync, cadence.name}, 100'000);
            std::erase_if(ended, [&](const EndedOccurrence& each) { return each.occurrence.at > until; });
            std::sort(ended.begin(), ended.end(), [](const auto& one, const auto& other) {
                return one.occurrence.at < other.occurrence.at;
            });
            for (std::size_t index = 0; index < std::max(expected.size(), ended.size()); ++index) {
                if (index >= ended.size()) fail(cadence.name, "none at " + utc_text(expected[index].at));
                if (index >= expected.size())
                    fail(cadence.name, "one too many at " + utc_text(ended[index].occurrence.at));
                if (expected[index].at != ended[index].occurrence.at ||
                    expected[index].nominal != ended[index].occurrence.nominal)
                    fail(cadence.name,
                         fmt::format("one at {} instead of {}",
                                     utc_text(ended[index].occurrence.at),
                                     utc_text(expected[index].at)));
                check_end(cadence.name, ended, index);
            }
            check_rounds(cadence.name, ended);
        }
    }

    void check_end(const std::string& name, const std::vector<EndedOccurrence>& all, std::size_t index)
    {
        const EndedOccurrence& each = all[index];
        const Instant at = each.occurrence.at;
        ++report.occurrences;
        const auto& pauses = pauses_[name];
        const bool is_paused = std::any_of(
            pauses.begin(), pauses.end(), [&](const CadencePause& pause) { return pause.holds_at(at); });
        const auto& skips = skips_[name];
        const bool is_skipped = std::find(skips.begin(), skips.end(), each.occurrence.nominal) != skips.end();
        const std::string where = utc_text(at);
        if (is_paused != (each.end == OccurrenceEnd::paused) ||
            is_skipped != (each.end == OccurrenceEnd::skipped))
            fail(name, fmt::format("the one of {} {}", where, name_of(each.end)));
        switch (each.end) {
            case OccurrenceEnd::ran:
                ++report.ran;
                if (each.ended_at < at || each.ended_at > at + in_time)
                    fail(name, where + " ran at another time");
                return;
            case OccurrenceEnd::ran_late:
                ++report.ran_late;
                if (!was_down(at, at + in_time))
                    fail(name, where + " ran late although nothing was in its way");
                return;
            case OccurrenceEnd::missed: {
                ++report.missed;
                if (!was_down(at, at + in_time))
                    fail(name, where + " was missed although nothing was in its way");
                const bool is_made_up = std::any_of(all.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                                                    all.end(),
                                                    [&](const EndedOccurrence& later) {
                                                        return later.ended_at == each.ended_at &&
                                                               (later.end == OccurrenceEnd::ran ||
                                                                later.end == OccurrenceEnd::ran_late);
                                                    });
                if (!is_made_up) fail(name, where + " was missed, and none ran in its place");
                return;
            }
            case OccurrenceEnd::paused: ++report.paused; return;
            case OccurrenceEnd::skipped: ++report.skipped; return;
        }
    }

    /// One round for each that ran, and none for any other.
    void check_rounds(const std::string& name, const std::vector<EndedOccurrence>& ended)
    {
        for (const EndedOccurrence& each : ended) {
            const bool has_run = each.end == OccurrenceEnd::ran || each.end == OccurrenceEnd::ran_late;
            const std::int64_t rounds = rounds_of(name, each.occurrence.nominal);
            if (rounds != (has_run ? 1 : 0))
                fail(name, fmt::format("{} rounds for {}", rounds, utc_text(each.occurrence.at)));
        }
    }

    /// In each round each lead was asked at most once, and once where its time reached into their working
    /// time; and one message told what came of it. The last ones may still be on their way.
    void check_messages()
    {
        std::map<std::pair<UserId, std::string>, int> asked;
        std::map<std::string, int> boards;
        for (const SeenMessage& message : chat_.messages()) {
            if (!message.notice || !message.thread.empty()) continue;
            const std::string text = text_of(*message.notice);
            if (message.person.empty() && text.starts_with("Resync "))
                ++boards[text.substr(0, text.find(':'))];
            if (text.find(": where does") == std::string::npos) continue;
            for (const Action& action : message.notice->sections.front().actions) {
                if (++asked[{message.person, action.value}] > 1)
                    fail(message.person.value, "was asked twice in round " + action.value);
            }
        }
        storage::Statement rows = connection_.prepare(
            R"(SELECT id, resync, asked_at_us, closes_at_us,
                    (SELECT min(asked_at_us) FROM resync_rounds AS later
                        WHERE later.resync = rounds.resync AND later.id > rounds.id)
                FROM resync_rounds AS rounds WHERE asked_at_us >= $1 AND asked_at_us <= $2)");
        rows.bind_all(to_microseconds(team_.starts_at), to_microseconds(year_end_));
        std::map<std::string, int> rounds;
        while (rows.step()) {
            const std::string name = rows.column_string(1);
            ++rounds["Resync " + name];
            // Two hours of one zone's working time may be nobody's in another one.
            if (name == "daily") continue;
            // The next one had begun before anybody was at work: one that ran late, shortly before its
            // successor.
            if (const auto next = rows.column_optional_int(4); next && *next < rows.column_int(3)) continue;
            for (const char* team : team_names) {
                const UserId lead{fmt::format("U{}0", team)};
                if (!asked.contains({lead, fmt::format("{} {}", rows.column_int(0), team)}))
                    fail(name,
                         fmt::format("{} was not asked in round {}, from {} to {}",
                                     lead.value,
                                     rows.column_int(0),
                                     utc_text(from_microseconds(rows.column_int(2))),
                                     utc_text(from_microseconds(rows.column_int(3)))));
            }
        }
        for (const auto& [name, count] : rounds) {
            if (boards[name] < count)
                fail(name, fmt::format("{} messages in the channel for {} rounds", boards[name], count));
        }
    }

    Random random_;
    SimulatedTeam team_;
    SimulatedWorld world_;
    storage::Connection connection_;
    SimulatedChat chat_;
    SimulatedProcess process_;
    bool is_quiet_ = false;
    Instant year_end_{};
    std::vector<TimeSpan> down_;
    std::optional<Instant> down_since_;
    std::map<std::string, std::vector<CadencePause>> pauses_;
    std::map<std::string, std::vector<LocalDay>> skips_;
};

}  // namespace

YearReport simulate_year(std::uint64_t seed)
{
    Year simulated{seed};
    try {
        simulated.run();
    } catch (const Violation& violation) {
        simulated.report.violation = violation;
    }
    simulated.fill();
    return simulated.report;
}

}  // namespace ackd::simulation
