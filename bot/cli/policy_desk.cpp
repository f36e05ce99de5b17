#include "bot/cli/policy_desk.hpp"

#include "bot/clock.hpp"
#include "bot/people/workspace_identity.hpp"
#include "storage/migrations.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <random>

namespace ackd::cli {

namespace {

/// Files that another user makes beside the database would keep ackd out of it.
void require_owner(const std::string& folder)
{
    struct stat status {};
    if (stat(folder.c_str(), &status) != 0 || status.st_uid == geteuid()) return;
    const passwd* owner = getpwuid(status.st_uid);
    throw Refusal{fmt::format("{} belongs to another user. Run this as that one: sudo -u {} ackd …\n",
                              folder,
                              owner == nullptr ? fmt::format("'#{}'", status.st_uid) : owner->pw_name)};
}

bool is_up_to_date(storage::Connection& connection)
{
    storage::require_known_schema(connection);
    return storage::schema_version(connection) == static_cast<int>(storage::all_migrations().size());
}

}  // namespace

int tell_outcome(const std::function<int()>& work)
{
    try {
        return work();
    } catch (const WrongFile& error) {
        fmt::print(stderr, "{}", error.what());
        return exit_wrong_file;
    } catch (const Refusal& error) {
        fmt::print(stderr, "{}", error.what());
    } catch (const storage::StorageError& error) {
        fmt::print(stderr,
                   "{}: nothing was changed. {}\n",
                   error.what(),
                   error.trouble() == storage::StorageTrouble::busy ? "Try once more."
                                                                    : "`ackd doctor` says what to do.");
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
    }
    return exit_refused;
}

UserId operator_name()
{
    const char* behind = std::getenv("SUDO_USER");
    if (behind != nullptr && *behind != '\0') return UserId{fmt::format("operator:{}", behind)};
    const passwd* user = getpwuid(getuid());
    return UserId{fmt::format("operator:{}", user == nullptr ? fmt::to_string(getuid()) : user->pw_name)};
}

Instant desk_time(double clock_scale, double clock_origin)
{
    if (clock_scale == 1 && clock_origin == 0) return SystemClock{}.now();
    const auto origin = static_cast<std::int64_t>(clock_origin * 1e6);
    return ScaledClock{clock_scale, from_microseconds(origin)}.now();
}

PolicyDesk::PolicyDesk(const std::string& state_directory, DeskMode mode)
{
    const std::string folder = choose_state_directory(state_directory);
    if (folder.empty()) throw Refusal{"There is no home directory: name a folder with --state-dir.\n"};
    const std::string path = database_path_in(folder);
    if (mode == DeskMode::look) {
        std::error_code hidden;
        if (!std::filesystem::exists(path, hidden)) {
            if (hidden) throw Refusal{fmt::format("{} cannot be looked at: {}.\n", path, hidden.message())};
            return;
        }
        connection_ = std::make_unique<storage::Connection>(path, storage::OpenMode::read_only);
        if (!is_up_to_date(*connection_)) {
            throw Refusal{fmt::format(
                "{} is of an earlier ackd: start this one once, which brings it up to date.\n", path)};
        }
    } else {
        require_owner(folder);
        if (is_state_directory_in_use(folder).value_or(false)) {
            connection_ = std::make_unique<storage::Connection>(path, storage::OpenMode::existing_only);
            if (!is_up_to_date(*connection_))
                throw Refusal{"The ackd that is running is of another version: restart it first.\n"};
        } else {
            lock_.emplace(folder);
            connection_ = std::make_unique<storage::Connection>(path, storage::OpenMode::create);
            storage::migrate(*connection_);
        }
    }
    static_cast<Policy&>(settings_) = policy_in_force();
    state_ = std::make_unique<HandlerState>(*connection_, settings_.default_zone, std::random_device{}());
    state_->directory.use(settings_);
}

std::int64_t PolicyDesk::version() const
{
    return connection_ ? PolicyTable{*connection_}.newest_version() : 0;
}

Policy PolicyDesk::policy_in_force() const
{
    return policy_at(version()).value();
}

std::optional<Policy> PolicyDesk::policy_at(std::int64_t version) const
{
    if (version == 0) return Policy{};
    if (!connection_) return std::nullopt;
    const auto stored = PolicyTable{*connection_}.find(version);
    return stored ? std::optional{policy_of(*stored)} : std::nullopt;
}

std::vector<PolicyVersion> PolicyDesk::newest_versions(int count_max) const
{
    return connection_ ? PolicyTable{*connection_}.newest(count_max) : std::vector<PolicyVersion>{};
}

std::string PolicyDesk::workspace() const
{
    return connection_ ? read_workspace_identity(*connection_).workspace : "";
}

std::optional<HandlerContext> PolicyDesk::context(Instant now)
{
    if (!state_) return std::nullopt;
    // A daemon that runs has gone on since this was opened.
    state_->journal.reload();
    state_->seen.reload();
    state_->directory.forget_all_hours();
    return state_->at(now, settings_);
}

NameOf PolicyDesk::names()
{
    if (!state_) return [](const RouteTarget&) { return std::string{}; };
    name_context_.emplace(state_->at(Instant{}, settings_));
    return names_in(*name_context_);
}

std::string PolicyDesk::name_of_actor(const UserId& actor) const
{
    return state_ ? state_->directory.name_of(actor) : actor.value;
}

}  // namespace ackd::cli
