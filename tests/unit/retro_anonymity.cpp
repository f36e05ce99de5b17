// Whoever has the database of a retro without names tries to find out who wrote what: from its rows, their
// order and their keys, instants, the bytes of its files, the journal, the log, and by comparing two states
// of it. Each way of looking is shown to find something where there is something to be found.
#include "storage/journal_table.hpp"
#include "tests/unit/retro_office.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// A value of a column, as text; numbers in decimal.
struct Value {
    std::string column;
    std::string text;
    friend auto operator<=>(const Value&, const Value&) = default;
};
using Row = std::vector<Value>;
/// Every table of the database, with its rows in the order in which they come by themselves.
using Tables = std::map<std::string, std::vector<Row>>;

Tables everything(storage::Connection& connection)
{
    std::map<std::string, std::vector<std::string>> columns;
    {
        storage::Statement rows = connection.prepare(
            R"(SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_xinfo(m.name) AS c
                WHERE m.type = 'table' AND c.hidden != 1 ORDER BY m.name, c.cid)");
        while (rows.step()) columns[rows.column_string(0)].push_back(rows.column_string(1));
    }
    static std::set<std::string> kept;  // the statement cache is keyed by address
    Tables tables;
    for (const auto& [table, names] : columns) {
        std::string sql;
        for (const std::string& name : names)
            sql += (sql.empty() ? "SELECT " : ", ") + ("CAST(\"" + name + "\" AS TEXT)");
        sql += " FROM \"" + table + "\"";
        std::vector<Row>& rows = tables[table];
        storage::Statement all = connection.prepare(kept.insert(sql).first->c_str());
        while (all.step()) {
            Row& row = rows.emplace_back();
            for (std::size_t index = 0; index < names.size(); ++index)
                row.push_back({names[index], all.column_string(static_cast<int>(index))});
        }
    }
    return tables;
}

bool holds(const Row& row, const std::string& what)
{
    return std::any_of(row.begin(), row.end(), [&](const Value& value) {
        return value.text.find(what) != std::string::npos;
    });
}

/// What stands for this person: their id, their name, and their token in the journal.
std::vector<std::string> signs_of(Workspace& office, const std::string& person)
{
    std::vector<std::string> signs{person};
    storage::Statement rows = office.connection->prepare(
        R"(SELECT name FROM members WHERE id = $1
            UNION ALL SELECT token FROM pseudonyms WHERE original = $1)");
    rows.bind_all(person);
    while (rows.step()) signs.push_back(rows.column_string(0));
    return signs;
}

/// "retro_sealed.key": where one row holds something of both.
std::set<std::string> rows_with_both(const Tables& tables,
                                     const std::vector<std::string>& ones,
                                     const std::vector<std::string>& others)
{
    std::set<std::string> found;
    for (const auto& [table, rows] : tables) {
        for (const Row& row : rows) {
            const auto has_any = [&](const std::vector<std::string>& signs) {
                return std::any_of(
                    signs.begin(), signs.end(), [&](const std::string& sign) { return holds(row, sign); });
            };
            if (has_any(ones) && has_any(others)) found.insert(table);
        }
    }
    return found;
}

/// Where a value is one of these instants, or has it in its text.
std::set<std::string> columns_with(const Tables& tables, const std::vector<Instant>& instants)
{
    std::set<std::string> found;
    for (const auto& [table, rows] : tables) {
        for (const Row& row : rows) {
            for (const Value& value : row) {
                for (const Instant at : instants) {
                    const bool is_there = value.text.find(std::to_string(to_microseconds(at))) !=
                                          std::string::npos;
                    if (is_there) found.insert(table + "." + value.column);
                }
            }
        }
    }
    return found;
}

/// What is there in one state and not in the other, with its table; without the minute in which ackd worked
/// last, whatever for (bot/catch_up/outage.hpp): it is written over by what comes next, an hour later at
/// most.
std::vector<std::pair<std::string, Row>> differences(const Tables& before, const Tables& after)
{
    std::vector<std::pair<std::string, Row>> found;
    const auto note = [&](const Tables& ones, const Tables& others) {
        for (const auto& [table, rows] : ones) {
            std::multiset<Row> left(others.at(table).begin(), others.at(table).end());
            for (const Row& row : rows) {
                const auto same = left.find(row);
                if (same != left.end())
                    left.erase(same);
                else if (table != "settings" || !holds(row, "alive_at"))
                    found.emplace_back(table, row);
            }
        }
    };
    note(before, after);
    note(after, before);
    return found;
}

/// Kendall's tau of a sequence against its own order: 1 it rises, -1 it falls, 0 neither. Of 40 that are in
/// random order it is beyond 0.6 once in ten million times.
double tau(const std::vector<std::size_t>& places)
{
    double sum = 0;
    for (std::size_t one = 1; one < places.size(); ++one) {
        for (std::size_t other = 0; other < one; ++other) sum += places[one] > places[other] ? 1 : -1;
    }
    const auto count = static_cast<double>(places.size());
    return sum / (count * (count - 1) / 2);
}

constexpr double tau_max = 0.6;

/// Where each of these texts comes in the other list; past its end: nowhere.
std::vector<std::size_t> places_in(const std::vector<std::string>& order,
                                   const std::vector<std::string>& texts)
{
    std::vector<std::size_t> places;
    for (const std::string& text : texts) {
        places.push_back(
            static_cast<std::size_t>(std::find(order.begin(), order.end(), text) - order.begin()));
    }
    return places;
}

std::vector<std::string> column_of(const Tables& tables, const std::string& table, const std::string& column)
{
    std::vector<std::string> values;
    for (const Row& row : tables.at(table)) {
        for (const Value& value : row) {
            if (value.column == column) values.push_back(value.text);
        }
    }
    return values;
}

std::size_t occurrences(const std::string& bytes, const std::string& what)
{
    std::size_t count = 0;
    for (auto at = bytes.find(what); at != std::string::npos; at = bytes.find(what, at + 1)) ++count;
    return count;
}

constexpr std::array people{"Ubo", "Ucy", "Udi", "Ueve", "Ufay", "Uhal", "Uivy", "Ujo"};
constexpr int questions = 5;

Settings of_eight()
{
    Settings settings = with_retro();
    settings.teams.front().members.clear();
    for (const char* person : people) settings.teams.front().members.emplace_back(person);
    return settings;
}

/// What is answered, when, and by whom, in that order. None of the words says whose they are.
struct Said {
    std::string text;
    std::string person;
    Instant at;
};

/// Eight people answer five questions each, one after the other, at instants that nothing else has; and one
/// of them notes something before.
struct AnonymousOffice : RetroOffice {
    explicit AnonymousOffice(const std::string& path) : RetroOffice(of_eight(), path)
    {
        join("Uhal", "Hal");
        join("Uivy", "Ivy");
        join("Ujo", "Jo");
    }

    void note(const char* person, const std::string& words)
    {
        pass();
        CommandGiven given;
        given.command = "/retro";
        given.text = rich("note " + words);
        given.person = UserId{person};
        given.channel = ChannelId{"Cwork"};
        take(given, "s:envelope-" + std::to_string(++envelopes));
        said.push_back({words, person, clock.now()});
    }
    void opens(const char* person)
    {
        pass();
        presses(person, action::retro_answer);
        // What is open is on its screen, and no row waits for it any more.
        pass();
    }
    void sends_all(const char* person)
    {
        pass();
        std::vector<FieldValue> fields;
        for (int place = 1; place <= questions; ++place) {
            const std::string words = "remark" + std::to_string(7919 * (said.size() + 11) % 99991) + "x";
            fields.push_back(text("q" + std::to_string(place), words));
            said.push_back({words, person, clock.now()});
        }
        sends(person, std::move(fields));
    }
    void sends_all_of_one(const char* person)
    {
        opens(person);
        sends_all(person);
    }
    void everybody_answers()
    {
        advance_to(utc("2026-03-02 11:05"));
        // Not in the order of anything else.
        for (const std::size_t index : {3U, 6U, 0U, 5U, 1U, 7U, 2U, 4U}) {
            sends_all_of_one(people[index]);
        }
        advance(2h);
    }
    /// An odd span: no instant comes twice.
    void pass()
    {
        clock.advance_to(clock.now() + 17s + std::chrono::microseconds{1237 * ++passed});
        turn();
    }

    [[nodiscard]] std::vector<std::string> texts() const
    {
        std::vector<std::string> all;
        for (const Said& each : said) all.push_back(each.text);
        return all;
    }
    [[nodiscard]] std::vector<Instant> instants() const
    {
        std::vector<Instant> all;
        for (const Said& each : said) all.push_back(each.at);
        return all;
    }

    std::vector<Said> said;
    int passed = 0;
    int envelopes = 0;
};

}  // namespace

TEST_CASE("anonymity: an answer changes nothing in the database but that it is there, and names nobody")
{
    const StorageFolder folder;
    AnonymousOffice office{folder.file("ackd.db")};
    office.advance_to(utc("2026-03-02 11:05"));
    office.opens("Ubo");
    office.sends_all("Ubo");
    const Tables untouched = everything(*office.connection);
    office.opens("Ucy");
    const Tables before = everything(*office.connection);
    // Of a form that was opened it is left that the outbox had one row more, like every message: no name, and
    // no time.
    for (const auto& [table, row] : differences(untouched, before)) {
        const std::string& name = table;
        CAPTURE(name);
        CHECK(table == "sqlite_sequence");
        CHECK(holds(row, "outbox"));
    }
    office.sends_all("Ucy");
    const Tables after = everything(*office.connection);
    const auto changed = differences(before, after);
    CHECK(changed.size() == questions);
    for (const auto& [table, row] : changed) {
        const std::string& name = table;
        CAPTURE(name);
        CHECK(table == "retro_sealed");
        std::vector<std::string> columns;
        for (const Value& value : row) columns.push_back(value.column);
        CHECK(columns == std::vector<std::string>{"key", "retro", "team", "round_id", "question", "text"});
        for (const char* person : people) {
            for (const std::string& sign : signs_of(office, person)) {
                CAPTURE(sign);
                CHECK_FALSE(holds(row, sign));
            }
        }
    }
    CHECK(office.problems.empty());

    // A note leaves the key of its envelope besides, which says nothing of who sent it.
    office.note("Udi", "the flaky test came back");
    const Tables noted = everything(*office.connection);
    for (const auto& [table, row] : differences(after, noted)) {
        const std::string& name = table;
        CAPTURE(name);
        CHECK((table == "retro_sealed" || table == "seen_inputs_even" || table == "seen_inputs_odd"));
        for (const std::string& sign : signs_of(office, "Udi")) CHECK_FALSE(holds(row, sign));
    }
    CHECK_FALSE(has(office.answer(), "flaky"));
}

TEST_CASE("anonymity: no row ties an answer or its key to a person, and no instant is that of an answer")
{
    const StorageFolder folder;
    AnonymousOffice office{folder.file("ackd.db")};
    office.note("Ujo", "remark00000x");
    office.everybody_answers();
    REQUIRE(office.count("SELECT count(*) FROM retro_sealed") == 41);
    std::vector<std::string> answers = office.texts();
    const Tables tables = everything(*office.connection);
    for (const std::string& key : column_of(tables, "retro_sealed", "key")) answers.push_back(key);
    std::vector<std::string> signs;
    for (const char* person : people) {
        for (const std::string& sign : signs_of(office, person)) signs.push_back(sign);
    }
    CHECK(rows_with_both(tables, answers, signs).empty());
    CHECK(columns_with(tables, office.instants()).empty());

    SUBCASE("nor after the close")
    {
        office.advance_to(utc("2026-03-05 11:05"));
        const Tables closed = everything(*office.connection);
        CHECK(closed.at("retro_sealed").empty());
        CHECK(closed.at("retro_entries").size() == 41);
        CHECK(rows_with_both(closed, answers, signs).empty());
        CHECK(columns_with(closed, office.instants()).empty());
    }
    SUBCASE("a column for who, or for when, would be found")
    {
        office.connection->execute("ALTER TABLE retro_sealed ADD COLUMN person TEXT NOT NULL DEFAULT ''");
        office.connection->execute("ALTER TABLE retro_sealed ADD COLUMN answered_at_us INTEGER");
        office.connection->prepare("UPDATE retro_sealed SET person = $1, answered_at_us = $2 WHERE text = $3")
            .bind_all(office.said[7].person, to_microseconds(office.said[7].at), office.said[7].text)
            .run();
        const Tables broken = everything(*office.connection);
        CHECK(rows_with_both(broken, answers, signs) == std::set<std::string>{"retro_sealed"});
        CHECK(columns_with(broken, office.instants()) ==
              std::set<std::string>{"retro_sealed.answered_at_us"});
    }
}

TEST_CASE("anonymity: neither the order of rows, nor of keys, nor of numbers is that in which answers came")
{
    const StorageFolder folder;
    AnonymousOffice office{folder.file("ackd.db")};
    office.everybody_answers();
    const auto texts = office.texts();
    REQUIRE(texts.size() == 40);
    const Tables tables = everything(*office.connection);
    const auto in_table = column_of(tables, "retro_sealed", "text");
    CHECK(std::abs(tau(places_in(in_table, texts))) < tau_max);
    // Each key is there once, and has 128 bits.
    const auto keys = column_of(tables, "retro_sealed", "key");
    CHECK(std::set<std::string>(keys.begin(), keys.end()).size() == 40);
    for (const std::string& key : keys) {
        CHECK(key.size() == 32);
        CHECK(key.find_first_not_of("0123456789abcdef") == std::string::npos);
    }
    // There is no row number behind it either.
    CHECK_THROWS(static_cast<void>(office.count("SELECT rowid FROM retro_sealed")));

    office.advance_to(utc("2026-03-05 11:05"));
    const auto numbered = column_of(everything(*office.connection), "retro_entries", "text");
    CHECK(std::abs(tau(places_in(numbered, texts))) < tau_max);
    // The numbers are those of the keys, which is all that they say.
    CHECK(numbered == in_table);
}

TEST_CASE("anonymity: the bytes of the files tell no order, and the log holds nothing of it")
{
    const StorageFolder folder;
    const std::string path = folder.file("ackd.db");
    AnonymousOffice office{path};
    office.everybody_answers();
    const auto places_of = [&] {
        const std::string bytes = bytes_of(path);
        std::vector<std::size_t> places;
        for (const std::string& text : office.texts()) {
            CAPTURE(text);
            CHECK(occurrences(bytes, text) == 1);
            places.push_back(bytes.find(text));
        }
        return places;
    };
    CHECK(std::abs(tau(places_of())) < tau_max);
    const std::string log = bytes_of(path + "-wal");
    for (const std::string& text : office.texts()) CHECK(occurrences(log, text) == 0);

    SUBCASE("rows that are only added would tell it")
    {
        office.connection->execute("DELETE FROM retro_sealed");
        for (const std::string& text : office.texts()) {
            office.connection
                ->prepare(
                    "INSERT INTO retro_sealed VALUES (lower(hex(randomblob(16))), 'platform', 'platform', 1, 1, $1)")
                .bind_all(text)
                .run();
        }
        office.connection->execute("PRAGMA wal_checkpoint(TRUNCATE)");
        CHECK(std::abs(tau(places_of())) > tau_max);
    }
}

/// What the daemon writes to its log is looked through in tests/e2e/test_retro.py: here it writes none.
TEST_CASE("anonymity: the journal has one fact when the window closes, with a count")
{
    const StorageFolder folder;
    AnonymousOffice office{folder.file("ackd.db")};
    office.advance_to(utc("2026-03-02 11:04"));
    const auto length = office.count("SELECT count(*) FROM journal");
    office.note("Ujo", "remark00000x");
    office.everybody_answers();
    // Not one fact more: none says that somebody opened the form, or sent it.
    CHECK(office.count("SELECT count(*) FROM journal") == length);
    office.advance_to(utc("2026-03-05 11:05"));
    CHECK(office.count("SELECT count(*) FROM journal WHERE fact = 'retro_closed'") == 1);
    storage::Statement fact = office.connection->prepare(
        "SELECT actor, detail FROM journal WHERE fact = 'retro_closed'");
    REQUIRE(fact.step());
    CHECK(fact.column_string(0) == "ackd");
    CHECK(fact.column_string(1) == R"({"round":"1","answers":"41"})");
}

TEST_CASE("anonymity: who gave a dot to what is in no file once the voting is closed")
{
    const StorageFolder folder;
    const std::string path = folder.file("ackd.db");
    AnonymousOffice office{path};
    office.advance_to(utc("2026-03-02 11:05"));
    office.sends_all_of_one("Ucy");
    office.advance_to(utc("2026-03-05 11:05"));
    office.groups("Ubo", "All: 1 2");
    REQUIRE(office.round().state == RetroState::voting);
    office.votes("Ucy", {"1"});
    REQUIRE(office.count("SELECT count(*) FROM retro_votes") == 1);
    // A row as SQLite writes it: four bytes of what follows; 1; a text of three bytes; 1; the text.
    const std::string row = std::string{"\x04\x09\x13\x09"} + "Ucy";
    const auto found = [&] { return occurrences(bytes_of(path) + bytes_of(path + "-wal"), row); };
    CHECK(found() > 0);
    const auto ends = [&] {
        SUBCASE("by somebody")
        {
            office.presses("Ubo", action::retro_close, "1 voting");
        }
        SUBCASE("by itself")
        {
            office.advance_to(utc("2026-03-13 11:05"));
        }
    };
    ends();
    office.pass();
    CHECK(office.round().state != RetroState::voting);
    CHECK(found() == 0);
}

TEST_CASE("anonymity: what is shown is the same for everybody, whoever has answered")
{
    AnonymousOffice office{":memory:"};
    office.advance_to(utc("2026-03-02 11:05"));
    const std::string board = office.board();
    office.opens("Ubo");
    office.sends_all("Ubo");
    office.advance_to(utc("2026-03-04 12:00"));
    CHECK(office.board() == board);
    CHECK(office.last_board().updates == 0);
    std::set<std::string> prompts;
    for (const char* person : people) {
        CAPTURE(person);
        CHECK(office.to(person).size() == 2);
        for (const SeenMessage& message : office.to(person)) {
            CHECK(message.updates == 0);
            prompts.insert(text_of(message.now));
        }
    }
    CHECK(prompts.size() == 2);
    // Whoever answered begins with an empty form, like everybody else.
    office.opens("Ubo");
    for (const FormField& field : office.forms.back().fields) CHECK(field.initial.empty());
}
