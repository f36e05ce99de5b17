// The journal: facts in a chain of hashes, so that a change of the past shows.
#include "bot/engine/handler_context.hpp"
#include "storage/journal_table.hpp"
#include "storage/migrations.hpp"
#include "storage/pseudonym_table.hpp"
#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;
using namespace ackd::storage;

namespace {

std::string hex(const JournalHash& hash)
{
    std::string text;
    for (const unsigned char byte : hash) {
        constexpr const char* digits = "0123456789abcdef";
        text += digits[byte >> 4U];
        text += digits[byte & 0xfU];
    }
    return text;
}

void fill(JournalTable& journal, int count)
{
    for (int entry = 1; entry <= count; ++entry) {
        journal.append({0, 1000 + entry, "ackd", entry % 2, entry, "nudged", R"({"attempt":"1"})"});
    }
}

}  // namespace

TEST_CASE("journal: the worked example of docs/journal.md is what is stored")
{
    Connection connection{":memory:", OpenMode::create};
    migrate(connection);
    JournalTable journal{connection};
    CHECK(hex(journal.head()) == std::string(64, '0'));
    const std::int64_t nine = to_microseconds(utc("2026-03-02 09:00"));
    journal.append(
        {0, nine, "pq3kfz5l2m7ayd4xw", 12, 0, "requested", R"({"priority":"today","needed":"1"})"});
    const std::string first = hex(journal.head());
    journal.append({0,
                    nine + 5'400'000'000,
                    "ackd",
                    12,
                    34,
                    "nudged",
                    R"({"to":"open","reason":"nudge_due","step":"0","attempt":"1"})"});
    const std::string second = hex(journal.head());
    CHECK(first == "5eafd014b4ba224bb92d7476c5b4768720f04203b579bd5dae35c8fd25036dbc");
    CHECK(second == "8487afc44f5ed76722c60dfca0052320a7bb5dc0869cab842d68e6446e7e7a5e");
    const std::string page = bytes_of(ACKD_SOURCE_DIR "/docs/journal.md");
    CHECK(page.find(first) != std::string::npos);
    CHECK(page.find(second) != std::string::npos);
    CHECK(journal.find_break() == 0);
}

TEST_CASE("journal: changing, removing or inserting a row shows at the first row that is wrong")
{
    struct Row {
        std::string why;
        const char* sql;
        std::int64_t break_at;
    };
    const Row rows[] = {
        {"untouched", "SELECT 1", 0},
        {"a changed fact", "UPDATE journal SET fact = 'acked' WHERE sequence = 4", 4},
        {"a changed actor", "UPDATE journal SET actor = 'Uann' WHERE sequence = 1", 1},
        {"a changed time", "UPDATE journal SET recorded_at_us = recorded_at_us + 1 WHERE sequence = 6", 6},
        {"a changed request", "UPDATE journal SET request_id = 99 WHERE sequence = 2", 2},
        {"a changed obligation", "UPDATE journal SET obligation_id = 99 WHERE sequence = 2", 2},
        {"a changed detail", "UPDATE journal SET detail = '{}' WHERE sequence = 9", 9},
        {"a changed hash", "UPDATE journal SET hash = zeroblob(32) WHERE sequence = 3", 3},
        {"a removed row", "DELETE FROM journal WHERE sequence = 5", 5},
        {"a removed first row", "DELETE FROM journal WHERE sequence = 1", 1},
        {"two rows that changed places",
         R"(UPDATE journal
             SET sequence = 100
             WHERE sequence = 5; UPDATE journal
             SET sequence = 5
             WHERE sequence = 6;UPDATE journal
             SET sequence = 6
             WHERE sequence = 100)",
         5},
        {"a row moved over a field's border",
         "UPDATE journal SET actor = 'ack', fact = 'dnudged' WHERE sequence = 7",
         7},
        {"an inserted row",
         "INSERT INTO journal VALUES (11, 5, 'ackd', 1, 1, 'acked', '{}', zeroblob(32))",
         11},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        Connection connection{":memory:", OpenMode::create};
        migrate(connection);
        JournalTable journal{connection};
        fill(journal, 10);
        connection.execute(row.sql);
        CHECK(journal.find_break() == row.break_at);
    }
}

TEST_CASE("journal: rows removed from the end show against a head that was noted elsewhere")
{
    Connection connection{":memory:", OpenMode::create};
    migrate(connection);
    JournalTable journal{connection};
    fill(journal, 10);
    const JournalHash noted = journal.head();
    connection.execute("DELETE FROM journal WHERE sequence > 8");
    CHECK(journal.find_break() == 0);
    journal.reload();
    CHECK(journal.length() == 8);
    CHECK(journal.head() != noted);
}

TEST_CASE("journal: the chain goes on after a restart, and after a transaction that was rolled back")
{
    Connection connection{":memory:", OpenMode::create};
    migrate(connection);
    {
        JournalTable journal{connection};
        fill(journal, 3);
    }
    JournalTable journal{connection};
    fill(journal, 3);
    {
        Transaction transaction{connection};
        fill(journal, 5);
    }
    journal.reload();
    CHECK(journal.length() == 6);
    fill(journal, 2);
    CHECK(journal.length() == 8);
    CHECK(journal.find_break() == 0);
    int seen = 0;
    journal.for_each_of_request(1, [&](const JournalEntry& entry) {
        CHECK(entry.request_id == 1);
        ++seen;
    });
    CHECK(seen == 5);
    journal.for_each_of_request(0,
                                [&](const JournalEntry&) { FAIL("facts of no request belong to nobody"); });
}

TEST_CASE("journal: foreign text with broken bytes is a fact like any other")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo read this");
    workspace.instead = [](const Delivery&) -> std::optional<EffectOutcome> {
        return Fault{FaultKind::permanent, "broken \xff\xfe bytes \"and\" quotes"};
    };
    workspace.advance_to(utc("2026-03-02 11:40"));
    JournalTable journal{*workspace.connection};
    CHECK(journal.find_break() == 0);
    CHECK(workspace.facts().find("not_delivered") != std::string::npos);
}

TEST_CASE("journal: the same inputs at the same times write the same journal, byte for byte")
{
    JournalHash heads[2];
    for (JournalHash& head : heads) {
        Workspace workspace{with_route({"Ucy", "Udi"})};
        workspace.ack("Uann", "@Ubo @Ucy !2 read this");
        workspace.advance_to(utc("2026-03-02 12:10"));
        workspace.press("Ubo", workspace.card(), "got_it");
        workspace.advance_to(utc("2026-03-04 12:00"));
        head = JournalTable{*workspace.connection}.head();
    }
    CHECK(hex(heads[0]) == hex(heads[1]));
}

TEST_CASE("journal: people and conversations are tokens in it, one each, and it never holds what they wrote")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.ack("Uann", "@Ubo the secret plan");
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.ack("Ubo", "@Uann another one");
    workspace.advance_to(utc("2026-03-03 12:00"));
    std::string all;
    Statement rows = workspace.connection->prepare(
        "SELECT actor || ' ' || fact || ' ' || detail FROM journal");
    while (rows.step()) all += rows.column_string(0) + "\n";
    CAPTURE(all);
    for (const char* never : {"Uann", "Ubo", "Ucy", "Cwork", "Ann", "plan"})
        CHECK(all.find(never) == std::string::npos);
    PseudonymTable pseudonyms{*workspace.connection};
    const std::string bo = pseudonyms.token_of(PseudonymKind::person, "Ubo");
    CHECK(all.find(bo + " acked") != std::string::npos);
    CHECK(all.find(bo + " requested") != std::string::npos);
    CHECK(all.find("\"debtor\":\"" + bo + "\"") != std::string::npos);
}

TEST_CASE("pseudonyms: a token says nothing of who it stands for, and is never given again")
{
    Connection connection{":memory:", OpenMode::create};
    migrate(connection);
    const auto same_numbers = [number = std::uint64_t{41}]() mutable { return number++ / 4; };
    PseudonymTable table{connection, same_numbers};
    const std::string ann = table.token_of(PseudonymKind::person, "Uann");
    CHECK(ann.size() == 17);
    CHECK(table.token_of(PseudonymKind::person, "Uann") == ann);
    CHECK(table.original_of(ann) == "Uann");
    table.forget("Uann");
    CHECK_FALSE(table.original_of(ann));
    // The random numbers begin again, as after a restart with the same seed.
    PseudonymTable again{connection, same_numbers};
    CHECK(again.token_of(PseudonymKind::person, "Ubo") != ann);
    CHECK(again.token_of(PseudonymKind::person, "Uann") != ann);
    CHECK(again.token_of(PseudonymKind::person, "").empty());
}
