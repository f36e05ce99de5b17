#include "storage/pseudonym_table.hpp"

#include <utility>

namespace ackd::storage {

namespace {

constexpr int letters = 16;

std::string new_token(PseudonymKind kind, const std::function<std::uint64_t()>& random)
{
    constexpr const char* base32 = "abcdefghijklmnopqrstuvwxyz234567";
    constexpr int letters_in_a_draw = 8;
    std::string token(1, static_cast<char>(kind));
    std::uint64_t bits = 0;
    for (int letter = 0; letter < letters; ++letter) {
        if (letter % letters_in_a_draw == 0) bits = random();
        token += base32[bits & 31U];
        bits >>= 5U;
    }
    return token;
}

}  // namespace

PseudonymTable::PseudonymTable(Connection& connection, std::function<std::uint64_t()> random)
    : connection_(connection), random_(std::move(random))
{}

std::string PseudonymTable::token_of(PseudonymKind kind, const std::string& original)
{
    if (original.empty()) return {};
    {
        Statement known = connection_.prepare("SELECT token FROM pseudonyms WHERE original = $1");
        known.bind(1, original);
        if (known.step()) return known.column_string(0);
    }
    for (;;) {
        std::string token = new_token(kind, random_);
        connection_
            .prepare(
                "INSERT INTO pseudonyms (token, original) VALUES ($1, $2) ON CONFLICT (token) DO NOTHING")
            .bind_all(token, original)
            .run();
        // Given before, to somebody else: the same seed may begin again after a restart.
        if (connection_.changed_rows() > 0) return token;
    }
}

std::optional<std::string> PseudonymTable::original_of(const std::string& token) const
{
    Statement row = connection_.prepare("SELECT original FROM pseudonyms WHERE token = $1");
    row.bind(1, token);
    if (!row.step() || row.column_is_null(0)) return std::nullopt;
    return row.column_string(0);
}

void PseudonymTable::forget(const std::string& original)
{
    connection_.prepare("UPDATE pseudonyms SET original = NULL WHERE original = $1").bind(1, original).run();
}

}  // namespace ackd::storage
