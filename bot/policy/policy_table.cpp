#include "bot/policy/policy_table.hpp"

#include "bot/policy/policy_text.hpp"

#include <fmt/format.h>

#include <array>

namespace ackd {

namespace {

constexpr std::array all_sources{PolicySource::file, PolicySource::chat, PolicySource::revert};

/// Of a row: version, applied_at_us, actor, source, note, text.
PolicyVersion version_in(const storage::Statement& row)
{
    PolicyVersion version;
    version.version = row.column_int(0);
    version.applied_at = from_microseconds(row.column_int(1));
    version.actor = UserId{row.column_string(2)};
    for (const PolicySource source : all_sources) {
        if (row.column_text(3) == name_of(source)) version.source = source;
    }
    version.note = row.column_string(4);
    version.text = row.column_string(5);
    return version;
}

}  // namespace

std::string_view name_of(PolicySource source)
{
    switch (source) {
        case PolicySource::file: return "file";
        case PolicySource::chat: return "chat";
        case PolicySource::revert: return "revert";
    }
    return "?";
}

Policy policy_of(const PolicyVersion& version)
{
    PolicyReading reading = read_policy(version.text);
    if (reading.problems.empty()) return std::move(reading.document.policy);
    throw storage::StorageError{
        storage::StorageTrouble::corrupt,
        0,
        fmt::format("this ackd does not understand the policy in the database. {}",
                    problems_as_text(fmt::format("version {}", version.version), reading.problems))};
}

std::int64_t PolicyTable::newest_version() const
{
    storage::Statement row = connection_.prepare("SELECT coalesce(max(version), 0) FROM policies");
    row.step();
    return row.column_int(0);
}

std::optional<PolicyVersion> PolicyTable::find(std::int64_t version) const
{
    storage::Statement row = connection_.prepare(
        "SELECT version, applied_at_us, actor, source, note, text FROM policies WHERE version = $1");
    row.bind(1, version);
    if (!row.step()) return std::nullopt;
    return version_in(row);
}

std::vector<PolicyVersion> PolicyTable::newest(int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT version, applied_at_us, actor, source, note, text
            FROM policies
            ORDER BY version DESC
            LIMIT $1)");
    rows.bind(1, count_max);
    std::vector<PolicyVersion> versions;
    while (rows.step()) versions.push_back(version_in(rows));
    return versions;
}

std::int64_t PolicyTable::append(const PolicyVersion& version)
{
    const std::int64_t number = newest_version() + 1;
    connection_
        .prepare(R"(INSERT INTO policies (version, applied_at_us, actor, source, note, text)
            VALUES ($1, $2, $3, $4, $5, $6))")
        .bind_all(number,
                  to_microseconds(version.applied_at),
                  version.actor.value,
                  name_of(version.source),
                  version.note,
                  version.text)
        .run();
    return number;
}

}  // namespace ackd
