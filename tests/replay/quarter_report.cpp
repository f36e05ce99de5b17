#include "tests/replay/quarter_report.hpp"

#include <date/date.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace ackd::replay {

namespace {

constexpr int bar_length = 40;

/// The value that this share of them does not exceed.
template <class T>
T percentile(const std::vector<T>& in_order, int percent)
{
    if (in_order.empty()) return T{};
    const std::size_t rank = (in_order.size() * static_cast<std::size_t>(percent) + 99) / 100;
    return in_order[std::max<std::size_t>(rank, 1) - 1];
}

std::vector<int> sorted(std::vector<int> values)
{
    std::sort(values.begin(), values.end());
    return values;
}

std::map<int, int> histogram(const std::vector<int>& values)
{
    std::map<int, int> counts;
    for (const int value : values) ++counts[value];
    return counts;
}

std::int64_t share(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? 0 : (part * 100 + whole / 2) / whole;
}

std::string hours_text(Duration length)
{
    const auto minutes = std::chrono::floor<std::chrono::minutes>(length).count();
    return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

std::string zones_text(const QuarterPlan& plan)
{
    std::map<std::string, int> counts;
    for (const PlannedPerson& person : plan.people) ++counts[person.zone];
    std::string text;
    for (const auto& [zone, count] : counts)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", zone.substr(zone.find('/') + 1), count);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::size_t week_kinds(const QuarterPlan& plan)
{
    std::set<std::string> weeks;
    for (const PlannedPerson& person : plan.people) weeks.insert(person.week);
    return weeks.size();
}

/// A line of the table: the three runs, and the reminder without manners.
std::string line(std::string_view title,
                 const QuarterReport& report,
                 const std::function<std::string(const QuarterFigures&)>& cell,
                 const std::string& naive = "")
{
    return fmt::format("{:<34}{:>14}{:>16}{:>14}{:>16}",
                       title,
                       cell(report.with_budget),
                       cell(report.digests_alone),
                       cell(report.with_neither),
                       naive);
}

std::string row(std::string_view title,
                const QuarterReport& report,
                const std::function<std::int64_t(const QuarterFigures&)>& figure,
                const std::string& naive = "")
{
    std::string text = line(
        title, report, [&](const QuarterFigures& figures) { return fmt::to_string(figure(figures)); }, naive);
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

std::string histogram_text(const QuarterFigures& figures)
{
    std::string text;
    const auto counts = histogram(figures.by_person_and_week);
    int most = 1;
    for (const auto& entry : counts) most = std::max(most, entry.second);
    for (const auto& [value, count] : counts) {
        const int length = (count * bar_length + most - 1) / most;
        text += fmt::format(
            "  {:>3}  {:>5}  {}\n", value, count, std::string(static_cast<std::size_t>(length), '#'));
    }
    return text;
}

nlohmann::json json_of(const QuarterFigures& figures)
{
    nlohmann::json json;
    json["interruptions_per_day_allowed"] = figures.interruptions_allowed;
    json["requests"] = {{"by_reaction", figures.requests_by_reaction},
                        {"by_command", figures.requests_by_command}};
    for (const Priority priority : all_priorities) {
        const auto index = static_cast<std::size_t>(priority) - 1;
        const std::string name{name_of(priority)};
        json["requests"]["by_priority"][name] = figures.requests_by_priority[index];
        const auto seconds = [&](int percent) {
            return std::chrono::floor<std::chrono::seconds>(
                       percentile(figures.nudged_ack_times[index], percent))
                .count();
        };
        json["nudged_ack_working_seconds"][name] = {{"count", figures.nudged_ack_times[index].size()},
                                                    {"p50", seconds(50)},
                                                    {"p90", seconds(90)},
                                                    {"p99", seconds(99)}};
    }
    json["questions"] = {{"heard", figures.questions_heard},
                         {"unanswered", figures.questions_unanswered},
                         {"answered_then", figures.questions_answered_then}};
    json["asked"] = figures.asked;
    json["answered"] = figures.answered;
    json["dead_letters"] = figures.dead_letters;
    json["nudges"] = figures.nudges;
    json["news"] = figures.news;
    json["interruptions"] = figures.interruptions();
    json["digests"] = figures.digests;
    json["urgent"] = figures.urgent;
    json["outside_hours"] = figures.outside_hours;
    json["urgent_outside_hours"] = figures.urgent_outside_hours;
    json["most_in_a_day"] = figures.most_in_a_day;
    const auto weeks = sorted(figures.by_person_and_week);
    json["by_person_and_week"] = {{"count", weeks.size()},
                                  {"p50", percentile(weeks, 50)},
                                  {"p90", percentile(weeks, 90)},
                                  {"p99", percentile(weeks, 99)},
                                  {"max", percentile(weeks, 100)},
                                  {"histogram", nlohmann::json::object()}};
    for (const auto& [value, count] : histogram(weeks))
        json["by_person_and_week"]["histogram"][fmt::to_string(value)] = count;
    json["violation"] = figures.violation
                            ? nlohmann::json(figures.violation->invariant + ": " + figures.violation->seen)
                            : nlohmann::json(nullptr);
    return json;
}

void find_failures(const std::string& run, const QuarterFigures& figures, std::vector<std::string>& found)
{
    if (figures.violation)
        found.push_back(fmt::format(
            "{}: \"{}\" does not hold: {}", run, figures.violation->invariant, figures.violation->seen));
    if (figures.outside_hours > 0)
        found.push_back(fmt::format("{}: {} messages outside working hours", run, figures.outside_hours));
    if (figures.most_in_a_day > figures.interruptions_allowed)
        found.push_back(fmt::format("{}: somebody was interrupted {} times in a day, {} were allowed",
                                    run,
                                    figures.most_in_a_day,
                                    figures.interruptions_allowed));
}

}  // namespace

std::vector<std::string> QuarterReport::failures() const
{
    std::vector<std::string> found;
    find_failures("with the budget", with_budget, found);
    find_failures("with digests alone", digests_alone, found);
    find_failures("with neither", with_neither, found);
    find_failures("with questions watched", watched, found);
    return found;
}

std::string QuarterReport::to_text() const
{
    const QuarterFigures& with = with_budget;
    std::string text = fmt::format(
        "{}: {} messages of {} users, as the quarter of {} people from {} to {}\n\n",
        plan.source,
        plan.messages.size(),
        plan.users_in_log,
        plan.people.size(),
        date::format("%F", plan.begins),
        date::format("%F", plan.ends - std::chrono::hours{24}));
    text += fmt::format("people     {}; {} different work weeks\n", zones_text(plan), week_kinds(plan));
    text += fmt::format(
        "requests   {} with 📨, {} with /ack:", with.requests_by_reaction, with.requests_by_command);
    for (const Priority priority : all_priorities)
        text += fmt::format(
            " {} {}", name_of(priority), with.requests_by_priority[static_cast<std::size_t>(priority) - 1]);
    text += fmt::format("\nanswers    {} people asked, {} answered, {} dead letters\n\n",
                        with.asked,
                        with.answered,
                        with.dead_letters);

    text += fmt::format("{:<34}{:>14}{:>16}{:>14}{:>16}\n",
                        "messages to one person",
                        "with budget",
                        "digests alone",
                        "neither",
                        "naive reminder");
    using Figures = QuarterFigures;
    text += row(
        "nudges", *this, [](const Figures& run) { return run.nudges; }, fmt::to_string(with.naive_messages));
    text += row("news about what one asked", *this, [](const Figures& run) { return run.news; });
    text += row(
        "interruptions, both together", *this, [](const Figures& run) { return run.interruptions(); });
    text += row(
        "  outside working hours",
        *this,
        [](const Figures& run) { return run.outside_hours; },
        fmt::to_string(with.naive_outside_hours));
    text += row(
        "  most in one day of somebody's", *this, [](const Figures& run) { return run.most_in_a_day; });
    text += row("digests", *this, [](const Figures& run) { return run.digests; });
    text += row("at priority now", *this, [](const Figures& run) { return run.urgent; });
    text += row(
        "  outside working hours", *this, [](const Figures& run) { return run.urgent_outside_hours; });

    const std::int64_t all = with_neither.interruptions();
    const std::int64_t by_digests = all - digests_alone.interruptions();
    const std::int64_t by_budget = digests_alone.interruptions() - with.interruptions();
    const std::int64_t saved = by_digests + by_budget;
    text += fmt::format("\nThe digests saved {} of {} interruptions, the budget {} more: {} %.\n"
                        "At {} minutes to get back into what one was doing, these are {} hours.\n",
                        by_digests,
                        all,
                        by_budget,
                        share(saved, all),
                        time_to_resume.count(),
                        saved * time_to_resume.count() / 60);

    text += "\ninterruptions of one person in one week\n";
    for (const int percent : {50, 90, 99, 100}) {
        text += row(
            percent == 100 ? std::string{"  at most"} : fmt::format("  p{}", percent),
            *this,
            [percent](const Figures& run) { return percentile(sorted(run.by_person_and_week), percent); });
    }
    text += fmt::format("\nwith the budget, {} people in {} weeks each:\n{}",
                        plan.people.size(),
                        week_count,
                        histogram_text(with));

    text += fmt::format(
        "\nWith its questions looked after: {} messages taken for questions, {} of them without an answer after\n"
        "four working hours ({:.1f} a week, each told to who asked, alone), {} answered then; {} interruptions more.\n",
        watched.questions_heard,
        watched.questions_unanswered,
        static_cast<double>(watched.questions_unanswered) / week_count,
        watched.questions_answered_then,
        watched.interruptions() - with.interruptions());

    text += "\nhours from being asked to an ack that took a nudge, in working time of whoever was asked\n";
    for (const Priority priority : {Priority::today, Priority::week, Priority::fyi}) {
        const auto index = static_cast<std::size_t>(priority) - 1;
        for (const int percent : {50, 90}) {
            text += line(fmt::format("  {} p{}", name_of(priority), percent), *this, [&](const Figures& run) {
                return hours_text(percentile(run.nudged_ack_times[index], percent));
            });
            text.erase(text.find_last_not_of(' ') + 1);
            text += "\n";
        }
    }
    text += "\n";
    const auto found = failures();
    for (const std::string& failure : found) text += "FAILED: " + failure + "\n";
    if (found.empty())
        text += "Every invariant held throughout, and everything that was asked came to its end.\n";
    return text;
}

std::string QuarterReport::to_json() const
{
    const std::int64_t saved = with_neither.interruptions() - with_budget.interruptions();
    const nlohmann::json json{
        {"source", plan.source},
        {"messages", plan.messages.size()},
        {"users_in_log", plan.users_in_log},
        {"people", plan.people.size()},
        {"work_weeks", week_kinds(plan)},
        {"weeks", week_count},
        {"with_budget", json_of(with_budget)},
        {"digests_alone", json_of(digests_alone)},
        {"with_neither", json_of(with_neither)},
        {"watched", json_of(watched)},
        {"naive_reminder",
         {{"messages", with_budget.naive_messages}, {"outside_hours", with_budget.naive_outside_hours}}},
        {"saved", {{"interruptions", saved}, {"minutes", saved * time_to_resume.count()}}},
        {"failures", failures()}};
    return json.dump(2);
}

QuarterReport replay_quarter(QuarterPlan plan)
{
    QuarterReport report;
    report.with_budget = live_through(plan, {});
    report.digests_alone = live_through(plan, {unlimited_interruptions, true});
    report.with_neither = live_through(plan, {unlimited_interruptions, false});
    report.watched = live_through(plan, {std::nullopt, true, true});
    report.plan = std::move(plan);
    return report;
}

}  // namespace ackd::replay
