#include "tests/bench/load_figures.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace ackd::bench {

namespace {

/// Three digits that mean something, with a separator for thousands.
std::string number_text(double value)
{
    if (std::abs(value) < 100) return fmt::format("{:.{}f}", value, std::abs(value) < 10 ? 2 : 1);
    std::string digits = fmt::format("{:.0f}", value);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

}  // namespace

std::string as_text(const LoadFigures& figures)
{
    std::string text = figures.mode + ":";
    for (const Figure& figure : figures.figures) {
        text += fmt::format("  {} {}{}{}",
                            figure.name,
                            number_text(figure.value),
                            figure.unit.starts_with('/') || figure.unit.empty() ? "" : " ",
                            figure.unit);
    }
    return text;
}

std::string as_json(const LoadFigures& figures)
{
    nlohmann::ordered_json object;
    object["mode"] = figures.mode;
    for (const Figure& figure : figures.figures) object["figures"][figure.name] = figure.value;
    return object.dump();
}

}  // namespace ackd::bench
