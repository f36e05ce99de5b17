#include "bot/cli/web_key_desk.hpp"

#include "bot/cli/configuration.hpp"
#include "bot/cli/random_bytes.hpp"
#include "bot/clock.hpp"
#include "bot/people/local_time.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd::cli {

namespace {

/// What people are told to write into the configuration.
constexpr std::string_view usual_listen = "127.0.0.1:8091";

/// What is said of keys that open this.
struct UseWords {
    std::string_view holder;
    std::string_view command;
    std::string_view listing;
    std::string_view added;
    std::string_view revoked;
};
UseWords words_of(WebKeyUse use)
{
    if (use == WebKeyUse::source)
        return {"source", "sources", "sources", "alert_key_added", "alert_key_revoked"};
    return {"rotation", "rotations", "rotations keys", "calendar_key_added", "calendar_key_revoked"};
}

void record_key(PolicyDesk& desk, std::string_view fact, std::int64_t number, Instant now)
{
    HandlerContext context = desk.context(now).value();
    record(context, operator_name(), RequestId{}, ObligationId{}, fact, {{"key", std::to_string(number)}});
}

std::string lines_of(const std::vector<StoredWebKey>& keys, const std::string& name)
{
    std::string lines;
    for (const StoredWebKey& key : keys) {
        if (key.name != name) continue;
        lines += fmt::format("  key {} · made {} · {}\n",
                             key.id.value,
                             utc_text(key.made_at),
                             key.used_at ? "used last " + utc_text(*key.used_at) : "never used");
    }
    return lines;
}

}  // namespace

WebPlace web_place(const std::string& configuration_path)
{
    const Configuration configuration = configuration_path.empty() ? Configuration{}
                                                                   : read_configuration(configuration_path);
    if (!configuration.problems.empty())
        throw Refusal{problems_as_text(configuration_path, configuration.problems)};
    WebPlace place;
    if (!configuration.web_listen) {
        place.remark = fmt::format(
            "\nThe configuration {}does not say where ackd listens: [web] with listen = \"{}\", and url = what it is "
            "called from outside. Until then nobody comes in.\n",
            configuration_path.empty() ? "" : configuration_path + " ",
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

MadeWebKey make_web_key(PolicyDesk& desk, WebKeyUse use, const std::string& name)
{
    WebKeyTable keys{desk.connection()};
    const UseWords words = words_of(use);
    const auto present = keys.of(use, name);
    if (present.size() >= web_keys_max) {
        throw Refusal{
            fmt::format("{0} has {1} keys already, {2} and {3}: `ackd {4} revoke-key {0} {2}` makes room.\n",
                        name,
                        present.size(),
                        present.front().id.value,
                        present.back().id.value,
                        words.command)};
    }
    const Instant now = SystemClock{}.now();
    MadeWebKey made;
    made.key = web_key_of(random_bytes());
    made.id = keys.add(use, name, hash_of_web_key(made.key), now);
    record_key(desk, words.added, made.id.value, now);
    return made;
}

void revoke_web_key(PolicyDesk& desk, WebKeyUse use, const std::string& name, std::int64_t number)
{
    storage::Transaction transaction{desk.connection()};
    const UseWords words = words_of(use);
    if (!WebKeyTable{desk.connection()}.remove(use, name, WebKeyId{number})) {
        throw Refusal{fmt::format("{} has no key {}: `ackd {}` lists them.\n", name, number, words.listing)};
    }
    record_key(desk, words.revoked, number, SystemClock{}.now());
    transaction.commit();
    fmt::print("Key {} of {} lets nobody in any more.\n", number, name);
}

std::string web_key_list(PolicyDesk& desk, WebKeyUse use, const std::vector<KeyHolder>& holders)
{
    const UseWords words = words_of(use);
    const auto keys = desk.context(Instant{}) ? WebKeyTable{desk.connection()}.all(use)
                                              : std::vector<StoredWebKey>{};
    std::string list;
    for (const KeyHolder& holder : holders) {
        const std::string lines = lines_of(keys, holder.name);
        list += holder.heading + "\n";
        list += lines.empty()
                    ? fmt::format("  no key: `ackd {} add-key {}` makes one\n", words.command, holder.name)
                    : lines;
    }
    std::string gone;
    for (const StoredWebKey& key : keys) {
        const bool is_held = std::any_of(
            holders.begin(), holders.end(), [&](const KeyHolder& holder) { return holder.name == key.name; });
        if (is_held || key.name == gone) continue;
        gone = key.name;
        list += fmt::format("{} is no {} of the policy any more: its keys let nobody in\n{}",
                            gone,
                            words.holder,
                            lines_of(keys, gone));
    }
    return list;
}

}  // namespace ackd::cli
