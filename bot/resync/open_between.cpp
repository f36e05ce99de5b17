#include "bot/resync/open_between.hpp"

#include "bot/capacity/capacity_handlers.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/local_time.hpp"
#include "bot/privacy/erasure.hpp"
#include "bot/privacy/team_figure.hpp"
#include "bot/resync/open_between_table.hpp"
#include "bot/resync/resync_table.hpp"
#include "bot/threads/channel_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace ackd {

namespace {

/// What is open for longer is told: an ask takes its time, news and questions do not.
constexpr std::chrono::days ask_told_after{7};
constexpr std::chrono::days told_after{3};
/// Before the first round, what ended within this time is told.
constexpr std::chrono::weeks first_round_looks_back{2};
/// Of pairs of teams, and of announcements.
constexpr std::size_t listed_max = 5;
constexpr std::size_t announced_words_max = 60;
/// The newest of one person, of those that are over, and of all: five are listed.
constexpr std::size_t announcements_of_one_max = 50;
constexpr std::size_t ended_announcements_max = 500;
constexpr std::size_t announcements_max = 200;

using TeamByPerson = std::map<UserId, std::string>;

/// From whom it comes, and with whom it is.
using TeamPair = std::pair<std::string, std::string>;
struct Count {
    int count = 0;
    Instant oldest_since = Instant::max();
    MessageRef oldest;
};
using Counts = std::map<TeamPair, Count>;

TeamByPerson teams_of(HandlerContext& context, const Resync& resync)
{
    TeamByPerson teams;
    std::map<std::string, std::size_t> sizes;
    for (const std::string& name : resync.teams) {
        const Team* team = team_named(context, name);
        if (team == nullptr) continue;
        for (const UserId& person : context.directory.people_behind(team->members, team->groups)) {
            // A bot gives no ack, and a figure of four people and a bot is one of four people.
            if (!may_be_asked(context.directory.find(person), Addressed::in_a_crowd)) continue;
            if (teams.emplace(person, name).second) ++sizes[name];
        }
    }
    // Of fewer, what is said of the team is said of somebody.
    std::erase_if(teams, [&](const auto& each) { return sizes[each.second] < team_figure_people_min; });
    return teams;
}

/// Empty: of none.
std::string team_of(const TeamByPerson& teams, const UserId& person)
{
    const auto found = teams.find(person);
    return found == teams.end() ? std::string{} : found->second;
}

void count_in(Counts& counts,
              const std::string& from,
              const std::string& with,
              int count,
              Instant since,
              const MessageRef& message = {})
{
    if (from.empty() || with.empty() || from == with) return;
    Count& all = counts[{from, with}];
    all.count += count;
    if (since >= all.oldest_since) return;
    all.oldest_since = since;
    all.oldest = message;
}

/// Whether whoever reads the resync's message may know of what was said there. What is not known to be public
/// is not.
bool may_be_told(HandlerContext& context, const Resync& resync, const ChannelId& channel)
{
    if (channel == resync.channel) return true;
    const auto known = context.conversations.find(channel);
    return known && !known->conversation.is_private;
}

void add_heading(Section& section, const char* words)
{
    section.lines.push_back(plain_line(RichText{Strong{words}}));
}

/// What waits longest comes first.
template <class MakeWords>
void add_counts(const Counts& counts, Section& section, MakeWords make_words)
{
    std::vector<std::pair<TeamPair, Count>> pairs(counts.begin(), counts.end());
    std::stable_sort(pairs.begin(), pairs.end(), [](const auto& left, const auto& right) {
        return left.second.oldest_since < right.second.oldest_since;
    });
    for (std::size_t index = 0; index < std::min(pairs.size(), listed_max); ++index)
        section.lines.push_back(small_line(make_words(pairs[index].first, pairs[index].second)));
    if (pairs.size() > listed_max)
        section.lines.push_back(small_line(fmt::format("… and {} more", pairs.size() - listed_max)));
}

/// "mobile of platform: 3, the oldest since 8 days"
std::string wanted_words(HandlerContext& context, const TeamPair& teams, const Count& count)
{
    return fmt::format("{} of {}: {}, the oldest since {}",
                       teams.first,
                       teams.second,
                       count.count,
                       elapsed_text(context.now - count.oldest_since));
}

// What wants no more than "Got it": of five or more people of a team it is an announcement, of fewer an ask

/// Of one team, how many it was made to.
struct Acks {
    std::size_t people = 0;
    std::size_t without = 0;
};
struct Unacknowledged {
    Announced announcement;
    bool is_over = false;
    /// Of the other teams, where somebody's ack is missing.
    std::map<std::string, Acks> acks;
};

std::map<std::string, Acks> missing_acks(const TeamByPerson& teams,
                                         const std::string& from,
                                         const std::vector<AnnouncedTo>& people)
{
    std::map<std::string, Acks> acks;
    for (const AnnouncedTo& each : people) {
        const std::string team = team_of(teams, each.person);
        if (team.empty() || team == from) continue;
        ++acks[team].people;
        if (each.is_without_ack) ++acks[team].without;
    }
    std::erase_if(acks, [](const auto& each) { return each.second.without == 0; });
    return acks;
}

/// The newest first.
std::vector<Unacknowledged> all_without_acks(HandlerContext& context,
                                             const TeamByPerson& teams,
                                             Instant last_round)
{
    const OpenBetweenTable table{context.connection};
    std::vector<Unacknowledged> all;
    for (Announced& each : table.ended_announcements(last_round, ended_announcements_max))
        if (teams.contains(each.creditor)) all.push_back({std::move(each), true, {}});
    for (const auto& [creditor, team] : teams) {
        for (Announced& each :
             table.open_announcements_of(creditor, context.now - told_after, announcements_of_one_max))
            all.push_back({std::move(each), false, {}});
    }
    std::sort(all.begin(), all.end(), [](const Unacknowledged& left, const Unacknowledged& right) {
        return right.announcement.id < left.announcement.id;
    });
    if (all.size() > announcements_max) all.erase(all.begin() + announcements_max, all.end());
    for (Unacknowledged& each : all) {
        const std::string from = team_of(teams, each.announcement.creditor);
        each.acks = missing_acks(teams, from, table.announced_to(each.announcement.id));
    }
    return all;
}

// Asks

void add_asks(HandlerContext& context,
              const TeamByPerson& teams,
              const std::vector<Unacknowledged>& without_acks,
              Notice& notice)
{
    const OpenBetweenTable table{context.connection};
    Counts counts;
    for (const Unacknowledged& each : without_acks) {
        const Announced& asked = each.announcement;
        if (each.is_over || asked.asked_at > context.now - ask_told_after) continue;
        for (const auto& [team, acks] : each.acks) {
            if (acks.people >= team_figure_people_min) continue;
            count_in(
                counts, team_of(teams, asked.creditor), team, static_cast<int>(acks.without), asked.asked_at);
        }
    }
    for (const auto& [creditor, team] : teams) {
        for (const OpenAsks& asks : table.asks_of(creditor, context.now - ask_told_after))
            count_in(counts, team, team_of(teams, asks.debtor), asks.count, asks.oldest);
    }
    if (counts.empty()) return;
    Section& section = notice.sections.emplace_back();
    add_heading(section, "Asked between teams, and open for more than a week");
    add_counts(counts, section, [&](const TeamPair& pair, const Count& count) {
        return RichText{Words{wanted_words(context, pair, count)}};
    });
}

// Announcements

/// Those to at least five people of a team: a figure about fewer is one about somebody. The most urgent
/// first, and of these the newest.
std::vector<Unacknowledged> announcements_among(HandlerContext& context,
                                                const Resync& resync,
                                                const std::vector<Unacknowledged>& without_acks)
{
    std::vector<Unacknowledged> missed;
    for (Unacknowledged each : without_acks) {
        std::erase_if(each.acks,
                      [](const auto& team) { return team.second.people < team_figure_people_min; });
        if (!each.acks.empty() && may_be_told(context, resync, each.announcement.subject.channel))
            missed.push_back(std::move(each));
    }
    std::stable_sort(
        missed.begin(), missed.end(), [](const Unacknowledged& left, const Unacknowledged& right) {
            return std::tie(left.announcement.priority, right.announcement.asked_at) <
                   std::tie(right.announcement.priority, left.announcement.asked_at);
        });
    return missed;
}

/// What people of all teams are called: in full, and each word of it.
std::set<std::string> names_of_people(HandlerContext& context)
{
    std::set<std::string> names;
    for (const Team& team : context.settings.teams) {
        for (const UserId& person : context.directory.people_behind(team.members, team.groups)) {
            const std::string name = context.directory.name_of(person);
            names.insert(name);
            for (std::size_t begin = 0; begin < name.size();) {
                const std::size_t end = std::min(name.find(' ', begin), name.size());
                // "J. van Dyk": a single letter is nobody.
                if (end > begin + 2) names.insert(name.substr(begin, end - begin));
                begin = end + 1;
            }
        }
    }
    return names;
}

/// Its first line, in quotes. Where that names anybody, or was said elsewhere, it is not said.
std::string announced_words(const Resync& resync,
                            const std::set<std::string>& names,
                            const Announced& announcement)
{
    const std::string line = announcement.text.substr(0, announcement.text.find('\n'));
    const bool names_somebody = line.find('@') != std::string::npos ||
                                std::any_of(names.begin(), names.end(), [&](const std::string& name) {
                                    return with_name_replaced(line, name) != line;
                                });
    if (announcement.subject.channel != resync.channel || names_somebody || line.empty()) return "something";
    return fmt::format("\"{}\"", shortened(line, announced_words_max));
}

/// "platform announced "the plan for May" 5 days ago: no ack from 3 of 8 in mobile"
RichText announcement_words(HandlerContext& context,
                            const Resync& resync,
                            const TeamByPerson& teams,
                            const std::set<std::string>& names,
                            const Unacknowledged& missed)
{
    const Announced& announcement = missed.announcement;
    std::vector<std::string> missing;
    for (const auto& [team, acks] : missed.acks)
        missing.push_back(fmt::format("{} of {} in {}", acks.without, acks.people, team));
    RichText text{Words{team_of(teams, announcement.creditor) + " announced "}};
    const std::string words = announced_words(resync, names, announcement);
    if (announcement.subject.exists())
        text.push_back(MessageLink{announcement.subject, words});
    else
        text.push_back(Words{words});
    text.push_back(Words{fmt::format(" {} ago: no ack from {}",
                                     elapsed_text(context.now - announcement.asked_at),
                                     fmt::join(missing, ", "))});
    return text;
}

void add_announcements(HandlerContext& context,
                       const Resync& resync,
                       const TeamByPerson& teams,
                       const std::vector<Unacknowledged>& without_acks,
                       Notice& notice)
{
    const auto all = announcements_among(context, resync, without_acks);
    if (all.empty()) return;
    Section& section = notice.sections.emplace_back();
    add_heading(section, "Announced between teams, and not acknowledged by everybody");
    const std::set<std::string> names = names_of_people(context);
    for (std::size_t index = 0; index < std::min(all.size(), listed_max); ++index)
        section.lines.push_back(small_line(announcement_words(context, resync, teams, names, all[index])));
    if (all.size() > listed_max)
        section.lines.push_back(small_line(fmt::format("… and {} more", all.size() - listed_max)));
}

// Questions

/// Whose answer it is: the team's that is at home in the channel; else of most who answer there; else of who
/// was asked first. Empty: none of these teams'.
class AnsweringTeams {
public:
    AnsweringTeams(HandlerContext& context, const TeamByPerson& teams) : context_(context), teams_(teams) {}

    std::string of(const OpenQuestions& questions)
    {
        if (const Team* team = team_at(context_.settings, questions.channel)) return team->name;
        const auto [known, is_new] = of_most_.try_emplace(questions.channel);
        if (is_new) known->second = of_most(questions.channel);
        return known->second.empty() ? team_of(teams_, questions.first_asked) : known->second;
    }

private:
    /// Empty: no more than half of them are of the same one.
    [[nodiscard]] std::string of_most(const ChannelId& channel) const
    {
        const WatchedChannel* watched = find_watched(context_.settings.channels, channel);
        if (watched == nullptr) return "";
        const auto people = context_.directory.people_behind(watched->people, watched->groups);
        std::map<std::string, std::size_t> sizes;
        for (const UserId& person : people) ++sizes[team_of(teams_, person)];
        for (const auto& [team, size] : sizes)
            if (2 * size > people.size()) return team;
        return "";
    }

    HandlerContext& context_;
    const TeamByPerson& teams_;
    std::map<ChannelId, std::string> of_most_;
};

void add_questions(HandlerContext& context,
                   const Resync& resync,
                   const TeamByPerson& teams,
                   Instant last_round,
                   Notice& notice)
{
    const OpenBetweenTable table{context.connection};
    std::vector<OpenQuestions> all = table.given_up_questions(last_round);
    std::erase_if(all, [&](const OpenQuestions& each) {
        return find_watched(context.settings.channels, each.channel) == nullptr ||
               !may_be_told(context, resync, each.channel);
    });
    for (const WatchedChannel& watched : context.settings.channels) {
        if (watched.mode == WatchMode::off || !may_be_told(context, resync, watched.channel)) continue;
        const auto open = table.unanswered_questions(watched.channel, context.now - told_after);
        all.insert(all.end(), open.begin(), open.end());
    }
    AnsweringTeams answering{context, teams};
    // A team that is at home in a channel may be none of the resync, or too small.
    std::set<std::string> told;
    for (const auto& [person, team] : teams) told.insert(team);
    Counts counts;
    for (const OpenQuestions& each : all) {
        const std::string asking = team_of(teams, each.asker);
        if (asking.empty()) continue;
        const std::string answers = answering.of(each);
        if (told.contains(answers))
            count_in(counts, asking, answers, each.count, each.oldest_since, each.oldest);
    }
    if (counts.empty()) return;
    Section& section = notice.sections.emplace_back();
    add_heading(section, "Questions between teams that nobody has answered");
    add_counts(counts, section, [&](const TeamPair& pair, const Count& count) {
        RichText text{Words{wanted_words(context, pair, count)}};
        text.push_back(Words{" · "});
        text.push_back(MessageLink{count.oldest, "open"});
        return text;
    });
}

}  // namespace

void add_open_between(HandlerContext& context, const Resync& resync, const ResyncRound& round, Notice& notice)
{
    const TeamByPerson teams = teams_of(context, resync);
    if (teams.empty()) return;
    // What has ended since without an answer was never answered, and has not been told here.
    const auto last = ResyncTable{context.connection}.before(round);
    const Instant last_round = last ? last->closes_at : round.asked_at - first_round_looks_back;
    const auto without_acks = all_without_acks(context, teams, last_round);
    add_asks(context, teams, without_acks, notice);
    add_announcements(context, resync, teams, without_acks, notice);
    add_questions(context, resync, teams, last_round, notice);
}

}  // namespace ackd
