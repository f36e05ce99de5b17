#include "adapters/outside/destination_secrets.hpp"

namespace ackd::outside {

std::string variable_of(std::string_view destination)
{
    std::string variable = "ACKD_DESTINATION_";
    for (const char c : destination) {
        const bool is_lower = c >= 'a' && c <= 'z';
        variable += is_lower ? static_cast<char>(c - 'a' + 'A') : c == '-' ? '_' : c;
    }
    return variable;
}

std::string credential_of(std::string_view destination)
{
    return "destination-" + std::string{destination};
}

void DestinationSecrets::add(std::string name, std::string secret)
{
    if (!secret.empty()) by_name_.insert_or_assign(std::move(name), std::move(secret));
}

std::string DestinationSecrets::find(const std::string& credential, const std::string& variable) const
{
    auto found = by_name_.find(credential);
    if (found == by_name_.end()) found = by_name_.find(variable);
    return found == by_name_.end() ? "" : found->second;
}

DestinationSecret DestinationSecrets::of(std::string_view destination) const
{
    const std::string credential = credential_of(destination);
    const std::string variable = variable_of(destination);
    DestinationSecret secret;
    secret.current = find(credential, variable);
    secret.previous = find(credential + "-previous", variable + "_PREVIOUS");
    return secret;
}

}  // namespace ackd::outside
