// A file that a person wrote, read whole: of bounded size, so that a wrong path costs nothing.
#pragma once

#include <string>

namespace ackd::cli {

struct TextFile {
    std::string text;
    /// Why it could not be read; empty when it was.
    std::string problem;
};

/// At most 1 MB. "-" is standard input.
[[nodiscard]] TextFile read_text_file(const std::string& path);

}  // namespace ackd::cli
