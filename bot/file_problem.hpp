// What is wrong with a file that a person wrote: the place, and what was expected there.
#pragma once

#include <string>
#include <vector>

namespace ackd {

struct FileProblem {
    /// From 1; 0: the file as a whole.
    int line = 0;
    int column = 0;
    std::string what;
    friend bool operator==(const FileProblem&, const FileProblem&) = default;
};

/// "config/ackd.toml:3:7: …", one line each.
[[nodiscard]] std::string problems_as_text(const std::string& path, const std::vector<FileProblem>& problems);

}  // namespace ackd
