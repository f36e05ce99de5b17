#include "adapters/slack/past_message.hpp"

#include "adapters/slack/event_decoder.hpp"
#include "adapters/slack/rich_text_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ackd::slack {
namespace {

std::vector<ReactionState> reactions_of(JsonValue message)
{
    std::vector<ReactionState> reactions;
    for (const JsonValue reaction : items_of(message, "reactions")) {
        const std::string_view full_name = text_of(reaction, "name");
        const std::string name{full_name.substr(0, full_name.find("::"))};  // "+1::skin-tone-3"
        if (name.empty()) continue;
        const auto known = std::find_if(reactions.begin(), reactions.end(), [&](const ReactionState& each) {
            return each.emoji == name;
        });
        ReactionState& state = known == reactions.end() ? reactions.emplace_back() : *known;
        state.emoji = name;
        std::int64_t named = 0;
        for (const JsonValue item : items_of(reaction, "users")) {
            std::string_view user;
            if (item.get(user) != simdjson::SUCCESS || user.empty()) continue;
            state.people.emplace_back(std::string{user});
            ++named;
        }
        if (number_of(reaction, "count") > named) state.is_complete = false;
    }
    return reactions;
}

}  // namespace

std::string stamp_of(Instant at)
{
    const auto microseconds = std::max<std::int64_t>(0, to_microseconds(at));
    return fmt::format("{}.{:06}", microseconds / 1'000'000, microseconds % 1'000'000);
}

Instant instant_of_stamp(std::string_view stamp)
{
    std::int64_t seconds = 0;
    std::int64_t fraction = 0;
    const auto dot = stamp.find('.');
    if (dot == std::string_view::npos) return Instant{};
    const char* end = stamp.data() + stamp.size();
    const auto [whole_end, whole_error] = std::from_chars(stamp.data(), stamp.data() + dot, seconds);
    const auto [rest_end, rest_error] = std::from_chars(stamp.data() + dot + 1, end, fraction);
    constexpr std::int64_t seconds_max = 1'000'000'000'000;
    constexpr std::int64_t microseconds = 1'000'000;
    const bool is_stamp = whole_error == std::errc{} && rest_error == std::errc{} && rest_end == end &&
                          whole_end == stamp.data() + dot && seconds >= 0 && seconds < seconds_max &&
                          fraction >= 0 && fraction < microseconds;
    return is_stamp ? from_microseconds(seconds * microseconds + fraction) : Instant{};
}

std::optional<PastMessage> past_message_from(JsonValue message, const OwnIdentity& identity)
{
    const std::string_view stamp = text_of(message, "ts");
    const std::string_view subtype = text_of(message, "subtype");
    const bool is_trace = subtype == "tombstone";
    if (stamp.empty() || (!is_trace && !is_said(subtype))) return std::nullopt;
    PastMessage past;
    past.stamp = stamp;
    past.said_at = instant_of_stamp(stamp);
    const std::string_view thread = text_of(message, "thread_ts");
    if (thread != stamp) past.thread = thread;
    past.is_deleted = is_trace;
    past.is_ours = is_ours(message, identity);
    past.author = UserId{std::string{text_of(message, "user")}};
    past.by_bot = !text_of(message, "bot_id").empty() || subtype == "bot_message";
    if (const auto edited = member_of(message, "edited")) past.edited = text_of(*edited, "ts");
    past.text = said_in(message, identity.workspace_url);
    past.reactions = reactions_of(message);
    return past;
}

}  // namespace ackd::slack
