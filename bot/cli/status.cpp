#include "bot/cli/status.hpp"

#include "bot/catch_up/catch_up_table.hpp"
#include "bot/cli/state_directory.hpp"
#include "storage/migrations.hpp"

#include <date/date.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace ackd::cli {

namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;

std::int64_t count(storage::Connection& connection, const char* sql)
{
    storage::Statement row = connection.prepare(sql);
    row.step();
    return row.column_int(0);
}

std::optional<Instant> instant_in(const storage::Statement& row, int position)
{
    if (row.column_is_null(position)) return std::nullopt;
    return from_microseconds(row.column_int(position));
}

/// The journal keeps figures as texts.
std::int64_t figure_in(const nlohmann::json& detail, const char* name)
{
    return std::stoll(detail.value(name, "0"));
}

std::optional<CaughtUp> last_caught_up(storage::Connection& connection)
{
    storage::Statement row = connection.prepare(
        "SELECT recorded_at_us, detail FROM journal WHERE fact = 'caught_up' ORDER BY sequence DESC LIMIT 1");
    if (!row.step()) return std::nullopt;
    const auto detail = nlohmann::json::parse(row.column_text(1));
    CaughtUp caught_up;
    caught_up.at = from_microseconds(row.column_int(0));
    caught_up.reason = detail.value("reason", "");
    caught_up.pages = figure_in(detail, "pages");
    caught_up.recovered = figure_in(detail, "recovered");
    return caught_up;
}

/// "1 request", "2 requests".
std::string counted(std::int64_t number, std::string_view what)
{
    return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

/// In one unit, rounded down.
std::string age_words(Duration age)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(std::max(age, Duration{0}));
    if (seconds < 1min) return counted(seconds.count(), "second");
    if (seconds < 1h) return counted(seconds / 1min, "minute");
    if (seconds < 48h) return counted(seconds / 1h, "hour");
    return counted(seconds / 24h, "day");
}

std::string reason_words(std::string_view reason)
{
    if (reason == name_of(GapReason::started)) return "after its start";
    if (reason == name_of(GapReason::reconnected)) return "after a lost connection";
    if (reason == name_of(GapReason::resumed)) return "after this machine slept";
    if (reason == name_of(GapReason::events_lost)) return "after the chat dropped events";
    return "in a sweep";
}

std::string running_words(const std::optional<bool>& is_running)
{
    if (!is_running) return "Whether ackd is running may not be looked at from here.";
    return *is_running ? "ackd is running." : "ackd is not running.";
}

std::string request_words(const Status& status)
{
    if (status.open_requests == 0) return "No request is open.";
    return fmt::format("{} open, {} awaited.",
                       counted(status.open_requests, "request"),
                       counted(status.open_obligations, "answer"));
}

std::string outbox_words(const Status& status, Instant now)
{
    if (status.waiting == 0) return "Nothing waits in the outbox.";
    std::string words = fmt::format("{} in the outbox", counted(status.waiting, "effect"));
    if (status.oldest_waiting)
        words += fmt::format(", the oldest for {}", age_words(now - *status.oldest_waiting));
    if (status.in_doubt > 0) words += fmt::format("; {} in doubt", status.in_doubt);
    return words + ".";
}

std::string caught_up_words(const Status& status, Instant now)
{
    if (!status.caught_up) return "It has not caught up with the chat yet.";
    const CaughtUp& last = *status.caught_up;
    return fmt::format("Last caught up {} ago, {}: {} read, {} recovered.",
                       age_words(now - last.at),
                       reason_words(last.reason),
                       counted(last.pages, "page"),
                       last.recovered);
}

std::string catching_up_words(const Status& status, Instant now)
{
    return fmt::format("{} began {} ago: {} read so far.",
                       status.is_running.value_or(true) ? "A catch-up" : "A catch-up that did not end",
                       age_words(now - status.catching_up->since),
                       counted(status.catching_up->pages, "page"));
}

std::string conversation_words(const Status& status, Instant now)
{
    if (status.conversations == 0) return "No conversation is known.";
    std::string words = counted(status.conversations, "conversation") + " known";
    if (status.oldest_read_mark)
        words += fmt::format("; the one read least was read {} ago",
                             age_words(now - *status.oldest_read_mark));
    return words + ".";
}

Json seconds_since(const std::optional<Instant>& at, Instant now)
{
    if (!at) return nullptr;
    return std::chrono::floor<std::chrono::seconds>(now - *at).count();
}

std::string time_text(Instant at)
{
    return date::format("%FT%TZ", std::chrono::floor<std::chrono::seconds>(at));
}

}  // namespace

Status read_status(storage::Connection& connection)
{
    // One transaction: what one query counts, the next one has seen as well.
    connection.execute("BEGIN");
    Status status;
    status.open_requests = count(connection, "SELECT count(*) FROM requests WHERE closed_at_us IS NULL");
    status.open_obligations = count(connection, "SELECT count(*) FROM deadlines");
    status.dead_letters = count(connection, "SELECT count(*) FROM dead_letters WHERE answered_at_us IS NULL");
    {
        storage::Statement outbox = connection.prepare(
            "SELECT count(*), coalesce(sum(in_doubt), 0), min(created_at_us) FROM outbox");
        outbox.step();
        status.waiting = outbox.column_int(0);
        status.in_doubt = outbox.column_int(1);
        status.oldest_waiting = instant_in(outbox, 2);
    }
    {
        storage::Statement conversations = connection.prepare(
            "SELECT count(*), min(CASE is_archived WHEN 0 THEN read_up_to_us END) FROM conversations");
        conversations.step();
        status.conversations = conversations.column_int(0);
        status.oldest_read_mark = instant_in(conversations, 1);
    }
    status.caught_up = last_caught_up(connection);
    const CatchUpStand stand = CatchUpTable{connection}.load();
    if (stand.stage != CatchUpStage::none) status.catching_up = CatchingUp{stand.began_at, stand.pages};
    connection.execute("COMMIT");
    return status;
}

std::string status_as_text(const Status& status, Instant now)
{
    std::string text = running_words(status.is_running) + "\n" + request_words(status) + "\n";
    if (status.dead_letters > 0)
        text += counted(status.dead_letters, "dead letter") + " without an answer.\n";
    text += outbox_words(status, now) + "\n" + caught_up_words(status, now) + "\n";
    if (status.catching_up) text += catching_up_words(status, now) + "\n";
    return text + conversation_words(status, now) + "\n";
}

std::string status_as_json(const Status& status, Instant now)
{
    Json object;
    object["running"] = status.is_running ? Json(*status.is_running) : Json(nullptr);
    object["open_requests"] = status.open_requests;
    object["open_obligations"] = status.open_obligations;
    object["dead_letters"] = status.dead_letters;
    object["outbox"] = Json{{"waiting", status.waiting},
                            {"in_doubt", status.in_doubt},
                            {"oldest_seconds", seconds_since(status.oldest_waiting, now)}};
    object["caught_up"] = nullptr;
    if (const auto& last = status.caught_up) {
        object["caught_up"] = Json{{"at", time_text(last->at)},
                                   {"reason", last->reason},
                                   {"pages", last->pages},
                                   {"recovered", last->recovered}};
    }
    object["catching_up"] = nullptr;
    if (const auto& running = status.catching_up)
        object["catching_up"] = Json{{"since", time_text(running->since)}, {"pages", running->pages}};
    object["conversations"] = Json{{"known", status.conversations},
                                   {"furthest_behind_seconds", seconds_since(status.oldest_read_mark, now)}};
    return object.dump() + "\n";
}

int run_status(const StatusOptions& options)
{
    const std::string folder = choose_state_directory(options.state_directory);
    const std::string path = database_path_in(folder);
    std::error_code hidden;
    if (folder.empty() || (!std::filesystem::exists(path, hidden) && !hidden)) {
        fmt::print(
            stderr,
            "There is no database in \"{}\": `ackd run` makes it, or name its folder with --state-dir.\n",
            folder);
        return 1;
    }
    try {
        storage::Connection connection{path, storage::OpenMode::read_only};
        storage::require_known_schema(connection);
        if (storage::schema_version(connection) < static_cast<int>(storage::all_migrations().size())) {
            fmt::print(
                stderr, "{} is of an earlier ackd: start this one once, which brings it up to date.\n", path);
            return 1;
        }
        Status status = read_status(connection);
        status.is_running = is_state_directory_in_use(folder);
        const Instant now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
        fmt::print("{}", options.as_json ? status_as_json(status, now) : status_as_text(status, now));
        return 0;
    } catch (const storage::StorageError& error) {
        fmt::print(stderr, "{} cannot be read: {}. `ackd doctor` says what to do.\n", path, error.what());
        return 1;
    }
}

}  // namespace ackd::cli
