#include "tests/simulation/final_picture_checker.hpp"

#include <fmt/format.h>

#include <map>

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
    int received = 0;
    int integrated = 0;
    int waiting = 0;
    bool is_complete = false;
    std::string channel;
    std::string stamp;
};

/// Counted here from the rows, not by bot/: how a request stands.
std::map<std::int64_t, Counted> count_requests(storage::Connection& connection)
{
    std::map<std::int64_t, Counted> counts;
    storage::Statement requests =
        connection.prepare("SELECT id, asked, state, card_channel, card_stamp FROM requests ORDER BY id");
    while (requests.step()) {
        Counted& counted = counts[requests.column_int(0)];
        counted.asked = static_cast<int>(requests.column_int(1));
        counted.is_complete = requests.column_int(2) == 3;
        counted.channel = requests.column_string(3);
        counted.stamp = requests.column_string(4);
    }
    // An answer that was asked for once more does not count twice.
    storage::Statement obligations = connection.prepare(
        "SELECT request_id, state FROM obligations o WHERE NOT (state IN (2, 3) AND EXISTS "
        "(SELECT 1 FROM obligations s WHERE s.predecessor_id = o.id))");
    while (obligations.step()) {
        Counted& counted = counts[obligations.column_int(0)];
        const auto state = obligations.column_int(1);
        if (state == 2 || state == 3) ++counted.received;
        if (state == 3) ++counted.integrated;
        if (state == 1 || state == 6) ++counted.waiting;
    }
    return counts;
}

void check_cards(storage::Connection& connection, const SimulatedChat& chat, const MessageChecker& messages)
{
    const auto counts = count_requests(connection);
    std::map<std::int64_t, const SeenMessage*> cards;
    for (const SeenMessage& message : chat.messages()) {
        if (!message.notice) continue;
        const MessageChecker::Leased* leased = messages.find(message.outbox);
        if (leased != nullptr && leased->kind == OutboxKind::card) cards[leased->request] = &message;
    }
    for (const auto& [request, counted] : counts) {
        const auto entry = cards.find(request);
        if (counted.stamp.empty()) {
            if (entry != cards.end()) {
                throw Violation{"the card agrees with the database", fmt::format("request {} has a card it does not know", request)};
            }
            continue;
        }
        if (entry == cards.end() || entry->second->message != MessageRef{ChannelId{counted.channel}, counted.stamp}) {
            throw Violation{"the card agrees with the database", fmt::format("request {} has no card in the chat", request)};
        }
        if (entry->second->deleted) continue;
        const std::string text = words_of(*entry->second->notice);
        const std::string line = fmt::format("{}{} of {} received", counted.is_complete ? "✅ " : "Closed · ",
                                             counted.received, counted.asked);
        if (text.find(line) == std::string::npos) {
            throw Violation{"the card agrees with the database",
                            fmt::format("request {}: expected \"{}\" in\n{}", request, line, text)};
        }
    }
}

}  // namespace

void check_final_picture(storage::Connection& connection, const SimulatedChat& chat, const SimulatedTeam& team,
                         const MessageChecker& messages)
{
    check_cards(connection, chat, messages);

    std::map<std::int64_t, int> states;
    storage::Statement rows = connection.prepare("SELECT id, state FROM obligations");
    while (rows.step()) states.emplace(rows.column_int(0), static_cast<int>(rows.column_int(1)));

    for (const SeenMessage& message : chat.messages()) {
        if (!message.notice || message.deleted) continue;
        // Nothing reaches who has left.
        const SimulatedPerson* person = team.find(message.person);
        if (person != nullptr && person->member.deactivated) continue;
        const MessageChecker::Leased* leased = messages.find(message.outbox);
        if (leased == nullptr || (leased->kind != OutboxKind::nudge && leased->kind != OutboxKind::escalation)) continue;
        for (const OutboxItem& item : leased->items) {
            const int state = states[item.obligation.value];
            // 7: a dead letter, for which an answer is still welcome.
            if (state != 7 && offers(*message.notice, "got_it", item.obligation.value)) {
                throw Violation{"5: who was called in is stood down",
                                fmt::format("{} is still asked about obligation {} ({}), which has ended",
                                            leased->conversation, item.obligation.value, state)};
            }
        }
    }
}

}  // namespace ackd::simulation
