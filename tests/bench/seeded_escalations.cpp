#include "tests/bench/seeded_escalations.hpp"

#include "bot/courier/outbox.hpp"
#include "bot/delivery/obligation_table.hpp"
#include "bot/delivery/sent_message_table.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/home/home_table.hpp"
#include "bot/people/directory.hpp"
#include "bot/policy/policy_table.hpp"
#include "tests/bench/sample_envelopes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t escalations_per_transaction = 5'000;
constexpr std::int64_t teams = 20;
constexpr std::int64_t channels = 20;
/// One in so many is raised on a route that is hardly ever taken.
constexpr std::int64_t rare = 20'011;
/// Stamps of what was sent before the daemon began: apart from all others of the benchmarks.
constexpr std::int64_t first_sent_stamp = 10'000'000'000;
constexpr std::string_view mark = "bench-escalation-";

/// How many people each step asks.
constexpr std::array<int, 3> people_on_step{2, 3, 4};

std::string team_name(std::int64_t team)
{
    return fmt::format("team-{}", team);
}

/// Everybody of the team, in the order of its steps.
std::vector<UserId> people_of_team(const Workspace& workspace, std::int64_t team)
{
    std::vector<UserId> people;
    for (std::int64_t place = 0; place < people_on_step[0] + people_on_step[1] + people_on_step[2]; ++place)
        people.emplace_back(person_id(workspace.member(team, place)));
    return people;
}

FrozenRoute route_of_team(const Workspace& workspace, std::int64_t team)
{
    const std::vector<UserId> people = people_of_team(workspace, team);
    FrozenRoute route{team_name(team), {}};
    auto next = people.begin();
    for (const int count : people_on_step) {
        FrozenStep& step = route.steps.emplace_back();
        if (route.steps.size() > 1) step.delay = 2s;
        step.people.assign(next, next + count);
        next += count;
    }
    return route;
}

std::string quoted_ids(const std::vector<UserId>& people)
{
    std::string text;
    for (const UserId& person : people)
        text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", person.value);
    return text;
}

/// Each team has a rotation and a route that begins with it.
std::string policy_text(const Workspace& workspace)
{
    std::string text = fmt::format("[roles]\nadmins = [\"{0}\"]\n[escalation]\ndead_letter_owner = \"{0}\"\n",
                                   person_id(0));
    for (std::int64_t team = 0; team < teams; ++team) {
        text += fmt::format("[[rotation]]\nname = \"{}\"\npeople = [{}]\nturn = \"weekly on monday\"\n"
                            "starts = \"2026-01-05\"\n",
                            team_name(team),
                            quoted_ids(people_of_team(workspace, team)));
    }
    for (std::int64_t team = 0; team < teams; ++team) {
        text += fmt::format("[[route]]\nname = \"{0}\"\nabout = \"Something of {0} is down\"\n"
                            "playbook = \"https://wiki.example.org/{0}\"\n"
                            "  [[route.step]]\n  rotations = [\"{0}\"]\n"
                            "  [[route.step]]\n  delay = \"1m\"\n  people = [{1}]\n",
                            team_name(team),
                            quoted_ids(people_of_team(workspace, team)));
    }
    return text;
}

void seed_people(storage::Connection& connection, const EscalationPlan& plan)
{
    Directory directory{connection, "Etc/UTC"};
    HomeTable homes{connection};
    std::string problem;
    const auto early = parse_work_week("Mon-Fri 7-15", problem);
    for (int number = 0; number < plan.workspace.people; ++number) {
        Member member;
        member.id = UserId{person_id(number)};
        member.name = fmt::format("person {}", number);
        member.time_zone = plan.workspace.zone_of(number);
        directory.save(member);
        if (number % 4 == 0) directory.save_hours(member.id, early);
        if (number % 3 == 0) homes.open(member.id, plan.raised_at);
    }
    PolicyVersion version;
    version.applied_at = plan.raised_at;
    version.actor = UserId{"operator:bench"};
    version.text = policy_text(plan.workspace);
    PolicyTable{connection}.append(version);
}

/// What people have in front of them, one after the other.
class Sending {
public:
    explicit Sending(storage::Connection& connection) : table_(connection) {}

    void send(OutboxKind kind, const UserId& person, ObligationId about, Instant at)
    {
        SentMessage sent;
        sent.message = MessageRef{ChannelId{conversation_with(person.value)},
                                  stamp(first_sent_stamp + ++count_)};
        sent.person = person;
        sent.kind = static_cast<int>(kind);
        sent.sent_at = at;
        sent.obligations = {about};
        table_.add(sent);
    }

private:
    SentMessageTable table_;
    std::int64_t count_ = 0;
};

Request request_number(std::int64_t number,
                       const EscalationPlan& plan,
                       const std::vector<FrozenRoute>& routes)
{
    Request request;
    request.kind = RequestKind::escalation;
    request.state = RequestState::open;
    request.priority = number / teams % 10 < 7 ? Priority::now : Priority::today;
    request.quorum = Quorum::any;
    request.needed = request.asked = 1;
    // One in five comes from a program, with a message of its own.
    const bool is_alert = number / teams % 5 == 0;
    request.creditor = is_alert ? bot_actor : UserId{person_id(number % plan.workspace.people)};
    request.subject.channel = ChannelId{channel_id(number % channels)};
    if (is_alert) request.subject.stamp = request.thread = stamp(number);
    request.text = fmt::format("{}{:06}: orders from the shop arrive twice since noon", mark, number);
    request.asked_at = plan.raised_at;
    request.route = routes[static_cast<std::size_t>(number % teams)];
    if (number % rare == 7) request.route.name = "payroll";
    return request;
}

/// The place on its route: a first call to come, a second one, the end of a step, the second step.
Obligation obligation_number(std::int64_t number, const Request& request)
{
    Obligation obligation;
    obligation.request = request.id;
    obligation.state = ObligationState::escalated;
    obligation.started_at = request.asked_at;
    const auto place = number / teams / 10 % 4;
    obligation.step = place == 3 ? 2 : 1;
    if (place == 1 || place == 3) obligation.attempt = 1;
    if (place == 2) obligation.attempt = request.priority == Priority::now ? 3 : 2;
    if (obligation.attempt > 0) obligation.nudged_at = request.asked_at;
    obligation.debtor = request.step_at(1)->people.front();
    return obligation;
}

}  // namespace

std::vector<ObligationId> seed_escalations(storage::Connection& connection, const EscalationPlan& plan)
{
    ObligationTable table{connection};
    Sending sending{connection};
    std::vector<FrozenRoute> routes;
    for (std::int64_t team = 0; team < teams; ++team) routes.push_back(route_of_team(plan.workspace, team));
    std::vector<ObligationId> ids;
    const Duration apart = plan.open > 0 ? plan.due_within / plan.open : Duration{0};
    for (std::int64_t number = 0; number < plan.open;) {
        storage::Transaction transaction{connection};
        if (number == 0) seed_people(connection, plan);
        const std::int64_t end = std::min(plan.open, number + escalations_per_transaction);
        for (; number < end; ++number) {
            Request request = request_number(number, plan, routes);
            request.id = table.insert(request);
            Obligation obligation = obligation_number(number, request);
            obligation.due_at = plan.due_from + number * apart;
            table.insert(obligation);
            ids.push_back(obligation.id);
            if (request.creditor != bot_actor)
                sending.send(OutboxKind::raised, request.creditor, obligation.id, plan.raised_at);
            for (int step = 1; step <= obligation.step; ++step) {
                if (step == obligation.step && obligation.attempt == 0) continue;
                for (const UserId& person : request.step_at(step)->people) {
                    table.add_call(obligation.id, step, person);
                    sending.send(OutboxKind::escalation, person, obligation.id, plan.raised_at);
                }
            }
        }
        transaction.commit();
    }
    return ids;
}

void let_fall_due(storage::Connection& connection,
                  const std::vector<std::pair<ObligationId, Instant>>& appointments)
{
    ObligationTable table{connection};
    storage::Transaction transaction{connection};
    for (const auto& [id, due_at] : appointments) {
        const Obligation before = table.find(id).value();
        Obligation after = before;
        after.due_at = due_at;
        table.save(before, after);
    }
    transaction.commit();
}

std::optional<std::size_t> next_escalation_in(std::string_view text, std::size_t& at)
{
    at = text.find(mark, at);
    if (at == std::string_view::npos) return std::nullopt;
    at += mark.size();
    std::size_t number = 0;
    std::from_chars(text.data() + at, text.data() + text.size(), number);
    return number;
}

}  // namespace ackd::bench
