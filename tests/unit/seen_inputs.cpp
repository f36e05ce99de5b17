// Which inputs were taken already: two generations of 36 hours.
#include "storage/migrations.hpp"
#include "storage/seen_inputs_table.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;
using namespace ackd::storage;
using namespace std::chrono_literals;

namespace {

Connection migrated()
{
    return Connection{":memory:", OpenMode::create};
}

std::int64_t count_all(Connection& connection)
{
    Statement row = connection.prepare(
        "SELECT (SELECT count(*) FROM seen_inputs_even) + (SELECT count(*) FROM seen_inputs_odd)");
    row.step();
    return row.column_int(0);
}

}  // namespace

TEST_CASE("seen inputs: a key is remembered for at least 36 hours, and forgotten after 72")
{
    struct Row {
        Duration first_seen_after;
        Duration seen_again_after;
        bool is_known;
    };
    // The generations begin at 0 h, 36 h, 72 h, …; rotate is called every hour.
    const Row rows[] = {
        {0h, 1h, true},
        {0h, 35h, true},
        {0h, 37h, true},
        {0h, 71h, true},
        {0h, 73h, false},
        {35h, 36h, true},
        {35h, 71h, true},
        {35h, 72h, false},
        {36h, 72h, true},
        {36h, 107h, true},
        {36h, 109h, false},
        {71h, 107h, true},
        {71h, 108h, false},
        {100h, 130h, true},
        {100h, 200h, false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.first_seen_after);
        CAPTURE(row.seen_again_after);
        Connection connection = migrated();
        migrate(connection);
        SeenInputsTable seen{connection};
        const Instant start = utc("2026-03-02 09:00");
        for (Duration hour{0}; hour <= row.seen_again_after; hour += 1h) {
            seen.rotate(to_microseconds(start + hour));
            if (hour == row.first_seen_after) CHECK(seen.insert("Ev1"));
        }
        CHECK(seen.insert("Ev1") != row.is_known);
    }
}

TEST_CASE("seen inputs: keys are compared whole, and forgetting them empties the tables")
{
    Connection connection = migrated();
    migrate(connection);
    SeenInputsTable seen{connection};
    const Instant start = utc("2026-03-02 09:00");
    seen.rotate(to_microseconds(start));
    CHECK(seen.insert("Ev1"));
    CHECK(seen.insert("ev1"));
    CHECK(seen.insert("Ev1 "));
    CHECK(seen.insert(std::string_view{"Ev1\0x", 5}));
    CHECK_FALSE(seen.insert("Ev1"));
    CHECK_FALSE(seen.rotate(to_microseconds(start + 35h)));
    CHECK(seen.rotate(to_microseconds(start + 36h)));
    CHECK_FALSE(seen.rotate(to_microseconds(start + 36h)));
    CHECK(count_all(connection) == 4);
    CHECK(seen.rotate(to_microseconds(start + 72h)));
    CHECK(count_all(connection) == 0);
}

TEST_CASE("seen inputs: a restart goes on where the last process stopped")
{
    Connection connection = migrated();
    migrate(connection);
    const Instant start = utc("2026-03-02 09:00");
    {
        SeenInputsTable seen{connection};
        seen.rotate(to_microseconds(start));
        seen.insert("first generation");
        seen.rotate(to_microseconds(start + 36h));
        seen.insert("second generation");
    }
    SeenInputsTable seen{connection};
    CHECK_FALSE(seen.insert("second generation"));
    CHECK_FALSE(seen.rotate(to_microseconds(start + 71h)));
    CHECK(seen.rotate(to_microseconds(start + 72h)));
    CHECK_FALSE(seen.insert("second generation"));
    CHECK(seen.insert("first generation"));
}

TEST_CASE("seen inputs: what comes again is remembered from then on")
{
    Connection connection = migrated();
    migrate(connection);
    const Instant start = utc("2026-03-02 09:00");
    SeenInputsTable seen{connection};
    seen.rotate(to_microseconds(start));
    seen.insert("again and again");
    for (int generation = 1; generation < 6; ++generation) {
        seen.rotate(to_microseconds(start + generation * 36h));
        CHECK_FALSE(seen.insert("again and again"));
    }
}

TEST_CASE("seen inputs: after a rollback, reload forgets the rotation and the keys that were rolled back")
{
    Connection connection = migrated();
    migrate(connection);
    SeenInputsTable seen{connection};
    const Instant start = utc("2026-03-02 09:00");
    seen.rotate(to_microseconds(start));
    seen.insert("kept");
    {
        Transaction transaction{connection};
        seen.rotate(to_microseconds(start + 36h));
        seen.insert("rolled back");
    }
    seen.reload();
    CHECK_FALSE(seen.insert("kept"));
    CHECK(seen.insert("rolled back"));
    CHECK(seen.rotate(to_microseconds(start + 36h)));
}
