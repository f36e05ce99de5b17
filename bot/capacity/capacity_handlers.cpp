#include "bot/capacity/capacity_handlers.hpp"

#include "bot/capacity/capacity_notices.hpp"
#include "bot/capacity/capacity_phrase.hpp"
#include "bot/capacity/capacity_rules.hpp"
#include "bot/commands/entry_points.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/notice_parts.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/roles.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// What functions are asked at: its clocks are the contract's.
constexpr Priority asked_at = Priority::today;
/// Of somebody, those that may not be over.
constexpr int own_signals_max = 10;

bool contains(const std::vector<UserId>& people, const UserId& person)
{
    return std::find(people.begin(), people.end(), person) != people.end();
}

void record_signal(HandlerContext& context,
                   const UserId& actor,
                   const CapacitySignal& signal,
                   std::string_view fact)
{
    record(context,
           actor,
           RequestId{},
           ObligationId{},
           fact,
           {{"signal", std::to_string(signal.id.value)},
            {"of", signal.team.empty() ? "person" : "team"},
            {"level", std::string{name_of(signal.level)}},
            {"state", std::string{name_of(signal.state)}},
            {"until_us", std::to_string(to_microseconds(signal.until))}});
}

std::vector<std::string> team_names(const Policy& policy)
{
    std::vector<std::string> names;
    for (const Team& team : policy.teams) names.push_back(team.name);
    return names;
}

/// Everybody whom a signal is about.
std::vector<UserId> people_of(HandlerContext& context, const CapacitySignal& signal)
{
    if (signal.team.empty()) return {signal.person};
    const Team* team = team_named(context, signal.team);
    if (team == nullptr) return {};
    return context.directory.people_behind(team->members, team->groups);
}

void redraw_homes_of(HandlerContext& context, const CapacitySignal& signal)
{
    for (const UserId& person : people_of(context, signal)) redraw_home(context, person);
}

/// It changed: kept, and shown wherever it is.
void keep(HandlerContext& context, const CapacitySignal& signal)
{
    CapacityTable{context.connection}.save(signal);
    settle_queue(context);
    if (signal.state != CapacityState::said) redraw_capacity(context, signal);
    redraw_homes_of(context, signal);
}

bool is_of(HandlerContext& context, const UserId& person, const std::string& team)
{
    const auto teams = context.directory.teams_of(person);
    return std::any_of(teams.begin(), teams.end(), [&](const Team& each) { return each.name == team; }) ||
           may(context.settings, context.directory, person, Permission::change_policy);
}

/// Who is asked is to answer sooner: the clocks of what is open are others from now on.
void make_urgent(HandlerContext& context, CapacitySignal signal)
{
    const CapacityTable table{context.connection};
    signal.is_urgent = true;
    table.save(signal);
    record_signal(context, bot_actor, signal, "capacity_urgent");
    for (CapacityQuestion& question : table.questions_of(signal.id)) {
        if (question.answer != Relief::none) continue;
        const auto request = context.obligations.find(question.request);
        if (!request) continue;
        for (const Obligation& obligation : context.obligations.of_request(request->id)) {
            if (!is_waiting(obligation.state) || !obligation.due_at) continue;
            const Situation situation = situation_of(context, *request, obligation);
            Obligation next = obligation;
            next.due_at = due_in_other_hours(obligation, situation, context.now);
            context.obligations.save(obligation, next);
            question.due_at = std::min(question.due_at, step_ends_at(next, situation));
            table.save(question);
            refresh_messages(context, *request, obligation.id);
        }
    }
    redraw_capacity(context, signal);
}

bool can_become_urgent(const CapacitySignal& signal)
{
    return signal.level == CapacityLevel::at && !signal.is_urgent && signal.state != CapacityState::over;
}

/// Two of a team within two days: what the team says, and what each of them says of themselves, is urgent.
void look_for_urgency(HandlerContext& context, const CapacitySignal& signal)
{
    const CapacityTable table{context.connection};
    for (const Team& team : context.settings.teams) {
        const bool is_about_it = signal.team.empty() ? context.directory.is_in(team, signal.person)
                                                     : team.name == signal.team;
        if (!is_about_it) continue;
        const auto members = context.directory.people_behind(team.members, team.groups);
        const auto voices = table.voices_since(team.name, members, context.now - capacity_urgent_within);
        if (voices.size() < 2) continue;
        std::vector<CapacitySignal> open = table.open_of(team.name, UserId{});
        for (const UserId& voice : voices) {
            const auto own = table.open_of("", voice);
            open.insert(open.end(), own.begin(), own.end());
        }
        for (const CapacitySignal& each : open) {
            if (can_become_urgent(each)) make_urgent(context, each);
        }
    }
}

bool is_owed(HandlerContext& context, const CapacityQuestion& question)
{
    if (question.answer != Relief::none) return false;
    const auto all = context.obligations.of_request(question.request);
    return std::any_of(
        all.begin(), all.end(), [](const Obligation& obligation) { return !is_final(obligation.state); });
}

/// Out of time, and nobody is asked any more: the history has it, without an answer.
void end_what_was_in_vain(HandlerContext& context, CapacitySignalId id)
{
    const CapacityTable table{context.connection};
    const CapacitySignal signal = table.find(id).value();
    const auto questions = table.questions_of(id);
    const auto next = next_signal(
        signal, CapacityEvent::nobody_left, context.directory.working_hours_of(signal.person), context.now);
    if (!next || std::any_of(questions.begin(), questions.end(), [&](const CapacityQuestion& question) {
            return is_owed(context, question);
        }))
    {
        return;
    }
    table.save(*next);
    record_signal(context, bot_actor, *next, "capacity_ended");
    redraw_homes_of(context, *next);
}

void end_signal(HandlerContext& context,
                const CapacitySignal& signal,
                CapacityEvent event,
                const UserId& actor)
{
    const auto next = next_signal(
        signal, event, context.directory.working_hours_of(signal.person), context.now);
    if (!next) return;
    record_signal(context, actor, *next, "capacity_ended");
    keep(context, *next);
    const CapacityTable table{context.connection};
    if (event != CapacityEvent::room_again) return end_what_was_in_vain(context, signal.id);
    if (signal.state == CapacityState::said && signal.level == CapacityLevel::at) {
        // Nobody has heard of it: it was never said.
        table.remove(signal.id);
        return;
    }
    // Nobody is to make room where there is some.
    for (const CapacityQuestion& question : table.questions_of(signal.id)) {
        if (question.answer == Relief::none) stand_down(context, question.request);
    }
}

/// There is room: all that was said of it is over.
Notice say_room_again(HandlerContext& context, const UserId& person, const std::string& team)
{
    const auto open = CapacityTable{context.connection}.open_of(team, person);
    if (open.empty()) return nothing_said_reply(team);
    for (const CapacitySignal& signal : open) end_signal(context, signal, CapacityEvent::room_again, person);
    return room_again_reply(open.front());
}

/// What was said ends something, begins something, or says more of what has begun.
Notice say(HandlerContext& context, const UserId& person, const SaidCapacity& said)
{
    if (said.level == CapacityLevel::ok) return say_room_again(context, person, said.team);
    const CapacityTable table{context.connection};
    const WorkingHours hours = context.directory.working_hours_of(person);
    CapacitySignal signal;
    signal.team = said.team;
    signal.person = person;
    signal.level = said.level;
    signal.reason = shortened(said.reason, capacity_reason_max);
    signal.began_at = context.now;
    signal.until = said.until ? *said.until : hours.add_working_time(context.now, capacity_lasts);
    const auto open = table.open_of(said.team, person);
    const auto same = std::find_if(
        open.begin(), open.end(), [&](const CapacitySignal& each) { return each.level == said.level; });
    for (const CapacitySignal& other : open) {
        if (other.is_in_force && other.level != said.level)
            end_signal(context, other, CapacityEvent::room_again, person);
    }
    if (same != open.end()) {
        CapacitySignal more = *same;
        // Its time was over, and what was asked is not answered yet: nobody is asked twice.
        const bool goes_on = !more.is_in_force;
        if (said.until || goes_on) more.until = signal.until;
        more.is_in_force = true;
        more.ended_at.reset();
        if (!said.reason.empty()) more.reason = signal.reason;
        signal = more;
        record_signal(context, person, signal, "capacity_said_again");
    } else {
        table.insert(signal);
        record_signal(context, person, signal, "capacity_said");
    }
    const bool is_new_voice = table.add_voice(signal.id, person, context.now);
    keep(context, signal);
    if (is_new_voice && signal.level == CapacityLevel::at) look_for_urgency(context, signal);
    return said_reply(context, *table.find(signal.id), person);
}

/// One function owes an answer from now on.
void ask_function(HandlerContext& context,
                  const CapacitySignal& signal,
                  const CapacityContract& contract,
                  const CapacityFunction& function)
{
    Raised raised;
    raised.route = contract.route;
    raised.priority = asked_at;
    raised.text = question_text(context, signal, function.name);
    raised.asked_first = context.directory.people_behind(function.people, function.groups);
    // Whoever speaks for the team does not answer themselves, where somebody else can.
    const auto other = std::find_if(raised.asked_first.begin(),
                                    raised.asked_first.end(),
                                    [&](const UserId& person) { return person != signal.person; });
    if (other != raised.asked_first.end()) std::erase(raised.asked_first, signal.person);
    CapacityQuestion question;
    question.signal = signal.id;
    question.function = function.name;
    question.due_at = context.now;
    const CapacityTable table{context.connection};
    // Its clocks are found by the question, from the first moment on.
    raised.before_asking = [&](RequestId id) {
        question.request = id;
        table.insert(question);
    };
    const RequestId id = raise(context, raised);
    const auto request = context.obligations.find(id);
    for (const Obligation& obligation : context.obligations.of_request(id)) {
        if (is_waiting(obligation.state))
            question.due_at = step_ends_at(obligation, situation_of(context, *request, obligation));
    }
    table.save(question);
}

void ask_functions(HandlerContext& context, const CapacitySignal& signal)
{
    const auto next = next_signal(
        signal, CapacityEvent::grace_over, context.directory.working_hours_of(signal.person), context.now);
    if (!next) return;
    CapacityTable{context.connection}.save(*next);
    record_signal(context, bot_actor, *next, "capacity_asked");
    if (!is_mutated(Mutation::ignore_signal)) {
        const CapacityContract contract = contract_of(context, *next);
        for (const CapacityFunction& function : contract.functions)
            ask_function(context, *next, contract, function);
    }
    redraw_capacity(context, *next);
    follow_many_signals(context, *next);
}

void ask_whether_it_helped(HandlerContext& context, CapacitySignal signal)
{
    signal.help_asked_at.reset();
    CapacityTable{context.connection}.save(signal);
    if (signal.person.empty() || !is_present(context.directory.find(signal.person))) return;
    context.outbox.add(private_message_at_work(context, signal.person, help_question_notice(signal)));
}

CapacitySignalId id_in(const std::string& value)
{
    const auto digits = std::string_view{value}.substr(0, value.find(' '));
    return CapacitySignalId{
        digits.starts_with('c') ? parse_whole_number<std::int64_t>(digits.substr(1)).value_or(0) : 0};
}

Notice take_help(HandlerContext& context, const ActionTaken& taken)
{
    auto signal = CapacityTable{context.connection}.find(id_in(taken.value));
    const auto space = taken.value.find(' ');
    const auto helped = helped_named(
        std::string_view{taken.value}.substr(std::min(space, taken.value.size() - 1) + 1));
    if (!signal || !helped || signal->person != taken.person)
        return plain_reply("Only who gave the signal can say that.");
    signal->helped = *helped;
    CapacityTable{context.connection}.save(*signal);
    record(context,
           taken.person,
           RequestId{},
           ObligationId{},
           "capacity_helped",
           {{"signal", std::to_string(signal->id.value)}, {"helped", std::string{name_of(*helped)}}});
    redraw_capacity(context, *signal);
    return helped_reply(*signal);
}

}  // namespace

bool is_guest_beside(HandlerContext& context, const UserId& person, const std::string& team)
{
    const auto member = context.directory.find(person);
    return (!member || member->kind != MemberKind::person) && !is_of(context, person, team);
}

const Team* team_named(HandlerContext& context, const std::string& name)
{
    const auto& teams = context.settings.teams;
    const auto found = std::find_if(
        teams.begin(), teams.end(), [&](const Team& team) { return team.name == name; });
    return found == teams.end() ? nullptr : &*found;
}

CapacityContract contract_of(HandlerContext& context, const CapacitySignal& signal)
{
    if (const CapacityContract* named = find_contract(context.settings.capacity, signal.team)) return *named;
    CapacityContract contract;
    contract.team = signal.team;
    CapacityFunction leads;
    leads.name = "lead";
    bool has_team = false;
    const std::vector<Team> theirs = signal.team.empty() ? context.directory.teams_of(signal.person)
                                                         : std::vector<Team>{};
    const auto add = [&](const Team& team) {
        has_team = true;
        for (const UserId& lead : team.leads) {
            if (!contains(leads.people, lead)) leads.people.push_back(lead);
        }
    };
    if (const Team* team = team_named(context, signal.team)) add(*team);
    for (const Team& team : theirs) add(team);
    if (has_team) contract.functions.push_back(std::move(leads));
    return contract;
}

Notice handle_capacity_command(HandlerContext& context, const CommandGiven& given)
{
    if (!may_start(context.directory.find(given.person)))
        return plain_reply("I do not know you as a member of this workspace, and only members can say how "
                           "much room they have.");
    const WorkingHours hours = context.directory.working_hours_of(given.person);
    const std::vector<std::string> words = typed_words(context, given);
    const CapacityPhrase phrase = parse_capacity_phrase(
        words, team_names(context.settings), hours, context.now);
    if (const auto* mistake = std::get_if<CapacityMistake>(&phrase))
        return absence_mistake_reply(mistake->problem, mistake->corrected);
    if (const auto* show = std::get_if<ShowCapacity>(&phrase);
        show != nullptr && !show->team.empty() && is_guest_beside(context, given.person, show->team))
        return plain_reply(
            fmt::format("How much room {} has is shown to members of this workspace.", show->team));
    if (const auto* show = std::get_if<ShowCapacity>(&phrase))
        return show->team.empty() ? own_capacity_reply(context, given.person)
                                  : team_capacity_reply(context, given.person, show->team);
    const auto& said = std::get<SaidCapacity>(phrase);
    if (!said.team.empty() && !is_of(context, given.person, said.team)) {
        return absence_mistake_reply(
            fmt::format("People of {} say how much room {} has.", said.team, said.team),
            fmt::format("/capacity {}", said.team));
    }
    return say(context, given.person, said);
}

bool is_capacity_action(const ActionTaken& taken)
{
    return taken.name == action::make_room || taken.name == action::have_room ||
           taken.name == action::did_it_help || taken.name == action::my_capacity;
}

std::optional<Notice> take_capacity_action(HandlerContext& context, const ActionTaken& taken)
{
    if (taken.name == action::make_room) {
        open_make_room_form(context, taken);
        return std::nullopt;
    }
    if (taken.name == action::did_it_help) return take_help(context, taken);
    if (taken.name == action::my_capacity) {
        const auto level = capacity_level_named(taken.value);
        if (!level || !may_start(context.directory.find(taken.person)))
            return plain_reply("I do not know that.");
        return say(context, taken.person, SaidCapacity{*level, {}, {}, {}});
    }
    const auto signal = CapacityTable{context.connection}.find(id_in(taken.value));
    if (!signal || signal->state == CapacityState::over) return plain_reply("That is over already.");
    const bool may_end = signal->team.empty() ? signal->person == taken.person
                                              : is_of(context, taken.person, signal->team);
    if (!may_end)
        return plain_reply(signal->team.empty() ? std::string{"Only who gave the signal can end it."}
                                                : fmt::format("People of {} can say that.", signal->team));
    return say_room_again(context, taken.person, signal->team);
}

void handle_capacity_due(HandlerContext& context, CapacitySignalId id)
{
    const CapacityTable table{context.connection};
    const auto signal = table.find(id);
    // Those who must answer are asked, however soon it ends.
    if (signal->state == CapacityState::said && signal->began_at + capacity_asked_after <= context.now)
        ask_functions(context, *signal);
    if (const auto asked = table.find(id); asked->is_in_force && asked->until <= context.now)
        end_signal(context, *asked, CapacityEvent::time_over, bot_actor);
    if (const auto now = table.find(id); now->help_asked_at && *now->help_asked_at <= context.now)
        ask_whether_it_helped(context, *now);
}

void follow_capacity(HandlerContext& context, const Request& request)
{
    if (request.kind != RequestKind::escalation) return;
    const CapacityTable table{context.connection};
    const auto question = table.question(request.id);
    if (!question) return;
    end_what_was_in_vain(context, question->signal);
    redraw_capacity(context, table.find(question->signal).value());
}

void end_own_signals(HandlerContext& context, const UserId& person)
{
    for (const CapacitySignal& signal : CapacityTable{context.connection}.newest("", person, own_signals_max))
        end_signal(context, signal, CapacityEvent::room_again, person);
}

std::optional<PriorityPolicy> pace_of_capacity_question(HandlerContext& context, const Request& request)
{
    const CapacityTable table{context.connection};
    const auto question = table.question(request.id);
    if (!question) return std::nullopt;
    const CapacitySignal signal = table.find(question->signal).value();
    return pace_of_capacity(
        context.settings.delivery.of(request.priority), contract_of(context, signal), signal.is_urgent);
}

}  // namespace ackd
