#include "adapters/web/calendar_door.hpp"

#include "adapters/web/web_responses.hpp"

#include <fmt/format.h>

namespace ackd::web {

namespace {

/// Between the path's beginning and its ".ics"; of another path, all of it.
std::string_view key_in(std::string_view path)
{
    constexpr std::string_view suffix = ".ics";
    if (path.size() < calendar_path.size() + suffix.size() || !path.ends_with(suffix)) return path;
    path.remove_prefix(calendar_path.size());
    path.remove_suffix(suffix.size());
    return path;
}

}  // namespace

bool CalendarDoor::is_for(const http::RequestHead& head)
{
    return head.path.starts_with(calendar_path);
}

CalendarDoor::Entry CalendarDoor::entry_of(const http::RequestHead& head) const
{
    const Sha256 hash = hash_of_web_key(key_in(head.path));
    Entry entry;
    for (const KnownFeed& feed : feeds_) {
        const WebKeyId key = fitting_key(feed.keys, hash);
        if (!key.exists()) continue;
        entry.feed = &feed;
        entry.key = key;
    }
    if (!is_for(head)) return {};
    return entry;
}

std::optional<http::Response> CalendarDoor::refuse(const http::RequestHead& head, SteadyTime now)
{
    const Entry entry = entry_of(head);
    if (entry.feed == nullptr) return strangers_->turn_away(head, now);
    if (head.method != "GET" && head.method != "HEAD") return wrong_method("GET, HEAD");
    const auto again_in = of_feeds_.take(entry.feed->rotation, calendar_reads_per_minute_max, now);
    if (again_in.count() > 0) return too_fast(again_in);
    return std::nullopt;
}

std::optional<Input> CalendarDoor::ask(const http::RequestHead& head, Instant now) const
{
    const Entry entry = entry_of(head);
    if (entry.feed == nullptr) return std::nullopt;
    Input input;
    input.received_at = now;
    input.body = CalendarAsked{entry.feed->rotation, entry.key};
    return input;
}

http::Response CalendarDoor::answer(const http::RequestHead& head, InputAnswer answered)
{
    // None: the rotation went with the policy a moment ago, and the next request finds no key; or it could
    // not be made.
    auto* feed = std::get_if<CalendarFeed>(&answered);
    if (feed == nullptr) return come_again();
    const std::string version = fmt::format("\"{}\"", feed->version);
    http::Response response;
    // Weak: two texts of one version differ in when they were made.
    response.fields.emplace_back("ETag", "W/" + version);
    // Kept by nobody but who asked, and not shown without asking again.
    response.fields.emplace_back("Cache-Control", "private, no-cache");
    const std::string_view present = head.field("If-None-Match");
    if (present == "*" || present.find(version) != std::string_view::npos) {
        response.status = 304;
        return response;
    }
    response.content_type = "text/calendar; charset=utf-8";
    response.body = std::move(feed->text);
    return response;
}

http::Response CalendarDoor::come_again()
{
    return web::come_again("The calendar cannot be read just now: ask again.");
}

}  // namespace ackd::web
