#include "sandbox/app/passes.hpp"

#include <cstdio>

namespace sandbox {
namespace {

constexpr std::size_t kept_max = 50'000;

/// Sorts by age, so that the oldest can be forgotten, and does not show how many there were.
std::string numbered(std::uint64_t number, const char* between)
{
    char text[80];
    std::snprintf(text,
                  sizeof text,
                  "%012llu%s%016llx",
                  static_cast<unsigned long long>(number),
                  between,
                  static_cast<unsigned long long>(number * 0x9E3779B97F4A7C15ULL));
    return text;
}

}  // namespace

std::string TriggerBook::issue(const UserId& user, WallInstant now)
{
    if (triggers_.size() >= kept_max) triggers_.erase(triggers_.begin());
    std::string id = numbered(++issued_, ".98765.");
    triggers_.emplace(id, Trigger{user, now});
    return id;
}

Outcome<UserId> TriggerBook::redeem(const std::string& id, WallInstant now)
{
    const auto found = triggers_.find(id);
    if (found == triggers_.end()) return Refusal{"invalid_trigger_id"};
    if (found->second.used) return Refusal{"exchanged_trigger_id"};
    if (now - found->second.issued_at > lifetime) return Refusal{"expired_trigger_id"};
    found->second.used = true;
    return found->second.user;
}

std::string ResponseUrls::issue(ResponsePlace place, Instant now)
{
    if (urls_.size() >= kept_max) urls_.erase(urls_.begin());
    std::string token = numbered(++issued_, "-");
    urls_.emplace(token, Url{std::move(place), now});
    return token;
}

Outcome<ResponsePlace> ResponseUrls::use(const std::string& token, Instant now)
{
    const auto found = urls_.find(token);
    if (found == urls_.end()) return Refusal{"unknown_url"};
    if (now - found->second.issued_at > lifetime) return Refusal{"expired_url"};
    if (found->second.uses >= uses_max) return Refusal{"used_url"};
    ++found->second.uses;
    return found->second.place;
}

}  // namespace sandbox
