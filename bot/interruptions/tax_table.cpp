#include "bot/interruptions/tax_table.hpp"

namespace ackd {

namespace {

Tax tax_in(const storage::Statement& row)
{
    return Tax{static_cast<int>(row.column_int(0)),
               static_cast<int>(row.column_int(1)),
               static_cast<int>(row.column_int(2)),
               static_cast<int>(row.column_int(3))};
}

#define TAX_SUMS                                                                                             \
    "SELECT coalesce(sum(messages), 0), coalesce(sum(interruptions), 0), coalesce(sum(taps_asked), 0), "     \
    "coalesce(sum(taps_made), 0)"

}  // namespace

void TaxTable::add(const UserId& person, std::int64_t day, const Tax& tax)
{
    connection_
        .prepare(R"(INSERT INTO tax_days (person, day, messages, interruptions, taps_asked, taps_made)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (person, day) DO UPDATE
            SET messages = messages + excluded.messages, interruptions = interruptions + excluded.interruptions,
                taps_asked = taps_asked + excluded.taps_asked, taps_made = taps_made + excluded.taps_made)")
        .bind_all(person.value, day, tax.messages, tax.interruptions, tax.taps_asked, tax.taps_made)
        .run();
}

Tax TaxTable::since(const UserId& person, std::int64_t day) const
{
    storage::Statement row = connection_.prepare(TAX_SUMS " FROM tax_days WHERE person = $1 AND day > $2");
    row.bind_all(person.value, day);
    row.step();
    return tax_in(row);
}

TaxTable::Sum TaxTable::sum_since(std::int64_t day) const
{
    storage::Statement row = connection_.prepare(TAX_SUMS
                                                 ", count(DISTINCT person) FROM tax_days WHERE day > $1");
    row.bind(1, day);
    row.step();
    return {tax_in(row), static_cast<std::size_t>(row.column_int(4))};
}

void TaxTable::let_go_of_days_before(std::int64_t day)
{
    connection_.prepare("DELETE FROM tax_days WHERE day < $1").bind(1, day).run();
}

}  // namespace ackd
