// The status card of a request: one message, redrawn in place as it goes.
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/silence_handlers.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace ackd {

namespace {

struct Standing {
    Tally tally;
    std::vector<Obligation> waiting;
    std::vector<UserId> called;
    std::vector<UserId> declined;
    int dead_letters = 0;
    std::optional<SilenceClause> clause;
};

Standing standing_of(HandlerContext& context, const Request& request)
{
    Standing standing;
    standing.clause = context.silences.find(request.id);
    standing.tally = context.obligations.tally(request.id);
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        const bool waits = is_waiting(obligation.state);
        if (waits) standing.waiting.push_back(obligation);
        if (obligation.state == ObligationState::escalated) {
            for (const UserId& person : context.obligations.called_people(obligation.id)) {
                if (std::find(standing.called.begin(), standing.called.end(), person) ==
                    standing.called.end()) {
                    standing.called.push_back(person);
                }
            }
        }
        // That somebody objects is said where it says what became of it.
        const bool objects = obligation.cause == EndCause::objection && standing.clause;
        if (obligation.state == ObligationState::declined && !objects)
            standing.declined.push_back(obligation.debtor);
        if (obligation.state == ObligationState::dead_letter) ++standing.dead_letters;
    }
    return standing;
}

std::string people_count(int count)
{
    return count == 1 ? "1 person" : fmt::format("{} people", count);
}

std::string ask_words(HandlerContext& context, const Request& request, const Standing& standing)
{
    const std::string asker = context.directory.name_of(request.creditor);
    if (request.priority == Priority::fyi)
        return fmt::format("{} lets {} know", asker, people_count(request.asked));
    if (is_decision_pending(request, standing.clause))
        return fmt::format("{} asked {}", asker, people_count(request.asked));
    if (request.asked == 1) {
        const auto obligations = context.obligations.of_request(request.id);
        if (!obligations.empty()) {
            return fmt::format(
                "{} needs an answer from {}", asker, context.directory.name_of(obligations.front().debtor));
        }
    }
    switch (request.quorum) {
        case Quorum::any:
            return fmt::format("{} needs one answer from {}", asker, people_count(request.asked));
        case Quorum::k_of_n:
            return fmt::format(
                "{} needs {} answers from {}", asker, request.needed, people_count(request.asked));
        case Quorum::all: break;
    }
    return fmt::format("{} needs an answer from {}", asker, people_count(request.asked));
}

/// Our own post holds the whole text; another's is quoted, with the way to it.
Line subject_line(const Request& request)
{
    return request.is_own_post ? Line{LineStyle::quote, {Words{request.text}}} : quote_line(request);
}

Line head_line(HandlerContext& context, const Request& request, const Standing& standing)
{
    RichText text{Words{"📨 "},
                  Strong{ask_words(context, request, standing)},
                  Words{" · " + priority_words(request.priority)}};
    if (request.due_at) {
        text.push_back(Words{" · by "});
        text.emplace_back(std::in_place_type<Moment>, moment(*request.due_at));
    }
    return plain_line(std::move(text));
}

/// Whom the asker named, pinged by the first post of our own message only: a redraw pings nobody.
Line addressees_line(HandlerContext& context, const Request& request)
{
    constexpr std::size_t mentions_max = 20;
    RichText text{Words{"To: "}};
    const auto audience = nlohmann::json::parse(request.audience, nullptr, false);
    std::size_t count = 0;
    const bool first_post = !request.card.exists() && request.announcement == Announcement::at_once;
    const auto add = [&](Span mention, const std::string& name) {
        if (count++ == mentions_max) text.push_back(Words{" …"});
        if (count > mentions_max) return;
        if (count > 1) text.push_back(Words{" "});
        if (first_post)
            text.push_back(std::move(mention));
        else
            text.push_back(Words{name});
    };
    if (audience.is_object()) {
        for (const auto& id : audience.value("people", nlohmann::json::array())) {
            const UserId person{id.get<std::string>()};
            add(Mention{person}, context.directory.name_of(person));
        }
        for (const auto& id : audience.value("groups", nlohmann::json::array())) {
            const GroupId group{id.get<std::string>()};
            const auto found = context.directory.find_group(group);
            add(GroupMention{group}, "@" + (found ? found->handle : group.value));
        }
        for (const auto& id : audience.value("channels", nlohmann::json::array())) {
            if (count++ > 0) text.push_back(Words{" "});
            text.push_back(ChannelName{ChannelId{id.get<std::string>()}});
        }
    }
    return small_line(std::move(text));
}

std::string progress_words(const Request& request, const Tally& tally)
{
    std::string text = fmt::format("✅ {} of {} received", tally.received, request.needed);
    if (request.level == AckLevel::integrated) {
        text += fmt::format("   ⏳ {} of {} integrated", tally.integrated, request.needed);
    }
    return text;
}

std::string waiting_words(HandlerContext& context, const Request& request, const Standing& standing)
{
    constexpr std::size_t names_max = 10;
    std::string text = "Waiting: ";
    for (std::size_t index = 0; index < standing.waiting.size(); ++index) {
        if (index == names_max) {
            text += fmt::format(" and {} more", standing.waiting.size() - names_max);
            break;
        }
        const UserId& debtor = standing.waiting[index].debtor;
        if (index > 0) text += " · ";
        text += context.directory.name_of(debtor) + off_words(context, debtor);
    }
    if (!standing.called.empty()) {
        text += " · ↗ asked as well: " + joined_names(context, standing.called);
    } else if (!request.route.steps.empty() && request.priority != Priority::fyi) {
        for (const FrozenStep& step : request.route.steps) {
            if (step.people.empty()) continue;
            text += " · then " + joined_names(context, step.people);
            break;
        }
    }
    return text;
}

void add_remarks(HandlerContext& context, const Request& request, const Standing& standing, Section& section)
{
    if (!standing.declined.empty()) {
        section.lines.push_back(small_line("Can't: " + joined_names(context, standing.declined)));
    }
    if (standing.dead_letters > 0) {
        section.lines.push_back(
            small_line(fmt::format("{} without an answer: with {} now",
                                   people_count(standing.dead_letters),
                                   context.directory.name_of(dead_letter_owner_of(context, request)))));
    }
    if (request.need == Need::asleep && !request.is_over()) {
        section.lines.push_back(
            small_line(fmt::format("💤 Asleep: nobody is asked any more, unless {} still needs it.",
                                   context.directory.name_of(request.creditor))));
    }
    const std::vector<UserId> covers = context.obligations.covers(request.id);
    if (!covers.empty() && !request.is_over()) {
        section.lines.push_back(small_line("Offered to cover: " + joined_names(context, covers)));
    }
    if (request.edited_at) {
        section.lines.push_back(
            small_line("The message was edited: earlier acks stand for the earlier text."));
    }
}

Line over_line(HandlerContext& context, const Request& request, const Standing& standing)
{
    std::string text;
    if (request.state == RequestState::complete) {
        const WorkingHours hours = context.directory.working_hours_of(request.creditor);
        text = fmt::format("✅ {} of {} received", standing.tally.received, request.asked);
        if (request.level == AckLevel::integrated) {
            text += fmt::format(", {} integrated", standing.tally.integrated);
        }
        if (request.closed_at) {
            const Duration working = hours.working_time_between(request.asked_at, *request.closed_at);
            const Duration took = *request.closed_at - request.asked_at;
            text += " · took " + (working > Duration{0} && took > std::chrono::hours{12}
                                      ? working_time_text(working)
                                      : elapsed_text(took));
        }
    } else {
        text = fmt::format("Closed · {} of {} received", standing.tally.received, request.asked);
    }
    return plain_line(std::move(text));
}

}  // namespace

Notice card_notice(HandlerContext& context, const Request& request)
{
    const Standing standing = standing_of(context, request);
    Notice notice;
    notice.kind = NoticeKind::card;
    Section& section = notice.sections.emplace_back();

    if (request.is_over()) {
        if (request.is_own_post) {
            section.lines.push_back(
                plain_line("📨 " + context.directory.name_of(request.creditor) + " asked:"));
            add_correction(context, request, section);
            section.lines.push_back(subject_line(request));
        }
        section.lines.push_back(over_line(context, request, standing));
        for (Line& line : silence_lines(context, request, standing.clause, UserId{}))
            section.lines.push_back(std::move(line));
        add_remarks(context, request, standing, section);
        add_silence_actions(context, request, standing.clause, value_of(request.id), section);
        add_read_back(context, request, section);
        section.actions.push_back(request_menu(request));
        notice.summary = std::get<Words>(over_line(context, request, standing).text.front()).text;
        return notice;
    }

    section.lines.push_back(head_line(context, request, standing));
    add_correction(context, request, section);
    section.lines.push_back(subject_line(request));
    if (request.is_own_post) section.lines.push_back(addressees_line(context, request));
    if (request.priority != Priority::fyi) {
        if (!is_decision_pending(request, standing.clause))
            section.lines.push_back(plain_line(progress_words(request, standing.tally)));
        if (!standing.waiting.empty()) {
            section.lines.push_back(small_line(waiting_words(context, request, standing)));
        }
    }
    for (Line& line : silence_lines(context, request, standing.clause, UserId{}))
        section.lines.push_back(std::move(line));
    add_remarks(context, request, standing, section);

    const std::string value = value_of(request.id);
    section.actions.push_back(button(action::got_it, "Got it", value, ActionStyle::primary));
    if (request.decides_at) {
        add_silence_actions(context, request, standing.clause, value, section);
    } else if (request.priority != Priority::fyi) {
        if (request.level == AckLevel::integrated) {
            section.actions.push_back(promise_menu("Got it, by …", value));
            section.actions.push_back(button(action::done, "Done", value));
        }
        section.actions.push_back(decline_menu(value));
    }
    add_read_back(context, request, section);
    section.actions.push_back(request_menu(request));
    notice.summary = fmt::format(
        "{}: {}", ask_words(context, request, standing), shortened(request.text, excerpt_max));
    return notice;
}

}  // namespace ackd
