#include "bot/escalation/triage_handlers.hpp"

#include "bot/commands/whole_number.hpp"
#include "bot/delivery/action_target.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/effect_outcome.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/escalation/triage_notices.hpp"
#include "bot/escalation/triage_rules.hpp"
#include "bot/escalation/triage_table.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/roles.hpp"
#include "bot/rotations/rotation_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// More than ten weeks' worth; what comes after them waits its turn.
constexpr int looked_through_max = 1'000;

bool contains(const std::vector<UserId>& people, const UserId& person)
{
    return std::find(people.begin(), people.end(), person) != people.end();
}

/// Who is on call, then those whose turn comes after them.
std::vector<UserId> from_rotation(HandlerContext& context)
{
    const std::string& name = context.settings.triage_rotation;
    const Rotation* rotation = find_rotation(context.settings.rotations, name);
    std::vector<UserId> people = people_on_call(context, name, context.now);
    if (rotation == nullptr || people.empty()) return {};
    std::vector<UserId> others = people_of(*rotation);
    const auto on = std::find(others.begin(), others.end(), people.front());
    if (on != others.end()) std::rotate(others.begin(), on, others.end());
    people.insert(people.end(), others.begin(), others.end());
    return people;
}

std::vector<UserId> leads_in_turn(HandlerContext& context)
{
    std::vector<UserId> leads;
    for (const Team& team : context.settings.teams) {
        for (const UserId& lead : team.leads) {
            if (!contains(leads, lead)) leads.push_back(lead);
        }
    }
    if (leads.empty()) return {};
    const WorkingHours hours = context.directory.working_hours_of(leads.front());
    return in_turn(std::move(leads), week_of(hours, context.now));
}

/// Everybody who may be asked to look through them, whom first.
std::vector<TriageCandidate> candidates_in(HandlerContext& context)
{
    std::vector<UserId> people = from_rotation(context);
    people.push_back(context.settings.dead_letter_owner);
    for (const std::vector<UserId>& more :
         {leads_in_turn(context), people_with(Role::admin, context.settings, context.directory)})
        people.insert(people.end(), more.begin(), more.end());
    std::vector<TriageCandidate> candidates;
    for (const UserId& person : people) {
        const auto member = context.directory.find(person);
        if (may_start(member) && is_present(member))
            candidates.push_back({person, context.directory.working_hours_of(person)});
    }
    return candidates;
}

/// Who hears what could be changed about a route.
UserId owner_of_proposals(HandlerContext& context)
{
    const UserId& owner = context.settings.dead_letter_owner;
    if (!owner.empty() && is_present(context.directory.find(owner))) return owner;
    const auto admins = people_with(Role::admin, context.settings, context.directory);
    return admins.empty() ? UserId{} : admins.front();
}

void redraw_rounds_with(HandlerContext& context, ObligationId id)
{
    for (const TriageRound& round : TriageTable{context.connection}.rounds_with(id)) {
        if (const auto sent = context.sent_messages.find(round.sent_id))
            context.outbox.add(refresh_of(*sent, context.now));
    }
}

void propose_when_of_a_kind(HandlerContext& context,
                            const DeadLetter& letter,
                            TriageCause cause,
                            const UserId& actor)
{
    const TriageTable table{context.connection};
    const std::string route = context.obligations.find(letter.request)->route.name;
    const auto alike = table.with_cause(cause, context.now - of_a_kind_within);
    const auto count = std::count_if(alike.begin(), alike.end(), [&](const DeadLetter& other) {
        return context.obligations.find(other.request)->route.name == route;
    });
    if (!makes_proposal(static_cast<int>(count), table.proposed_at(route, cause), context.now)) return;
    table.note_proposal(route, cause, context.now);
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "triage_proposed",
           {{"route", route}, {"cause", std::string{name_of(cause)}}});
    // Who has just named the cause has it in the message before them.
    const UserId owner = owner_of_proposals(context);
    if (!owner.empty() && owner != actor)
        tell(context, owner, Request{}, triage_proposal_notice(cause, route));
}

void begin_round(HandlerContext& context, const TriageTurn& turn)
{
    TriageRound round;
    round.week = turn.week;
    round.made_at = context.now;
    for (const DeadLetter& letter : waiting_dead_letters(context)) {
        if (letter.given_up_at >= turn.before || is_to_be_closed(letter, true, context.now)) continue;
        if (round.letters.size() < triage_letters_max) round.letters.push_back(letter.id);
    }
    if (!round.letters.empty()) round.triager = turn.person;
    TriageTable{context.connection}.insert(round);
    if (round.letters.empty()) return;
    OutboxRow row;
    row.kind = OutboxKind::triage;
    row.conversation = conversation_of(round.triager);
    row.payload = std::to_string(round.week.time_since_epoch().count());
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "triage_asked",
           {{"person", round.triager}, {"count", std::to_string(round.letters.size())}});
}

/// Gives when the next one would be closed.
std::optional<Instant> close_unlooked(HandlerContext& context, bool is_this_week_ahead)
{
    const TriageTable table{context.connection};
    const auto last_week = table.last_week();
    const bool is_next_week_ahead = comes_next_week(candidates_in(context), context.now);
    std::optional<Instant> next;
    for (const DeadLetter& letter : table.without_cause(looked_through_max)) {
        // After an outage that ended at a weekend, no round had it in sight: the next one is its first
        // chance.
        const bool had_a_round = last_week && letter.given_up_at < Instant{last_week->time_since_epoch()};
        const bool is_round_ahead = is_this_week_ahead || (is_next_week_ahead && !had_a_round);
        if (!is_to_be_closed(letter, is_round_ahead, context.now)) {
            const Instant at = closes_at(letter);
            if (at > context.now) next = next ? std::min(*next, at) : at;
            continue;
        }
        if (is_settled(context, letter)) {
            table.set_cause(letter.id, TriageCause::needs_none, context.now);
            continue;
        }
        table.set_cause(letter.id, TriageCause::nobody_looked, context.now);
        record(context, bot_actor, letter.request, letter.id, "triage_closed");
        redraw_rounds_with(context, letter.id);
    }
    return next;
}

std::optional<TriageTurn> turn_now(HandlerContext& context)
{
    return whose_turn(candidates_in(context), TriageTable{context.connection}.last_week(), context.now);
}

bool may_name_cause(HandlerContext& context, const DeadLetter& letter, const UserId& person)
{
    const auto rounds = TriageTable{context.connection}.rounds_with(letter.id);
    const bool is_triager = std::any_of(
        rounds.begin(), rounds.end(), [&](const TriageRound& round) { return round.triager == person; });
    return is_triager || person == letter.owner || person == context.settings.dead_letter_owner ||
           may(context.settings, context.directory, person, Permission::name_causes);
}

std::optional<TriageRound> round_of(HandlerContext& context, const OutboxRow& row)
{
    const auto week = parse_whole_number(row.payload);
    if (!week) return std::nullopt;
    return TriageTable{context.connection}.find_round(std::chrono::local_days{std::chrono::days{*week}});
}

bool waits_for_a_cause(HandlerContext& context, const TriageRound& round)
{
    const TriageTable table{context.connection};
    return std::any_of(round.letters.begin(), round.letters.end(), [&](ObligationId id) {
        const auto letter = table.find(id);
        return letter && !letter->cause && !is_settled(context, *letter);
    });
}

}  // namespace

bool is_settled(HandlerContext& context, const DeadLetter& letter)
{
    if (letter.answered_at) return true;
    const auto request = context.obligations.find(letter.request);
    if (!request || request->state == RequestState::complete) return true;
    const auto all = context.obligations.of_request(letter.request);
    return std::any_of(all.begin(), all.end(), [](const Obligation& other) {
        return other.state == ObligationState::withdrawn &&
               (other.cause == EndCause::by_creditor || other.cause == EndCause::subject_deleted ||
                other.cause == EndCause::creditor_gone);
    });
}

std::vector<DeadLetter> waiting_dead_letters(HandlerContext& context)
{
    auto letters = TriageTable{context.connection}.without_cause(looked_through_max);
    std::erase_if(letters, [&](const DeadLetter& letter) { return is_settled(context, letter); });
    return letters;
}

void look_after_triage(HandlerContext& context)
{
    auto turn = turn_now(context);
    if (turn && turn->at <= context.now) {
        begin_round(context, *turn);
        turn.reset();
    }
    const auto closing = close_unlooked(context, turn.has_value());
    Instant next = context.now + triage_looked_every;
    if (turn) next = std::min(next, turn->at);
    if (closing) next = std::min(next, *closing);
    context.upkeep.triage_at = next;
}

void name_cause(HandlerContext& context, const DeadLetter& letter, TriageCause cause, const UserId& actor)
{
    if (letter.cause == cause) return;
    TriageTable{context.connection}.set_cause(letter.id, cause, context.now);
    // Neither here nor in the journal does it matter who said so.
    record(context,
           bot_actor,
           letter.request,
           letter.id,
           "triage_cause_named",
           {{"cause", std::string{name_of(cause)}}});
    propose_when_of_a_kind(context, letter, cause, actor);
    redraw_rounds_with(context, letter.id);
}

bool is_triage_action(const ActionTaken& taken)
{
    return taken.name == action::triage_cause;
}

std::optional<Notice> take_triage_action(HandlerContext& context, const ActionTaken& taken)
{
    const ActionTarget target = target_of(taken.value);
    const auto cause = triage_cause_named(target.choice);
    const auto letter = target.obligation ? TriageTable{context.connection}.find(*target.obligation)
                                          : std::nullopt;
    if (!letter || !cause) return plain_reply("I do not know this dead letter any more.");
    if (!may_name_cause(context, *letter, taken.person)) {
        return plain_reply(
            "Why it was not answered is said by who looks through dead letters this week, by who owns them, "
            "or by an admin.");
    }
    if (is_settled(context, *letter)) {
        redraw_rounds_with(context, letter->id);
        return plain_reply("It was settled meanwhile: it needs no cause.");
    }
    name_cause(context, *letter, *cause, taken.person);
    replace_pressed(context, taken);
    return std::nullopt;
}

Composed compose_triage(HandlerContext& context, const OutboxRow& row)
{
    const auto round = round_of(context, row);
    const bool is_wanted = round && waits_for_a_cause(context, *round);
    if (!is_wanted && !row.in_doubt) return {};
    PostMessage post;
    post.person = person_of(row.conversation);
    const WorkingHours hours = context.directory.working_hours_of(post.person);
    if (is_wanted && !hours.contains(context.now))
        return {std::nullopt, false, hours.next_working_instant(context.now)};
    post.notice = round ? triage_notice(context, *round) : plain_reply("Nothing waits for a cause any more.");
    return {post, !is_wanted, std::nullopt};
}

void triage_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    // Its letters are not among the message's obligations: a reaction to it is no answer to any of them.
    const SentMessage sent = keep_sent(context, row, posted);
    const auto round = round_of(context, row);
    if (!round) return;
    TriageTable{context.connection}.set_sent(round->week, sent.id);
    if (posted.adopted || !waits_for_a_cause(context, *round))
        context.outbox.add(refresh_of(sent, context.now));
}

Notice refreshed_triage(HandlerContext& context, const SentMessage& sent)
{
    const auto round = TriageTable{context.connection}.find_by_message(sent.id);
    return round ? triage_notice(context, *round) : plain_reply("These dead letters are over.");
}

}  // namespace ackd
