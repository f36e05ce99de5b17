// What an interaction hands out for later use: triggers that may open one form, and response URLs.
//
// A trigger works once, within three seconds of the machine's time (somebody is looking at their screen). A
// response URL works five times within thirty minutes of the sandbox's time.
#pragma once

#include "sandbox/model/outcome.hpp"
#include "sandbox/model/slack_identifiers.hpp"

#include <map>
#include <optional>
#include <string>

namespace sandbox {

class TriggerBook {
public:
    static constexpr std::chrono::seconds lifetime{3};

    std::string issue(const UserId& user, WallInstant now);
    /// Whose it is. Errors: invalid_trigger_id, expired_trigger_id, exchanged_trigger_id.
    Outcome<UserId> redeem(const std::string& id, WallInstant now);

private:
    struct Trigger {
        UserId user;
        WallInstant issued_at;
        bool used = false;
    };
    std::map<std::string, Trigger> triggers_;
    std::uint64_t issued_ = 0;
};

/// Where an answer by response_url belongs.
struct ResponsePlace {
    ChannelId channel;
    UserId user;
    std::optional<Ts> source;  ///< the message with the button; none for a command
    std::optional<Ts> thread;  ///< the thread of that message
    bool source_is_ephemeral = false;
};

class ResponseUrls {
public:
    static constexpr std::chrono::minutes lifetime{30};
    static constexpr int uses_max = 5;

    /// The token, which is the last part of the address.
    std::string issue(ResponsePlace place, Instant now);
    /// Errors: expired_url, used_url, unknown_url.
    Outcome<ResponsePlace> use(const std::string& token, Instant now);

private:
    struct Url {
        ResponsePlace place;
        Instant issued_at;
        int uses = 0;
    };
    std::map<std::string, Url> urls_;
    std::uint64_t issued_ = 0;
};

}  // namespace sandbox
