// Identifiers as Slack writes them, each a type of its own, so that a swapped argument does not compile.
//
// Ids are opaque text. A Ts is a message's stamp: "seconds.micros" with exactly six decimals on the wire,
// which both names the message within its channel and orders it in time; it is held as whole microseconds,
// never as a double.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sandbox {

/// An instant of the workspace's own (simulated) time, UTC.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
/// An instant of the machine's time, for what people and sockets really wait for: confirmations, pings,
/// faults.
using WallInstant = std::chrono::steady_clock::time_point;

template <class Tag>
struct Id {
    std::string value;

    Id() = default;
    explicit Id(std::string text) : value(std::move(text)) {}

    [[nodiscard]] bool empty() const { return value.empty(); }
    friend bool operator==(const Id&, const Id&) = default;
    friend auto operator<=>(const Id& left, const Id& right) { return left.value <=> right.value; }
};

using UserId = Id<struct UserTag>;
using ChannelId = Id<struct ChannelTag>;
using GroupId = Id<struct GroupTag>;

struct Ts {
    std::int64_t micros = 0;

    /// Strict: digits, a dot, six digits. Nothing for anything else.
    static std::optional<Ts> parse(std::string_view text);
    /// As `oldest` and `latest` are written: the decimals may be missing or short ("0", "1700000000.5").
    static std::optional<Ts> parse_bound(std::string_view text);

    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::int64_t seconds() const { return micros / 1'000'000; }

    friend bool operator==(Ts, Ts) = default;
    friend auto operator<=>(Ts, Ts) = default;
};

/// Whole Unix seconds, as event_time, created and updated carry them.
std::int64_t unix_seconds(Instant instant);

}  // namespace sandbox
