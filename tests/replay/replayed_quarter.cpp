#include "tests/replay/replayed_quarter.hpp"

#include "bot/delivery/action_names.hpp"
#include "storage/migrations.hpp"
#include "tests/replay/naive_reminder.hpp"
#include "tests/simulation/invariant_checkers.hpp"
#include "tests/simulation/open_ends_checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <tuple>

namespace ackd::replay {

namespace {

using namespace std::chrono_literals;
using namespace ackd::simulation;

constexpr int steps_between_checks = 5'000;
constexpr Duration ends_within = 90 * 24h;
constexpr std::uint64_t seed_of_people = 11;
/// Of those who answer in the conversation, how many say an hour later that it is done.
constexpr double share_marking_done = 0.7;
/// Of those who are asked whether it is still needed, how many say yes. The others say nothing, and it
/// sleeps.
constexpr double share_still_needing = 0.8;
/// Of those who press a button, how many press "Done" at once.
constexpr double share_doing_at_once = 0.6;

SimulatedTeam team_for(const QuarterPlan& plan, const QuarterOptions& options)
{
    SimulatedTeam team = team_of(plan);
    // What people would choose who were shown the price is not in the log.
    team.settings.price_shown_from = 0;
    if (options.interruptions_per_day) team.settings.interruptions_per_day = *options.interruptions_per_day;
    if (options.watches_questions) {
        WatchedChannel channel;
        channel.channel = team.channels.front().id;
        for (std::size_t number = 0; number < 3; ++number) channel.people.push_back(person_id(number));
        team.settings.channels.push_back(channel);
    }
    if (!options.has_digests) {
        for (const Priority priority : {Priority::week, Priority::fyi})
            team.settings.delivery.of(priority).bundling = Bundling::none;
    }
    return team;
}

storage::Connection& migrated(storage::Connection& connection)
{
    storage::migrate(connection);
    return connection;
}

std::string database_address()
{
    static std::atomic<int> count = 0;
    return fmt::format("file:/replayed-{}?vfs=memdb", ++count);
}

class Quarter final : public ChatWatcher {
public:
    Quarter(const QuarterPlan& plan, const QuarterOptions& options)
        : plan_(plan),
          team_(team_for(plan, options)),
          world_(plan.begins),
          connection_(database_address(), storage::OpenMode::create),
          chat_(world_, team_, 1),
          process_(world_, team_, chat_, migrated(connection_), 2),
          checkers_(world_, connection_, team_),
          naive_(connection_, team_.settings),
          stamps_(plan.messages.size())
    {
        world_.faults = no_faults();
        chat_.connect(process_);
        chat_.add_watcher(checkers_);
        chat_.add_watcher(*this);
        process_.watch(checkers_);
        checkers_.listen(
            [this](const JournalFact& fact, const FoldedObligation& before, const FoldedObligation& after) {
                naive_.heard(fact, before, after);
                note_answer(fact, before, after);
            });
        figures_.interruptions_allowed = team_.settings.interruptions_per_day;
        figures_.by_person_and_week.resize(plan.people.size() * static_cast<std::size_t>(week_count));
    }

    QuarterFigures lived()
    {
        try {
            live();
        } catch (const Violation& violation) {
            figures_.violation = violation;
        }
        return std::move(figures_);
    }

    // What people see

    void event_confirmed(const std::string&, const InputBody&, bool) override {}
    void delivery_leased(const Delivery& delivery) override
    {
        if (!std::holds_alternative<PostMessage>(delivery.effect)) return;
        storage::Statement row = connection_.prepare(
            R"(SELECT o.kind, o.request_id, coalesce(r.priority, 0), coalesce(r.text, '')
                FROM outbox o LEFT JOIN requests r ON r.id = o.request_id
                WHERE o.id = $1)");
        row.bind(1, delivery.id.value);
        row.step();
        leased_[delivery.id] = Leased{world_.now(),
                                      static_cast<OutboxKind>(row.column_int(0)),
                                      row.column_int(1),
                                      row.column_int(2) == static_cast<int>(Priority::now)};
        note_request(row.column_int(1), row.column_string(3));
    }
    void message_posted(const SeenMessage& message) override
    {
        const Leased& leased = leased_.at(message.outbox);
        if (leased.kind == OutboxKind::card) cards_.emplace(number_of(leased.request), message.message);
        if (message.person.empty()) return;
        if (world_.now() < plan_.ends) count(person_number(message.person), leased);
        for (const std::int64_t id : obligations_in(*message.notice)) think_about(message, id);
        decide_on(message);
    }
    void message_updated(const SeenMessage&) override {}
    void ephemeral_shown(const SeenEphemeral&) override {}

private:
    struct Leased {
        Instant at;
        OutboxKind kind;
        std::int64_t request;
        bool is_urgent;
    };

    void live()
    {
        process_.start();
        for (std::size_t number = 0; number < plan_.messages.size(); ++number) {
            // A minute at the least, for the bot to learn who is there.
            world_.agenda.add(std::max(plan_.messages[number].at, plan_.begins + 1min),
                              [this, number] { say(number); });
            for (const std::size_t answered : plan_.messages[number].answers)
                writes_.emplace(answered, person_id(plan_.messages[number].author));
        }
        pass_until(plan_.ends);
        take_stock();
        is_over_ = true;
        while (!what_is_open(connection_).empty()) {
            if (world_.now() > plan_.ends + ends_within)
                throw Violation{"2: everything ends in bounded time", what_is_open(connection_)};
            pass_until(world_.now() + 24h);
        }
        checkers_.check_end(chat_);
    }

    void pass_until(Instant end)
    {
        while (!world_.agenda.empty() && world_.agenda.next_at() < end) {
            world_.step();
            if (++steps_ % steps_between_checks == 0) checkers_.check_all(chat_, plan_.begins + 1min);
        }
        world_.clock.advance_to(end);
        checkers_.check_all(chat_, plan_.begins + 1min);
    }

    // What people do

    void say(std::size_t number)
    {
        const PlannedMessage& message = plan_.messages[number];
        const UserId author = person_id(message.author);
        const ChannelId channel = team_.channels.front().id;
        const std::string thread = message.opener ? stamps_[*message.opener] : "";
        // A sentence of its own, so that what follows begins one.
        RichText text{Words{fmt::format("message {}. {}", number, message.text)}};
        const bool asks_in_place = message.request && message.request->by_reaction;
        if (asks_in_place) mention(message.request->asked, text);
        const MessageRef said = chat_.post(author, channel, thread, std::move(text));
        stamps_[number] = said.stamp;
        if (asks_in_place) {
            world_.after(
                20s, [this, author, said] { chat_.react(author, said, team_.settings.request_emoji, true); });
        } else if (message.request) {
            ask_by_command(number, author, channel);
        }
        for (const std::size_t answered : message.answers) answer_in_thread(author, answered);
    }

    static void mention(const std::vector<std::size_t>& people, RichText& text)
    {
        for (const std::size_t person : people) {
            text.push_back(Words{" "});
            text.push_back(Mention{person_id(person)});
        }
    }

    void ask_by_command(std::size_t number, const UserId& author, const ChannelId& channel)
    {
        const PlannedRequest& request = *plan_.messages[number].request;
        RichText text;
        mention(request.asked, text);
        text.push_back(Words{fmt::format(" !{} !route=zone{} message {}: {}",
                                         name_of(request.priority),
                                         request.asked.front() % 6,
                                         number,
                                         plan_.messages[number].text.substr(0, 300))});
        chat_.command(author, channel, "/ack", std::move(text));
    }

    /// In the thread of the request; later, perhaps, with ✅.
    void answer_in_thread(const UserId& person, std::size_t asked_in)
    {
        writes_.erase({asked_in, person});
        const auto card = cards_.find(asked_in);
        if (card == cards_.end()) return;
        if (!plan_.messages[asked_in].request->by_reaction)
            chat_.post(person, card->second.channel, card->second.stamp, {Words{"here it is"}});
        Random dice = dice_for(asked_in, person, 0);
        if (!dice.chance(share_marking_done)) return;
        world_.after(1h, [this, person, place = card->second] {
            chat_.react(person, place, team_.settings.done_emoji, true);
        });
    }

    /// Whether, and when, somebody answers a message that asks them.
    void think_about(const SeenMessage& message, std::int64_t id)
    {
        const FoldedObligation* obligation = checkers_.fold().find(id);
        if (is_over_ || obligation == nullptr || obligation->is_final()) return;
        const std::size_t number = number_of(obligation->request);
        const UserId person = message.person;
        if (obligation->is_waiting() && writes_.contains({number, person})) return;
        Random dice = dice_for(number, person, ++told_[{id, person}]);
        if (!dice.chance(plan_.share_answering)) return;
        const Duration wait = one_of(plan_.response_times, dice);
        const bool at_once = dice.chance(share_doing_at_once);
        world_.after(wait, [this, person, id, at_once, place = message.message] {
            if (!is_over_) press(person, id, place, at_once);
        });
    }

    /// Whether what they asked is still needed, wherever they are asked that.
    void decide_on(const SeenMessage& message)
    {
        for (const Section& section : message.notice->sections) {
            for (const Action& action : section.actions) {
                if (is_over_ || action.name != action::still_needed) continue;
                const auto request = std::stoll(action.value.substr(1));
                Random dice = dice_for(number_of(request), message.person, -1);
                if (!dice.chance(share_still_needing)) continue;
                world_.after(one_of(plan_.response_times, dice),
                             [this, action, person = message.person, place = message.message] {
                                 if (!is_over_) chat_.press(person, place, action, action.value);
                             });
            }
        }
    }

    void press(const UserId& person, std::int64_t id, const MessageRef& place, bool at_once)
    {
        const FoldedObligation* obligation = checkers_.fold().find(id);
        if (obligation->is_final()) return;
        const bool is_done = at_once || !obligation->is_waiting();
        const char* wanted = is_done ? action::done : action::got_it;
        const std::string value = fmt::format("o{}", id);
        const SeenMessage* message = chat_.find(place);
        for (const Section& section : message->notice->sections) {
            for (const Action& action : section.actions) {
                if (action.name != wanted || action.value != value) continue;
                const Action pressed = action;
                chat_.press(person, place, pressed, value);
                return;
            }
        }
        // It has gone on to another message since.
        chat_.command(person,
                      team_.channels.front().id,
                      "/ackd",
                      {Words{fmt::format("{} {}", is_done ? "done" : "got", obligation->request)}});
    }

    /// The same in every run: what people do depends on what they see, not on how often dice were thrown.
    [[nodiscard]] static Random dice_for(std::size_t number, const UserId& person, int time)
    {
        Random dice{seed_of_people + number * 1'000'003 + person_number(person) * 10'007 +
                    static_cast<std::uint64_t>(time)};
        static_cast<void>(dice.next());
        return dice;
    }

    // What is counted

    /// Of a question the first that people see may be a line in a digest.
    std::size_t number_of(std::int64_t request)
    {
        if (!numbers_.contains(request)) {
            storage::Statement row = connection_.prepare("SELECT text FROM requests WHERE id = $1");
            row.bind(1, request);
            row.step();
            note_request(request, row.column_string(0));
        }
        return numbers_.at(request);
    }
    void note_request(std::int64_t request, const std::string& text)
    {
        constexpr std::string_view start = "message ";
        if (request == 0 || !text.starts_with(start)) return;
        numbers_.emplace(request, std::stoul(text.substr(start.size())));
    }

    void count(std::size_t number, const Leased& leased)
    {
        const CheckedHours& hours = plan_.people[number].hours;
        const bool is_outside = !hours.is_at_work(leased.at);
        if (leased.is_urgent) {
            ++figures_.urgent;
            figures_.urgent_outside_hours += is_outside ? 1 : 0;
            return;
        }
        figures_.outside_hours += is_outside ? 1 : 0;
        switch (leased.kind) {
            case OutboxKind::digest: ++figures_.digests; return;
            case OutboxKind::nudge:
            case OutboxKind::escalation: ++figures_.nudges; break;
            default: ++figures_.news; break;
        }
        const std::int64_t day = hours.day_of(leased.at);
        const std::int64_t first_day =
            std::chrono::floor<std::chrono::days>(plan_.begins).time_since_epoch().count();
        const auto week = std::clamp<std::int64_t>((day - first_day) / 7, 0, week_count - 1);
        ++figures_.by_person_and_week[number * static_cast<std::size_t>(week_count) +
                                      static_cast<std::size_t>(week)];
        figures_.most_in_a_day = std::max(figures_.most_in_a_day, ++by_day_[{number, day}]);
    }

    /// Read as it is written: the database keeps no times of answers for long.
    void note_answer(const JournalFact& fact, const FoldedObligation& before, const FoldedObligation& after)
    {
        if (is_over_) return;
        if (fact.fact == "nudged") nudged_.insert(after.id);
        if (!before.is_waiting() || (after.state != "received" && after.state != "integrated")) return;
        answered_.insert(after.id);
        if (fact.actor != after.debtor || !nudged_.contains(after.id)) return;
        storage::Statement row = connection_.prepare("SELECT priority FROM requests WHERE id = $1");
        row.bind(1, after.request);
        row.step();
        const CheckedHours& hours = plan_.people[person_number(UserId{after.debtor})].hours;
        figures_.nudged_ack_times[static_cast<std::size_t>(row.column_int(0)) - 1].push_back(
            hours.worked_between(after.started_at, fact.recorded_at));
    }

    [[nodiscard]] std::int64_t counted(const char* sql)
    {
        storage::Statement row = connection_.prepare(sql);
        row.step();
        return row.column_int(0);
    }

    void take_stock()
    {
        storage::Statement rows = connection_.prepare(
            "SELECT o.state, o.id FROM obligations o JOIN requests r ON r.id = o.request_id "
            "WHERE predecessor_id = 0 AND r.kind = 1");
        while (rows.step()) {
            ++figures_.asked;
            const auto state = static_cast<ObligationState>(rows.column_int(0));
            figures_.dead_letters += state == ObligationState::dead_letter ? 1 : 0;
            figures_.answered += answered_.contains(rows.column_int(1)) ? 1 : 0;
        }
        storage::Statement requests = connection_.prepare(
            "SELECT priority, is_own_post FROM requests WHERE kind = 1");
        while (requests.step()) {
            ++figures_.requests_by_priority[static_cast<std::size_t>(requests.column_int(0)) - 1];
            ++(requests.column_int(1) != 0 ? figures_.requests_by_command : figures_.requests_by_reaction);
        }
        figures_.questions_heard = counted("SELECT count(*) FROM journal WHERE fact = 'question_heard'");
        figures_.questions_unanswered = counted(
            "SELECT count(*) FROM journal WHERE fact IN ('question_pursued', 'nobody_to_ask')");
        figures_.questions_answered_then = counted(
            "SELECT count(*) FROM requests WHERE kind = 2 AND state = 3");
        for (auto& times : figures_.nudged_ack_times) std::sort(times.begin(), times.end());
        for (const NaiveReminder::Message& message : naive_.messages()) {
            ++figures_.naive_messages;
            const CheckedHours& hours = plan_.people[person_number(message.person)].hours;
            figures_.naive_outside_hours += hours.is_at_work(message.at) ? 0 : 1;
        }
    }

    const QuarterPlan& plan_;
    SimulatedTeam team_;
    SimulatedWorld world_;
    storage::Connection connection_;
    SimulatedChat chat_;
    SimulatedProcess process_;
    InvariantCheckers checkers_;
    NaiveReminder naive_;
    QuarterFigures figures_;
    bool is_over_ = false;
    int steps_ = 0;
    std::vector<std::string> stamps_;  ///< of the plan's messages
    std::map<OutboxId, Leased> leased_;
    std::map<std::int64_t, std::size_t> numbers_;  ///< of a request's message in the plan
    std::map<std::size_t, MessageRef> cards_;      ///< by that number
    /// Who will answer what in the conversation.
    std::set<std::pair<std::size_t, UserId>> writes_;
    std::map<std::pair<std::int64_t, UserId>, int> told_;
    // Obligations
    std::set<std::int64_t> nudged_;
    std::set<std::int64_t> answered_;
    std::map<std::pair<std::size_t, std::int64_t>, int> by_day_;
};

}  // namespace

QuarterFigures live_through(const QuarterPlan& plan, const QuarterOptions& options)
{
    return Quarter{plan, options}.lived();
}

}  // namespace ackd::replay
