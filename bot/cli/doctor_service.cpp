#include "bot/cli/doctor_service.hpp"

#include "bot/trimmed.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace ackd::cli {

namespace {

constexpr const char* unit_name = "ackd.service";
constexpr std::string_view app_token = "slack-app-token";
constexpr std::string_view signing_secret = "slack-signing-secret";
constexpr std::string_view bot_token = "slack-bot-token";

std::string text_of_file(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

/// The drop-ins of all folders, by their names: a more important folder hides those of the same name.
std::vector<std::filesystem::path> drop_ins(const std::vector<std::string>& folders)
{
    std::vector<std::filesystem::path> found;
    for (const std::string& folder : folders) {
        std::error_code ignored;
        for (const auto& entry :
             std::filesystem::directory_iterator{folder + "/" + unit_name + ".d", ignored}) {
            const auto same_name = [&](const auto& other) {
                return other.filename() == entry.path().filename();
            };
            if (entry.path().extension() == ".conf" && std::none_of(found.begin(), found.end(), same_name))
                found.push_back(entry.path());
        }
    }
    std::sort(
        found.begin(), found.end(), [](const auto& a, const auto& b) { return a.filename() < b.filename(); });
    return found;
}

/// The name before the first colon, and what is behind it (empty: none).
std::pair<std::string, std::string> split_at_colon(const std::string& text)
{
    const auto colon = text.find(':');
    return {text.substr(0, colon), colon == std::string::npos ? "" : text.substr(colon + 1)};
}

/// What is wrong with the file that a credential is loaded from; empty: nothing.
std::string problem_of_file(const std::string& path)
{
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
        const bool may_look = errno != EACCES || geteuid() == 0;
        return may_look ? fmt::format("{}: {}", path, std::strerror(errno)) : "";
    }
    if ((status.st_mode & S_IRWXO) != 0) return fmt::format("{} is open to everybody on this machine", path);
    return status.st_size == 0 ? path + " is empty" : "";
}

}  // namespace

void UnitSettings::add(std::string_view text)
{
    std::string line;
    while (!text.empty()) {
        const auto end = text.find('\n');
        line += text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\\')) {
            line.back() = ' ';
            continue;
        }
        const std::string setting{trimmed(line)};
        line.clear();
        const auto equals = setting.find('=');
        if (setting.empty() || setting.front() == '#' || setting.front() == ';' ||
            equals == std::string::npos)
            continue;
        const std::string name{trimmed(std::string_view{setting}.substr(0, equals))};
        const std::string value{trimmed(std::string_view{setting}.substr(equals + 1))};
        // An empty value takes back the earlier ones.
        if (value.empty())
            std::erase_if(settings_, [&](const auto& one) { return one.first == name; });
        else
            settings_.emplace_back(name, value);
    }
}

std::string UnitSettings::value_of(std::string_view name) const
{
    const std::vector<std::string> values = values_of(name);
    return values.empty() ? "" : values.back();
}

std::vector<std::string> UnitSettings::values_of(std::string_view name) const
{
    std::vector<std::string> values;
    for (const auto& [key, value] : settings_) {
        if (key == name) values.push_back(value);
    }
    return values;
}

std::vector<std::string> unit_folders()
{
    const char* chosen = std::getenv("SYSTEMD_UNIT_PATH");
    if (chosen == nullptr || *chosen == '\0') {
        if (sd_booted() <= 0) return {};
        return {"/etc/systemd/system",
                "/run/systemd/system",
                "/usr/local/lib/systemd/system",
                "/usr/lib/systemd/system",
                "/lib/systemd/system"};
    }
    std::vector<std::string> folders;
    std::string rest = chosen;
    while (!rest.empty()) {
        auto [folder, others] = split_at_colon(rest);
        if (!folder.empty()) folders.push_back(std::move(folder));
        rest = std::move(others);
    }
    return folders;
}

std::optional<UnitSettings> read_unit(const std::vector<std::string>& folders)
{
    for (const std::string& folder : folders) {
        const std::filesystem::path path = folder + "/" + unit_name;
        std::error_code ignored;
        if (!std::filesystem::exists(path, ignored)) continue;
        UnitSettings unit;
        unit.add(text_of_file(path));
        for (const auto& drop_in : drop_ins(folders)) unit.add(text_of_file(drop_in));
        return unit;
    }
    return std::nullopt;
}

Finding check_credentials(const UnitSettings& unit, SlackMode mode)
{
    const std::string name = "credentials";
    std::vector<std::string_view> missing{mode == SlackMode::http ? signing_secret : app_token, bot_token};
    std::vector<std::string> problems;
    for (const char* setting : {"LoadCredential", "LoadCredentialEncrypted", "SetCredentialEncrypted"}) {
        for (const std::string& value : unit.values_of(setting)) {
            const auto [credential, source] = split_at_colon(value);
            std::erase(missing, std::string_view{credential});
            if (std::string_view{setting}.starts_with("Load") && source.starts_with('/')) {
                if (std::string problem = problem_of_file(source); !problem.empty())
                    problems.push_back(std::move(problem));
            }
        }
    }
    if (!missing.empty()) {
        return found_wrong(name,
                           fmt::format("{} does not load {}", unit_name, fmt::join(missing, " and ")),
                           "add a LoadCredential line for each, as in systemd/ackd.service");
    }
    if (!problems.empty()) {
        return found_wrong(name,
                           fmt::format("{}", fmt::join(problems, "; ")),
                           "write one token into each file, and let only root read them: chmod 600");
    }
    return found_right(name, "what ackd needs is loaded as credentials");
}

Finding check_watchdog(const UnitSettings& unit)
{
    const std::string name = "watchdog";
    const std::string interval = unit.value_of("WatchdogSec");
    if (unit.value_of("Type") != "notify") {
        return found_wrong(
            name,
            fmt::format("{} is not of Type=notify: systemd cannot hear that ackd is alive", unit_name),
            "take Type=notify and WatchdogSec=30s from systemd/ackd.service");
    }
    if (interval.empty() || interval == "0") {
        return found_wrong(name,
                           "off: an ackd that hangs is not started again",
                           "take WatchdogSec=30s from systemd/ackd.service");
    }
    return found_right(name, fmt::format("an ackd that hangs for {} is started again", interval));
}

std::vector<Finding> check_service(SlackMode mode)
{
    const std::vector<std::string> folders = unit_folders();
    const std::optional<UnitSettings> unit = read_unit(folders);
    if (!unit) {
        const char* why = folders.empty() ? "systemd does not run this machine"
                                          : "not installed: ackd runs as long as somebody lets it run; "
                                            "systemd/ackd.service says how to install it";
        return {not_applicable("service", why),
                not_applicable("credentials", "no service"),
                not_applicable("watchdog", "no service")};
    }
    return {found_right("service", std::string{unit_name} + " is installed"),
            check_credentials(*unit, mode),
            check_watchdog(*unit)};
}

}  // namespace ackd::cli
