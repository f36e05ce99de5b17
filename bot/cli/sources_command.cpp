#include "bot/cli/sources_command.hpp"

#include "bot/alerts/alert_key.hpp"
#include "bot/alerts/alert_key_table.hpp"
#include "bot/cli/configuration.hpp"
#include "bot/cli/policy_desk.hpp"
#include "bot/clock.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/people/local_time.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace ackd::cli {

namespace {

/// What people are told to write into the configuration.
constexpr std::string_view usual_listen = "127.0.0.1:8091";

std::array<unsigned char, 32> random_bytes()
{
    std::array<unsigned char, 32> bytes{};
    // So few are given at once, or not at all.
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        throw std::system_error{errno, std::generic_category(), "no random bytes"};
    return bytes;
}

std::string key_line(const StoredAlertKey& key)
{
    return fmt::format("  key {} · made {} · {}\n",
                       key.id.value,
                       utc_text(key.made_at),
                       key.used_at ? "used last " + utc_text(*key.used_at) : "never used");
}

AlertSource source_named(const PolicyDesk& desk, const std::string& name)
{
    const Policy policy = desk.policy_in_force();
    if (const AlertSource* source = find_source(policy.sources, name)) return *source;
    std::vector<std::string> names;
    for (const AlertSource& each : policy.sources) names.push_back(each.name);
    const auto near = nearest_word(name, names);
    throw Refusal{fmt::format("The policy has no source \"{}\"{}\n",
                              name,
                              near ? fmt::format("; did you mean \"{}\"?", *near)
                              : names.empty()
                                  ? ": write [[source]] into it (docs/alerts.md), and `ackd policy apply` it."
                                  : fmt::format("; there is {}.", fmt::join(names, ", ")))};
}

/// What stands before the path, and what is to be said about it.
struct WebPlace {
    std::string url;
    std::string remark;
};

WebPlace place_of(const SourcesCommandOptions& options)
{
    const Configuration configuration = options.configuration_path.empty()
                                            ? Configuration{}
                                            : read_configuration(options.configuration_path);
    if (!configuration.problems.empty())
        throw Refusal{problems_as_text(options.configuration_path, configuration.problems)};
    WebPlace place;
    if (!configuration.web_listen) {
        place.remark = fmt::format(
            "\nThe configuration {}does not say where ackd listens: [web] with listen = \"{}\", and url = what it is "
            "called from outside. Until then nothing is taken.\n",
            options.configuration_path.empty() ? "" : options.configuration_path + " ",
            usual_listen);
    }
    if (!configuration.web_url.empty()) {
        place.url = configuration.web_url;
    } else if (configuration.web_listen) {
        const http::ListenAddress& at = *configuration.web_listen;
        const bool is_v6 = at.host.find(':') != std::string::npos;
        place.url = fmt::format("http://{}:{}", is_v6 ? "[" + at.host + "]" : at.host, at.port);
    } else {
        place.url = fmt::format("http://{}", usual_listen);
    }
    return place;
}

void record_key(HandlerContext& context, std::string_view fact, AlertKeyId id)
{
    record(context, operator_name(), RequestId{}, ObligationId{}, fact, {{"key", std::to_string(id.value)}});
}

}  // namespace

int list_sources(const SourcesCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::look};
        const Policy policy = desk.policy_in_force();
        if (policy.sources.empty())
            fmt::print(
                "The policy has no sources: no program may tell alerts. docs/alerts.md says how one may.\n");
        const bool has_database = desk.context(Instant{}).has_value();
        const auto keys = has_database ? AlertKeyTable{desk.connection()}.all()
                                       : std::vector<StoredAlertKey>{};
        for (const AlertSource& source : policy.sources) {
            fmt::print("{} ({})\n", source.name, name_of(source.kind));
            bool has_key = false;
            for (const StoredAlertKey& key : keys) {
                if (key.source != source.name) continue;
                fmt::print("{}", key_line(key));
                has_key = true;
            }
            if (!has_key) fmt::print("  no key: `ackd sources add-key {}` makes one\n", source.name);
        }
        for (const StoredAlertKey& key : keys) {
            if (find_source(policy.sources, key.source) != nullptr) continue;
            fmt::print("{} is no source of the policy any more: its key lets nobody in\n{}",
                       key.source,
                       key_line(key));
        }
        return exit_done;
    });
}

int add_source_key(const SourcesCommandOptions& options)
{
    return tell_outcome([&] {
        const WebPlace place = place_of(options);
        PolicyDesk desk{options.state_directory, DeskMode::write};
        storage::Transaction transaction{desk.connection()};
        const AlertSource source = source_named(desk, options.source);
        AlertKeyTable keys{desk.connection()};
        const auto present = keys.of_source(source.name);
        if (present.size() >= alert_keys_of_source_max) {
            throw Refusal{
                fmt::format("{0} has {1} keys already, {2} and {3}: `ackd sources revoke-key {0} {2}` "
                            "makes room.\n",
                            source.name,
                            present.size(),
                            present.front().id.value,
                            present.back().id.value)};
        }
        const Instant now = SystemClock{}.now();
        const std::string key = alert_key_of(random_bytes());
        const AlertKeyId id = keys.add(source.name, hash_of_alert_key(key), now);
        HandlerContext context = desk.context(now).value();
        record_key(context, "alert_key_added", id);
        transaction.commit();
        fmt::print("Key {} of {}. It is shown this once: only a hash of it is kept.\n\n    {}\n\n"
                   "The whole address, which {} posts to:\n\n    {}/in/{}\n{}",
                   id.value,
                   source.name,
                   key,
                   source.kind == SourceKind::github ? "GitHub" : "the program",
                   place.url,
                   key,
                   place.remark);
        if (source.kind == SourceKind::github) {
            fmt::print(
                "\nThe webhook's content type is application/json, and its secret the GITHUB_WEBHOOK_SECRET of "
                "where ackd runs.\n");
        }
        return exit_done;
    });
}

int revoke_source_key(const SourcesCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::write};
        storage::Transaction transaction{desk.connection()};
        const AlertKeyId id{options.key};
        if (!AlertKeyTable{desk.connection()}.remove(options.source, id)) {
            throw Refusal{
                fmt::format("{} has no key {}: `ackd sources` lists them.\n", options.source, options.key)};
        }
        HandlerContext context = desk.context(SystemClock{}.now()).value();
        record_key(context, "alert_key_revoked", id);
        transaction.commit();
        fmt::print("Key {} of {} lets nobody in any more.\n", options.key, options.source);
        return exit_done;
    });
}

}  // namespace ackd::cli
