// A connection to the database, its statements and transactions: a thin, typed layer over the SQLite C API.
//
// Statements are prepared once per connection and reused. Every failure is a StorageError that carries the
// SQL and the database's own code, because nobody nearby can repair it. One thread at a time may use a
// connection.
//
// SQL is kept portable: `$1` placeholders, INSERT … ON CONFLICT … RETURNING, 64-bit integers for instants
// (microseconds since the epoch, UTC).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace ackd::storage {

/// What kind of trouble the database is in, as far as anybody above can act on it.
enum class StorageTrouble {
    full,         ///< no room on the disk: wait, it may pass
    busy,         ///< another process holds the database
    read_only,    ///< the file or its folder cannot be written
    corrupt,      ///< not a database, or a damaged one
    newer,        ///< written by a later version of the program
    io,           ///< the disk failed in another way: wait, it may pass
    out_of_time,  ///< end_by's instant has come
    other,        ///< a mistake in the program: wrong SQL, a broken constraint
};

class StorageError : public std::runtime_error {
public:
    StorageError(StorageTrouble trouble, int code, const std::string& message)
        : std::runtime_error(message), trouble_(trouble), code_(code)
    {}
    [[nodiscard]] StorageTrouble trouble() const { return trouble_; }
    [[nodiscard]] int code() const { return code_; }
    /// The disk may have room again later; nothing is wrong with the program or the file.
    [[nodiscard]] bool may_pass() const
    {
        return trouble_ == StorageTrouble::full || trouble_ == StorageTrouble::io ||
               trouble_ == StorageTrouble::busy;
    }

private:
    StorageTrouble trouble_;
    int code_;
};

class Connection;

/// A prepared statement in use. Obtained from Connection::prepare; returns to its cache by itself. Binding is
/// by position from 1, columns are read by position from 0. Text views from column_text live until the next
/// step().
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    Statement& bind(int position, std::int64_t value);
    Statement& bind(int position, int value) { return bind(position, std::int64_t{value}); }
    Statement& bind(int position, std::string_view value);
    Statement& bind(int position, const char* value) { return bind(position, std::string_view{value}); }
    Statement& bind(int position, const std::string& value)
    {
        return bind(position, std::string_view{value});
    }
    Statement& bind(int position, std::optional<std::int64_t> value);
    Statement& bind_null(int position);
    Statement& bind_blob(int position, std::string_view bytes);

    /// Binds positions 1, 2, … in order.
    template <class... Values>
    Statement& bind_all(const Values&... values)
    {
        int position = 0;
        (bind(++position, values), ...);
        return *this;
    }

    /// True: a row is there. False: done.
    bool step();
    /// Runs a statement that returns no rows, and makes it ready to be bound again.
    void run();
    /// Makes it ready to be bound and stepped again.
    void reset();

    [[nodiscard]] std::int64_t column_int(int position) const;
    [[nodiscard]] std::optional<std::int64_t> column_optional_int(int position) const;
    [[nodiscard]] std::string_view column_text(int position) const;
    [[nodiscard]] std::string column_string(int position) const { return std::string{column_text(position)}; }
    [[nodiscard]] std::string_view column_blob(int position) const;
    [[nodiscard]] bool column_is_null(int position) const;

private:
    friend class Connection;
    struct Prepared;
    Statement(Connection& connection, Prepared* prepared);

    Connection* connection_;
    Prepared* prepared_;
};

enum class OpenMode {
    create,         ///< open, or make a new database
    existing_only,  ///< refuse when there is none
    read_only,      ///< the same, and nothing is written: neither in it nor beside it
};

class Connection {
public:
    /// Opens the file with synchronous=FULL and foreign keys on, and changes nothing in it: that it becomes a
    /// database with a write-ahead log is migrate's doing, once it knows whose it is. ":memory:" is a private
    /// one in memory.
    Connection(const std::string& path, OpenMode mode);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// `sql` must outlive the connection (a literal): it is the key of the statement cache.
    [[nodiscard]] Statement prepare(const char* sql);
    /// Several statements without parameters or results.
    void execute(const std::string& sql);

    /// A function of one text that SQL can call from now on, until it is defined again.
    void define(const char* name, std::function<std::string(std::string_view)> function);

    /// What still runs then ends with a StorageError `out_of_time`, and so does all that begins later.
    void end_by(std::chrono::steady_clock::time_point instant);

    /// A number that changes when another connection has committed something, and only then. Within a
    /// transaction: as of its beginning.
    [[nodiscard]] std::int64_t data_version();

    [[nodiscard]] std::int64_t last_insert_id() const;
    [[nodiscard]] std::int64_t changed_rows() const;
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    friend class Statement;
    [[noreturn]] void fail(int code, std::string_view sql) const;
    Statement::Prepared* find_or_prepare(const char* sql);

    sqlite3* handle_ = nullptr;
    std::string path_;
    std::unordered_map<std::string, std::function<std::string(std::string_view)>> functions_;
    std::chrono::steady_clock::time_point ends_at_ = std::chrono::steady_clock::time_point::max();
    std::unordered_map<const char*, std::unique_ptr<Statement::Prepared>> statements_;
};

/// BEGIN IMMEDIATE … COMMIT. Rolled back when it is left without commit().
class Transaction {
public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Connection& connection_;
    bool ended_ = false;
};

/// A part of a transaction that can be undone alone. Undone when it is left without release().
class Savepoint {
public:
    explicit Savepoint(Connection& connection);
    ~Savepoint();
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    void release();

private:
    Connection& connection_;
    bool ended_ = false;
};

}  // namespace ackd::storage
