// Every version of the policy, as stored: append-only, the one in force is the newest.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "bot/settings.hpp"
#include "storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// How a version came to be. Stored by name.
enum class PolicySource {
    file,    ///< `ackd policy apply`
    chat,    ///< `/ackd setup`
    revert,  ///< `ackd policy revert`
};

[[nodiscard]] std::string_view name_of(PolicySource source);

struct PolicyVersion {
    std::int64_t version = 0;
    Instant applied_at{};
    /// A user id, or "operator:NAME".
    UserId actor;
    PolicySource source = PolicySource::file;
    std::string note;
    std::string text;
};

/// The values of a stored version. Throws storage::StorageError (corrupt) when its text is not understood.
[[nodiscard]] Policy policy_of(const PolicyVersion& version);

class PolicyTable {
public:
    explicit PolicyTable(storage::Connection& connection) : connection_(connection) {}

    /// 0: there is none.
    [[nodiscard]] std::int64_t newest_version() const;
    [[nodiscard]] std::optional<PolicyVersion> find(std::int64_t version) const;
    /// The one in force; nothing: the defaults are.
    [[nodiscard]] std::optional<PolicyVersion> newest() const { return find(newest_version()); }
    /// Newest first, at most `count_max`.
    [[nodiscard]] std::vector<PolicyVersion> newest(int count_max) const;
    /// The version that follows the newest one; `version.version` is not looked at. Returns its number.
    std::int64_t append(const PolicyVersion& version);

private:
    storage::Connection& connection_;
};

}  // namespace ackd
