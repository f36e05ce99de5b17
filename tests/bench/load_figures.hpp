// What a mode of the load driver found out, for people and for run.py.
#pragma once

#include <string>
#include <vector>

namespace ackd::bench {

struct Figure {
    std::string name;  ///< "events_per_second"
    double value = 0;
    std::string unit;  ///< "/s", "ms", "MiB", "%"
};

struct LoadFigures {
    std::string mode;
    std::vector<Figure> figures;

    void add(std::string name, double value, std::string unit)
    {
        figures.push_back(Figure{std::move(name), value, std::move(unit)});
    }
};

/// One line.
[[nodiscard]] std::string as_text(const LoadFigures& figures);
/// One JSON object on one line: {"mode": …, "figures": {name: value, …}}.
[[nodiscard]] std::string as_json(const LoadFigures& figures);

}  // namespace ackd::bench
