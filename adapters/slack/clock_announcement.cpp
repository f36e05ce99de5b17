#include "adapters/slack/clock_announcement.hpp"

#include "adapters/json/json_reading.hpp"
#include "adapters/slack/past_message.hpp"

namespace ackd::slack {
namespace {

constexpr std::size_t segments_max = 100;
constexpr double scale_max = 1e6;

Fault malformed(std::string why)
{
    return Fault{FaultKind::malformed, "no announcement of a clock: " + std::move(why)};
}

bool read_instant(JsonValue segment, const char* key, Instant& instant)
{
    const std::string_view text = text_of(segment, key);
    instant = instant_of_stamp(text);
    return instant != Instant{} || text == "0.000000";
}

/// False: there is none, or one that no clock of ours can run at.
bool read_scale(JsonValue segment, double& scale)
{
    const auto value = member_of(segment, "scale");
    return value && value->get(scale) == simdjson::SUCCESS && scale >= 0 && scale <= scale_max;
}

}  // namespace

Result<ClockAnnouncement> parse_clock_announcement(std::string_view body)
{
    JsonDocument document;
    const auto root = document.parse(body);
    if (!root) return malformed("not JSON");
    if (!truth_of(*root, "ok")) return malformed("not ok");
    ClockAnnouncement announcement;
    announcement.revision = number_of(*root, "revision");
    if (announcement.revision <= 0) return malformed("revision");
    for (const JsonValue item : items_of(*root, "segments")) {
        ClockSegment segment;
        if (!read_instant(item, "wall", segment.wall)) return malformed("wall");
        if (!read_instant(item, "at", segment.at)) return malformed("at");
        if (!read_scale(item, segment.scale)) return malformed("scale");
        const bool is_in_order = announcement.course.empty() ||
                                 (segment.wall >= announcement.course.back().wall &&
                                  segment.at >= announcement.course.back().at);
        if (!is_in_order) return malformed("segments that are not in order");
        announcement.course.push_back(segment);
    }
    if (announcement.course.empty() || announcement.course.size() > segments_max)
        return malformed("segments");
    return announcement;
}

}  // namespace ackd::slack
