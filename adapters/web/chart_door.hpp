// The door for pictures, without its socket: whose address we have signed is drawn, nothing else is.
//
//   GET /chart/<figures>.<signature>.png ─► signature ─► allowance ─► picture
//                                               │            │
//                                              404          429
//
// Chats fetch pictures from wherever they run, without showing who they are. Nobody has to be asked: the
// address holds the figures (adapters/pictures/chart_link.hpp). Single-threaded.
#pragma once

#include "adapters/web/strangers.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace ackd::web {

/// By anybody, in all, and of one address: each costs some milliseconds. A chat fetches one once or twice for
/// all who see it.
inline constexpr int pictures_per_minute_max = 120;
inline constexpr int one_picture_per_minute_max = 20;

class ChartDoor {
public:
    /// An empty key: there are no pictures here, and every address is a wrong one.
    ChartDoor(std::shared_ptr<Strangers> strangers, std::string key)
        : strangers_(std::move(strangers)), key_(std::move(key))
    {}

    [[nodiscard]] static bool is_for(const http::RequestHead& head);

    /// What the request is refused with; nothing: it is one to answer.
    [[nodiscard]] std::optional<http::Response> refuse(const http::RequestHead& head, SteadyTime now);

    [[nodiscard]] http::Response answer(const http::RequestHead& head) const;

private:
    std::shared_ptr<Strangers> strangers_;
    std::string key_;
    RequestAllowance of_all_{1};
    RequestAllowance of_each_{256};
};

}  // namespace ackd::web
