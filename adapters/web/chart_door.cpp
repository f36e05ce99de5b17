#include "adapters/web/chart_door.hpp"

#include "adapters/pictures/chart_link.hpp"
#include "adapters/pictures/chart_picture.hpp"
#include "adapters/web/web_responses.hpp"

namespace ackd::web {

bool ChartDoor::is_for(const http::RequestHead& head)
{
    return head.path.starts_with(pictures::chart_path);
}

std::optional<http::Response> ChartDoor::refuse(const http::RequestHead& head, SteadyTime now)
{
    if (key_.empty() || !pictures::chart_at(head.path, key_)) return strangers_->turn_away(head, now);
    if (head.method != "GET" && head.method != "HEAD") return wrong_method("GET, HEAD");
    // Of its own first: whoever asks for one again and again keeps nobody from another.
    auto again_in = of_each_.take(head.path, one_picture_per_minute_max, now);
    if (again_in.count() == 0) again_in = of_all_.take("all", pictures_per_minute_max, now);
    if (again_in.count() > 0) return too_fast(again_in);
    return std::nullopt;
}

http::Response ChartDoor::answer(const http::RequestHead& head) const
{
    const auto chart = pictures::chart_at(head.path, key_);
    if (!chart) return not_found();
    http::Response response;
    response.content_type = "image/png";
    response.body = pictures::png_of(*chart);
    // Another picture has another address.
    response.fields.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    response.fields.emplace_back("X-Content-Type-Options", "nosniff");
    return response;
}

}  // namespace ackd::web
