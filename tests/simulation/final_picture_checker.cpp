#include "tests/simulation/final_picture_checker.hpp"

#include "bot/delivery/obligation.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace ackd::simulation {

namespace {

std::string words_of(const Notice& notice)
{
    std::string text;
    for (const Section& section : notice.sections) {
        for (const Line& line : section.lines) {
            for (const Span& span : line.text) {
                if (const auto* words = std::get_if<Words>(&span)) text += words->text;
                if (const auto* strong = std::get_if<Strong>(&span)) text += strong->text;
            }
            text += '\n';
        }
    }
    return text;
}

bool offers(const Notice& notice, const std::string& action, std::int64_t obligation)
{
    const std::string value = fmt::format("o{}", obligation);
    for (const Section& section : notice.sections) {
        for (const Action& entry : section.actions) {
            if (entry.name == action && entry.value == value) return true;
        }
    }
    return false;
}

struct Counted {
    int asked = 0;
    int needed = 0;
    int received = 0;
    int state = 0;  ///< RequestState
    bool is_for_information = false;
    bool is_somebodys_decision =
        false;  ///< after an objection, or by a silence clause: nobody else is waited for
    MessageRef card;

    /// The line that the card must have; empty: none.
    [[nodiscard]] std::string expected_line() const
    {
        if (state == 3) return fmt::format("✅ {} of {} received", received, asked);
        if (state == 4) return fmt::format("Closed · {} of {} received", received, asked);
        return is_for_information || is_somebodys_decision
                   ? ""
                   : fmt::format("✅ {} of {} received", received, needed);
    }
};

/// Counted here from the rows, not by bot/: how each request stands whose card nothing is on its way for.
std::map<std::int64_t, Counted> count_requests(storage::Connection& connection)
{
    std::map<std::int64_t, Counted> counts;
    storage::Statement requests = connection.prepare(
        R"(SELECT id, asked, needed, state, priority, card_channel, card_stamp,
                EXISTS (SELECT 1 FROM silence_clauses c WHERE c.request_id = r.id
                    AND (c.state IN (5, 6) OR (c.state = 4 AND c.effect = 3)))
            FROM requests r
                WHERE card_stamp != '' AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 1
                AND request_id = r.id)
            ORDER BY id)");
    while (requests.step()) {
        Counted& counted = counts[requests.column_int(0)];
        counted.asked = static_cast<int>(requests.column_int(1));
        counted.needed = static_cast<int>(requests.column_int(2));
        counted.state = static_cast<int>(requests.column_int(3));
        counted.is_for_information = requests.column_int(4) == 4;
        counted.card = MessageRef{ChannelId{requests.column_string(5)}, requests.column_string(6)};
        counted.is_somebodys_decision = requests.column_int(7) != 0;
    }
    // An answer that was asked for once more does not count twice.
    storage::Statement answered = connection.prepare(
        R"(SELECT request_id, count(*)
            FROM obligations o
            WHERE state IN (2, 3) AND NOT (state = 3
            AND EXISTS (SELECT 1 FROM obligations s WHERE s.request_id = o.request_id
                AND s.predecessor_id = o.id)) GROUP BY request_id)");
    while (answered.step()) {
        const auto entry = counts.find(answered.column_int(0));
        if (entry != counts.end()) entry->second.received = static_cast<int>(answered.column_int(1));
    }
    return counts;
}

}  // namespace

void check_cards(storage::Connection& connection, const SimulatedChat& chat)
{
    constexpr const char* invariant = "the card agrees with the database";
    for (const auto& [request, counted] : count_requests(connection)) {
        const SeenMessage* card = chat.find(counted.card);
        if (card == nullptr || !card->notice) {
            throw Violation{invariant, fmt::format("request {} has no card in the chat", request)};
        }
        if (card->deleted) continue;
        const std::string text = words_of(*card->notice);
        if (text.find(counted.expected_line()) == std::string::npos) {
            throw Violation{
                invariant,
                fmt::format("request {}: expected \"{}\" in\n{}", request, counted.expected_line(), text)};
        }
    }
}

namespace {

/// A card that people see is the one that its request redraws.
void check_is_known(storage::Connection& connection, std::int64_t request, const SeenMessage& card)
{
    storage::Statement row = connection.prepare(
        "SELECT card_channel, card_stamp FROM requests WHERE id = $1");
    row.bind(1, request);
    if (!row.step() || MessageRef{ChannelId{row.column_string(0)}, row.column_string(1)} != card.message) {
        throw Violation{"the card agrees with the database",
                        fmt::format("request {} does not know its card", request)};
    }
}

/// Whoever raised something reads how it ended: of each who has it, and of what nobody took.
void check_outcome_is_told(storage::Connection& connection, std::int64_t request, const Notice& notice)
{
    std::set<std::string> expected;
    bool is_called_off = true;
    bool is_dead = false;
    storage::Statement rows = connection.prepare(
        "SELECT state FROM obligations WHERE request_id = $1 ORDER BY id");
    rows.bind(1, request);
    while (rows.step()) {
        const auto state = static_cast<ObligationState>(rows.column_int(0));
        if (is_waiting(state)) return;
        if (state == ObligationState::integrated) expected.insert("says that it is done");
        if (state == ObligationState::received) expected.insert("has it, since");
        is_dead = state == ObligationState::dead_letter;
        is_called_off = state == ObligationState::withdrawn;
    }
    if (is_dead) expected.insert("decides what happens now");
    if (is_called_off && expected.empty()) expected.insert("called off");
    for (const std::string& words : expected) {
        if (words_of(notice).find(words) != std::string::npos) continue;
        throw Violation{
            "nothing goes nowhere",
            fmt::format(
                "request {}: who raised it does not read \"{}\" in\n{}", request, words, words_of(notice))};
    }
}

}  // namespace

void check_final_picture(storage::Connection& connection,
                         const SimulatedChat& chat,
                         const SimulatedTeam& team,
                         const MessageChecker& messages)
{
    check_cards(connection, chat);

    std::map<std::int64_t, int> states;
    storage::Statement rows = connection.prepare("SELECT id, state FROM obligations");
    while (rows.step()) states.emplace(rows.column_int(0), static_cast<int>(rows.column_int(1)));

    for (const SeenMessage& message : chat.messages()) {
        if (!message.notice || message.deleted) continue;
        // Nothing reaches who has left.
        const SimulatedPerson* person = team.find(message.person);
        if (person != nullptr && person->member.deactivated) continue;
        const MessageChecker::Leased* leased = messages.find(message.outbox);
        if (leased != nullptr && leased->kind == OutboxKind::card)
            check_is_known(connection, leased->request, message);
        if (leased != nullptr && leased->kind == OutboxKind::raised)
            check_outcome_is_told(connection, leased->request, *message.notice);
        if (leased == nullptr ||
            (leased->kind != OutboxKind::nudge && leased->kind != OutboxKind::escalation &&
             leased->kind != OutboxKind::digest))
            continue;
        for (const OutboxItem& item : leased->items) {
            const int state = states[item.obligation.value];
            // 7: a dead letter, for which an answer is still welcome.
            if (state != 7 && offers(*message.notice, "got_it", item.obligation.value)) {
                throw Violation{"5: who was called in is stood down",
                                fmt::format("{} is still asked about obligation {} ({}), which has ended",
                                            leased->conversation,
                                            item.obligation.value,
                                            state)};
            }
        }
    }
}

}  // namespace ackd::simulation
