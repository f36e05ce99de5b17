#include "tests/simulation/invariant_checkers.hpp"

#include "bot/privacy/erasure.hpp"
#include "tests/simulation/capacity_checker.hpp"
#include "tests/simulation/final_picture_checker.hpp"
#include "tests/simulation/open_ends_checker.hpp"
#include "tests/simulation/question_checker.hpp"
#include "tests/simulation/read_back_checker.hpp"
#include "tests/simulation/silence_checker.hpp"
#include "tests/simulation/simulated_rules.hpp"

#include <fmt/format.h>

namespace ackd::simulation {

namespace {

bool may_change_hours(const InputBody& body)
{
    return std::holds_alternative<MemberChanged>(body) || std::holds_alternative<GroupChanged>(body) ||
           std::holds_alternative<CommandGiven>(body);
}

}  // namespace

InvariantCheckers::InvariantCheckers(SimulatedWorld& world,
                                     storage::Connection& connection,
                                     const SimulatedTeam& team)
    : world_(world),
      connection_(connection),
      team_(team),
      fold_(connection),
      calendars_(connection),
      durability_(connection, fold_),
      messages_(connection, fold_, calendars_, team),
      routes_(connection),
      interruptions_(connection, calendars_, team),
      needs_(connection, calendars_, team)
{
    settings_replaced(team.settings);
    fold_.listen(
        [this](const JournalFact& fact, const FoldedObligation& before, const FoldedObligation& after) {
            if (world_.is_traced()) trace_fact(fact);
            check_undone_by_themselves(fact);
            check_not_quiet_now(connection_, fact);
            check_silence(connection_, fact, after);
            routes_.heard(fact, before, after);
            needs_.heard(fact, after);
        });
}

void InvariantCheckers::trace_fact(const JournalFact& fact) const
{
    std::string words = fmt::format(
        "request {} obligation {}: {} by {}", fact.request, fact.obligation, fact.fact, fact.actor);
    for (const auto& [name, value] : fact.detail) words += fmt::format(" {}={}", name, value);
    world_.say("journal", words);
}

void InvariantCheckers::event_confirmed(const std::string& key, const InputBody& body, bool still_holds)
{
    if (may_change_hours(body)) calendars_.look(world_.now());
    if (const auto* changed = std::get_if<DoNotDisturbChanged>(&body)) interruptions_.told(*changed);
    durability_.confirmed(key, still_holds ? &body : nullptr, world_.now());
}

void InvariantCheckers::taken_back(const UserId& person)
{
    took_back_.insert(person.value);
}

/// What comes late, or is read late, must not look as if somebody had taken their answer back.
void InvariantCheckers::check_undone_by_themselves(const JournalFact& fact) const
{
    if (fact.fact != "undone" || took_back_.contains(fact.actor)) return;
    throw Violation{"answers are taken back by those who gave them",
                    fmt::format("obligation {}: undone by {}, who did not", fact.obligation, fact.actor)};
}

void InvariantCheckers::delivery_leased(const Delivery& delivery)
{
    fold_.catch_up();
    messages_.leased(delivery, world_.now());
    interruptions_.leased(delivery.id, *messages_.find(delivery.id));
}

void InvariantCheckers::message_posted(const SeenMessage& message)
{
    messages_.posted(message);
}

void InvariantCheckers::message_updated(const SeenMessage&) {}

void InvariantCheckers::ephemeral_shown(const SeenEphemeral& ephemeral)
{
    messages_.shown(ephemeral);
}

void InvariantCheckers::committed()
{
    fold_.catch_up();
    durability_.check();
}

void InvariantCheckers::crashed()
{
    calendars_.look(world_.now());
    fold_.catch_up();
    durability_.check();
}

void InvariantCheckers::settings_replaced(const Settings& settings)
{
    calendars_.use_settings(settings, world_.now());
    messages_.use_settings(settings);
    routes_.use_settings(settings);
    interruptions_.use_settings(settings);
    needs_.use_settings(settings);
}

void InvariantCheckers::check_all(const SimulatedChat& chat, std::optional<Instant> awake_since)
{
    fold_.catch_up();
    durability_.check();
    durability_.check_recent(world_.now());
    check_open_ends(connection_, world_.now(), awake_since.has_value());
    check_clauses(connection_);
    check_questions(connection_, world_.now(), awake_since.has_value());
    check_read_backs(connection_, world_.now(), awake_since.has_value());
    check_capacity(connection_, world_.now(), awake_since.has_value());
    check_nothing_poisoned();
    check_each_ask_once();
    check_cards(connection_, chat);
    calendars_.look(world_.now());
    if (!awake_since) return;
    messages_.check_outcomes(world_.now());
    interruptions_.check_waiting(world_.now(), *awake_since);
}

void InvariantCheckers::check_end(const SimulatedChat& chat)
{
    check_all(chat, world_.now());
    fold_.check_against_tables();
    check_pursuits(connection_);
    for (const auto& [id, obligation] : fold_.obligations()) {
        if (obligation.is_waiting()) {
            throw Violation{"2: every obligation ends",
                            fmt::format("obligation {} is {}", id, obligation.state)};
        }
    }
    check_final_picture(connection_, chat, team_, messages_);
    check_said_back_is_gone(connection_, chat);
    check_capacity_at_end(connection_, world_.now());
}

void InvariantCheckers::check_forgotten(const UserId& person)
{
    fold_.catch_up();
    fold_.check_against_tables();
    check_nothing_poisoned();
    std::vector<std::string> queries;
    {
        storage::Statement columns = connection_.prepare(
            R"(SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
                WHERE m.type = 'table' AND c.type = 'TEXT')");
        while (columns.step()) {
            queries.push_back(fmt::format("SELECT \"{1}\" FROM \"{0}\" WHERE instr(\"{1}\", '{2}') > 0",
                                          columns.column_text(0),
                                          columns.column_text(1),
                                          person.value));
        }
    }
    for (const std::string& query : queries) {
        const std::string& sql = *queries_.insert(query).first;
        storage::Statement rows = connection_.prepare(sql.c_str());
        while (rows.step()) {
            const std::string text = rows.column_string(0);
            if (with_id_replaced(text, person.value, "") == text) continue;
            throw Violation{"8: a person who was forgotten cannot be found in the database",
                            fmt::format("{}: {}", sql, text)};
        }
    }
}

void InvariantCheckers::check_nothing_poisoned()
{
    storage::Statement row = connection_.prepare("SELECT kind, error FROM poisoned_inputs LIMIT 1");
    if (row.step()) {
        throw Violation{"no handler fails",
                        fmt::format("{}: {}", row.column_string(0), row.column_string(1))};
    }
}

void InvariantCheckers::check_each_ask_once()
{
    storage::Statement row = connection_.prepare(
        "SELECT text FROM requests WHERE is_own_post = 1 AND text != '' GROUP BY text HAVING count(*) > 1 LIMIT 1");
    if (row.step())
        throw Violation{"1: what is sent twice counts once", "asked twice: " + row.column_string(0)};
}

}  // namespace ackd::simulation
