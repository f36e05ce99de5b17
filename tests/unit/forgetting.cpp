// Forgetting somebody: what goes, what stays, in which order, and how they come back.
#include "bot/privacy/erasure.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "storage/journal_table.hpp"
#include "storage/migrations.hpp"
#include "storage/pseudonym_table.hpp"
#include "storage/scrub.hpp"
#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace ackd;

namespace {

/// Every text of every table, as one text.
std::string everything(storage::Connection& connection)
{
    std::set<std::string> statements;
    std::string all;
    {
        storage::Statement rows = connection.prepare(
            R"(SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
                WHERE m.type = 'table' AND c.type = 'TEXT')");
        while (rows.step())
            statements.insert("SELECT \"" + rows.column_string(1) + "\" FROM \"" + rows.column_string(0) +
                              "\"");
    }
    static std::set<std::string> kept;  // the statement cache is keyed by address
    for (const std::string& sql : statements) {
        storage::Statement rows = connection.prepare(kept.insert(sql).first->c_str());
        while (rows.step()) all += sql + ": " + rows.column_string(0) + "\n";
    }
    return all;
}

bool holds(storage::Connection& connection, const std::string& what)
{
    return everything(connection).find(what) != std::string::npos;
}

/// Bo asks, is asked, answers, is called in, offers, reacts, opens the Home, is named by others.
void let_bo_live(Workspace& workspace)
{
    workspace.take(GroupChanged{UserGroup{GroupId{"Gall"}, "all", {UserId{"Uann"}, UserId{"Ubo"}}, false}});
    workspace.take(HomeOpened{UserId{"Ubo"}});
    workspace.ack("Ubo", "@Ucy my secret words");
    workspace.ack("Uann", "@Ubo @Udi please talk to @Ubo about it");
    workspace.ack("Uann", "@Udi something for Bo to read");
    workspace.advance(std::chrono::seconds{10});  // cards of one channel come one a second
    workspace.react("Ubo", workspace.card().ref, "eyes");
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.advance_to(utc("2026-03-02 14:30"));
    workspace.ackd("Ubo", "got 2");
    workspace.advance_to(utc("2026-03-03 10:00"));
}

void forget(Workspace& workspace, const char* person)
{
    workspace.ackd(person, "forget");
    SeenMessage question;
    question.now = workspace.answers.back().notice;
    workspace.press(person, question, "forget_me");
    workspace.advance(std::chrono::minutes{2});
}

}  // namespace

TEST_CASE("forget: an id is replaced as a whole, within JSON as well, never within a longer one")
{
    struct Row {
        const char* text;
        const char* expected;
    };
    const Row rows[] = {
        {"U1", "p"},
        {"U12 U1", "U12 p"},
        {"WU1", "WU1"},
        {"@U1", "@p"},
        {R"({"people":["U1","U12"]})", R"({"people":["p","U12"]})"},
        {R"(a\nU1, and)", R"(a\np, and)"},
        {"", ""},
        {"U1U1", "U1U1"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(with_id_replaced(row.text, "U1", "p") == row.expected);
    }
}

TEST_CASE("forget: a name is replaced as a word, however it is capitalised")
{
    struct Row {
        const char* text;
        const char* expected;
    };
    const Row rows[] = {
        {"Bo", "somebody"},
        {"please ask @bo, or BO", "please ask @somebody, or somebody"},
        {"about Boston and Jumbo", "about Boston and Jumbo"},
        {"Boé", "Boé"},
        {"", ""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(with_name_replaced(row.text, "Bo") == row.expected);
    }
    CHECK(with_name_replaced("nothing", "") == "nothing");
}

TEST_CASE("/ackd forget asks first, says what goes and what stays, and does nothing before the button")
{
    Workspace workspace;
    let_bo_live(workspace);
    workspace.ackd("Ubo", "forget");
    CHECK(workspace.answer().find("What goes:") != std::string::npos);
    CHECK(workspace.answer().find("What stays:") != std::string::npos);
    workspace.advance(std::chrono::hours{1});
    CHECK(workspace.count("SELECT count(*) FROM forgettings") == 0);
    CHECK(holds(*workspace.connection, "my secret words"));
    workspace.ackd("Ubo", "forget Ucy");
    CHECK(workspace.answer().find("Try: `/ackd forget`") != std::string::npos);
}

TEST_CASE("forget: nothing of the id, the name or the words is left in any table, and the journal is whole")
{
    Workspace workspace{with_route({"Ucy", "Ubo"})};
    let_bo_live(workspace);
    REQUIRE(holds(*workspace.connection, "Ubo"));
    REQUIRE(holds(*workspace.connection, "my secret words"));
    storage::JournalTable before{*workspace.connection};
    REQUIRE(before.find_break() == 0);
    const auto length = before.length();
    const auto asked = workspace.count("SELECT count(*) FROM obligations");
    forget(workspace, "Ubo");

    const std::string left = everything(*workspace.connection);
    for (const char* gone : {"Ubo", "DUbo", "Bo ", "@Bo", "my secret words"}) {
        CAPTURE(gone);
        const auto at = left.find(gone);
        CHECK_MESSAGE(at == std::string::npos,
                      left.substr(at == std::string::npos ? 0 : left.rfind('\n', at) + 1, 300));
    }
    storage::JournalTable after{*workspace.connection};
    CHECK(after.find_break() == 0);
    CHECK(after.length() > length);
    CHECK(workspace.count("SELECT count(*) FROM obligations") >= asked);
    CHECK(workspace.count("SELECT count(*) FROM journal WHERE fact = 'person_forgotten'") == 1);
    CHECK(workspace.count("SELECT count(*) FROM members WHERE deactivated = 1") == 1);
    CHECK(workspace.count("SELECT count(*) FROM tax_days WHERE person NOT LIKE 'U%'") == 0);
    CHECK(workspace.count("SELECT count(*) FROM nudge_samples "
                          "WHERE sent_id NOT IN (SELECT id FROM sent_messages)") == 0);
    CHECK(workspace.count("SELECT count(*) FROM settings WHERE name = 'scrub_wanted'") == 0);
}

TEST_CASE("forget: what they have in front of them comes to a neutral line before the id is gone")
{
    Workspace workspace;
    let_bo_live(workspace);
    REQUIRE_FALSE(workspace.to("Ubo").empty());
    forget(workspace, "Ubo");
    for (const SeenMessage& message : workspace.to("Ubo"))
        CHECK(text_of(message.now).find("ackd knows nothing of you") != std::string::npos);
    CHECK(text_of(workspace.homes[UserId{"Ubo"}].back()).find("ackd knows nothing of you") !=
          std::string::npos);
}

TEST_CASE("forget: when the chat cannot be reached, it is done after ten minutes all the same")
{
    Workspace workspace;
    let_bo_live(workspace);
    workspace.instead = [](const Delivery&) -> std::optional<EffectOutcome> {
        return Fault{FaultKind::temporary, "away"};
    };
    forget(workspace, "Ubo");
    CHECK(workspace.count("SELECT count(*) FROM forgettings") == 1);
    workspace.advance(std::chrono::minutes{9});
    CHECK_FALSE(holds(*workspace.connection, "Ubo"));
}

TEST_CASE("forget: what they asked is called off, what they owe goes on to the next of its route")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.ack("Ubo", "@Udi mine");
    workspace.ack("Uann", "@Ubo theirs");
    forget(workspace, "Ubo");
    CHECK(workspace.request(1).state == RequestState::closed);
    CHECK(workspace.request(1).text == erased_text);
    CHECK_FALSE(workspace.request(2).is_over());
    CHECK_FALSE(workspace.to("Ucy").empty());
    workspace.ackd("Uann", "trace 2");
    CHECK(workspace.answer().find("somebody who left no trace here was asked") != std::string::npos);
}

TEST_CASE(
    "forget: a listing, a group, a channel or somebody else's words do not bring them back; their own use does")
{
    Workspace workspace;
    let_bo_live(workspace);
    forget(workspace, "Ubo");
    workspace.take(MembersListed{{Member{UserId{"Ubo"}, "Bo", "Etc/UTC", MemberKind::person, false}}});
    workspace.take(GroupsListed{{UserGroup{GroupId{"Gall"}, "all", {UserId{"Uann"}, UserId{"Ubo"}}, false}}});
    workspace.take(HomeOpened{UserId{"Ubo"}});
    workspace.members[ChannelId{"Cops"}] = {UserId{"Ucy"}, UserId{"Ubo"}};
    workspace.ack("Uann", "#Cops news");
    workspace.ack("Uann", "@Ubo are you there");
    workspace.ack("Uann", "@Ucy and @Ubo as well");
    workspace.react("Ubo", workspace.card().ref, "eyes");
    workspace.ackd("Ubo", "me");
    CHECK(workspace.answer() == "ackd knows nothing of you.\n");
    workspace.advance(std::chrono::hours{30});
    const std::string left = everything(*workspace.connection);
    const auto at = left.find("Ubo");
    CHECK_MESSAGE(at == std::string::npos,
                  left.substr(at == std::string::npos ? 0 : left.rfind('\n', at) + 1, 300));

    workspace.ack("Ubo", "@Ucy I am back");
    CHECK(workspace.card().now.summary.find("Ubo") != std::string::npos);
    workspace.join("Ubo", "Bo");
    workspace.ack("Uann", "@Ubo welcome");
    CHECK(workspace.states(workspace.count("SELECT max(id) FROM requests")).find("Ubo open") !=
          std::string::npos);
}

TEST_CASE("forget: after it, the bytes of the database, its log and a backup hold nothing of them")
{
    const StorageFolder folder;
    const std::string path = folder.file("state.db");
    const std::string copy = folder.file("backup.db");
    {
        Workspace workspace{with_route({"Ucy"})};
        let_bo_live(workspace);
        workspace.connection->execute("VACUUM INTO '" + path + "'");
    }
    storage::Connection connection{path, storage::OpenMode::existing_only};
    connection.execute("PRAGMA journal_mode=WAL");
    REQUIRE(bytes_of(path).find("my secret words") != std::string::npos);
    SteppedClock clock{utc("2026-03-03 10:00")};
    RecordingPort port;
    Engine engine{connection, Settings{}, clock, port, 2};
    engine.start();
    std::vector<EffectSettled> settled;
    std::vector<Input> inputs(1);
    inputs.front().body = ActionTaken{"forget_me", "me", UserId{"Ubo"}, {}, "", false, ""};
    engine.cycle(inputs, settled);
    // Nobody carries the effects out: it is done when the time for that is over.
    clock.advance_to(clock.now() + std::chrono::minutes{11});
    engine.cycle(inputs, settled);
    connection.execute("VACUUM INTO '" + copy + "'");
    for (const std::string& file : {path, path + "-wal", path + "-shm", copy}) {
        const std::string bytes = bytes_of(file);
        for (const char* gone : {"Ubo", "my secret words", "@Bo"}) {
            CAPTURE(file);
            CAPTURE(gone);
            CHECK(bytes.find(gone) == std::string::npos);
        }
    }
}

TEST_CASE("forget: a file that is too large to be written anew at once is so later, and that is remembered")
{
    const StorageFolder folder;
    storage::Connection connection{folder.file("state.db"), storage::OpenMode::create};
    storage::migrate(connection);
    storage::want_scrub(connection);
    CHECK(storage::scrub(connection, 1) == storage::ScrubOutcome::too_large);
    CHECK(storage::is_scrub_wanted(connection));
    {
        // Whoever reads an older state keeps the log from being emptied.
        storage::Connection reader{folder.file("state.db"), storage::OpenMode::existing_only};
        reader.execute("BEGIN");
        REQUIRE(storage::is_scrub_wanted(reader));
        connection.execute("INSERT INTO settings VALUES ('newer', '1')");
        CHECK(storage::scrub(connection) == storage::ScrubOutcome::busy);
        CHECK(storage::is_scrub_wanted(connection));
    }
    CHECK(storage::scrub(connection) == storage::ScrubOutcome::done);
    CHECK_FALSE(storage::is_scrub_wanted(connection));
}

TEST_CASE("forget: every text column is known to hold words of people, or none")
{
    // A new column that may call people by name belongs to columns_of_words; ids are found in any column.
    const std::set<std::string> without_words{"absences.delegate",
                                              "absences.person",
                                              "alert_groups.channel",
                                              "alert_groups.muted_by",
                                              "alert_groups.name",
                                              "alert_groups.source",
                                              "alert_groups.stamp",
                                              "alert_groups.taken_by",
                                              "alert_sources.muted_by",
                                              "alert_sources.name",
                                              "alerts.alert_key",
                                              "alerts.link",
                                              "alerts.playbook",
                                              "alerts.resolved_by",
                                              "alerts.severity",
                                              "alerts.source",
                                              "conversations.id",
                                              "conversations.name",
                                              "breakers.subject",
                                              "calls.target",
                                              "capacity_questions.answered_by",
                                              "capacity_questions.function",  // of the policy
                                              "capacity_queue.person",
                                              "capacity_signals.channel",
                                              "capacity_signals.person",
                                              "capacity_signals.stamp",
                                              "capacity_signals.team",
                                              "capacity_voices.person",
                                              "cadences.name",             // of the policy
                                              "cadences.rule",             // likewise
                                              "cadence_occurrences.name",  // likewise
                                              "divergences.channel",
                                              "divergences.ended_by",
                                              "divergences.other",
                                              "divergences.resync",
                                              "divergences.stamp",
                                              "divergences.team",
                                              "resync_answers.person",
                                              "resync_answers.team",
                                              "resync_dependencies.other",
                                              "resync_dependencies.team",
                                              "resync_rounds.called_by",  // a team
                                              "resync_rounds.channel",
                                              "resync_rounds.resync",
                                              "resync_rounds.stamp",
                                              "drift_asked.channel",
                                              "drift_asked.person",
                                              "drift_asked.stamp",
                                              "drift_probes.asker",
                                              "drift_probes.channel",
                                              "drift_probes.stamp",
                                              "drift_probes.team",
                                              "drift_turns.person",
                                              "retro_entries.person",
                                              "retro_questions.question",  // of the policy
                                              "retro_rounds.channel",
                                              "retro_rounds.facilitator",
                                              "retro_rounds.retro",
                                              "retro_rounds.stamp",
                                              "retro_rounds.team",
                                              "retro_sealed.key",
                                              "retro_sealed.retro",
                                              "retro_sealed.team",
                                              "retro_signed.key",
                                              "retro_signed.person",
                                              "retro_signed.retro",
                                              "retro_signed.team",
                                              "retro_votes.person",
                                              "surprises.team",
                                              "destination_states.name",
                                              "destination_states.reason",  // of a program
                                              "undelivered.destination",
                                              "undelivered.payload",  // an event's name and numbers
                                              "undelivered.reason",
                                              "catch_up.listed_channel",
                                              "catch_up.listed_thread",
                                              "channel_weights.channel",
                                              "channel_weights.signal",
                                              "covers.person",
                                              "dead_letters.owner",
                                              "triage_proposals.route",
                                              "triage_rounds.triager",
                                              "early_answers.channel",
                                              "early_answers.emoji",
                                              "early_answers.person",
                                              "early_answers.stamp",
                                              "digest_entries.person",
                                              "digests.person",
                                              "interruptions.person",
                                              "preferences.person",
                                              "questions.asker",
                                              "questions.channel",
                                              "questions.first_asked",
                                              "questions.stamp",
                                              "questions.thread",
                                              "read_back_turns.person",
                                              "forgettings.person",
                                              "homes.drawn",
                                              "homes.person",
                                              "introductions.channel",
                                              "hand_over_notes.author",
                                              "hand_over_notes.rotation",
                                              "shift_overrides.instead_of",
                                              "shift_overrides.made_by",
                                              "shift_overrides.person",
                                              "shift_overrides.rotation",
                                              "shift_swaps.asked",
                                              "shift_swaps.owner",
                                              "shift_swaps.rotation",
                                              "on_call_places.place",
                                              "on_call_places.rotation",
                                              "told_hand_overs.rotation",
                                              "told_rotation_findings.other",
                                              "told_rotation_findings.person",
                                              "told_rotation_findings.rotation",
                                              "kept_answers.answer_edited",
                                              "kept_answers.asker",
                                              "kept_answers.author",
                                              "kept_answers.channel",
                                              "kept_answers.keeper",
                                              "kept_answers.question_edited",
                                              "kept_answers.question_stamp",
                                              "kept_answers.stamp",
                                              "kept_answer_offers.channel",
                                              "kept_answer_offers.person",
                                              "kept_answer_offers.stamp",
                                              "journal.actor",
                                              "journal.detail",
                                              "journal.fact",
                                              "known_reactions.changed_stamp",
                                              "known_reactions.channel",
                                              "known_reactions.emoji",
                                              "known_reactions.person",
                                              "known_reactions.stamp",
                                              "members.id",
                                              "members.name",
                                              "members.time_zone",
                                              "nudge_rule_bins.rule",
                                              "nudge_rule_days.rule",
                                              "nudge_rules.rule",
                                              "nudge_samples.rule",
                                              "tax_days.person",
                                              "obligations.debtor",
                                              "obligations.holder",
                                              "outbox.conversation",
                                              "outbox.payload",  // clear_notices
                                              "outbox.same_thing",
                                              "poisoned_inputs.input_key",
                                              "poisoned_inputs.kind",
                                              "do_not_disturb.person",
                                              "do_not_disturb_past.person",
                                              "personal_hours.hours",
                                              "personal_hours.person",
                                              "policies.actor",
                                              "policies.source",
                                              "policies.text",  // ids alone
                                              "pseudonyms.original",
                                              "pseudonyms.token",
                                              "requests.audience",
                                              "requests.card_channel",
                                              "requests.card_stamp",
                                              "requests.creditor",
                                              "requests.edited_stamp",
                                              "requests.route",
                                              "requests.route_name",
                                              "requests.subject_channel",
                                              "requests.subject_stamp",
                                              "requests.thread",
                                              "seen_inputs_even.input_key",
                                              "seen_inputs_odd.input_key",
                                              "sent_messages.channel",
                                              "sent_messages.person",
                                              "sent_messages.stamp",
                                              "settings.name",
                                              "settings.value",
                                              "silence_clauses.decider",
                                              "silence_clauses.objector",
                                              "user_group_members.group_id",
                                              "user_group_members.member_id",
                                              "user_groups.handle",
                                              "user_groups.id",
                                              "wip_items.let_in_by",
                                              "wip_items.link",
                                              "wip_items.source",
                                              "wip_items.source_key",
                                              "wip_items.person",
                                              "wip_items.team",
                                              "wip_levels.team",
                                              "web_keys.hash",
                                              "web_keys.name"};  // of a program or a rotation
    std::set<std::string> known = without_words;
    for (const TextColumn& column : columns_of_words())
        known.insert(std::string{column.table} + "." + std::string{column.column});
    Workspace workspace;
    std::set<std::string> present;
    storage::Statement rows = workspace.connection->prepare(
        R"(SELECT m.name || '.' || c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
            WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT LIKE 'sqlite_%')");
    while (rows.step()) present.insert(rows.column_string(0));
    CHECK(present == known);
}
