#include "bot/threads/watched_channel.hpp"

#include <algorithm>

namespace ackd {

std::string_view name_of(WatchMode mode)
{
    switch (mode) {
        case WatchMode::off: return "off";
        case WatchMode::mentions: return "mentions";
        case WatchMode::questions: return "questions";
        case WatchMode::all: return "all";
    }
    return "";
}

std::optional<WatchMode> watch_mode_named(std::string_view word)
{
    const auto found = std::find_if(all_watch_modes.begin(), all_watch_modes.end(), [&](WatchMode mode) {
        return name_of(mode) == word;
    });
    return found == all_watch_modes.end() ? std::nullopt : std::optional{*found};
}

const WatchedChannel* find_watched(const std::vector<WatchedChannel>& channels, const ChannelId& channel)
{
    const auto found = std::find_if(channels.begin(), channels.end(), [&](const WatchedChannel& watched) {
        return watched.channel == channel && watched.mode != WatchMode::off;
    });
    return found == channels.end() ? nullptr : &*found;
}

}  // namespace ackd
