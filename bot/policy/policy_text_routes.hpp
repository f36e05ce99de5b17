// The routes of a policy file: [[route]], and [[route.step]] under it.
#pragma once

#include "bot/escalation/route.hpp"
#include "bot/policy/policy_lines.hpp"
#include "bot/policy/toml_reader.hpp"

#include <map>
#include <string>
#include <vector>

namespace ackd {

/// A name on a step that another part of the file has to explain.
struct NamedOnRoute {
    toml::source_region where;
    std::string route;
    std::string name;
};
struct NamesOnRoutes {
    std::vector<NamedOnRoute> rotations;
    std::vector<NamedOnRoute> destinations;
};

/// Reads them all into `routes`, and what their steps name into `names`; both outlive the reader.
[[nodiscard]] TomlReader::Key route_tables(TomlReader& toml,
                                           std::map<std::string, Route>& routes,
                                           NamesOnRoutes& names);

void write_routes(PolicyLines& lines, const std::map<std::string, Route>& routes);

}  // namespace ackd
