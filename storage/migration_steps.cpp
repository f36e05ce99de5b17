#include "storage/migration_steps.hpp"

#include "storage/journal_table.hpp"
#include "storage/pseudonym_table.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <string>

namespace ackd::storage {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view bot_actor = "ackd";

std::uint64_t random_bits(Connection& connection)
{
    Statement row = connection.prepare("SELECT randomblob(8)");
    row.step();
    std::uint64_t bits = 0;
    std::memcpy(&bits, row.column_blob(0).data(), sizeof bits);
    return bits;
}

std::string without_names(PseudonymTable& pseudonyms, const JournalEntry& entry)
{
    Json detail = Json::parse(entry.detail, nullptr, false);
    if (!detail.is_object()) return "{}";
    const auto replace = [&](const char* name, PseudonymKind kind) {
        if (detail.contains(name)) detail[name] = pseudonyms.token_of(kind, detail[name].get<std::string>());
    };
    replace("debtor", PseudonymKind::person);
    replace("person", PseudonymKind::person);
    replace("channel", PseudonymKind::conversation);
    replace("before", PseudonymKind::conversation);
    replace("after", PseudonymKind::conversation);
    if (entry.fact == "input_poisoned") detail.erase("key");
    if (entry.fact == "not_delivered" || entry.fact == "undeliverable") {
        const std::string code = code_in(detail.value("reason", ""));
        detail.erase("reason");
        if (!code.empty()) detail["reason"] = code;
    }
    return detail.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// What was hashed named people. It is written again with tokens, and a new chain begins with the first row.
void pseudonyms(Connection& connection)
{
    PseudonymTable table{connection, [&connection] { return random_bits(connection); }};
    JournalTable{connection}.rewrite([&table](JournalEntry& entry) {
        if (entry.actor != bot_actor) entry.actor = table.token_of(PseudonymKind::person, entry.actor);
        entry.detail = without_names(table, entry);
    });
}

struct NamedStep {
    std::string_view name;
    MigrationStep step;
};
constexpr NamedStep steps[] = {{"pseudonyms", pseudonyms}};

}  // namespace

MigrationStep migration_step_of(std::string_view name)
{
    const std::string_view unnumbered = name.substr(std::min(name.find('_') + 1, name.size()));
    const auto* found = std::find_if(
        std::begin(steps), std::end(steps), [&](const NamedStep& each) { return each.name == unnumbered; });
    return found == std::end(steps) ? nullptr : found->step;
}

}  // namespace ackd::storage
