// A chart as a picture, for the width at which chats show one: three times that of a phone's, with letters
// that can be read there. Drawn with cairo, in the fonts of this machine; without any, the columns have no
// words.
#pragma once

#include "bot/chart.hpp"

#include <string>
#include <vector>

namespace ackd::pictures {

inline constexpr int picture_width = 960;
inline constexpr int picture_height = 440;

/// PNG. Throws std::runtime_error when there is no memory for it.
[[nodiscard]] std::string png_of(const Chart& chart);

/// What the axis is marked with, from 0 up: 1, 2 or 5 times a power of ten apart, at most five of them, the
/// last at or above `most`.
[[nodiscard]] std::vector<int> axis_marks(int most);

/// Which of `count` labels, `width` wide each, are shown where there is room for `room` in all: every first,
/// second, third, …, the newest always.
[[nodiscard]] int label_step(std::size_t count, double width, double room);

}  // namespace ackd::pictures
