// Text that is printed in a documentation page between two markers, verbatim:
//
//     <!-- begin NAME: written by the unit tests -->
//     …
//     <!-- end NAME -->
//
// ACKD_REWRITE_GOLDEN=1 writes the present text there; the difference is read in review.
#pragma once

#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

namespace ackd {

inline void check_golden(const std::string& page, const std::string& name, const std::string& text)
{
    const std::string path = std::string{ACKD_SOURCE_DIR} + "/" + page;
    const std::string begin = "<!-- begin " + name + ": written by the unit tests -->\n";
    const std::string end = "<!-- end " + name + " -->";
    std::string content = bytes_of(path);
    const auto from = content.find(begin);
    const auto to = content.find(end);
    CAPTURE(page);
    CAPTURE(name);
    REQUIRE(from != std::string::npos);
    REQUIRE(to != std::string::npos);
    const auto start = from + begin.size();
    if (std::getenv("ACKD_REWRITE_GOLDEN") != nullptr) {
        content.replace(start, to - start, text);
        write_bytes(path, content);
        return;
    }
    CHECK(content.substr(start, to - start) == text);
}

}  // namespace ackd
