#include "bot/retro/retro_wording.hpp"

#include "bot/delivery/delivery_phrases.hpp"
#include "bot/retro/retro_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr int dots_drawn_max = 20;

Line action_line(HandlerContext& context, const RetroAction& action)
{
    const auto request = context.obligations.find(action.request);
    if (!request) return plain_line(fmt::format("⚪ {}", action.text));
    std::string words = fmt::format(
        "{} · {} ({})", standing_of(context, *request), action.text, number_of(request->id));
    if (!request->due_at || request->is_over()) return plain_line(std::move(words));
    return plain_line(words_until(words + ", by ", *request->due_at));
}

}  // namespace

std::string value_of(const RetroRound& round)
{
    return std::to_string(round.id.value);
}

std::string closing_value_of(const RetroRound& round)
{
    return fmt::format("{} {}", round.id.value, name_of(round.state));
}

std::string retro_count(std::size_t count, const char* one, const char* many)
{
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

RichText words_until(std::string before, Instant at)
{
    RichText text{Words{std::move(before)}};
    text.emplace_back(std::in_place_type<Moment>, moment(at));
    return text;
}

std::string facilitator_name(HandlerContext& context, const RetroRound& round)
{
    return round.facilitator.empty() ? fmt::format("anybody of {}", round.team)
                                     : context.directory.name_of(round.facilitator);
}

std::string standing_of(HandlerContext& context, const Request& request)
{
    const auto all = context.obligations.of_request(request.id);
    const auto in_state = [&](auto fits) {
        return std::find_if(
            all.rbegin(), all.rend(), [&](const Obligation& each) { return fits(each.state); });
    };
    if (in_state([](auto state) { return state == ObligationState::integrated; }) != all.rend())
        return "✅ done";
    const auto taken = in_state([](auto state) { return state == ObligationState::received; });
    if (taken != all.rend()) return fmt::format("⏳ {} has it", context.directory.name_of(taken->holder));
    const auto waiting = in_state([](auto state) { return is_waiting(state); });
    if (waiting != all.rend())
        return fmt::format("📨 {} is asked", context.directory.name_of(waiting->debtor));
    if (in_state([](auto state) { return state == ObligationState::withdrawn; }) != all.rend())
        return "⚪ called off";
    return all.empty() ? "⚪ not asked yet" : "⚪ nobody has it";
}

void add_actions(HandlerContext& context,
                 const RetroRound& round,
                 const char* heading,
                 std::vector<Line>& lines)
{
    const auto actions = RetroTable{context.connection}.actions_of(round.id);
    if (actions.empty()) return;
    lines.push_back(plain_line(std::string{heading}));
    for (const RetroAction& action : actions) lines.push_back(action_line(context, action));
}

std::string said_words(HandlerContext& context, const RetroEntry& entry, std::size_t length)
{
    std::string words = shortened(entry.text, length);
    if (!entry.person.empty()) words += fmt::format(" ({})", context.directory.name_of(entry.person));
    return words;
}

std::string entry_words(HandlerContext& context, const RetroEntry& entry, std::size_t length)
{
    return fmt::format("{}. {}", entry.number, said_words(context, entry, length));
}

std::string dots_words(const RetroTheme& theme, RetroState state)
{
    if (state == RetroState::voting) return theme.title;
    std::string drawn;
    for (int dot = 0; dot < std::min(theme.dots, dots_drawn_max); ++dot) drawn += "●";
    return fmt::format("{}{}{} ({})",
                       drawn,
                       drawn.empty() ? "" : " ",
                       theme.title,
                       retro_count(static_cast<std::size_t>(theme.dots), "dot", "dots"));
}

}  // namespace ackd
