#include "bot/policy/policy_values.hpp"

#include "bot/people/availability.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace ackd {

using namespace std::chrono_literals;

std::optional<Duration> parse_duration(std::string_view text)
{
    std::int64_t amount = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (error != std::errc{} || amount < 0 || amount > 10'000'000) return std::nullopt;
    std::string_view unit{end, static_cast<std::size_t>(text.data() + text.size() - end)};
    while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
    if (unit == "s") return std::chrono::seconds{amount};
    if (unit == "m" || unit == "min") return std::chrono::minutes{amount};
    if (unit == "h") return std::chrono::hours{amount};
    if (unit == "d") return amount * working_day;
    return std::nullopt;
}

std::string to_text(Duration duration, TimeBase base)
{
    if (base == TimeBase::working_time && duration > working_day && duration % working_day == Duration{0})
        return fmt::format("{}d", duration / working_day);
    if (duration > Duration{0} && duration % 1h == Duration{0}) return fmt::format("{}h", duration / 1h);
    if (duration % 1min == Duration{0}) return fmt::format("{}m", duration / 1min);
    return fmt::format("{}s", duration / 1s);
}

std::optional<NudgeOffset> parse_offset(std::string_view text)
{
    NudgeOffset offset;
    const auto percent = text.find('%');
    if (percent != std::string_view::npos) {
        int share = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + percent, share);
        if (error != std::errc{} || end != text.data() + percent || share < 0 || share > 10'000)
            return std::nullopt;
        offset.share = share / 100.0;
        text.remove_prefix(percent + 1);
        if (text.empty()) return offset;
        if (text.front() != '+') return std::nullopt;
        text.remove_prefix(1);
    }
    const auto extra = parse_duration(text);
    if (!extra) return std::nullopt;
    offset.extra = *extra;
    return offset;
}

std::string to_text(const NudgeOffset& offset, TimeBase base)
{
    if (offset.share == 0) return to_text(offset.extra, base);
    const std::string share = fmt::format("{}%", std::lround(offset.share * 100));
    return offset.extra == Duration{0} ? share : share + "+" + to_text(offset.extra, base);
}

}  // namespace ackd
