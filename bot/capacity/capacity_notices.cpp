#include "bot/capacity/capacity_notices.hpp"

#include "bot/calendar_text.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/capacity/capacity_rules.hpp"
#include "bot/delivery/chart_lines.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/notice_parts.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/people/roles.hpp"
#include "bot/wip/wip_notices.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// Of a team's history so many are listed; the middle is reckoned from as many as there were in a year.
constexpr int listed_max = 5;
constexpr int reckoned_max = 200;
/// Of what waits for somebody.
constexpr std::size_t waiting_listed_max = 10;

std::string value_of(const CapacitySignal& signal)
{
    return fmt::format("c{}", signal.id.value);
}

/// "🔴 platform is at capacity", "🟡 You are close to capacity", "🟢 platform has room again"
std::string state_words(const std::string& subject, const CapacitySignal& signal, bool is_reader = false)
{
    if (!signal.is_in_force && signal.state != CapacityState::asked)
        return fmt::format("🟢 {} {} room again", subject, is_reader ? "have" : "has");
    return fmt::format("{} {} {} {} capacity",
                       signal.level == CapacityLevel::at ? "🔴" : "🟡",
                       subject,
                       is_reader ? "are" : "is",
                       signal.level == CapacityLevel::at ? "at" : "close to");
}

/// Whom a function's question has come to by now, and what they owe.
Line question_line(HandlerContext& context, const CapacityQuestion& question)
{
    if (question.answer != Relief::none)
        return plain_line(fmt::format("✅ {}: {} ({})",
                                      question.function,
                                      relief_words(question),
                                      context.directory.name_of(question.answered_by)));
    const auto request = context.obligations.find(question.request);
    const auto all = request ? context.obligations.of_request(request->id) : std::vector<Obligation>{};
    for (const Obligation& obligation : all) {
        const std::string_view until = question.due_at <= context.now ? "the answer is missing since"
                                                                      : "an answer is expected by";
        if (obligation.state == ObligationState::received)
            return plain_line(with_moment(fmt::format("⏳ {}: {} has it; {} ",
                                                      question.function,
                                                      context.directory.name_of(obligation.holder),
                                                      until),
                                          question.due_at));
        if (!is_waiting(obligation.state)) continue;
        const FrozenStep* step = request->step_at(obligation.step);
        const std::string whom = step != nullptr && !step->people.empty()
                                     ? joined_names(context, step->people)
                                     : context.directory.name_of(obligation.debtor);
        return plain_line(with_moment(fmt::format("⏳ {}: {} {} asked; {} ",
                                                  question.function,
                                                  whom,
                                                  step != nullptr && step->people.size() > 1 ? "are" : "is",
                                                  until),
                                      question.due_at));
    }
    if (!all.empty() && all.back().state == ObligationState::dead_letter)
        return plain_line(fmt::format("⚪ {}: no answer; {} decides what happens",
                                      question.function,
                                      context.directory.name_of(dead_letter_owner_of(context, *request))));
    return plain_line(fmt::format("⚪ {}: no longer needed", question.function));
}

std::string missing_words(const MissingAnswers& missing, Instant now)
{
    if (missing.count == 0) return "";
    return fmt::format(
        "{} unanswered, since {}", missing.count, elapsed_text(now - missing.since.value_or(now)));
}

/// `subject` empty: of the reader themselves.
void add_standing(HandlerContext& context,
                  const UserId& reader,
                  const std::string& subject,
                  const std::optional<CapacitySignal>& signal,
                  Section& section)
{
    const bool is_reader = subject.empty();
    const bool is_there = signal && (signal->is_in_force || signal->state == CapacityState::asked);
    if (!is_there) {
        section.lines.push_back(
            plain_line(fmt::format("🟢 {}: nothing said, so there is room", is_reader ? "You" : subject)));
        return;
    }
    std::string line = state_words(is_reader ? "You" : subject, *signal, is_reader);
    if (signal->is_in_force) line += fmt::format(", until {}", your_time(context, reader, signal->until));
    if (!signal->reason.empty()) line += ": " + signal->reason;
    section.lines.push_back(plain_line(std::move(line)));
    const auto questions = CapacityTable{context.connection}.questions_of(signal->id);
    for (const CapacityQuestion& question : questions)
        section.lines.push_back(question_line(context, question));
    const std::string missing = missing_words(missing_answers(questions, context.now), context.now);
    if (!missing.empty()) section.lines.push_back(small_line(missing));
}

Action level_button(CapacityLevel level, const char* label)
{
    return button(action::my_capacity, label, std::string{name_of(level)});
}

void add_own_actions(const std::optional<CapacitySignal>& signal, Section& section)
{
    const bool is_in_force = signal && signal->is_in_force;
    if (!is_in_force || signal->level != CapacityLevel::at)
        section.actions.push_back(level_button(CapacityLevel::at, "I'm at capacity"));
    if (!is_in_force) section.actions.push_back(level_button(CapacityLevel::near, "Close to it"));
    if (is_in_force) section.actions.push_back(level_button(CapacityLevel::ok, "I have room again"));
}

/// What is said of a team, or by somebody of themselves; or what was said last.
std::optional<CapacitySignal> newest(HandlerContext& context, const std::string& team, const UserId& person)
{
    const CapacityTable table{context.connection};
    auto signals = table.open_of(team, person);
    if (signals.empty()) signals = table.newest(team, person, 1);
    return signals.empty() ? std::nullopt : std::optional{signals.front()};
}

void add_waiting(HandlerContext& context, const UserId& person, Notice& notice)
{
    const auto waiting = CapacityTable{context.connection}.waiting_for(person);
    if (waiting.empty()) return;
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(
        plain_line(fmt::format("Waiting until you have room, in this order ({}):", waiting.size())));
    std::size_t place = 0;
    for (const ObligationId id : waiting) {
        if (++place > waiting_listed_max) {
            section.lines.push_back(small_line(fmt::format("… and {} more", waiting.size() - place + 1)));
            return;
        }
        const auto obligation = context.obligations.find(id);
        const auto request = context.obligations.find(obligation->request);
        section.lines.push_back(small_line(fmt::format("{}. {} · {} · {}",
                                                       place,
                                                       number_of(request->id),
                                                       context.directory.name_of(request->creditor),
                                                       shortened(request->text, excerpt_max))));
    }
}

/// Who was relieved after how long, and who still waits; oldest first.
Chart relief_chart(HandlerContext& context, const std::vector<CapacitySignal>& newest_first)
{
    constexpr std::size_t signals_shown = 12;
    constexpr std::chrono::hours told_in_days_from{72};
    struct Wait {
        Instant began_at{};
        Duration lasted{};
        bool is_open = false;
    };
    std::vector<Wait> waits;
    for (const CapacitySignal& signal : newest_first) {
        const bool is_open = !signal.relieved_at && signal.state == CapacityState::asked;
        if (!signal.relieved_at && !is_open) continue;
        if (waits.size() == signals_shown) break;
        waits.push_back({signal.began_at,
                         std::max(Duration{0}, signal.relieved_at.value_or(context.now) - signal.began_at),
                         is_open});
    }
    std::reverse(waits.begin(), waits.end());
    const bool in_days = std::any_of(
        waits.begin(), waits.end(), [&](const Wait& wait) { return wait.lasted > told_in_days_from; });
    const Duration unit = in_days ? Duration{std::chrono::days{1}} : Duration{std::chrono::hours{1}};
    Chart chart;
    chart.unit = in_days ? "days until relief" : "hours until relief";
    const WallClock clock = workspace_clock(context);
    for (const Wait& wait : waits) {
        // What has begun counts: a relief after some minutes is not none.
        const auto whole = static_cast<int>((wait.lasted + unit - Duration{1}) / unit);
        chart.columns.push_back({short_date_text(clock.day(wait.began_at)), whole, wait.is_open});
    }
    return chart;
}

std::string history_line(HandlerContext& context, const UserId& reader, const CapacitySignal& signal)
{
    std::string line = your_time(context, reader, signal.began_at);
    if (signal.relieved_at)
        line += fmt::format(" · relief after {}", elapsed_text(*signal.relieved_at - signal.began_at));
    for (const CapacityQuestion& question : CapacityTable{context.connection}.questions_of(signal.id)) {
        if (question.answer != Relief::none)
            line += fmt::format(" · {}: {}", question.function, relief_words(question));
        else
            line += fmt::format(" · {}: {}",
                                question.function,
                                signal.state == CapacityState::over ? "no longer needed" : "no answer");
    }
    switch (signal.helped) {
        case Helped::yes: return line + " · it helped";
        case Helped::in_part: return line + " · it helped in part";
        case Helped::no: return line + " · it did not help";
        case Helped::unknown: break;
    }
    return line;
}

}  // namespace

std::string subject_of(HandlerContext& context, const CapacitySignal& signal)
{
    return signal.team.empty() ? context.directory.name_of(signal.person) : signal.team;
}

std::string relief_words(const CapacityQuestion& question)
{
    switch (question.answer) {
        case Relief::none: return "no answer yet";
        case Relief::drop: return "drops " + question.words;
        case Relief::move: return "moves " + question.words;
        case Relief::lend: return "lends " + question.words;
        case Relief::accept: return "accepts it: " + question.words;
    }
    return "";
}

std::string relief_title(Relief relief)
{
    switch (relief) {
        case Relief::drop: return "Drop something";
        case Relief::move: return "Move something";
        case Relief::lend: return "Lend somebody";
        case Relief::accept:
        case Relief::none: break;
    }
    return "Accept it as it is";
}

std::string question_text(HandlerContext& context, const CapacitySignal& signal, const std::string& function)
{
    // Without the reason: that is kept, and let go of, with the signal.
    return fmt::format("{} is at capacity: what changes? ({})", subject_of(context, signal), function);
}

std::vector<Line> question_lines(HandlerContext& context, const Request& request)
{
    const CapacityTable table{context.connection};
    const auto question = table.question(request.id);
    if (!question) return {};
    const CapacitySignal signal = table.find(question->signal).value();
    const std::string subject = subject_of(context, signal);
    std::vector<Line> lines;
    lines.push_back(plain_line(fmt::format("🔴 {} is at capacity. What changes, for {}?",
                                           subject,
                                           question->function.empty() ? "them" : question->function)));
    std::string who = signal.team.empty() ? "They said so"
                                          : fmt::format("{} said so for {}",
                                                        context.directory.name_of(signal.person),
                                                        subject);
    if (signal.is_urgent) who += "; so did somebody else of them";
    lines.push_back(small_line(with_moment(who + ", ", signal.began_at)));
    if (!signal.reason.empty()) lines.push_back(Line{LineStyle::quote, RichText{Words{signal.reason}}});
    for (const CapacityQuestion& other : table.questions_of(signal.id)) {
        if (other.request != question->request) lines.push_back(question_line(context, other));
    }
    if (std::string running = signal.team.empty() ? "" : wip_in_a_line(context, signal.team);
        !running.empty())
        lines.push_back(small_line(std::move(running)));
    lines.push_back(small_line(with_moment("One of four answers, by ", question->due_at, ".")));
    return lines;
}

void add_relief_actions(const std::string& value, Section& section)
{
    const auto add = [&](Relief relief, const char* label) {
        section.actions.push_back(
            button(action::make_room, label, fmt::format("{} {}", value, name_of(relief))));
    };
    add(Relief::drop, "Drop …");
    add(Relief::move, "Move …");
    add(Relief::lend, "Lend …");
    add(Relief::accept, "Accept it …");
}

Notice capacity_notice(HandlerContext& context, const CapacitySignal& signal)
{
    const std::string subject = subject_of(context, signal);
    Notice notice = notice_of(NoticeKind::capacity, state_words(subject, signal));
    Section& section = notice.sections.front();
    const bool is_there = signal.is_in_force || signal.state == CapacityState::asked;
    if (is_there)
        section.lines.push_back(
            plain_line(with_moment(state_words(subject, signal) + ", until ", signal.until)));
    else
        section.lines.push_back(plain_line(
            with_moment(state_words(subject, signal) + ", since ", signal.ended_at.value_or(context.now))));
    if (is_there && !signal.reason.empty())
        section.lines.push_back(Line{LineStyle::quote, RichText{Words{signal.reason}}});
    const auto questions = CapacityTable{context.connection}.questions_of(signal.id);
    for (const CapacityQuestion& question : questions)
        section.lines.push_back(question_line(context, question));
    if (!is_there) return notice;
    if (questions.empty())
        section.lines.push_back(plain_line(
            "Nobody has to answer: no team that they are in says who does (ackd's policy, [[capacity]])."));
    if (signal.relieved_at)
        section.lines.push_back(
            plain_line(with_moment("Everybody has answered, since ", *signal.relieved_at)));
    if (signal.is_in_force)
        section.lines.push_back(small_line("What is asked for this week, or to be known, waits meanwhile."));
    section.actions.push_back(button(action::have_room,
                                     signal.team.empty() ? "I have room again" : "We have room again",
                                     value_of(signal)));
    return notice;
}

Notice said_reply(HandlerContext& context, const CapacitySignal& signal, const UserId& person)
{
    const bool is_own = signal.team.empty();
    const std::string whose = is_own ? "You are" : fmt::format("{} is", signal.team);
    Notice notice = plain_reply(fmt::format("{} {} {} capacity, until {}.",
                                            signal.level == CapacityLevel::at ? "🔴" : "🟡",
                                            whose,
                                            signal.level == CapacityLevel::at ? "at" : "close to",
                                            your_time(context, person, signal.until)));
    Section& section = notice.sections.front();
    if (signal.level == CapacityLevel::at) {
        const CapacityContract contract = contract_of(context, signal);
        std::vector<std::string> names;
        for (const CapacityFunction& function : contract.functions) {
            names.push_back(fmt::format(
                "{} ({})",
                function.name,
                joined_names(context, context.directory.people_behind(function.people, function.groups))));
        }
        if (names.empty()) {
            section.lines.push_back(
                plain_line("You are in no team here, so nobody has to answer. What can wait does."));
        } else if (signal.state == CapacityState::said) {
            section.lines.push_back(plain_line(fmt::format(
                "In two minutes these are asked what changes, and one of four answers is due within {}: {}.",
                working_time_text(signal.is_urgent ? contract.answer_sooner : contract.answer_within),
                fmt::join(names, " · "))));
        }
        section.lines.push_back(small_line(
            "Meanwhile what is asked for this week, or to be known, waits, and interruptions are half as many."));
    }
    section.lines.push_back(small_line(
        RichText{Words{"It ends by itself then, or now: "},
                 Code{is_own ? std::string{"/capacity ok"} : fmt::format("/capacity ok {}", signal.team)}}));
    return notice;
}

Notice nothing_said_reply(const std::string& team)
{
    return plain_reply(team.empty()
                           ? std::string{"🟢 You had room already: nothing was said before."}
                           : fmt::format("🟢 {} had room already: nothing was said before.", team));
}

Notice room_again_reply(const CapacitySignal& signal)
{
    return plain_reply(
        fmt::format("🟢 {} room again. What waited begins now; nobody is asked for relief any more.",
                    signal.team.empty() ? std::string{"You have"} : fmt::format("{} has", signal.team)));
}

Notice help_question_notice(const CapacitySignal& signal)
{
    Notice notice = notice_of(NoticeKind::for_asker, "Did it help?");
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(RichText{Words{
        fmt::format("{} at capacity, and there were answers a week ago. Did it help?",
                    signal.team.empty() ? std::string{"You were"} : fmt::format("{} was", signal.team))}}));
    const auto add = [&](Helped helped, const char* label) {
        section.actions.push_back(
            button(action::did_it_help, label, fmt::format("{} {}", value_of(signal), name_of(helped))));
    };
    add(Helped::yes, "Yes");
    add(Helped::in_part, "In part");
    add(Helped::no, "No");
    return notice;
}

Notice helped_reply(const CapacitySignal& signal)
{
    if (signal.helped != Helped::no) return plain_reply("Thank you: the team's history has it.");
    Notice notice = plain_reply("Thank you: the team's history has it.");
    notice.sections.front().lines.push_back(
        small_line(RichText{Words{"If there is no room again, everybody is asked anew: "},
                            Code{signal.team.empty() ? std::string{"/capacity at"}
                                                     : fmt::format("/capacity at {}", signal.team)}}));
    return notice;
}

Notice own_capacity_reply(HandlerContext& context, const UserId& person)
{
    Notice notice = notice_of(NoticeKind::reply, "Capacity");
    const auto own = newest(context, "", person);
    add_standing(context, person, "", own, notice.sections.front());
    add_own_actions(own, notice.sections.front());
    for (const Team& team : context.directory.teams_of(person))
        add_standing(
            context, person, team.name, newest(context, team.name, person), notice.sections.emplace_back());
    add_waiting(context, person, notice);
    notice.sections.emplace_back().lines.push_back(small_line(RichText{Words{"For a team: "},
                                                                       Code{"/capacity at TEAM until friday"},
                                                                       Words{" · its history: "},
                                                                       Code{"/capacity TEAM"}}));
    return notice;
}

Notice team_capacity_reply(HandlerContext& context, const UserId& reader, const std::string& team)
{
    Notice notice = notice_of(NoticeKind::reply, "Capacity of " + team);
    const CapacityTable table{context.connection};
    add_standing(context, reader, team, newest(context, team, reader), notice.sections.front());
    std::vector<CapacitySignal> history = table.newest(team, reader, reckoned_max);
    std::erase_if(history, [](const CapacitySignal& signal) {
        return signal.level != CapacityLevel::at || signal.state == CapacityState::said;
    });
    if (history.empty()) return notice;
    Section& section = notice.sections.emplace_back();
    const auto middle = median_time_to_relief(history);
    section.lines.push_back(
        plain_line(middle ? fmt::format("Until now, half of the signals had their answers within {}:",
                                        elapsed_text(*middle))
                          : std::string{"Until now:"}));
    if (Chart chart = relief_chart(context, history); chart.columns.size() > 1) {
        const std::string words = chart.unit.starts_with("days") ? "Days from each signal to its relief"
                                                                 : "Hours from each signal to its relief";
        section.lines.push_back(chart_line(context, words, std::move(chart)));
    }
    for (std::size_t index = 0; index < std::min<std::size_t>(history.size(), listed_max); ++index)
        section.lines.push_back(small_line(history_line(context, reader, history[index])));
    return notice;
}

Section capacity_section(HandlerContext& context, const UserId& person)
{
    Section section;
    const auto own = newest(context, "", person);
    if (own && own->is_in_force) add_standing(context, person, "", own, section);
    for (const Team& team : context.directory.teams_of(person)) {
        const auto signal = newest(context, team.name, person);
        if (signal && (signal->is_in_force || signal->state == CapacityState::asked))
            add_standing(context, person, team.name, signal, section);
    }
    add_own_actions(own, section);
    return section;
}

Notice queued_notice(HandlerContext& context, const Request& request, const std::vector<QueuedPerson>& people)
{
    Notice notice = notice_of(NoticeKind::for_asker, "Your ask waits");
    Section& section = notice.sections.front();
    for (const QueuedPerson& each : people)
        section.lines.push_back(
            plain_line(fmt::format("🔴 {} is at capacity. This waits until {}, as number {}.",
                                   context.directory.name_of(each.person),
                                   your_time(context, request.creditor, each.until),
                                   each.place)));
    section.lines.push_back(quote_line(request));
    section.lines.push_back(small_line(
        RichText{Words{"It begins by itself then, or as soon as there is room. What cannot wait: "},
                 Code{"/ack @name !today …"}}));
    section.actions.push_back(request_menu(request));
    return notice;
}

std::string often_full_words(const std::string& team)
{
    static_assert(capacity_signals_max == 3 && capacity_counted_within == std::chrono::days{30});
    return fmt::format("{} has said four times in thirty days that it has no room.", team);
}

Notice many_signals_notice(const std::string& team, int count, const std::string& resync)
{
    Notice notice = notice_of(NoticeKind::for_asker, fmt::format("{} is at capacity again", team));
    const std::string what_helps =
        resync.empty() ? std::string{"a talk with those who plan may help more than the next answer."}
                       : fmt::format("resync {} has begun because of it, out of turn.", resync);
    notice.sections.front().lines.push_back(plain_line(
        fmt::format("{} was at capacity {} times in thirty days. That speaks of what is planned, not of the "
                    "people: {}",
                    team,
                    count,
                    what_helps)));
    return notice;
}

}  // namespace ackd
