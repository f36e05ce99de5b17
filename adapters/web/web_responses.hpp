// What whoever comes in over HTTP is told, by whichever door.
#pragma once

#include "adapters/http/http_server.hpp"

#include <chrono>
#include <string>

namespace ackd::web {

[[nodiscard]] http::Response text_response(unsigned status, std::string text);
/// There is nothing there.
[[nodiscard]] http::Response not_found();
/// The path is there, for these methods: "POST".
[[nodiscard]] http::Response wrong_method(const char* allowed);
[[nodiscard]] http::Response too_fast(std::chrono::seconds again_in);
/// Neither done nor refused: the same may be asked again in a few seconds.
[[nodiscard]] http::Response come_again(std::string text);

}  // namespace ackd::web
