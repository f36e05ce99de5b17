// What people wrote, as the value of one header line, of a mail or of HTTP. However it reads, it stays one
// line: nothing of it can begin a header of its own. Pure.
#pragma once

#include <string>
#include <string_view>

namespace ackd::outside {

/// Line ends and everything else that is not to be printed become one space each run; what is no UTF-8
/// becomes "?". At most `size_max` bytes, cut between two characters.
[[nodiscard]] std::string as_one_line(std::string_view text, std::size_t size_max);

/// As it is when it is plain ASCII, else as encoded words (RFC 2047), `separator` between them: "\r\n " in a
/// mail, which folds the line; " " in HTTP, which knows no folding.
[[nodiscard]] std::string as_encoded_words(std::string_view line, std::string_view separator);

}  // namespace ackd::outside
