#include "tests/replay/quarter_plan.hpp"

#include "tests/simulation/simulated_world.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <sstream>

namespace ackd::replay {

namespace {

using namespace std::chrono_literals;
using namespace date::literals;
using chat_logs::ChatLog;
using chat_logs::ChatLogMessage;
using simulation::SimulatedChannel;
using simulation::SimulatedPerson;
using simulation::SimulatedTeam;

/// A Monday. The clocks change in America on 8 March, in Europe on 29 March.
constexpr date::sys_days first_day{2026_y / 1 / 5};
constexpr Duration a_week = 7 * 24h;

constexpr std::array zones{
    "America/Los_Angeles", "America/New_York", "Europe/London", "Europe/Berlin", "Asia/Dubai", "Asia/Tokyo"};
constexpr const char* usual_week = "Mon-Fri 09:00-17:00";
/// Of some people; in Dubai the weekend is Friday and Saturday for all the others.
constexpr const char* gulf_week = "Sun-Thu 09:00-17:00";
constexpr std::array other_weeks{"Mon-Wed 09:00-15:00",
                                 "Mon-Fri 08:00-12:00, 14:00-18:00",
                                 "Sun-Thu 22:00-06:00",
                                 "Tue-Sat 10:00-18:00",
                                 "Mon-Thu 07:00-17:00"};
constexpr const char* zone_with_holiday = "Europe/Berlin";
constexpr std::chrono::local_days holiday{std::chrono::year{2026} / 4 / 3};

struct LogMessage {
    const ChatLogMessage* said;
    Instant at;
    std::size_t author;
};

/// Everybody's number, those who wrote most first.
std::map<std::string, std::size_t> numbered_users(const ChatLog& log)
{
    std::map<std::string, std::size_t> counts;
    for (const ChatLogMessage& message : log.messages) ++counts[message.user];
    std::vector<std::pair<std::size_t, std::string>> order;
    for (const auto& [user, count] : counts) order.emplace_back(count, user);
    std::stable_sort(
        order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::map<std::string, std::size_t> numbers;
    for (std::size_t index = 0; index < order.size(); ++index)
        numbers.emplace(order[index].second, index % people_count);
    return numbers;
}

std::string week_of(std::size_t number)
{
    if (number % 4 == 3) return other_weeks[number / 4 % other_weeks.size()];
    return zones[number % zones.size()] == std::string_view{"Asia/Dubai"} ? gulf_week : usual_week;
}

WorkWeek read_week(const std::string& text)
{
    std::string problem;
    return parse_work_week(text, problem).value();
}

std::vector<PlannedPerson> made_people()
{
    std::vector<PlannedPerson> people;
    for (std::size_t number = 0; number < people_count; ++number) {
        const std::string zone = zones[number % zones.size()];
        const std::string week = week_of(number);
        simulation::Holidays holidays;
        if (zone == zone_with_holiday) holidays.insert(holiday);
        people.push_back({zone, week, simulation::CheckedHours{zone, "", read_week(week), holidays}});
    }
    return people;
}

Priority some_priority(Random& random)
{
    const auto chosen = random.below(100);
    if (chosen < 5) return Priority::now;
    if (chosen < 40) return Priority::today;
    return chosen < 80 ? Priority::week : Priority::fyi;
}

/// Whom a message asks, by the log.
std::vector<std::size_t> asked_by(const LogMessage& message,
                                  const std::map<std::string, std::size_t>& numbers,
                                  const std::vector<LogMessage>& conversation,
                                  std::size_t place)
{
    std::vector<std::size_t> asked;
    const auto add = [&](std::size_t number) {
        if (number != message.author && std::find(asked.begin(), asked.end(), number) == asked.end())
            asked.push_back(number);
    };
    for (const std::string& name : chat_logs::mentioned_names(message.said->text)) {
        const auto known = numbers.find(name);
        if (known != numbers.end()) add(known->second);
    }
    if (!asked.empty() || message.said->text.find('?') == std::string::npos) return asked;
    for (std::size_t before = place; before-- > 0 && asked.empty();) add(conversation[before].author);
    return asked;
}

/// The words, and no markup of the chat's: a mention becomes the name.
std::string plain_text(std::string text)
{
    std::erase_if(text, [](char c) { return c == '<' || c == '>'; });
    return text;
}

class Planner {
public:
    Planner(const ChatLog& log, std::uint64_t seed)
        : random_(seed), numbers_(numbered_users(log)), conversations_(conversations_of(log))
    {
        plan_.source = fmt::format("{} · #{}", log.team_domain, log.channel_name);
        plan_.users_in_log = numbers_.size();
        plan_.begins = Instant{first_day};
        plan_.ends = plan_.begins + week_count * a_week;
        plan_.people = made_people();
    }

    QuarterPlan made()
    {
        for (const auto& conversation : conversations_) add(conversation);
        put_in_order();
        std::sort(plan_.response_times.begin(), plan_.response_times.end());
        if (plan_.response_times.empty()) plan_.response_times.push_back(5min);
        plan_.share_answering = asked_ == 0 ? 0
                                            : static_cast<double>(answered_) / static_cast<double>(asked_);
        return std::move(plan_);
    }

private:
    std::vector<std::vector<LogMessage>> conversations_of(const ChatLog& log)
    {
        std::vector<std::vector<LogMessage>> conversations;
        std::map<std::string, std::size_t> places;
        for (const ChatLogMessage& message : log.messages) {
            const auto said_at = chat_logs::said_at_of(message);
            if (!said_at) continue;
            const Instant at = std::chrono::floor<std::chrono::seconds>(*said_at);
            first_ = first_ ? std::min(*first_, at) : at;
            last_ = last_ ? std::max(*last_, at) : at;
            const auto [place, is_new] = places.try_emplace(message.conversation, conversations.size());
            if (is_new || message.conversation.empty()) conversations.emplace_back();
            const std::size_t index = message.conversation.empty() ? conversations.size() - 1 : place->second;
            conversations[index].push_back({&message, at, numbers_.at(message.user)});
        }
        for (auto& conversation : conversations) {
            std::stable_sort(conversation.begin(),
                             conversation.end(),
                             [](const LogMessage& a, const LogMessage& b) { return a.at < b.at; });
        }
        return conversations;
    }

    /// By whole weeks, to the week that is as far through the quarter.
    [[nodiscard]] Duration shift_of(Instant began) const
    {
        const Instant monday = Instant{date::floor<date::days>(*first_)} -
                               24h * (date::weekday{date::floor<date::days>(*first_)}.iso_encoding() - 1);
        const auto weeks_in_log = (*last_ - monday) / a_week + 1;
        const auto week = (began - monday) / a_week;
        const auto taken = weeks_in_log <= week_count ? week : week * week_count / weeks_in_log;
        return plan_.begins + taken * a_week - (monday + week * a_week);
    }

    void add(const std::vector<LogMessage>& conversation)
    {
        const Duration shift = shift_of(conversation.front().at);
        const std::size_t opener = plan_.messages.size();
        for (std::size_t place = 0; place < conversation.size(); ++place) {
            const LogMessage& message = conversation[place];
            // What began at the quarter's end and went on for long goes beyond it.
            if (message.at + shift >= plan_.ends) break;
            PlannedMessage planned;
            planned.at = message.at + shift;
            planned.author = message.author;
            planned.text = plain_text(message.said->text);
            if (place > 0) planned.opener = opener;
            const auto asked = asked_by(message, numbers_, conversation, place);
            if (!asked.empty()) {
                planned.request = PlannedRequest{Priority::today, random_.chance(0.5), asked};
                if (!planned.request->by_reaction) planned.request->priority = some_priority(random_);
            }
            plan_.messages.push_back(std::move(planned));
        }
        find_answers(opener);
    }

    /// Whoever was asked in the conversation and writes again in it answers by that.
    void find_answers(std::size_t opener)
    {
        auto& messages = plan_.messages;
        for (std::size_t index = opener; index < messages.size(); ++index) {
            if (!messages[index].request) continue;
            for (const std::size_t person : messages[index].request->asked) {
                ++asked_;
                const auto answer = std::find_if(
                    messages.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                    messages.end(),
                    [person](const PlannedMessage& message) { return message.author == person; });
                if (answer == messages.end()) continue;
                ++answered_;
                answer->answers.push_back(index);
                plan_.response_times.push_back(answer->at - messages[index].at);
            }
        }
    }

    void put_in_order()
    {
        std::vector<std::size_t> order(plan_.messages.size());
        for (std::size_t index = 0; index < order.size(); ++index) order[index] = index;
        std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
            return plan_.messages[a].at < plan_.messages[b].at;
        });
        std::vector<std::size_t> place(order.size());
        for (std::size_t index = 0; index < order.size(); ++index) place[order[index]] = index;
        std::vector<PlannedMessage> ordered;
        for (const std::size_t index : order) {
            PlannedMessage& message = ordered.emplace_back(std::move(plan_.messages[index]));
            if (message.opener) message.opener = place[*message.opener];
            for (std::size_t& answered : message.answers) answered = place[answered];
        }
        plan_.messages = std::move(ordered);
    }

    Random random_;
    std::map<std::string, std::size_t> numbers_;
    std::optional<Instant> first_;
    std::optional<Instant> last_;
    std::vector<std::vector<LogMessage>> conversations_;
    QuarterPlan plan_;
    std::size_t asked_ = 0;
    std::size_t answered_ = 0;
};

}  // namespace

UserId person_id(std::size_t number)
{
    return UserId{fmt::format("U{:02}", number)};
}

std::size_t person_number(const UserId& id)
{
    return std::stoul(id.value.substr(1));
}

QuarterPlan plan_quarter(const ChatLog& log, std::uint64_t seed)
{
    return Planner{log, seed}.made();
}

SimulatedTeam team_of(const QuarterPlan& plan)
{
    SimulatedTeam team;
    team.starts_at = plan.begins;
    SimulatedChannel& channel = team.channels.emplace_back();
    channel.id = ChannelId{"C1"};
    std::map<std::string, Team> by_week;
    Team& with_holiday = by_week["holiday"];
    for (std::size_t number = 0; number < plan.people.size(); ++number) {
        const PlannedPerson& planned = plan.people[number];
        SimulatedPerson& person = team.people.emplace_back();
        person.member = Member{person_id(number), fmt::format("person{}", number), planned.zone};
        channel.members.push_back(person.member.id);
        if (planned.zone == zone_with_holiday) with_holiday.members.push_back(person.member.id);
        if (planned.week == usual_week) continue;
        Team& work_team = by_week[planned.week];
        work_team.hours = read_week(planned.week);
        work_team.members.push_back(person.member.id);
    }
    team.bots.push_back(Member{UserId{"UACKD"}, "ackd", "", MemberKind::bot, false});
    with_holiday.holidays = {"spring"};
    for (auto& [week, work_team] : by_week) {
        work_team.name = fmt::format("team{}", team.settings.teams.size() + 1);
        team.settings.teams.push_back(std::move(work_team));
    }
    auto calendar = std::make_shared<HolidayCalendar>();
    calendar->holidays.push_back(Holiday{holiday, "a day off"});
    team.settings.calendars.emplace("spring", std::move(calendar));

    // Two in each time zone are the backup of everybody there; of whoever is asked with 📨, three by turns.
    for (std::size_t zone = 0; zone < zones.size(); ++zone) {
        Route& route = team.settings.routes[fmt::format("zone{}", zone)];
        route.name = fmt::format("zone{}", zone);
        route.steps.push_back(RouteStep{Duration{0}, {person_id(zone), person_id(zone + zones.size() * 3)}});
    }
    Route& route = team.settings.routes[team.settings.default_route];
    route.name = team.settings.default_route;
    route.steps.push_back(RouteStep{Duration{0}, {person_id(12), person_id(25), person_id(33)}});
    team.settings.sweep_every = 24h;
    return team;
}

}  // namespace ackd::replay
