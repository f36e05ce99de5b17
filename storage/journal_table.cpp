#include "storage/journal_table.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <cstring>

namespace ackd::storage {

namespace {

void add_field(std::string& bytes, std::string_view field)
{
    bytes += std::to_string(field.size());
    bytes += ':';
    bytes += field;
}

JournalHash hash_of(const JournalHash& previous, const JournalEntry& entry)
{
    std::string bytes;
    bytes.reserve(160 + entry.detail.size());
    bytes.append(reinterpret_cast<const char*>(previous.data()), previous.size());
    add_field(bytes, std::to_string(entry.sequence));
    add_field(bytes, std::to_string(entry.recorded_at_us));
    add_field(bytes, entry.actor);
    add_field(bytes, std::to_string(entry.request_id));
    add_field(bytes, std::to_string(entry.obligation_id));
    add_field(bytes, entry.fact);
    add_field(bytes, entry.detail);
    JournalHash hash;
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash.data());
    return hash;
}

JournalEntry read_entry(const Statement& row)
{
    JournalEntry entry;
    entry.sequence = row.column_int(0);
    entry.recorded_at_us = row.column_int(1);
    entry.actor = row.column_string(2);
    entry.request_id = row.column_int(3);
    entry.obligation_id = row.column_int(4);
    entry.fact = row.column_string(5);
    entry.detail = row.column_string(6);
    return entry;
}

std::string_view as_text(const JournalHash& hash)
{
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace

std::string code_in(std::string_view reason)
{
    const auto* end = std::find_if_not(reason.begin(), reason.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
    });
    return {reason.begin(), end};
}

JournalTable::JournalTable(Connection& connection) : connection_(connection)
{
    reload();
}

void JournalTable::reload()
{
    head_ = {};
    last_sequence_ = 0;
    Statement last = connection_.prepare("SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1");
    if (!last.step()) return;
    last_sequence_ = last.column_int(0);
    const std::string_view hash = last.column_blob(1);
    std::memcpy(head_.data(), hash.data(), std::min(hash.size(), head_.size()));
}

void JournalTable::append(const JournalEntry& entry)
{
    JournalEntry numbered = entry;
    numbered.sequence = last_sequence_ + 1;
    const JournalHash hash = hash_of(head_, numbered);
    Statement insert = connection_.prepare(
        R"(INSERT INTO journal (sequence, recorded_at_us, actor, request_id, obligation_id, fact, detail, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8))");
    insert.bind_all(numbered.sequence,
                    numbered.recorded_at_us,
                    numbered.actor,
                    numbered.request_id,
                    numbered.obligation_id,
                    numbered.fact,
                    numbered.detail);
    insert.bind_blob(8, as_text(hash)).run();
    head_ = hash;
    last_sequence_ = numbered.sequence;
}

void JournalTable::for_each_of_request(std::int64_t request_id,
                                       const std::function<void(const JournalEntry&)>& visit)
{
    Statement rows = connection_.prepare(
        R"(SELECT sequence, recorded_at_us, actor, request_id, obligation_id, fact, detail
            FROM journal
            WHERE request_id = $1 AND request_id != 0
            ORDER BY sequence)");
    rows.bind(1, request_id);
    while (rows.step()) visit(read_entry(rows));
}

void JournalTable::rewrite(const std::function<void(JournalEntry&)>& change)
{
    head_ = {};
    Statement read = connection_.prepare(
        R"(SELECT sequence, recorded_at_us, actor, request_id, obligation_id, fact, detail
            FROM journal
            WHERE sequence = $1)");
    Statement write = connection_.prepare(
        "UPDATE journal SET actor = $1, detail = $2, hash = $3 WHERE sequence = $4");
    for (std::int64_t sequence = 1; sequence <= last_sequence_; ++sequence) {
        read.reset();
        read.bind(1, sequence);
        if (!read.step()) continue;
        JournalEntry entry = read_entry(read);
        change(entry);
        head_ = hash_of(head_, entry);
        write.bind_all(entry.actor, entry.detail).bind_blob(3, as_text(head_)).bind(4, sequence).run();
    }
}

std::int64_t JournalTable::find_break()
{
    Statement rows = connection_.prepare(
        R"(SELECT sequence, recorded_at_us, actor, request_id, obligation_id, fact, detail, hash
            FROM journal
            ORDER BY sequence)");
    JournalHash previous{};
    std::int64_t expected = 1;
    while (rows.step()) {
        const JournalEntry entry = read_entry(rows);
        const JournalHash hash = hash_of(previous, entry);
        if (entry.sequence != expected || rows.column_blob(7) != as_text(hash)) return expected;
        previous = hash;
        ++expected;
    }
    return 0;
}

}  // namespace ackd::storage
