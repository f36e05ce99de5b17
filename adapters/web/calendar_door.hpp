// The door for calendars, without its socket: who may read a rotation's feed, and how often.
//
//   GET /calendar/<key>.ics ─► key ─► allowance ─► Input ─► … ─► CalendarFeed ─► 200, or 304
//                               │         │
//                              404       429
//
// Programs that show calendars can be given an address and nothing else, so the secret is in it. A wrong key
// is answered exactly as any path that is not there, and is compared in constant time. Single-threaded.
#pragma once

#include "adapters/web/strangers.hpp"
#include "bot/input.hpp"
#include "bot/rotations/rotation.hpp"
#include "bot/web/web_roster.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd::web {

inline constexpr std::string_view calendar_path = "/calendar/";
/// Of one rotation, by whoever has its address. A calendar asks a few times an hour.
inline constexpr int calendar_reads_per_minute_max = 60;

class CalendarDoor {
public:
    explicit CalendarDoor(std::shared_ptr<Strangers> strangers) : strangers_(std::move(strangers)) {}

    [[nodiscard]] static bool is_for(const http::RequestHead& head);

    /// From now on these may be read.
    void know(std::vector<KnownFeed> feeds) { feeds_ = std::move(feeds); }

    /// What the request is refused with; nothing: it is one to ask for.
    [[nodiscard]] std::optional<http::Response> refuse(const http::RequestHead& head, SteadyTime now);

    /// What the engine is asked, without a receipt. Nothing: the key was revoked meanwhile.
    [[nodiscard]] std::optional<Input> ask(const http::RequestHead& head, Instant now) const;

    /// What the engine answered, as the response to a request with this head.
    [[nodiscard]] static http::Response answer(const http::RequestHead& head, InputAnswer answered);

    [[nodiscard]] static http::Response come_again();

private:
    struct Entry {
        const KnownFeed* feed = nullptr;
        WebKeyId key{};
    };
    [[nodiscard]] Entry entry_of(const http::RequestHead& head) const;

    std::shared_ptr<Strangers> strangers_;
    std::vector<KnownFeed> feeds_;
    RequestAllowance of_feeds_{rotations_max};
};

}  // namespace ackd::web
