// The transaction loop: what is confirmed is durable, what comes twice is harmless, and one bad apple spoils
// nothing.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Input envelope(InputBody body, const char* key)
{
    Input input;
    input.key = key;
    input.receipt.connection = 3;
    input.receipt.envelope = std::string{"envelope of "} + key;
    input.body = std::move(body);
    return input;
}

CommandGiven ack_command(const std::string& typed)
{
    CommandGiven given;
    given.command = "/ack";
    given.text = Workspace::rich(typed);
    given.person = UserId{"Uann"};
    given.channel = ChannelId{"Cwork"};
    given.reply_address = "https://example.invalid/secret";
    return given;
}

std::vector<Input> one(Input input)
{
    std::vector<Input> inputs;
    inputs.push_back(std::move(input));
    return inputs;
}

constexpr const char* count_requests = "SELECT count(*) FROM requests";

}  // namespace

TEST_CASE("engine: an input is confirmed only after the commit, and effects leave only after that")
{
    Workspace workspace;
    workspace.port.confirmations.clear();
    std::string seen;
    workspace.engine.set_probe([&](EnginePoint point) {
        seen += std::to_string(static_cast<int>(point)) + ":" +
                std::to_string(workspace.port.confirmations.size()) + "," +
                std::to_string(workspace.port.deliveries.size()) +
                (workspace.connection->in_transaction() ? " open; " : " committed; ");
    });
    auto inputs = one(envelope(ack_command("@Ubo read"), "Ev1"));
    CHECK(workspace.engine.cycle(inputs, workspace.settled) == Engine::CycleOutcome::committed);
    CHECK(seen == "0:0,0 open; 1:0,0 committed; 2:1,0 committed; 3:1,2 committed; ");
    CHECK(inputs.empty());
    CHECK(workspace.port.confirmations.front().receipt.envelope == "envelope of Ev1");
    CHECK(workspace.port.confirmations.front().receipt.connection == 3);
}

TEST_CASE("engine: nothing to do costs no transaction")
{
    Workspace workspace;
    const auto cycles = workspace.engine.counters().cycles;
    std::vector<Input> none;
    CHECK(workspace.engine.cycle(none, workspace.settled) == Engine::CycleOutcome::idle);
    CHECK(workspace.engine.counters().cycles == cycles);
}

TEST_CASE(
    "engine: the answer travels in the confirmation where the chat takes one, else as a message of its own")
{
    Workspace workspace;
    workspace.port.confirmations.clear();
    Input inline_answer = envelope(ack_command("@Ubo read"), "Ev1");
    inline_answer.receipt.wants_answer = true;
    auto inputs = one(std::move(inline_answer));
    workspace.engine.cycle(inputs, workspace.settled);
    REQUIRE(workspace.port.confirmations.size() == 1);
    CHECK(std::holds_alternative<Notice>(workspace.port.confirmations.front().answer));
    for (const Delivery& delivery : workspace.port.deliveries) {
        CHECK_FALSE(std::holds_alternative<EphemeralReply>(delivery.effect));
    }

    inputs = one(envelope(ack_command("@Ubo read on"), "Ev2"));
    workspace.engine.cycle(inputs, workspace.settled);
    CHECK(std::holds_alternative<std::monostate>(workspace.port.confirmations.back().answer));
    int replies = 0;
    for (const Delivery& delivery : workspace.port.deliveries) {
        const auto* reply = std::get_if<EphemeralReply>(&delivery.effect);
        if (reply == nullptr) continue;
        ++replies;
        CHECK(reply->person == UserId{"Uann"});
        CHECK(reply->reply_address == "https://example.invalid/secret");
    }
    CHECK(replies == 1);
}

TEST_CASE("engine: the same input twice is confirmed twice and done once, in one batch or in two")
{
    Workspace workspace;
    std::vector<Input> inputs;
    inputs.push_back(envelope(ack_command("@Ubo read"), "Ev1"));
    inputs.push_back(envelope(ack_command("@Ubo read"), "Ev1"));
    workspace.port.confirmations.clear();
    workspace.engine.cycle(inputs, workspace.settled);
    CHECK(workspace.port.confirmations.size() == 2);
    inputs = one(envelope(ack_command("@Ubo read"), "Ev1"));
    workspace.engine.cycle(inputs, workspace.settled);
    CHECK(workspace.port.confirmations.size() == 3);
    CHECK(workspace.count(count_requests) == 1);
    CHECK(workspace.engine.counters().duplicates == 2);
    // Without a key it is idempotent by itself, and taken every time.
    inputs = one(envelope(ack_command("@Ubo read"), ""));
    workspace.engine.cycle(inputs, workspace.settled);
    CHECK(workspace.count(count_requests) == 2);
}

TEST_CASE("engine: an input whose handler fails is undone alone, recorded without its payload, and confirmed")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo read");
    workspace.connection->execute("UPDATE requests SET route = 'broken' WHERE id = 1");
    workspace.port.confirmations.clear();
    std::vector<Input> inputs;
    inputs.push_back(envelope(ack_command("@Ucy before"), "Ev1"));
    inputs.push_back(
        envelope(ActionTaken{"got_it", "r1", UserId{"Ubo"}, {}, "", false, "secret address"}, "Ev2"));
    inputs.push_back(envelope(ack_command("@Ucy after"), "Ev3"));
    CHECK(workspace.engine.cycle(inputs, workspace.settled) == Engine::CycleOutcome::committed);
    CHECK(workspace.port.confirmations.size() == 3);
    CHECK(workspace.count(count_requests) == 3);
    CHECK(workspace.engine.counters().poisoned == 1);

    storage::Statement row = workspace.connection->prepare(
        "SELECT input_key, kind, error FROM poisoned_inputs");
    REQUIRE(row.step());
    CHECK(row.column_text(0) == "Ev2");
    CHECK(row.column_text(1) == "action_taken");
    CHECK(row.column_string(2).find("secret") == std::string::npos);
    CHECK_FALSE(row.step());
    CHECK(workspace.count("SELECT count(*) FROM journal WHERE fact = 'input_poisoned'") == 1);
    CHECK(storage::JournalTable{*workspace.connection}.find_break() == 0);
    // Redelivered, it is known: it does not fail a second time.
    inputs = one(envelope(ActionTaken{"got_it", "r1", UserId{"Ubo"}, {}, "", false, ""}, "Ev2"));
    workspace.engine.cycle(inputs, workspace.settled);
    CHECK(workspace.engine.counters().poisoned == 1);
}

TEST_CASE("engine: one obligation that cannot be handled does not stop the others, and is looked at again in "
          "an hour")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo one");
    workspace.ack("Uann", "@Ucy two");
    workspace.ack("Uann", "@Udi three");
    workspace.connection->execute("UPDATE requests SET route = 'broken' WHERE id = 2");
    workspace.advance_to(utc("2026-03-02 11:31"));
    CHECK(workspace.to("Ubo").size() == 1);
    CHECK(workspace.to("Ucy").empty());
    CHECK(workspace.to("Udi").size() == 1);
    // The redraw of its card, the batch of what is due, then the culprit alone.
    CHECK(workspace.engine.counters().poisoned == 3);
    CHECK(workspace.count("SELECT count(*) FROM poisoned_inputs WHERE kind = 'effect'") == 1);
    CHECK(workspace.count("SELECT due_at_us FROM deadlines WHERE obligation_id = 2") ==
          to_microseconds(utc("2026-03-02 12:30")));
    CHECK(workspace.count("SELECT due_at_us FROM obligations WHERE id = 2") ==
          to_microseconds(utc("2026-03-02 12:30")));
    // Repaired, it goes on.
    workspace.connection->execute("UPDATE requests SET route = (SELECT route FROM requests WHERE id = 1)");
    workspace.advance_to(utc("2026-03-02 12:31"));
    CHECK(workspace.to("Ucy").size() == 1);
    CHECK(storage::JournalTable{*workspace.connection}.find_break() == 0);
}

TEST_CASE("engine: a refused commit confirms nothing, keeps the outcomes, and the next cycle starts from the "
          "same place")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo read");
    workspace.ack("Uann", "@Ucy read");
    workspace.port.confirmations.clear();
    workspace.advance_to(utc("2026-03-02 11:29"));
    workspace.clock.advance_to(utc("2026-03-02 11:30"));
    std::vector<Input> inputs;
    workspace.engine.cycle(inputs, workspace.settled);
    REQUIRE(workspace.port.deliveries.size() == 2);
    std::vector<EffectSettled> outcomes;
    for (const Delivery& delivery : workspace.port.deliveries) {
        const auto& post = std::get<PostMessage>(delivery.effect);
        outcomes.push_back({delivery.id, Posted{{ChannelId{"D" + post.person.value}, "1.1"}, false}});
    }
    workspace.port.deliveries.clear();

    const auto facts = workspace.count("SELECT count(*) FROM journal");
    bool disk_is_full = true;
    workspace.engine.set_probe([&](EnginePoint point) {
        if (point == EnginePoint::before_commit && disk_is_full) {
            throw storage::StorageError(storage::StorageTrouble::full, 13, "database or disk is full");
        }
    });
    inputs = one(envelope(ack_command("@Udi read"), "Ev1"));
    for (int attempt = 0; attempt < 3; ++attempt) {
        if (inputs.empty()) inputs = one(envelope(ack_command("@Udi read"), "Ev1"));
        CHECK(workspace.engine.cycle(inputs, outcomes) == Engine::CycleOutcome::refused);
        CHECK(inputs.empty());
        CHECK(outcomes.size() == 2);
    }
    CHECK(workspace.port.confirmations.empty());
    CHECK(workspace.port.deliveries.empty());
    CHECK(workspace.engine.last_trouble() == "database or disk is full");
    CHECK(workspace.engine.counters().failed_commits == 3);
    CHECK(workspace.count("SELECT count(*) FROM journal") == facts);

    disk_is_full = false;
    // Slack sends it again: it was never seen.
    inputs = one(envelope(ack_command("@Udi read"), "Ev1"));
    CHECK(workspace.engine.cycle(inputs, outcomes) == Engine::CycleOutcome::committed);
    CHECK(outcomes.empty());
    CHECK(workspace.port.confirmations.size() == 1);
    CHECK(workspace.count("SELECT count(*) FROM sent_messages") == 2);
    CHECK(storage::JournalTable{*workspace.connection}.find_break() == 0);
}

TEST_CASE("engine: a temporary failure that was settled in a refused cycle is tried again all the same")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo read");
    workspace.advance_to(utc("2026-03-02 11:29"));
    workspace.clock.advance_to(utc("2026-03-02 11:30"));
    std::vector<Input> none;
    workspace.engine.cycle(none, workspace.settled);
    REQUIRE(workspace.port.deliveries.size() == 1);
    workspace.settled = {{workspace.port.deliveries.front().id, Fault{FaultKind::temporary, "503"}}};
    workspace.port.deliveries.clear();
    bool refuse = true;
    workspace.engine.set_probe([&](EnginePoint point) {
        if (point == EnginePoint::before_commit && std::exchange(refuse, false)) {
            throw storage::StorageError(storage::StorageTrouble::io, 10, "disk I/O error");
        }
    });
    CHECK(workspace.engine.cycle(none, workspace.settled) == Engine::CycleOutcome::refused);
    workspace.turn();
    workspace.advance(1min);
    CHECK(workspace.to("Ubo").size() == 1);
}

TEST_CASE("engine: a database beyond waiting ends the process, with nothing confirmed")
{
    Workspace workspace;
    workspace.port.confirmations.clear();
    workspace.engine.set_probe([&](EnginePoint point) {
        if (point == EnginePoint::before_commit) {
            throw storage::StorageError(
                storage::StorageTrouble::corrupt, 11, "database disk image is malformed");
        }
    });
    auto inputs = one(envelope(ack_command("@Ubo read"), "Ev1"));
    CHECK_THROWS_AS(workspace.engine.cycle(inputs, workspace.settled), storage::StorageError);
    CHECK(workspace.port.confirmations.empty());
    CHECK_FALSE(workspace.connection->in_transaction());
}

TEST_CASE("engine: the next wake is the earliest deadline or delivery, and at the latest in an hour")
{
    Workspace workspace;
    CHECK(workspace.engine.next_wake() == utc("2026-03-02 11:00"));
    workspace.ack("Uann", "@Ubo !now read");
    workspace.advance(2s);
    CHECK(workspace.engine.next_wake() == utc("2026-03-02 10:05"));
    workspace.press("Ubo", workspace.card(), "done");
    workspace.advance(2s);
    // Dead letters were looked for at 10:00, and are every hour.
    CHECK(workspace.engine.next_wake() == utc("2026-03-02 11:00"));
}

TEST_CASE("engine: new settings apply to what is open from its next deadline on")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo read");
    Settings calmer = straight_settings();
    calmer.delivery.of(Priority::today).nudges = {{0.75, 0min}, {2, 0min}};
    calmer.delivery.of(Priority::today).step_ends = {3, 0min};
    workspace.engine.replace_settings(calmer);
    workspace.advance_to(utc("2026-03-02 13:59"));
    CHECK(workspace.to("Ubo").size() == 1);
    workspace.advance_to(utc("2026-03-02 14:01"));
    CHECK(workspace.to("Ubo").size() == 2);
}

TEST_CASE("input: every kind has a name of its own")
{
    CHECK(name_of(InputBody{NothingToDo{}}) == "nothing_to_do");
    CHECK(name_of(InputBody{CommandGiven{}}) == "command_given");
    CHECK(name_of(InputBody{EffectSettled{}}) == "effect_settled");
    Input input;
    input.body = ActionTaken{};
    CHECK(input.is_interactive());
    input.body = MessagePosted{};
    CHECK_FALSE(input.is_interactive());
}
