#include "bot/people/do_not_disturb.hpp"

#include <algorithm>

namespace ackd {

namespace {

/// What the chat says beyond it is a mistake: its own menus end after a week.
constexpr Duration span_max = std::chrono::hours{24 * 31};

bool is_set(const TimeSpan& span)
{
    return span.from < span.until;
}

}  // namespace

std::optional<DoNotDisturb> do_not_disturb_after(const std::optional<DoNotDisturb>& before,
                                                 const TimeSpan& span,
                                                 Instant told_at,
                                                 const WorkingHours& otherwise)
{
    if (before && told_at < before->told_at) return std::nullopt;
    const bool is_meant = is_set(span) && span.until > told_at && span.until - span.from <= span_max;
    DoNotDisturb next{is_meant ? span : TimeSpan{told_at, told_at}, told_at, told_at, true};
    if (!is_meant) {
        const bool was_set = before && is_set(before->span);
        if (!was_set) return std::nullopt;
        // Over by itself, and the chat does not know yet what comes next: that is needed for what comes next.
        if (before->span.until <= told_at && is_set(span)) return std::nullopt;
        return next;
    }
    next.unbroken_since = span.from;
    if (before && is_set(before->span) &&
        otherwise.working_time_between(before->span.until, span.from) == Duration{0})
        next.unbroken_since = std::min(before->unbroken_since, span.from);
    next.is_obeyed = otherwise.working_time_between(next.unbroken_since, span.from) < working_day;
    return next;
}

}  // namespace ackd
