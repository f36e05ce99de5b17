#include "bot/delivery/chart_lines.hpp"

#include "bot/delivery/delivery_phrases.hpp"
#include "bot/people/availability.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd {

namespace {

/// More bars than that break into a second line on a phone: of several columns the largest stands for all.
constexpr std::size_t bars_max = 14;

/// "▁▁▂▁▃▅▆█", the largest as tall as a line.
std::string bars(const std::vector<int>& counts)
{
    static constexpr std::array<std::string_view, 8> heights{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const int most = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
    std::string text;
    for (const int count : counts) {
        const int height = most <= 0 ? 0 : std::max(0, count) * static_cast<int>(heights.size() - 1) / most;
        text += heights.at(static_cast<std::size_t>(height));
    }
    return text;
}

}  // namespace

Line chart_line(HandlerContext& context, const std::string& words, Chart chart)
{
    const std::size_t together = (chart.columns.size() + bars_max - 1) / bars_max;
    std::vector<int> counts;
    std::string figures;
    for (std::size_t at = 0; at < chart.columns.size(); ++at) {
        const ChartColumn& column = chart.columns[at];
        if (at % together == 0)
            counts.push_back(column.value);
        else
            counts.back() = std::max(counts.back(), column.value);
        const bool is_last = (at + 1) % together == 0 || at + 1 == chart.columns.size();
        if (is_last) figures += fmt::format(" {}{}", counts.back(), column.is_open ? "+" : "");
    }
    std::vector<std::string> notes;
    if (chart.limit) notes.push_back(fmt::format("limit now {}", *chart.limit));
    if (together > 1) notes.push_back(fmt::format("each bar the most of {}", together));
    const std::string note = notes.empty() ? "" : fmt::format(" ({})", fmt::join(notes, ", "));
    Line line = plain_line(fmt::format("{}{}: {}{}", words, note, bars(counts), figures));
    if (!context.settings.shows_pictures) return line;
    chart.title = words;
    line.chart = std::move(chart);
    return line;
}

WallClock workspace_clock(const HandlerContext& context)
{
    return WallClock{WorkingHours{context.settings.default_zone}.zone()};
}

}  // namespace ackd
