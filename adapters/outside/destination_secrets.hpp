// What opens the doors of the destinations: the key that a webhook is signed with, the token of a push
// service. Read once, when the program starts; a policy may name new destinations meanwhile, so all of them
// are here, by the names under which they were found.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace ackd::outside {

struct DestinationSecret {
    std::string current;   ///< empty: there is none
    std::string previous;  ///< while one takes the other's place; or empty
};

/// "ops-pager" as the name of an environment variable: "ACKD_DESTINATION_OPS_PAGER".
[[nodiscard]] std::string variable_of(std::string_view destination);
/// "destination-ops-pager"
[[nodiscard]] std::string credential_of(std::string_view destination);

class DestinationSecrets {
public:
    /// `name`: of a credential, "destination-ops-pager-previous"; or of a variable.
    void add(std::string name, std::string secret);
    /// A credential before a variable, each on its own.
    [[nodiscard]] DestinationSecret of(std::string_view destination) const;
    [[nodiscard]] std::size_t count() const { return by_name_.size(); }

private:
    [[nodiscard]] std::string find(const std::string& credential, const std::string& variable) const;

    std::map<std::string, std::string, std::less<>> by_name_;
};

}  // namespace ackd::outside
