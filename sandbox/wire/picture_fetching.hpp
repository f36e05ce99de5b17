// Fetches a picture from a program of this machine, and waits for it: Slack, too, takes no other call of the
// app's message until it has it.
#pragma once

#include "sandbox/app/picture_book.hpp"

namespace sandbox {

/// 3 s and 2 MB at most; PNG, JPEG or GIF; no redirects, no proxy.
[[nodiscard]] std::optional<Picture> fetch_picture(const std::string& url);

}  // namespace sandbox
