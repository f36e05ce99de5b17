// A destination: where the bot tells something outside the chat. A step of a route may name some, a source of
// alerts one that hears what people do with them. Part of the policy; what opens the door there (the key a
// webhook is signed with, the token of a push service) is a secret and is not.
#pragma once

#include "bot/instant.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

enum class DestinationKind {
    webhook,    ///< a program: JSON, signed as Standard Webhooks says
    mail,       ///< an address, by the mail server of the configuration
    push,       ///< a topic of ntfy or what speaks like it: phones show it
    heartbeat,  ///< a service that raises the alarm when we are silent: a GET, as long as all is well
};

inline constexpr std::array all_destination_kinds{
    DestinationKind::webhook, DestinationKind::mail, DestinationKind::push, DestinationKind::heartbeat};

/// As the policy writes it: "webhook".
[[nodiscard]] std::string_view name_of(DestinationKind kind);

struct Destination {
    std::string name;
    DestinationKind kind = DestinationKind::webhook;
    /// http or https; of a mail: "oncall@example.com".
    std::string address;
    /// The one private network that it may lie in: "10.1.2.0/24", "fd00::/8", "127.0.0.1/32". Empty: none,
    /// and an address there is refused, whatever name leads to it.
    std::string private_network{};
    /// Of a heartbeat: how often.
    Duration every = std::chrono::minutes{5};

    friend bool operator==(const Destination&, const Destination&) = default;
};

/// Bounds of what a policy may say.
inline constexpr std::size_t destinations_max = 50;
inline constexpr std::size_t destination_address_max = 500;
inline constexpr Duration heartbeat_every_least = std::chrono::seconds{30};
inline constexpr Duration heartbeat_every_most = std::chrono::hours{24};

/// Why a policy cannot name it so; empty: it can.
[[nodiscard]] std::string problem_of(const Destination& destination);

/// The one of this name; nullptr: there is none.
[[nodiscard]] const Destination* find_destination(const std::vector<Destination>& destinations,
                                                  std::string_view name);

/// What is told there, whatever the kind makes of it.
struct OutsideMessage {
    /// "raised", "acknowledged", "resolved", "test": what a program decides by.
    std::string event;
    /// What the event is about, the same for all that is told of it: "request-12".
    std::string key;
    /// One line: the subject of a mail, the title of a push.
    std::string title;
    /// What follows it, as plain lines; may be empty.
    std::string text;
    /// As the policy writes it: "now".
    std::string priority;
    /// Where it is shown, or where to read on: http or https; may be empty.
    std::string link;
    /// What a program may want to know besides, by its name: {"route", "technical"}.
    std::vector<std::pair<std::string, std::string>> facts;
    Instant at{};

    friend bool operator==(const OutsideMessage&, const OutsideMessage&) = default;
};

}  // namespace ackd
