#include "storage/seen_inputs_table.hpp"

namespace ackd::storage {

namespace {

constexpr std::int64_t generation_length_us = 36LL * 3600 * 1'000'000;

}  // namespace

SeenInputsTable::SeenInputsTable(Connection& connection) : connection_(connection)
{
    reload();
}

void SeenInputsTable::reload()
{
    odd_is_current_ = false;
    started_at_us_ = 0;
    Statement read = connection_.prepare("SELECT value FROM settings WHERE name = 'seen_inputs_generation'");
    if (read.step()) {
        const std::string value = read.column_string(0);
        odd_is_current_ = value.starts_with("odd ");
        started_at_us_ = std::stoll(value.substr(value.find(' ') + 1));
    }
    Statement any = connection_.prepare(odd_is_current_ ? "SELECT 1 FROM seen_inputs_even LIMIT 1"
                                                        : "SELECT 1 FROM seen_inputs_odd LIMIT 1");
    other_is_empty_ = !any.step();
}

bool SeenInputsTable::insert(std::string_view key)
{
    bool was_known = false;
    if (!other_is_empty_) {
        Statement look = connection_.prepare(odd_is_current_
                                                 ? "SELECT 1 FROM seen_inputs_even WHERE input_key = $1"
                                                 : "SELECT 1 FROM seen_inputs_odd WHERE input_key = $1");
        look.bind(1, key);
        was_known = look.step();
    }
    Statement insert = connection_.prepare(
        odd_is_current_ ? "INSERT INTO seen_inputs_odd (input_key) VALUES ($1) ON CONFLICT DO NOTHING"
                        : "INSERT INTO seen_inputs_even (input_key) VALUES ($1) ON CONFLICT DO NOTHING");
    insert.bind(1, key);
    // Also when it was known: it is remembered from its last arrival on.
    insert.step();
    return !was_known && connection_.changed_rows() > 0;
}

bool SeenInputsTable::contains(std::string_view key) const
{
    Statement look = connection_.prepare(
        R"(SELECT 1 FROM seen_inputs_even WHERE input_key = $1
            UNION ALL
            SELECT 1 FROM seen_inputs_odd WHERE input_key = $1)");
    look.bind(1, key);
    return look.step();
}

bool SeenInputsTable::rotate(std::int64_t now_us)
{
    if (started_at_us_ != 0 && now_us - started_at_us_ < generation_length_us) return false;
    const bool first = started_at_us_ == 0;
    if (!first) {
        odd_is_current_ = !odd_is_current_;
        connection_.prepare(odd_is_current_ ? "DELETE FROM seen_inputs_odd" : "DELETE FROM seen_inputs_even")
            .run();
    }
    started_at_us_ = now_us;
    Statement write = connection_.prepare(
        R"(INSERT INTO settings (name, value)
            VALUES ('seen_inputs_generation', $1)
            ON CONFLICT (name) DO UPDATE
            SET value = excluded.value)");
    write.bind(1, (odd_is_current_ ? "odd " : "even ") + std::to_string(now_us)).run();
    other_is_empty_ = first;
    return !first;
}

}  // namespace ackd::storage
