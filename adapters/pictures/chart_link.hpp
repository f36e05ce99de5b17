// Where the picture of a chart is fetched:
//
//     https://ackd.example.com/chart/<the figures, as Base64 of JSON>.<signature>.png
//
// The address holds all that is drawn, so nothing is stored for it, and a picture that was posted looks the
// same for ever. Its signature (HMAC-SHA256, the first 16 bytes) shows that we made it: what others think up
// is not drawn. The chart's title is not in it: the chat says that. Pure.
#pragma once

#include "bot/chart.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ackd::pictures {

inline constexpr std::string_view chart_path = "/chart/";
/// What a chat takes as the address of a picture (Slack: 3000 characters).
inline constexpr std::size_t chart_link_size_max = 3'000;

class ChartLinks {
public:
    /// `url`: what we are called from outside, without a slash at its end. `key`: what signs.
    ChartLinks(std::string url, std::string key);

    /// Nothing: the chart is empty, or it would be too long.
    [[nodiscard]] std::optional<std::string> link_to(const Chart& chart) const;

private:
    std::string url_;
    std::string key_;
};

/// The chart of a path that was signed with this key, without its title. Nothing: it was not, or it is none.
[[nodiscard]] std::optional<Chart> chart_at(std::string_view path, std::string_view key);

}  // namespace ackd::pictures
