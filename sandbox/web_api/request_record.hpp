// One request of the app as a value that can be written down and judged later: what `serve --record` writes,
// a line each.
//
//     {"method": "chat.postMessage", "verb": "POST", "encoding": "form", "token": "bot",
//      "arguments": {"channel": "C0GENERAL", "blocks": "[…]"}, "parsed": {"blocks": […]}}
//
// `arguments` are as they were sent: text in a form. `parsed` holds those of them that are JSON text. A use
// of a response URL has the method "response_url". Tokens and response URLs themselves are secrets and not
// written.
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/wire/http_message.hpp"

namespace sandbox {

Json record_of(const HttpRequest& request);

}  // namespace sandbox
