#include "adapters/web/web_responses.hpp"

#include <utility>

namespace ackd::web {

http::Response text_response(unsigned status, std::string text)
{
    http::Response response;
    response.status = status;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(text) + "\n";
    return response;
}

http::Response not_found()
{
    http::Response response;
    response.status = 404;
    return response;
}

http::Response wrong_method(const char* allowed)
{
    http::Response response;
    response.status = 405;
    response.fields.emplace_back("Allow", allowed);
    return response;
}

http::Response too_fast(std::chrono::seconds again_in)
{
    http::Response response = text_response(429,
                                            "These are more requests than are taken here: come again later.");
    response.fields.emplace_back("Retry-After", std::to_string(again_in.count()));
    return response;
}

http::Response come_again(std::string text)
{
    http::Response response = text_response(503, std::move(text));
    response.fields.emplace_back("Retry-After", "5");
    return response;
}

}  // namespace ackd::web
