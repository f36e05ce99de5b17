// The journal: append-only facts, one row for each thing that happened or was decided.
//
// Each row's hash is SHA-256 over the previous row's hash and this row's fields, each written as its decimal
// length, a colon and its bytes, in the order of JournalEntry. So no row can be changed, removed or put in
// between without the rest of the chain showing it. docs/journal.md has the format with an example.
#pragma once

#include "storage/connection.hpp"

#include <array>
#include <functional>
#include <string>
#include <string_view>

namespace ackd::storage {

using JournalHash = std::array<unsigned char, 32>;

struct JournalEntry {
    std::int64_t sequence = 0;  ///< given by append, from 1 without gaps
    std::int64_t recorded_at_us = 0;
    std::string actor;  ///< a token of pseudonym_table.hpp, or "ackd"
    std::int64_t request_id = 0;
    std::int64_t obligation_id = 0;
    std::string fact;
    std::string detail;  ///< a flat JSON object
};

/// All that a fact may keep of a foreign text: the word of code that it begins with ("channel_not_found").
/// What follows may quote somebody.
[[nodiscard]] std::string code_in(std::string_view reason);

class JournalTable {
public:
    explicit JournalTable(Connection& connection);

    void append(const JournalEntry& entry);

    /// The head of the chain must be read again after a rollback.
    void reload();

    /// Every entry of one request, oldest first.
    void for_each_of_request(std::int64_t request_id, const std::function<void(const JournalEntry&)>& visit);

    /// Writes every row again, oldest first, as `change` leaves it, and with it a new chain. For migrations,
    /// in their transaction: to everybody who noted a hash before, the journal is another one.
    void rewrite(const std::function<void(JournalEntry&)>& change);

    /// The sequence of the first row at which the chain is broken, or 0 when it is whole.
    [[nodiscard]] std::int64_t find_break();

    [[nodiscard]] const JournalHash& head() const { return head_; }
    [[nodiscard]] std::int64_t length() const { return last_sequence_; }

private:
    Connection& connection_;
    JournalHash head_{};
    std::int64_t last_sequence_ = 0;
};

}  // namespace ackd::storage
