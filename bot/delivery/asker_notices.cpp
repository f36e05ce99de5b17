// What the asker reads, and the answers people get for what they just did.
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/need_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/threads/question_handlers.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace ackd {

namespace {

std::string name(HandlerContext& context, const UserId& person)
{
    return context.directory.name_of(person);
}

Notice for_asker(std::string summary)
{
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.summary = std::move(summary);
    notice.sections.emplace_back();
    return notice;
}

Notice reply(std::string summary)
{
    Notice notice = for_asker(std::move(summary));
    notice.kind = NoticeKind::reply;
    return notice;
}

/// Who has it after somebody's "Can't": the one asked in their place, or who asked.
UserId told_instead(HandlerContext& context, const Request& request, const Obligation& declined)
{
    for (const Obligation& other : context.obligations.of_request(request.id)) {
        if (other.predecessor == declined.id) return other.debtor;
    }
    return request.creditor;
}

/// The step of the route that names this person.
std::size_t step_of(const Request& request, const UserId& person)
{
    const auto& steps = request.route.steps;
    const auto step = std::find_if(steps.begin(), steps.end(), [&](const FrozenStep& each) {
        return std::find(each.people.begin(), each.people.end(), person) != each.people.end();
    });
    return static_cast<std::size_t>(step - steps.begin()) + 1;
}

/// " again", " in place of Bo" or nothing, from what the obligation follows.
std::string in_place_of(HandlerContext& context, std::int64_t id)
{
    const auto obligation = context.obligations.find(ObligationId{id});
    const auto before = obligation ? context.obligations.find(obligation->predecessor) : std::nullopt;
    if (!before) return "";
    return before->debtor == obligation->debtor ? " again" : " in place of " + name(context, before->debtor);
}

/// Of the person a token stands for. Somebody who was forgotten is their token, here as everywhere.
std::string actor_name(HandlerContext& context, const std::string& token)
{
    return name(context, UserId{context.pseudonyms.original_of(token).value_or(token)});
}

/// A journal entry as one line of a time line; empty: not worth a line.
std::string trace_words(HandlerContext& context,
                        const storage::JournalEntry& entry,
                        const WorkingHours& reader,
                        std::map<std::int64_t, UserId>& debtors)
{
    const auto detail = nlohmann::json::parse(entry.detail, nullptr, false);
    const auto text = [&](const char* key) {
        return detail.is_object() ? detail.value(key, "") : std::string{};
    };
    const auto until = [&] {
        const std::string at = text("until_us");
        return at.empty() ? "" : local_time_text(reader, from_microseconds(std::stoll(at)), context.now);
    };
    if (entry.obligation_id != 0 && !debtors.contains(entry.obligation_id)) {
        const auto obligation = context.obligations.find(ObligationId{entry.obligation_id});
        if (obligation) debtors.emplace(entry.obligation_id, obligation->debtor);
    }
    const std::string debtor = entry.obligation_id != 0 ? name(context, debtors[entry.obligation_id]) : "";
    const std::string actor = entry.actor == bot_actor.value ? "ackd" : actor_name(context, entry.actor);
    const std::string& fact = entry.fact;

    if (fact == "requested") return actor + " asked";
    if (fact == "asked") return debtor + " was asked" + in_place_of(context, entry.obligation_id);
    if (fact == "raised" && !text("from").empty())
        return fmt::format("the route {} is asked from step {} on", text("route"), text("step"));
    if (fact == "raised")
        return fmt::format("{} raised it on the route {}, as {}", actor, text("route"), text("priority"));
    if (fact == "card_posted") return "";
    if (fact == "question_pursued") return "nobody had answered; taken for a question by: " + text("signals");
    if (fact == "question_hurried") return actor + " did not want to wait";
    if (fact == "question_asked_again") return "asked once more";
    if (fact == "question_ended") return fmt::format("{}: {}", actor, text("why"));
    if (text("quiet") == "yes") return debtor + ": a reminder was due, and its rule is off";
    if (fact == "nudged") {
        return text("to") == "escalated"
                   ? fmt::format(
                         "step {} was asked for {} (attempt {})", text("step"), debtor, text("attempt"))
                   : fmt::format("nudge {} to {}", text("attempt"), debtor);
    }
    if (fact == "spared") return "the thread was alive: no nudge to " + debtor;
    if (fact == "need_asked") return "who asked was asked whether it is still needed";
    if (fact == "still_needed") return actor + ": still needed";
    if (fact == "less_urgent") return actor + ": less urgent, this week";
    if (fact == "fell_asleep") return "no word whether it is still needed: it sleeps";
    if (fact == "expired" && text("reason") == "not_woken") return debtor + " is not asked any more";
    if (fact == "expired" && text("reason") == "silence_is_an_answer") return "";
    if (fact == "silence_agreed_on") return "it was said what holds without an answer";
    if (fact == "longer_wanted") return "put off by a working day, for everybody";
    if (fact == "decided_by_silence") return "nobody objected in time: decided by silence";
    if (fact == "agreed") return "agreed: nobody objected";
    if (fact == "objected") return actor + " objected: not decided by silence";
    if (fact == "reversed") return actor + " objected: what silence had decided is reversed";
    if (fact == "silence_called_off") return "";
    if (fact == "asked_for_sign") return debtor + ": asked whether it is still with them";
    if (fact == "signed_on") return actor + ": still with them";
    if (fact == "let_go_of")
        return fmt::format("no word since it was received: step {} of the route", text("step"));
    if (fact == "reminded") return debtor + ": asked whether it is done";
    if (fact == "attempts_used_up" || fact == "step_taken") {
        return fmt::format("no ack from {} yet: step {} of the route", debtor, text("step"));
    }
    if (fact == "route_used_up") return fmt::format("no ack for {}: dead letter", debtor);
    if (fact == "lapsed") return fmt::format("{}: received, never done: dead letter", debtor);
    if (fact == "acked") return fmt::format("{} received it ({})", actor, text("way"));
    if (fact == "promised")
        return fmt::format("{} received it, with a date: {} ({})", actor, until(), text("way"));
    if (fact == "snoozed") return fmt::format("{} snoozed it until {}", actor, until());
    if (fact == "undone") return actor + " took it back";
    if (fact == "handed_over") return actor + " handed it over";
    if (fact == "taken_over" && !text("needed").empty())
        return fmt::format("{} are needed: {} goes on being asked", text("needed"), debtor);
    if (fact == "taken_over")
        return debtor + " goes on being asked" + in_place_of(context, entry.obligation_id);
    if (fact == "asked_again") return debtor + " was asked again";
    if (fact == "debtor_gone") return debtor + " is no longer in the workspace";
    if (fact == "done") return fmt::format("{} integrated it ({})", actor, text("way"));
    if (fact == "declined") return fmt::format("{} can't: {}", debtor, text("cause"));
    if (fact == "withdrawn") {
        return text("cause") == name_of(EndCause::by_creditor)
                   ? fmt::format("no longer needed from {}", debtor)
                   : fmt::format("no longer needed from {}: {}", debtor, text("cause"));
    }
    if (fact == "no_longer_needed" && !text("cause").empty())
        return fmt::format("{}: {} was stood down", text("cause"), debtor);
    if (fact == "no_longer_needed") return "enough others have answered: " + debtor + " was stood down";
    if (fact == "step_skipped")
        return fmt::format("step {} was skipped: nobody there could be asked", text("step"));
    if (fact == "cover_offered") return actor + " offered to cover";
    if (fact == "call_declined") return actor + " was called in and can't";
    if (fact == "delivered") return "";
    if (fact == "request_complete") return "complete";
    if (fact == "request_closed") return "closed";
    if (fact == "request_reopened") return "open again";
    if (fact == "subject_edited") return actor + " edited the message";
    if (fact == "read_back_asked") return "somebody was asked to say it back";
    if (fact == "read_back_given") return "somebody said it back";
    if (fact == "read_back_right") return actor + ": that's it";
    if (fact == "read_back_not_quite") return actor + ": not quite, with a correction";
    if (fact == "read_back_not_given")
        return text("reason").empty() ? "it was not said back" : "it was said back, and not judged";
    if (fact == "answered_after_all") return actor + " answered after all";
    std::string words = fact;
    std::replace(words.begin(), words.end(), '_', ' ');
    return debtor.empty() ? words : words + ": " + debtor;
}

}  // namespace

Notice declined_notice(HandlerContext& context, const Request& request, const Obligation& declined)
{
    const std::string who = name(context, declined.debtor);
    Notice notice = for_asker(who + " can't");
    Section& section = notice.sections.front();
    section.lines.push_back(
        plain_line(fmt::format("{} can't: {}. It is back with you.", who, name_of(declined.cause))));
    section.lines.push_back(quote_line(request));
    section.lines.push_back(small_line(RichText{Words{"To ask somebody else: "}, Code{"/ack @name …"}}));
    return notice;
}

Notice empty_step_notice(HandlerContext&, const Request& request, const std::vector<int>& steps)
{
    std::string numbers;
    for (std::size_t index = 0; index < steps.size(); ++index) {
        if (index > 0) numbers += index + 1 == steps.size() ? " and " : ", ";
        numbers += std::to_string(steps[index]);
    }
    Notice notice = for_asker("The route has a hole");
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(
        steps.size() == 1
            ? fmt::format("Step {} of the route {} has nobody who can be asked now: it was skipped.",
                          numbers,
                          request.route.name)
            : fmt::format("Steps {} of the route {} have nobody who can be asked now: they were skipped.",
                          numbers,
                          request.route.name)));
    section.lines.push_back(quote_line(request));
    return notice;
}

Notice not_asked_notice(HandlerContext&, const Request& request, const std::string& reason)
{
    Notice notice = for_asker("Nobody was asked");
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line("Nobody was asked: " + reason));
    // What was typed for it exists nowhere else.
    section.lines.push_back(request.is_own_post ? Line{LineStyle::quote, RichText{Words{request.text}}}
                                                : quote_line(request));
    return notice;
}

Notice edited_notice(HandlerContext&, const Request& request, int acks)
{
    Notice notice = reply("You edited a message that people have acked");
    Section& section = notice.sections.front();
    section.lines.push_back(
        plain_line(fmt::format("You edited this after {} {}; {} stand{} for the earlier text.",
                               acks,
                               acks == 1 ? "ack" : "acks",
                               acks == 1 ? "it" : "they",
                               acks == 1 ? "s" : "")));
    section.lines.push_back(
        small_line("If it changed in substance, ask again. If not, nothing needs doing."));
    section.actions.push_back(button(action::ask_again, "Ask again", value_of(request.id)));
    return notice;
}

Notice recorded_reply(HandlerContext& context,
                      const Request& request,
                      const Obligation& obligation,
                      const UserId& person)
{
    const Tally tally = context.obligations.tally(request.id);
    const std::string value = value_of(obligation.id);
    std::string line;
    bool can_undo = false;
    switch (obligation.state) {
        case ObligationState::received:
            line = obligation.promised_at ? fmt::format("✅ You have it, until {}",
                                                        your_time(context, person, *obligation.promised_at))
                                          : std::string{"✅ You have it"};
            line += fmt::format(" · {} of {} received.", tally.received, request.needed);
            can_undo = true;
            break;
        case ObligationState::integrated:
            line = fmt::format("✅ Done · {} of {} integrated.", tally.integrated, request.needed);
            break;
        case ObligationState::declined:
            line = fmt::format("Noted: you can't. {} is {}.",
                               name(context, told_instead(context, request, obligation)),
                               told_instead(context, request, obligation) == request.creditor ? "told"
                                                                                              : "asked");
            break;
        case ObligationState::open:
        case ObligationState::escalated:
            line = obligation.due_at ? fmt::format("⏳ Open; next reminder {}.",
                                                   your_time(context, person, *obligation.due_at))
                                     : std::string{"⏳ Open."};
            break;
        default: line = fmt::format("This is over: {}.", name_of(obligation.state)); break;
    }
    Notice notice = reply(line);
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(line));
    if (obligation.state == ObligationState::received && request.level == AckLevel::integrated) {
        add_ending_actions(context, request, value, section);
    }
    if (can_undo) section.actions.push_back(button(action::undo, "Undo", value));
    return notice;
}

Notice cover_reply(HandlerContext& context, const Request& request)
{
    return plain_reply(fmt::format(
        "You were not among those asked, so this counts as an offer to cover. {} and those asked can see it.",
        name(context, request.creditor)));
}

Notice plain_reply(const std::string& text)
{
    Notice notice = reply(text);
    notice.sections.front().lines.push_back(plain_line(text));
    return notice;
}

Notice who_reply(HandlerContext& context, const Request& request)
{
    std::map<ObligationState, std::vector<UserId>> people;
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        people[obligation.state].push_back(obligation.holder.empty() ? obligation.debtor : obligation.holder);
    }
    Notice notice = reply(number_of(request.id));
    Section& section = notice.sections.front();
    add_quote(context, request, section);
    for (const auto& [state, names] : people) {
        const char* sign = state == ObligationState::integrated || state == ObligationState::received ? "✅ "
                           : !is_final(state)                                                         ? "⏳ "
                                                                                                      : "";
        section.lines.push_back(
            plain_line(fmt::format("{}{}: {}", sign, name_of(state), joined_names(context, names))));
    }
    return notice;
}

Notice why_reply(HandlerContext& context,
                 const Request& request,
                 const Obligation& obligation,
                 const UserId& person)
{
    const std::string asker = name(context, request.creditor);
    const auto predecessor = context.obligations.find(obligation.predecessor);
    std::string why;
    const bool is_call = obligation.debtor != person || request.kind == RequestKind::escalation;
    if (is_call && context.obligations.is_called(obligation.id, person)) {
        why = fmt::format("You are in step {} of the route {}, as it was when {} asked.",
                          step_of(request, person),
                          request.route.name,
                          asker);
    } else if (predecessor && predecessor->state == ObligationState::declined &&
               predecessor->debtor != person) {
        why = fmt::format("{} can't, and you are the backup.", name(context, predecessor->debtor));
    } else if (predecessor && predecessor->cause == EndCause::away &&
               predecessor->state == ObligationState::delegated)
    {
        why = context.absences.is_handed_over(obligation.id)
                  ? fmt::format("{} is out, and named you.", name(context, predecessor->debtor))
                  : fmt::format("You are back, and {} had not answered it.",
                                name(context, predecessor->debtor));
    } else if (predecessor && predecessor->state == ObligationState::delegated) {
        why = fmt::format("You offered to cover, and {} handed it over.", name(context, predecessor->debtor));
    } else if (request.kind == RequestKind::question) {
        why = why_asked(context, request, obligation);
    } else {
        why = fmt::format("{} asked you, at priority {}.", asker, priority_words(request.priority));
    }
    Notice notice = reply(why);
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(why));
    section.lines.push_back(small_line("Reminders come in your working hours. "
                                       "To end them: Got it, Can't, Snooze or Not me."));
    return notice;
}

Notice trace_reply(HandlerContext& context, const Request& request, const UserId& reader)
{
    constexpr std::size_t lines_max = 40;
    const WorkingHours hours = context.directory.working_hours_of(reader);
    std::vector<std::string> lines;
    std::map<std::int64_t, UserId> debtors;
    // What somebody else did has its day: at what time of day people answer is nobody's business but their
    // own. What followed from it at once would tell the same.
    std::int64_t answered_at_us = -1;
    context.journal.for_each_of_request(request.id.value, [&](const storage::JournalEntry& entry) {
        const bool is_own = entry.actor == bot_actor.value ||
                            context.pseudonyms.original_of(entry.actor) == reader.value;
        if ((!is_own && entry.fact != "requested") || entry.fact == "read_back_given")
            answered_at_us = entry.recorded_at_us;
        const std::string words = trace_words(context, entry, hours, debtors);
        if (words.empty()) return;
        std::string when = local_time_text(hours, from_microseconds(entry.recorded_at_us), context.now);
        if (entry.recorded_at_us == answered_at_us && !(is_own && entry.actor != bot_actor.value))
            when.resize(when.rfind(' '));
        lines.push_back(when + "  " + words);
    });
    Notice notice = reply("Time line of " + number_of(request.id));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(RichText{Strong{"Time line of " + number_of(request.id)}}));
    section.lines.push_back(quote_line(request));
    if (lines.size() > lines_max) {
        section.lines.push_back(small_line(fmt::format("… {} earlier", lines.size() - lines_max)));
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(lines_max));
    }
    for (std::string& line : lines) section.lines.push_back(plain_line(std::move(line)));
    return notice;
}

Notice overview_reply(HandlerContext& context, const UserId& person)
{
    constexpr int shown_max = 8;
    Notice notice = reply("What is waiting");
    notice.sections.clear();
    const auto waiting = context.obligations.waiting_for(person, shown_max + 1);
    const auto asked = context.obligations.open_by_creditor(person, shown_max + 1);

    Section& head = notice.sections.emplace_back();
    head.lines.push_back(plain_line(RichText{Strong{"Waiting for you"}}));
    if (waiting.empty()) head.lines.push_back(small_line("Nothing. Requests to you will appear here."));
    int shown = 0;
    for (const Obligation& obligation : waiting) {
        if (shown++ == shown_max) {
            notice.sections.emplace_back().lines.push_back(
                small_line("… and more, when these are answered."));
            break;
        }
        const auto request = context.obligations.find(obligation.request);
        Section& section = notice.sections.emplace_back();
        std::string line = fmt::format("{} · {} · {}",
                                       number_of(request->id),
                                       name(context, request->creditor),
                                       priority_words(request->priority));
        if (obligation.state == ObligationState::received) line += " · ✅ you have it";
        section.lines.push_back(plain_line(line));
        add_quote(context, *request, section);
        const std::string value = value_of(obligation.id);
        if (obligation.state != ObligationState::received) {
            section.actions.push_back(button(action::got_it, "Got it", value));
        }
        if (request->level == AckLevel::integrated) add_ending_actions(context, *request, value, section);
        section.actions.push_back(decline_menu(value));
    }

    Section& mine = notice.sections.emplace_back();
    mine.lines.push_back(plain_line(RichText{Strong{"You are waiting for"}}));
    if (asked.empty()) {
        mine.lines.push_back(
            small_line(RichText{Words{"Nothing. To ask: "}, Code{"/ack @name your message"}}));
    }
    std::vector<Section> questions;
    for (std::size_t index = 0; index < std::min<std::size_t>(asked.size(), shown_max); ++index) {
        const Request& request = asked[index];
        const Tally tally = context.obligations.tally(request.id);
        if (auto section = section_for_asker(context, request)) {
            questions.push_back(std::move(*section));
            continue;
        }
        const std::string standing = request.state == RequestState::gathering
                                         ? std::string{"looking up who to ask"}
                                         : fmt::format("{} of {} received", tally.received, request.needed);
        mine.lines.push_back(plain_line(
            fmt::format("{} · {} · {}", number_of(request.id), standing, shortened(request.text, 60))));
    }
    mine.lines.push_back(small_line(RichText{Words{"More: "}, Code{"/ackd help"}}));
    notice.sections.insert(notice.sections.end(), questions.begin(), questions.end());
    return notice;
}

}  // namespace ackd
