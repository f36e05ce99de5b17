// The page's files, from web/sandbox and from the two libraries that it uses, put into the program when it is
// built (tools/embed_page.py).
#pragma once

#include "sandbox/wire/http_message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

struct PageAsset {
    std::string_view path;  ///< as the browser asks for it: "/", "/page/main.js"
    std::string_view content_type;
    std::string_view bytes;
    std::string_view gzipped;  ///< the same
};

/// Written by tools/embed_page.py.
const std::vector<PageAsset>& page_assets();
/// The hash of the page's import map, as a Content-Security-Policy names it; "" when there is none.
std::string_view import_map_hash();

/// The answer for a path of the page; nothing for any other.
std::optional<HttpAnswer> page_answer(const std::string& path, bool accepts_gzip);

}  // namespace sandbox
