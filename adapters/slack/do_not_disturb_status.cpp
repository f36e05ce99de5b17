#include "adapters/slack/do_not_disturb_status.hpp"

#include <chrono>
#include <string>

namespace ackd::slack {
namespace {

/// The year 2100: nobody lives by a schedule beyond it, and no arithmetic of ours overflows before it.
constexpr std::int64_t seconds_max = 4'102'444'800;

}  // namespace

std::optional<DoNotDisturbChanged> do_not_disturb_from(std::string_view person, JsonValue status)
{
    DoNotDisturbChanged changed;
    changed.person = UserId{std::string{person}};
    if (!truth_of(status, "dnd_enabled")) return changed;
    const std::int64_t from = number_of(status, "next_dnd_start_ts");
    const std::int64_t until = number_of(status, "next_dnd_end_ts");
    if (from < 1 || until <= from || until > seconds_max) return std::nullopt;
    changed.from = Instant{std::chrono::seconds{from}};
    changed.until = Instant{std::chrono::seconds{until}};
    return changed;
}

}  // namespace ackd::slack
