// The forms (modals) that are open at somebody's screen, and the Home views the app published.
//
// A modal lives in a stack of at most three per person. Each change gives a view a new hash, by which an app
// can guard its updates. Pure; errors are Slack's.
#pragma once

#include "sandbox/model/outcome.hpp"
#include "sandbox/model/workspace_types.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sandbox {

class ViewBook {
public:
    static constexpr std::size_t stack_max = 3;
    static constexpr std::size_t people_max = 20'000;

    explicit ViewBook(const Team& team) : team_(team) {}

    /// Errors: view_too_large, invalid_arguments (with messages), duplicate_external_id.
    Outcome<Json> open(const UserId& user, Json view);
    /// Errors: as open, push_limit_reached, not_found when no modal is open.
    Outcome<Json> push(const UserId& user, Json view);
    /// By view_id or external_id. Errors: as open, not_found, hash_conflict.
    Outcome<Json> update(const std::string& view_id,
                         const std::string& external_id,
                         Json view,
                         const std::string& hash);
    /// Errors: view_too_large, invalid_arguments, hash_conflict.
    Outcome<Json> publish(const UserId& user, Json view, const std::string& hash);

    [[nodiscard]] const Json* home(const UserId& user) const;
    /// The modals open at that person, the visible one last.
    [[nodiscard]] std::vector<Json> stack(const UserId& user) const;
    [[nodiscard]] const Json* find(const std::string& view_id) const;
    /// Grows with everything that the app shows.
    [[nodiscard]] std::uint64_t version() const { return hashes_made_; }
    /// Closes the visible modal, or all of them.
    void pop(const UserId& user);
    void clear(const UserId& user);

    /// Whose home and whose modals have changed since the last call.
    struct Changes {
        std::set<UserId> homes;
        std::set<UserId> stacks;
    };
    [[nodiscard]] Changes take_changes() { return std::exchange(changes_, {}); }

private:
    Json complete(Json view, const Json& previous, std::string id);
    [[nodiscard]] bool external_id_taken(const std::string& external_id,
                                         const std::string& except_view) const;

    const Team& team_;
    std::map<UserId, std::vector<Json>> stacks_;
    std::map<UserId, Json> homes_;
    Changes changes_;
    std::uint64_t views_made_ = 0;
    std::uint64_t hashes_made_ = 0;
};

}  // namespace sandbox
