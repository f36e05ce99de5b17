// Figures over time, to be seen at a glance: a column each, and a line across where there is a limit. A
// picture of it is made where it is fetched (adapters/pictures); the words of the line that has it say the
// same.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace ackd {

struct ChartColumn {
    std::string label;  ///< "6 Mar"; shown under as many columns as there is room for
    int value = 0;      ///< at least 0
    /// Not settled yet, so the figure will grow: drawn as an outline.
    bool is_open = false;
    friend bool operator==(const ChartColumn&, const ChartColumn&) = default;
};

struct Chart {
    std::string title;                 ///< one plain line; the chat shows it above the picture
    std::string unit;                  ///< what is counted: "surprises a week"
    std::vector<ChartColumn> columns;  ///< oldest first, at most `chart_columns_max`
    std::optional<int> limit;          ///< of the same unit, as it is now
    friend bool operator==(const Chart&, const Chart&) = default;
};

/// More could not be told apart on a phone, and their address would be longer than a chat takes.
inline constexpr std::size_t chart_columns_max = 60;

}  // namespace ackd
