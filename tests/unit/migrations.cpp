// The schema's history: from nothing and from every earlier version, with data in it.
#include "storage/migrations.hpp"

#include "storage/journal_table.hpp"
#include "storage/pseudonym_table.hpp"
#include "storage/seen_inputs_table.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

using namespace ackd;
using namespace ackd::storage;

namespace {

/// A row for every table, with the first version that has it.
struct Sample {
    int since;
    std::string table;
    const char* sql;
    /// Where a later version calls it something else: the first that does, and what.
    int until = 0;
    std::string then{};

    [[nodiscard]] bool is_of(int version) const
    {
        return since <= version && (until == 0 || version < until);
    }
    [[nodiscard]] const std::string& now_called() const { return until == 0 ? table : then; }
};

const std::vector<Sample> samples{
    {1, "seen_inputs_even", "INSERT INTO seen_inputs_even VALUES ('Ev1')"},
    {1, "seen_inputs_odd", "INSERT INTO seen_inputs_odd VALUES ('Ev2')"},
    {1, "settings", "INSERT INTO settings VALUES ('seen_inputs_generation', 'odd 1000')"},
    {1, "poisoned_inputs", "INSERT INTO poisoned_inputs VALUES (1, 5, 'Ev3', 'action_taken', 'why')"},
    {1,
     "outbox",
     R"(INSERT INTO outbox (id, conversation, lane, kind, created_at_us, not_before_us)
         VALUES (9, 'C1', 2, 1, 5, 5))"},
    {1, "outbox_items", "INSERT INTO outbox_items VALUES (9, 1, 0, 1)"},
    {1,
     "sent_messages",
     "INSERT INTO sent_messages (id, channel, stamp, person, kind, sent_at_us) VALUES (1, 'C1', '1.1', 'U1', 2, 5)"},
    {1, "sent_items", "INSERT INTO sent_items VALUES (1, 1)"},
    {1,
     "members",
     "INSERT INTO members (id, name, time_zone, kind, deactivated)\n         VALUES ('U1', 'Ann', 'Europe/Berlin', 1, 0)"},
    {1, "user_groups", "INSERT INTO user_groups VALUES ('G1', 'team', 0)"},
    {1, "user_group_members", "INSERT INTO user_group_members VALUES ('G1', 0, 'U1')"},
    {1,
     "requests",
     R"(INSERT INTO requests (id, kind, state, creditor, priority, level, needed, asked, quorum,
         subject_channel, subject_stamp, thread, is_own_post, text, asked_at_us, route)
         VALUES (1, 1, 2, 'U2', 2, 2, 1, 1, 1, 'C1', '1.0', '1.0', 1, 'Please read', 5, '{}'))"},
    {1,
     "obligations",
     R"(INSERT INTO obligations (id, request_id, debtor, state, started_at_us, due_at_us)
         VALUES (1, 1, 'U1', 1, 5, 10))"},
    {1, "deadlines", "INSERT INTO deadlines VALUES (10, 1)"},
    {1, "calls", "INSERT INTO calls VALUES (1, 1, 'U3', 0, 0)"},
    {1, "early_answers", "INSERT INTO early_answers VALUES ('C1', '1.1', 'U1', 'eyes', 5)"},
    {1, "covers", "INSERT INTO covers VALUES (1, 'U4', 6)"},
    {1,
     "dead_letters",
     "INSERT INTO dead_letters (obligation_id, request_id, owner, cause, created_at_us) VALUES (1, 1, 'U2', 1, 7)"},
    {2,
     "conversations",
     "INSERT INTO conversations (id, name, is_archived, read_up_to_us) VALUES ('C1', 'general', 0, 5)"},
    {2, "known_reactions", R"(INSERT INTO known_reactions (channel, stamp, person, emoji, known_at_us)
         VALUES ('C1', '1.0', 'U1', 'eyes', 5))"},
    {2, "introductions", "INSERT INTO introductions VALUES ('C1', 5)"},
    {2, "homes", "INSERT INTO homes VALUES ('U1', 5, '')"},
    {6, "interruptions", "INSERT INTO interruptions VALUES ('U1', 20514, 2)"},
    {6, "preferences", "INSERT INTO preferences VALUES ('U1', 3)"},
    {6, "digests", "INSERT INTO digests VALUES ('U1', 5, 4, 1)"},
    {6, "digest_entries", "INSERT INTO digest_entries VALUES (1, 'U1', 1, 0, 1, '', 5)"},
    {7, "policies", "INSERT INTO policies VALUES (1, 5, 'U1', 'chat', '', '[hours]')"},
    {7, "policy_findings", "INSERT INTO policy_findings VALUES ('route incident: hangs on Ann alone')"},
    {8, "forgettings", "INSERT INTO forgettings VALUES ('U8', 5)"},
    {8, "forgotten_people", "INSERT INTO forgotten_people VALUES (zeroblob(32))"},
    {8, "pseudonyms", "INSERT INTO pseudonyms VALUES ('paaaaaaaaaaaaaaaa', 'U7')"},
    {9, "personal_hours", "INSERT INTO personal_hours VALUES ('U1', 'Mon-Thu 09:00-15:00')"},
    {9, "do_not_disturb", "INSERT INTO do_not_disturb (person, from_us, until_us) VALUES ('U1', 5, 6)"},
    {9, "absences", "INSERT INTO absences VALUES (1, 'U1', 5, 10, 'U2', 'a journey', 2, 10)"},
    {9, "hand_overs", "INSERT INTO hand_overs VALUES (1, 2)"},
    {11, "tax_days", "INSERT INTO tax_days VALUES ('U1', 20000, 3, 2, 4, 1)"},
    {11, "nudge_rules", "INSERT INTO nudge_rules VALUES ('today nudge 75%', 2, 1, 5, NULL)"},
    {11, "nudge_rule_days", "INSERT INTO nudge_rule_days VALUES ('today nudge 75%', 20000, 9, 8, 1, 3, 1)"},
    {11, "nudge_rule_bins", "INSERT INTO nudge_rule_bins VALUES ('today nudge 75%', 1, 15)"},
    {11, "nudge_samples", "INSERT INTO nudge_samples VALUES (1, 1, 'today nudge 75%', 5, 9, 1, 0)"},
    {12, "do_not_disturb_past", "INSERT INTO do_not_disturb_past VALUES ('U1', 5, 6)"},
    {13, "silence_clauses", "INSERT INTO silence_clauses VALUES (1, 3, 'U2', 4, '', 1, 5, 9)"},
    {14,
     "read_backs",
     "INSERT INTO read_backs (request_id, state, wanted, wanted_at_us, due_at_us) VALUES (1, 2, 1, 5, 9)"},
    {14, "read_back_turns", "INSERT INTO read_back_turns VALUES (1, 1, 'U1', 1, 0, 2, 5, 9)"},
    {14, "read_back_words", "INSERT INTO read_back_words VALUES (1, 'I wait for Friday')"},
    {15,
     "questions",
     "INSERT INTO questions VALUES (1, 'C1', '1.0', '', 'U1', 5, 5, 3, 2, 0, 0, 4, 'U2', NULL, NULL, NULL, 1)"},
    {15, "channel_weights", "INSERT INTO channel_weights VALUES ('C1', 'question_mark', -5)"},
    {16,
     "kept_answers",
     R"(INSERT INTO kept_answers (id, state, channel, stamp, question, answer, proposed_at_us, due_at_us)
         VALUES (1, 2, 'C1', '1.2', 'How?', 'So.', 5, 9))"},
    {16, "kept_answer_offers", "INSERT INTO kept_answer_offers VALUES (1, 'U3', 'C1', '1.5', 7, 0)"},
    {16,
     "kept_answer_index",
     "INSERT INTO kept_answer_index (rowid, question, answer, tags) VALUES (1, 'How?', 'So.', '')"},
    {17,
     "shift_overrides",
     R"(INSERT INTO shift_overrides (id, rotation, from_us, until_us, person, source, made_by, made_at_us)
         VALUES (1, 'platform', 5, 9, 'U3', 1, 'U3', 5))"},
    {17,
     "shift_swaps",
     R"(INSERT INTO shift_swaps
         (id, rotation, owner, asked, from_us, until_us, state, offered_at_us, lapses_at_us, due_at_us)
         VALUES (1, 'platform', 'U3', 'U4', 5, 9, 1, 2, 5, 3))"},
    {17, "hand_over_notes", "INSERT INTO hand_over_notes VALUES ('platform', 'U3', 'The disk is full.', 7)"},
    {17, "told_hand_overs", "INSERT INTO told_hand_overs VALUES ('platform', 7)"},
    {17,
     "told_rotation_findings",
     "INSERT INTO told_rotation_findings VALUES (1, 'platform', '', 'U3', 5, 4, 7)"},
    {19,
     "alert_keys",
     "INSERT INTO alert_keys VALUES (1, 'production', "
     "'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 5, 9)",
     24,
     "web_keys"},
    {24,
     "web_keys",
     "INSERT INTO web_keys VALUES (1, 'production', "
     "'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 5, 9, 1)"},
    {20, "alert_sources", "INSERT INTO alert_sources VALUES ('ci', 5, 9, 0, 5, 8, 'U1', 0, 8)"},
    {20,
     "alert_groups",
     R"(INSERT INTO alert_groups (id, source, name, takes_all, state, taken_by, alerts, firing, acknowledged,
            reports, began_at_us, opened_at_us, joined_at_us, last_at_us, endings, endings_since_us, turned_at_us)
         VALUES (1, 'ci', '', 0, 1, 'U1', 1, 0, 1, 4, 5, 5, 5, 5, 0, 5, 5))"},
    {20, "alerts", R"(INSERT INTO alerts VALUES
         (1, 'ci', 'k', 1, 2, 'Disk full', 'critical', '', '', '', '', 4, 5, 5, NULL, '', NULL))"},
    {21,
     "destination_states",
     "INSERT INTO destination_states VALUES ('pager', 5, 6, 'it answered 500', NULL, 1)"},
    {21,
     "undelivered",
     R"(INSERT INTO undelivered VALUES (1, 'pager', '{"to":"pager","event":"raised"}', 1, 3, 'it answered 500', 5, 6))"},
    {22, "breakers", "INSERT INTO breakers VALUES ('U1', 3, 9)"},
    {23, "triage_rounds", "INSERT INTO triage_rounds VALUES (20514, 'U2', 0, 8)"},
    {23, "triage_round_letters", "INSERT INTO triage_round_letters VALUES (20514, 0, 1)"},
    {23, "triage_proposals", "INSERT INTO triage_proposals VALUES ('incident', 2, 8)"},
    {25, "on_call_places", "INSERT INTO on_call_places VALUES ('ops', 1, 'C1', 0)"},
    {27,
     "capacity_signals",
     R"(INSERT INTO capacity_signals (id, team, person, level, state, reason, began_at_us, until_us, is_in_force,
            is_urgent, due_at_us)
         VALUES (1, 'platform', 'U1', 3, 2, 'two at once', 5, 9, 1, 0, 9))"},
    {27, "capacity_voices", "INSERT INTO capacity_voices VALUES (1, 'U1', 5)"},
    {27,
     "capacity_questions",
     R"(INSERT INTO capacity_questions (request_id, signal_id, function, due_at_us)
         VALUES (1, 1, 'engineering', 8))"},
    {27, "capacity_queue", "INSERT INTO capacity_queue VALUES (1, 'U2')"},
    {28,
     "wip_items",
     R"(INSERT INTO wip_items (id, team, person, title, state, is_unplanned, started_at_us, due_at_us)
         VALUES (1, 'platform', 'U1', 'the importer', 1, 0, 5, 9))"},
    {29,
     "cadences",
     R"(INSERT INTO cadences (use, name, rule, looked_until_us, last_day)
         VALUES (1, 'product', 'every monday 10:00', 5, 20514))"},
    {29,
     "cadence_occurrences",
     "INSERT INTO cadence_occurrences VALUES (1, 'product', 20514, 20514, 5, 1, 6)"},
    {29,
     "resync_rounds",
     R"(INSERT INTO resync_rounds (id, resync, nominal_day, state, asked_at_us, closes_at_us, due_at_us)
         VALUES (1, 'product', 20514, 1, 5, 9, 9))"},
    {29,
     "resync_answers",
     "INSERT INTO resync_answers VALUES (1, 'platform', 'U1', 6, 'the importer', '', '')"},
    {29,
     "resync_dependencies",
     "INSERT INTO resync_dependencies VALUES (1, 'platform', 1, 0, 'mobile', 'the login', 20520)"},
    {29,
     "divergences",
     R"(INSERT INTO divergences (id, resync, round_id, kind, team, other, what, other_what, state, request_id)
         VALUES (1, 'product', 1, 1, 'platform', 'mobile', 'the login', '', 1, 1))"},
    {29, "surprises", "INSERT INTO surprises VALUES (1, 'platform', 'the cluster was full', NULL, 5)"},
    {30,
     "retro_rounds",
     R"(INSERT INTO retro_rounds (id, retro, team, number, nominal_day, state, is_anonymous, dots, facilitator,
             opened_at_us, facts_since_us, unanswered_capacity, closes_at_us, due_at_us)
         VALUES (1, 'platform', 'platform', 1, 20514, 1, 1, 3, 'U1', 5, 1, 0, 9, 9))"},
    {30, "retro_questions", "INSERT INTO retro_questions VALUES (1, 1, 'What shall we stop?')"},
    {30,
     "retro_sealed",
     "INSERT INTO retro_sealed VALUES ('a1', 'platform', 'platform', 1, 1, 'the stand-up')"},
    {30,
     "retro_signed",
     "INSERT INTO retro_signed VALUES ('b2', 'mobile', 'mobile', 0, 0, 'U1', 'the stand-up')"},
    {30, "retro_entries", "INSERT INTO retro_entries VALUES (1, 1, 1, 'the stand-up', '', 1)"},
    {30, "retro_themes", "INSERT INTO retro_themes VALUES (1, 1, 'Meetings', 2)"},
    {30, "retro_votes", "INSERT INTO retro_votes VALUES (1, 'U1', 1)"},
    {30, "retro_actions", "INSERT INTO retro_actions VALUES (1, 1, 'no stand-up on Fridays')"},
    {31,
     "drift_probes",
     R"(INSERT INTO drift_probes (id, team, asker, question, state, asked_at_us, closes_at_us, asked_count, due_at_us)
         VALUES (1, 'platform', 'U1', 'What comes first?', 1, 5, 9, 7, 9))"},
    {31, "drift_views", "INSERT INTO drift_views VALUES (1, 1, 'migration', 1, 3)"},
    {31, "drift_asked", "INSERT INTO drift_asked (probe_id, person, has_answered) VALUES (1, 'U2', 1)"},
    {31, "drift_turns", "INSERT INTO drift_turns VALUES ('U2', 5)"},
    {32, "wip_levels", "INSERT INTO wip_levels VALUES ('platform', 20000, 3, 2)"},
    {3, "catch_up", "UPDATE catch_up SET stage = 2, listed_channel = 'C1', listed_thread = '1.0'"},
};

int newest()
{
    return static_cast<int>(all_migrations().size());
}

std::set<std::string> tables_of(Connection& connection)
{
    std::set<std::string> tables;
    Statement rows = connection.prepare(
        // Not what a full-text index keeps for itself.
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name");
    while (rows.step()) tables.insert(rows.column_string(0));
    return tables;
}

/// The schema without what depends on how it came to be.
std::multiset<std::string> schema_of(Connection& connection)
{
    std::multiset<std::string> schema;
    Statement rows = connection.prepare("SELECT type || ' ' || name || ' ' || tbl_name FROM sqlite_schema");
    while (rows.step()) schema.insert(rows.column_string(0));
    return schema;
}

std::int64_t count(Connection& connection, const std::string& table)
{
    // The statement cache is keyed by address, so the text must outlive the connection.
    static std::map<std::string, std::string> sql;
    Statement row = connection.prepare(
        sql.try_emplace(table, "SELECT count(*) FROM " + table).first->second.c_str());
    row.step();
    return row.column_int(0);
}

}  // namespace

TEST_CASE("migrations: every table has a sample row here, so that no migration goes untested")
{
    Connection connection{":memory:", OpenMode::create};
    migrate(connection);
    std::set<std::string> known{"journal"};
    for (const Sample& sample : samples) known.insert(sample.now_called());
    CHECK(tables_of(connection) == known);
    CHECK(schema_version(connection) == newest());
}

TEST_CASE(
    "migrations: from every earlier version with data in it, nothing is lost and the schema is the newest")
{
    Connection fresh{":memory:", OpenMode::create};
    migrate(fresh);
    for (int version = 0; version <= newest(); ++version) {
        CAPTURE(version);
        const StorageFolder folder;
        const std::string path = folder.file("state.db");
        std::map<std::string, std::int64_t> before;
        {
            Connection connection{path, OpenMode::create};
            migrate(connection, version);
            CHECK(schema_version(connection) == version);
            for (const Sample& sample : samples) {
                if (!sample.is_of(version)) continue;
                CAPTURE(sample.table);
                connection.execute(sample.sql);
                before[sample.now_called()] = count(connection, sample.table);
            }
            if (version >= 1) {
                JournalTable journal{connection};
                for (int entry = 0; entry < 3; ++entry)
                    journal.append({0, entry, "ackd", 1, 1, "nudged", "{}"});
            }
        }
        Connection connection{path, OpenMode::existing_only};
        migrate(connection);
        CHECK(schema_version(connection) == newest());
        CHECK(schema_of(connection) == schema_of(fresh));
        for (const auto& entry : before) {
            const std::string& table = entry.first;
            CAPTURE(table);
            CHECK(count(connection, table) == entry.second);
        }
        Statement check = connection.prepare("PRAGMA integrity_check");
        REQUIRE(check.step());
        CHECK(check.column_text(0) == "ok");
        CHECK_FALSE(connection.prepare("PRAGMA foreign_key_check").step());
        if (version == 0) continue;
        JournalTable journal{connection};
        CHECK(journal.length() == 3);
        CHECK(journal.find_break() == 0);
        SeenInputsTable seen{connection};
        CHECK_FALSE(seen.insert("Ev1"));
        CHECK_FALSE(seen.insert("Ev2"));
        CHECK(seen.insert("Ev4"));
    }
}

TEST_CASE("migrations: applying them again changes nothing, and the file is marked as ours")
{
    Connection connection{":memory:", OpenMode::create};
    migrate(connection);
    const auto schema = schema_of(connection);
    migrate(connection);
    migrate(connection);
    CHECK(schema_of(connection) == schema);
    Statement mark = connection.prepare("PRAGMA application_id");
    mark.step();
    CHECK(mark.column_int(0) == 0x61636b64);
}

TEST_CASE("migrations: a migrated file has a write-ahead log and durable commits")
{
    const StorageFolder folder;
    Connection connection{folder.file("state.db"), OpenMode::create};
    migrate(connection);
    Statement mode = connection.prepare("PRAGMA journal_mode");
    mode.step();
    CHECK(mode.column_text(0) == "wal");
    Statement synchronous = connection.prepare("PRAGMA synchronous");
    synchronous.step();
    CHECK(synchronous.column_int(0) == 2);
    Statement foreign_keys = connection.prepare("PRAGMA foreign_keys");
    foreign_keys.step();
    CHECK(foreign_keys.column_int(0) == 1);
}

TEST_CASE("migrations: threads have been read as far as the conversation that was read least")
{
    Connection connection{":memory:", OpenMode::create};
    migrate(connection, 2);
    connection.execute("INSERT INTO conversations VALUES ('C1', 'general', 0, 50), ('C2', 'random', 0, 40)");
    migrate(connection);
    Statement row = connection.prepare("SELECT stage, threads_read_up_to_us FROM catch_up");
    REQUIRE(row.step());
    CHECK(row.column_int(0) == 0);
    CHECK(row.column_int(1) == 40);
}

TEST_CASE("migrations: of the waiting rows that do the same thing one is left")
{
    Connection connection{":memory:", OpenMode::create};
    migrate(connection, 3);
    connection.execute(
        R"(INSERT INTO outbox (id, conversation, lane, kind, request_id, payload, created_at_us,
        not_before_us) VALUES
        (1, 'C1', 2, 1, 7, '', 5, 5), (2, '@U1', 2, 7, 7, '3', 5, 5), (3, '@U1', 2, 7, 7, '3', 5, 5),
        (4, 'read:C1', 2, 10, 0, '{}', 5, 5), (5, 'home:U1', 2, 13, 0, 'U1', 5, 5), (6, '@U1', 2, 2, 7, '', 5, 5))");
    migrate(connection);
    std::string left;
    Statement rows = connection.prepare("SELECT id, coalesce(same_thing, '-') FROM outbox ORDER BY id");
    while (rows.step()) left += rows.column_string(0) + " " + rows.column_string(1) + ", ";
    CHECK(left == "1 card:7, 2 refresh:3, 4 read:C1, 5 home:U1, 6 -, ");
}

TEST_CASE("migrations: a journal that named people is written again with tokens, and its chain is whole")
{
    for (int version = 1; version <= 6; ++version) {
        CAPTURE(version);
        Connection connection{":memory:", OpenMode::create};
        migrate(connection, version);
        {
            JournalTable journal{connection};
            journal.append({0, 1, "U1ANN", 12, 0, "requested", R"({"priority":"today","route":"default"})"});
            journal.append({0, 2, "ackd", 12, 34, "asked", R"({"debtor":"U2BO","to":"open"})"});
            journal.append({0, 3, "ackd", 12, 0, "card_posted", R"({"channel":"D3BO","stamp":"1.5"})"});
            journal.append({0, 4, "ackd", 12, 34, "delivered", R"({"person":"U2BO","kind":"nudge"})"});
            journal.append({0, 5, "U2BO", 12, 34, "acked", R"({"to":"received","way":"button"})"});
            journal.append(
                {0, 6, "ackd", 12, 0, "not_delivered", R"({"kind":"2","reason":"no_text: Hello Bo"})"});
            journal.append({0, 7, "ackd", 0, 0, "input_poisoned", R"({"kind":"due","key":"m:1.5:D3BO"})"});
            journal.append({0, 8, "ackd", 0, 0, "channel_id_changed", R"({"before":"C1","after":"C2"})"});
        }
        migrate(connection);
        JournalTable journal{connection};
        CHECK(journal.length() == 8);
        CHECK(journal.find_break() == 0);
        std::string all;
        Statement rows = connection.prepare("SELECT actor || ' ' || fact || ' ' || detail FROM journal");
        while (rows.step()) all += rows.column_string(0) + "\n";
        CAPTURE(all);
        for (const char* gone : {"U1ANN", "U2BO", "D3BO", "C1", "C2", "Hello"})
            CHECK(all.find(gone) == std::string::npos);
        PseudonymTable pseudonyms{connection};
        Statement acked = connection.prepare("SELECT actor FROM journal WHERE fact = 'acked'");
        REQUIRE(acked.step());
        const std::string bo = acked.column_string(0);
        CHECK(pseudonyms.original_of(bo) == "U2BO");
        CHECK(all.find(R"(ackd asked {"debtor":")" + bo + R"(","to":"open"})") != std::string::npos);
        CHECK(all.find(R"({"person":")" + bo + R"(","kind":"nudge"})") != std::string::npos);
        CHECK(all.find(R"({"kind":"2","reason":"no_text"})") != std::string::npos);
    }
}
