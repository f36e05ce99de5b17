#include "bot/threads/channel_summary.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/kept_instant.hpp"
#include "bot/people/roles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

namespace ackd {

namespace {

using namespace std::chrono_literals;

constexpr Duration figures_of = 7 * 24h;
/// A little less than a week: the night's round comes not to the second.
constexpr Duration told_again_after = figures_of - 6h;
/// More than anybody reads; the oldest is among them.
constexpr int looked_at_max = 500;

/// The value below which `share` of the sorted values lie.
double percentile(const std::vector<double>& sorted, double share)
{
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

std::string lasting_words(double minutes)
{
    return elapsed_text(std::chrono::minutes{static_cast<std::int64_t>(std::ceil(minutes))});
}

constexpr std::string_view summarised_at = "channels_summarised_at_us";

/// What is unanswered now: "2 are open, the oldest since Mon 10:00".
std::string open_words(HandlerContext& context, const ChannelId& channel, const UserId& reader)
{
    std::vector<Question> open = context.questions.open(channel, looked_at_max);
    std::erase_if(open, [](const Question& question) { return question.state != QuestionState::pursued; });
    if (open.empty()) return "";
    const std::string since = your_time(context, reader, open.front().asked_at);
    return open.size() == 1 ? fmt::format("One is open, since {}.", since)
                            : fmt::format("{} are open, the oldest since {}.", open.size(), since);
}

/// Nothing: there is nothing to say.
std::optional<Notice> summary_for(HandlerContext& context, const ChannelId& channel, const UserId& reader)
{
    const std::string figures = figures_words(context, channel);
    const std::string open = open_words(context, channel, reader);
    if (figures.empty() && open.empty()) return std::nullopt;
    Notice notice = plain_reply("How questions went");
    notice.kind = NoticeKind::for_asker;
    Section& section = notice.sections.front();
    section.lines = {plain_line(RichText{Words{"Questions in "}, ChannelName{channel}})};
    for (const std::string& words : {figures, open}) {
        if (!words.empty()) section.lines.push_back(small_line(words));
    }
    section.lines.push_back(small_line(RichText{Words{"There: "}, Code{"/threads"}}));
    return notice;
}

}  // namespace

std::optional<AnswerFigures> answer_figures(std::span<const Question> ended)
{
    std::set<UserId> askers;
    std::size_t asked = 0;
    std::size_t answered = 0;
    std::vector<double> minutes;
    std::set<UserId> answered_askers;
    for (const Question& question : ended) {
        if (!is_answered(question.outcome) && question.outcome != QuestionOutcome::unanswered) continue;
        ++asked;
        askers.insert(question.asker);
        if (!is_answered(question.outcome)) continue;
        ++answered;
        if (!question.answered_at) continue;
        answered_askers.insert(question.asker);
        minutes.push_back(
            std::chrono::duration<double, std::ratio<60>>(*question.answered_at - question.asked_at).count());
    }
    const auto all = TeamFigure::of(static_cast<double>(asked), askers.size());
    const auto good = TeamFigure::of(static_cast<double>(answered), askers.size());
    if (!all || !good) return std::nullopt;
    AnswerFigures figures{*all, *good, std::nullopt, std::nullopt};
    if (minutes.empty()) return figures;
    std::sort(minutes.begin(), minutes.end());
    figures.median_minutes = TeamFigure::of(percentile(minutes, 0.5), answered_askers.size());
    figures.most_minutes = TeamFigure::of(percentile(minutes, 0.9), answered_askers.size());
    return figures;
}

std::string figures_words(HandlerContext& context, const ChannelId& channel)
{
    const auto figures = answer_figures(context.questions.ended(channel, context.now - figures_of));
    if (!figures) return "";
    std::string words = fmt::format("In the last seven days: {:.0f} of {:.0f} questions answered",
                                    figures->answered.value(),
                                    figures->asked.value());
    if (figures->median_minutes && figures->most_minutes) {
        words += fmt::format(", half of them within {}, nine in ten within {}",
                             lasting_words(figures->median_minutes->value()),
                             lasting_words(figures->most_minutes->value()));
    }
    return words + ".";
}

const Team* team_at(const Settings& settings, const ChannelId& channel)
{
    const auto found = std::find_if(settings.teams.begin(), settings.teams.end(), [&](const Team& team) {
        return team.channel == channel;
    });
    return found == settings.teams.end() ? nullptr : &*found;
}

void summarise_channels(HandlerContext& context)
{
    const auto last = kept_instant(context.connection, summarised_at);
    if (last && context.now - *last < told_again_after) return;
    keep_instant(context.connection, summarised_at, context.now);
    if (!last) return;  // nothing is known of a week yet
    for (const WatchedChannel& watched : context.settings.channels) {
        if (watched.mode == WatchMode::off) continue;
        const Team* team = team_at(context.settings, watched.channel);
        std::vector<UserId> readers;
        if (team != nullptr) readers = people_with(Role::lead, context.settings, context.directory, team);
        if (readers.empty()) readers = people_with(Role::admin, context.settings, context.directory);
        for (const UserId& reader : readers) {
            if (const auto summary = summary_for(context, watched.channel, reader))
                put_into_digest(context, reader, *summary);
        }
    }
}

}  // namespace ackd
