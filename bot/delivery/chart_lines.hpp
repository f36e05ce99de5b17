// Figures over time as a line of a notice: a picture where the chat can fetch one from us, else bars of text.
#pragma once

#include "bot/chart.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"
#include "bot/people/wall_clock.hpp"

#include <string>

namespace ackd {

/// "Surprises a week: ▁▂▁▅█ 1 2 1 5 8", with the picture where there are pictures. A figure that may still
/// grow has a "+"; a limit is named, and so is how many columns a bar stands for where there are many.
/// `words`, without a colon, are the picture's title as well.
[[nodiscard]] Line chart_line(HandlerContext& context, const std::string& words, Chart chart);

/// Of what is said without a reader: on which day something was.
[[nodiscard]] WallClock workspace_clock(const HandlerContext& context);

}  // namespace ackd
