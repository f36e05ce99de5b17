#include "storage/connection.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

namespace ackd::storage {

struct Statement::Prepared {
    sqlite3_stmt* handle = nullptr;
    const char* sql = nullptr;
    bool in_use = false;
    /// A second copy of a statement that was asked for while the first was in use; thrown away after use.
    bool extra = false;

    ~Prepared() { sqlite3_finalize(handle); }
};

namespace {

StorageTrouble classify(int code)
{
    switch (code & 0xff) {
        case SQLITE_FULL: return StorageTrouble::full;
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return StorageTrouble::busy;
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM: return StorageTrouble::read_only;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return StorageTrouble::corrupt;
        case SQLITE_IOERR: return StorageTrouble::io;
        case SQLITE_INTERRUPT: return StorageTrouble::out_of_time;
        default: return StorageTrouble::other;
    }
}

/// SQLite numbers named parameters as it meets them, whatever their name: in "SET x = $2 WHERE id = $1" the
/// first one is $2. What is bound by position would silently go astray, so such a statement is written with
/// ?2 and ?1.
void refuse_parameters_out_of_order(sqlite3_stmt* handle, const char* sql)
{
    for (int position = 1; position <= sqlite3_bind_parameter_count(handle); ++position) {
        const char* name = sqlite3_bind_parameter_name(handle, position);
        if (name == nullptr || *name != '$' || name + 1 == std::to_string(position)) continue;
        throw std::logic_error(std::string{"parameters out of order: "} + sql);
    }
}

/// Opening a write-ahead log makes files beside the database, also for those who only read. Where there is no
/// log, nobody writes: SQLite is told so, and leaves the folder as it is.
std::string read_only_address(const std::string& path)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string address = "file:";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') {
            const auto byte = static_cast<unsigned char>(c);
            address += {'%', hex[byte >> 4U], hex[byte & 0xFU]};
        } else {
            address += c;
        }
    }
    std::error_code no_log;
    const bool has_log = std::filesystem::exists(path + "-wal", no_log);
    return address + (has_log ? "?mode=ro" : "?mode=ro&immutable=1");
}

int flags_of(OpenMode mode)
{
    switch (mode) {
        case OpenMode::create: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        case OpenMode::existing_only: return SQLITE_OPEN_READWRITE;
        case OpenMode::read_only: break;
    }
    return SQLITE_OPEN_READONLY;
}

}  // namespace

Statement::Statement(Connection& connection, Prepared* prepared)
    : connection_(&connection), prepared_(prepared)
{}

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_), prepared_(std::exchange(other.prepared_, nullptr))
{}

Statement::~Statement()
{
    if (prepared_ == nullptr) return;
    if (prepared_->extra) {
        delete prepared_;
        return;
    }
    sqlite3_reset(prepared_->handle);
    prepared_->in_use = false;
}

Statement& Statement::bind(int position, std::int64_t value)
{
    const int code = sqlite3_bind_int64(prepared_->handle, position, value);
    if (code != SQLITE_OK) connection_->fail(code, prepared_->sql);
    return *this;
}

Statement& Statement::bind(int position, std::string_view value)
{
    const int code = sqlite3_bind_text64(prepared_->handle,
                                         position,
                                         value.data() ? value.data() : "",
                                         value.size(),
                                         SQLITE_TRANSIENT,
                                         SQLITE_UTF8);
    if (code != SQLITE_OK) connection_->fail(code, prepared_->sql);
    return *this;
}

Statement& Statement::bind(int position, std::optional<std::int64_t> value)
{
    return value ? bind(position, *value) : bind_null(position);
}

Statement& Statement::bind_null(int position)
{
    const int code = sqlite3_bind_null(prepared_->handle, position);
    if (code != SQLITE_OK) connection_->fail(code, prepared_->sql);
    return *this;
}

Statement& Statement::bind_blob(int position, std::string_view bytes)
{
    const int code = sqlite3_bind_blob64(
        prepared_->handle, position, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) connection_->fail(code, prepared_->sql);
    return *this;
}

bool Statement::step()
{
    const int code = sqlite3_step(prepared_->handle);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    connection_->fail(code, prepared_->sql);
}

void Statement::run()
{
    step();
    reset();
}

void Statement::reset()
{
    sqlite3_reset(prepared_->handle);
}

std::int64_t Statement::column_int(int position) const
{
    return sqlite3_column_int64(prepared_->handle, position);
}

std::optional<std::int64_t> Statement::column_optional_int(int position) const
{
    if (column_is_null(position)) return std::nullopt;
    return column_int(position);
}

std::string_view Statement::column_text(int position) const
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(prepared_->handle, position));
    const int size = sqlite3_column_bytes(prepared_->handle, position);
    return text == nullptr ? std::string_view{} : std::string_view{text, static_cast<std::size_t>(size)};
}

std::string_view Statement::column_blob(int position) const
{
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(prepared_->handle, position));
    const int size = sqlite3_column_bytes(prepared_->handle, position);
    return bytes == nullptr ? std::string_view{} : std::string_view{bytes, static_cast<std::size_t>(size)};
}

bool Statement::column_is_null(int position) const
{
    return sqlite3_column_type(prepared_->handle, position) == SQLITE_NULL;
}

Connection::Connection(const std::string& path, OpenMode mode) : path_(path)
{
    // SQLite's statistics on memory take a lock for every allocation. They can be left out before the first
    // use only.
    [[maybe_unused]] static const int without_statistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    const std::string address = mode == OpenMode::read_only ? read_only_address(path) : path;
    const int code = sqlite3_open_v2(
        address.c_str(), &handle_, flags_of(mode) | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
    try {
        if (code != SQLITE_OK) fail(code, "open");
        sqlite3_extended_result_codes(handle_, 1);
        sqlite3_busy_timeout(handle_, 2000);
        // Reading the header first makes a file that is no database fail here, before anything is written to
        // it.
        execute("PRAGMA schema_version");
        execute("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;");
        // What is deleted is overwritten: a text that is no longer kept is not left behind in a free page.
        execute("PRAGMA secure_delete=ON");
        // Bounded memory whatever the size of the file: 8 MiB of pages, a write-ahead log kept near 16 MiB.
        execute(
            "PRAGMA cache_size=-8192; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=33554432;");
    } catch (...) {
        statements_.clear();
        sqlite3_close_v2(handle_);
        throw;
    }
}

Connection::~Connection()
{
    statements_.clear();
    sqlite3_close_v2(handle_);
}

void Connection::fail(int code, std::string_view sql) const
{
    const int extended = handle_ != nullptr ? sqlite3_extended_errcode(handle_) : code;
    const std::string reason = handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
    throw StorageError(classify(extended == SQLITE_OK ? code : extended),
                       extended,
                       reason + " (code " + std::to_string(extended) + ", " + path_ +
                           "): " + std::string{sql});
}

Statement::Prepared* Connection::find_or_prepare(const char* sql)
{
    auto& slot = statements_[sql];
    if (slot && !slot->in_use) return slot.get();
    auto prepared = std::make_unique<Statement::Prepared>();
    prepared->sql = sql;
    const int code = sqlite3_prepare_v3(
        handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared->handle, nullptr);
    if (code != SQLITE_OK) fail(code, sql);
    refuse_parameters_out_of_order(prepared->handle, sql);
    if (slot) {
        prepared->extra = true;
        return prepared.release();
    }
    slot = std::move(prepared);
    return slot.get();
}

Statement Connection::prepare(const char* sql)
{
    Statement::Prepared* prepared = find_or_prepare(sql);
    prepared->in_use = true;
    return Statement{*this, prepared};
}

void Connection::execute(const std::string& sql)
{
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, sql.substr(0, 200));
}

void Connection::define(const char* name, std::function<std::string(std::string_view)> function)
{
    auto& kept = functions_[name];
    kept = std::move(function);
    const auto call = [](sqlite3_context* context, int, sqlite3_value** values) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
        const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
        const auto& defined = *static_cast<std::function<std::string(std::string_view)>*>(
            sqlite3_user_data(context));
        try {
            const std::string result = defined(text == nullptr ? std::string_view{}
                                                               : std::string_view{text, size});
            sqlite3_result_text64(context, result.data(), result.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
        } catch (const std::exception& error) {
            sqlite3_result_error(context, error.what(), -1);
        }
    };
    const int code = sqlite3_create_function_v2(
        handle_, name, 1, SQLITE_UTF8, &kept, call, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, name);
}

void Connection::end_by(std::chrono::steady_clock::time_point instant)
{
    constexpr int operations_between_looks = 1'000;
    ends_at_ = instant;
    sqlite3_progress_handler(
        handle_,
        operations_between_looks,
        [](void* self) {
            const bool ended = std::chrono::steady_clock::now() >= static_cast<Connection*>(self)->ends_at_;
            return ended ? 1 : 0;
        },
        this);
}

std::int64_t Connection::data_version()
{
    Statement row = prepare("PRAGMA data_version");
    row.step();
    return row.column_int(0);
}

std::int64_t Connection::last_insert_id() const
{
    return sqlite3_last_insert_rowid(handle_);
}

std::int64_t Connection::changed_rows() const
{
    return sqlite3_changes64(handle_);
}

bool Connection::in_transaction() const
{
    return sqlite3_get_autocommit(handle_) == 0;
}

Transaction::Transaction(Connection& connection) : connection_(connection)
{
    connection_.prepare("BEGIN IMMEDIATE").run();
}

Transaction::~Transaction()
{
    if (ended_ || !connection_.in_transaction()) return;
    try {
        connection_.prepare("ROLLBACK").run();
    } catch (const StorageError&) {
        // SQLite has rolled back by itself, or will when the connection is closed: nothing was committed
        // either way.
    }
}

void Transaction::commit()
{
    connection_.prepare("COMMIT").run();
    ended_ = true;
}

Savepoint::Savepoint(Connection& connection) : connection_(connection)
{
    connection_.prepare("SAVEPOINT one_input").run();
}

Savepoint::~Savepoint()
{
    if (ended_ || !connection_.in_transaction()) return;
    try {
        connection_.prepare("ROLLBACK TO one_input").run();
        connection_.prepare("RELEASE one_input").run();
    } catch (const StorageError&) {
        // The surrounding transaction cannot go on either: its commit fails and reports.
    }
}

void Savepoint::release()
{
    connection_.prepare("RELEASE one_input").run();
    ended_ = true;
}

}  // namespace ackd::storage
