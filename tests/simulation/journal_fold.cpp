#include "tests/simulation/journal_fold.hpp"

#include "bot/delivery/obligation.hpp"
#include "storage/journal_table.hpp"
#include "storage/pseudonym_table.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ackd::simulation {

std::string JournalFact::text(const std::string& name) const
{
    const auto entry = detail.find(name);
    return entry == detail.end() ? "" : entry->second;
}

int JournalFact::number(const std::string& name) const
{
    const std::string value = text(name);
    return value.empty() ? 0 : std::stoi(value);
}

void JournalFold::catch_up()
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT sequence, recorded_at_us, actor, request_id, obligation_id, fact, detail FROM journal
                WHERE sequence > $1
            ORDER BY sequence)");
    rows.bind(1, last_sequence_);
    while (rows.step()) {
        JournalFact fact;
        fact.sequence = rows.column_int(0);
        fact.recorded_at = from_microseconds(rows.column_int(1));
        fact.actor = behind(rows.column_string(2));
        fact.request = rows.column_int(3);
        fact.obligation = rows.column_int(4);
        fact.fact = rows.column_string(5);
        const auto detail = nlohmann::json::parse(rows.column_text(6));
        for (const auto& [name, value] : detail.items())
            fact.detail.emplace(name, behind(value.get<std::string>()));
        if (fact.sequence != last_sequence_ + 1) {
            throw Violation{"9: the journal has no gaps",
                            fmt::format("{} follows {}", fact.sequence, last_sequence_)};
        }
        last_sequence_ = fact.sequence;
        if (fact.obligation != 0) fold(fact);
    }
}

std::string JournalFold::behind(const std::string& token) const
{
    return storage::PseudonymTable{connection_}.original_of(token).value_or(token);
}

void JournalFold::fold(const JournalFact& fact)
{
    FoldedObligation& now = obligations_[fact.obligation];
    const FoldedObligation before = now;
    const std::string to = fact.text("to");
    if (fact.fact == "asked" || fact.fact == "taken_over" || fact.fact == "raised") {
        if (before.id != 0) {
            throw Violation{"9: the journal explains every state",
                            fmt::format("obligation {} was asked twice", before.id)};
        }
        now.id = fact.obligation;
        now.request = fact.request;
        now.debtor = fact.text("debtor");
        now.is_successor = !fact.text("from").empty();
        now.step = fact.number("step");
        now.started_at = now.is_successor ? fact.recorded_at : clock_begins_at(fact);
        now.step_taken_at = fact.recorded_at;
        now.clock_of = now.debtor;
        if (fact.fact == "taken_over") {
            const FoldedObligation& predecessor = obligations_.at(std::stoll(fact.text("from")));
            now.step = predecessor.step;
            now.step_taken_at = predecessor.step_taken_at;
            now.clock_of = predecessor.clock_of;
        }
    } else if (before.id == 0) {
        throw Violation{
            "9: the journal explains every state",
            fmt::format("\"{}\" of obligation {}, which nobody was asked for", fact.fact, fact.obligation)};
    }
    if (!to.empty()) {
        if (before.id != 0 && before.is_final()) {
            throw Violation{"2: an obligation ends in exactly one final state",
                            fmt::format("obligation {} was {}, and then \"{}\" made it {}",
                                        fact.obligation,
                                        before.state,
                                        fact.fact,
                                        to)};
        }
        now.state = to;
    }
    if (fact.fact == "attempts_used_up" || fact.fact == "step_taken" || fact.fact == "let_go_of") {
        now.step = fact.number("step");
        now.step_taken_at = fact.recorded_at;
        now.clock_of = now.debtor;
        now.is_off_schedule = false;
    }
    if (fact.fact == "undone" || fact.fact == "asked_again") {
        now.step = 0;
        now.started_at = fact.recorded_at;
        now.step_taken_at = fact.recorded_at;
        now.clock_of = now.debtor;
        now.is_successor = false;
        now.is_off_schedule = false;
        ++now.rounds;
    }
    if (fact.fact == "ask_waits" || fact.fact == "ask_begins") {
        now.started_at = now.step_taken_at = from_microseconds(std::stoll(fact.text("at_us")));
        now.is_off_schedule = true;
    }
    if (fact.fact == "promised") ++now.promises;
    if (fact.fact == "snoozed" || fact.fact == "undeliverable" || fact.fact == "debtor_gone" ||
        fact.fact == "question_hurried")
        now.is_off_schedule = true;
    for (const Listener& listener : listeners_) listener(fact, before, now);
}

Instant JournalFold::clock_begins_at(const JournalFact& fact)
{
    storage::Statement row = connection_.prepare("SELECT asked_at_us, kind FROM requests WHERE id = $1");
    row.bind(1, fact.request);
    if (!row.step()) return Instant{};
    // Whoever asked a question in a channel has waited since then; whoever owes the answer has not.
    const bool is_question = row.column_int(1) == static_cast<int>(RequestKind::question);
    return is_question ? fact.recorded_at : from_microseconds(row.column_int(0));
}

const FoldedObligation* JournalFold::find(std::int64_t id) const
{
    const auto entry = obligations_.find(id);
    return entry == obligations_.end() ? nullptr : &entry->second;
}

void JournalFold::check_against_tables()
{
    storage::JournalTable journal{connection_};
    if (const std::int64_t broken = journal.find_break(); broken != 0) {
        throw Violation{"9: the journal's chain is whole", fmt::format("it is broken at {}", broken)};
    }
    storage::Statement rows = connection_.prepare("SELECT id, state, step FROM obligations ORDER BY id");
    std::size_t count = 0;
    while (rows.step()) {
        ++count;
        const FoldedObligation* folded = find(rows.column_int(0));
        const std::string state{name_of(static_cast<ObligationState>(rows.column_int(1)))};
        if (folded == nullptr || folded->state != state) {
            throw Violation{"9: the journal explains every state",
                            fmt::format("obligation {} is {}; its facts say {}",
                                        rows.column_int(0),
                                        state,
                                        folded == nullptr ? "nothing" : folded->state)};
        }
    }
    if (count != obligations_.size()) {
        throw Violation{"2: no obligation is lost",
                        fmt::format("{} are in the journal, {} in the table", obligations_.size(), count)};
    }
}

}  // namespace ackd::simulation
