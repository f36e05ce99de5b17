#include "tests/simulation/durability_checker.hpp"

#include "tests/simulation/simulated_world.hpp"

#include <fmt/format.h>

namespace ackd::simulation {

namespace {

/// Keys are kept for at least 36 hours.
constexpr Duration remembered_for = std::chrono::hours{36};
constexpr std::size_t recent_max = 40;

}  // namespace

void DurabilityChecker::confirmed(const std::string& key, const InputBody* body, Instant now)
{
    unchecked_.push_back({key, now});
    if (body == nullptr) return;
    if (const auto* reaction = std::get_if<ReactionChanged>(body)) note_reaction(*reaction);
    const auto* taken = std::get_if<ActionTaken>(body);
    if (taken == nullptr || (taken->name != "got_it" && taken->name != "done")) return;
    if (taken->value.size() > 1 && taken->value.front() == 'o') {
        acks_.push_back({std::stoll(taken->value.substr(1)), taken->person.value});
    }
}

void DurabilityChecker::note_reaction(const ReactionChanged& reaction)
{
    if (!reaction.added || (reaction.emoji != "eyes" && reaction.emoji != "white_check_mark")) return;
    storage::Statement rows = connection_.prepare(
        R"(SELECT i.obligation_id FROM sent_messages s JOIN sent_items i ON i.sent_id = s.id
                WHERE s.channel = $1 AND s.stamp = $2 AND s.kind NOT IN (16, 20, 21, 22, 26))");
    // A digest: of many things, which? A line to be said back or judged, an offer, how it stands with what
    // one raised: their buttons answer them.
    rows.bind_all(reaction.message.channel.value, reaction.message.stamp);
    while (rows.step()) acks_.push_back({rows.column_int(0), reaction.person.value});
}

bool DurabilityChecker::is_durable(const std::string& key) const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT 1 FROM seen_inputs_even WHERE input_key = $1
            UNION ALL SELECT 1
            FROM seen_inputs_odd
            WHERE input_key = $1)");
    row.bind(1, key);
    return row.step();
}

void DurabilityChecker::check()
{
    for (Confirmed& entry : unchecked_) {
        if (!is_durable(entry.key)) {
            throw Violation{"1: an input acknowledged to the chat is durable",
                            fmt::format("{} was confirmed and is not in the database", entry.key)};
        }
        recent_.push_back(std::move(entry));
    }
    unchecked_.clear();
    if (recent_.size() > recent_max) recent_.erase(recent_.begin(), recent_.end() - recent_max);

    for (const Ack& ack : acks_) {
        const FoldedObligation* obligation = fold_.find(ack.obligation);
        if (obligation != nullptr && obligation->debtor == ack.person && obligation->is_waiting() &&
            obligation->rounds == 0)
        {
            throw Violation{"1: an input acknowledged to the chat is durable",
                            fmt::format("{} answered obligation {}, which is still {}",
                                        ack.person,
                                        ack.obligation,
                                        obligation->state)};
        }
    }
    acks_.clear();
}

void DurabilityChecker::check_recent(Instant now)
{
    for (const Confirmed& entry : recent_) {
        if (now - entry.at < remembered_for && !is_durable(entry.key)) {
            throw Violation{"1: an input acknowledged to the chat is durable",
                            fmt::format("{} was confirmed, and the database has forgotten it", entry.key)};
        }
    }
}

}  // namespace ackd::simulation
