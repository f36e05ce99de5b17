#include "bot/delivery/ackd_command.hpp"

#include "bot/answers/answer_offers.hpp"
#include "bot/commands/ack_command.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/answer_handlers.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/part.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/interruptions/tax_handlers.hpp"
#include "bot/lower_case.hpp"
#include "bot/people/hours_handlers.hpp"
#include "bot/people/roles.hpp"
#include "bot/policy/setup_handlers.hpp"
#include "bot/privacy/personal_record.hpp"
#include "bot/privacy/privacy_notices.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

bool may_see(HandlerContext& context, const Part& part, const UserId& person)
{
    if (part.obligation || part.request.creditor == person) return true;
    const auto covers = context.obligations.covers(part.request.id);
    return std::find(covers.begin(), covers.end(), person) != covers.end();
}

Notice mistake(const std::string& typed, const std::string& corrected)
{
    Notice notice = plain_reply(fmt::format("I did not understand \"{}\".", typed));
    notice.sections.front().lines.push_back(plain_line(RichText{Words{"Try: "}, Code{corrected}}));
    return notice;
}

std::optional<ObligationEvent> event_of(const std::string& verb)
{
    if (verb == "got") return ObligationEvent::acked;
    if (verb == "done") return ObligationEvent::done;
    if (verb == "cant" || verb == "notme") return ObligationEvent::declined;
    if (verb == "undo") return ObligationEvent::undone;
    if (verb == "promise") return ObligationEvent::promised;
    if (verb == "snooze") return ObligationEvent::snoozed;
    return std::nullopt;
}

constexpr auto snooze_max = std::chrono::hours{24 * 14};
constexpr auto promise_max = std::chrono::hours{24 * 60};

std::string with_spaces(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

}  // namespace

const std::vector<std::string>& ackd_verbs()
{
    static const std::vector<std::string> list{"got",
                                               "done",
                                               "cant",
                                               "undo",
                                               "promise",
                                               "snooze",
                                               "who",
                                               "trace",
                                               "withdraw",
                                               "help",
                                               "notme",
                                               "setup",
                                               "hours",
                                               "me",
                                               "export",
                                               "forget",
                                               "tax",
                                               "find",
                                               "destinations"};
    return list;
}

Notice help_reply()
{
    Notice notice = plain_reply("");
    notice.summary = "What ackd understands";
    Section& section = notice.sections.front();
    section.lines.clear();
    const auto line = [&](const char* command, const char* meaning) {
        section.lines.push_back(plain_line(RichText{Code{command}, Words{std::string{"  "} + meaning}}));
    };
    line("/ack @name @group #channel by thursday 17:00 your message", "ask for an answer");
    line("/ack", "the same as a form; on a message: the shortcut Request acknowledgement");
    line("/ack @name !now  !today  !week  !fyi", "how urgent; today is the default");
    line("/ack @group !any  !2  !received", "one answer, two answers, or only \"Got it\" is enough");
    line("/ack @group !readback  !readback=2", "one, or two, of those who received it say it back in a line");
    line("/ack @name !digest  !hold", "with their next digest; when they are at work");
    line("/ack @name !silence=go", "goes ahead unless somebody objects; also stop, ask, @name");
    line("/ackd", "what is waiting for you, and what you are waiting for");
    line("/ackd got 12 · done 12 · cant 12 blocked · undo 12", "answer request #12");
    line("/ackd promise 12 friday 15:00 · snooze 12 tomorrow 10:00", "later, with a date");
    line("/out fri..mon delegate @name · /out back",
         "you are away: your clock stands still, nothing is sent");
    line("/escalate incident what is wrong", "raise something: who is on its route hears of it");
    line("/oncall · /oncall help", "who is on call; take a shift, or offer one of yours");
    line("/threads", "the questions of this channel that nobody has answered");
    line("/alerts · /alerts mute NAME for 2h",
         "what programs say is wrong; not to hear of one for some hours");
    line("/capacity at until friday · at TEAM · ok", "you, or a team, have no room left: it is answered");
    line("/wip · /wip start what it is · done 12", "what your team has in progress, up to its limit");
    line("/resync · /resync skip", "where teams stand, when they are asked next; one is left out");
    line("/surprise what it was", "what nobody had expected: the next resync shows it");
    line("/retro · /retro note what it is · find words", "your team's retro; a note for the next one");
    line("/drift what comes first? · last · stop", "how alike a few people of your team see something");
    line("/ackd who 12 · trace 12 · withdraw 12", "how it stands, how it got there, call it off");
    line("/ackd find vpn linux", "answers that were kept; to keep one: 📌 on it, or its shortcut");
    line("/ackd hours Mon-Thu 9:00-15:00 · hours as usual", "when you can be asked");
    line("/ackd setup · help roles", "what your team decides, and who may change it");
    line("/ackd destinations", "who is told outside the chat, how that goes, and a test of it");
    line("/ackd tax", "what ackd cost you in the last seven days, and how to have less of it");
    line("/ackd me · export · forget", "what ackd has of you: see it, take it along, have it erased");
    section.lines.push_back(
        small_line("On a message of your own: the reaction 📨 asks those it mentions, or the channel. "
                   "👀 says that you have it, ✅ that it is done."));
    return notice;
}

Notice handle_ackd_command(HandlerContext& context, const CommandGiven& given)
{
    const std::vector<std::string> words = words_of(given.text);
    if (words.empty()) return overview_reply(context, given.person);
    const std::string typed = "/ackd " + with_spaces(words);
    const std::string verb = lower_case(words.front());
    if (verb == "help") return words.size() > 1 && words[1] == "roles" ? roles_reply() : help_reply();
    if (verb == "hours")
        return hours_by_command(context, given.person, with_spaces({words.begin() + 1, words.end()}));
    if (verb == "destinations") return destinations_reply(context, given.person);
    if (verb == "find") {
        if (words.size() == 1) return mistake(typed, "/ackd find vpn linux");
        return find_answers(
            context, given.person, given.channel, with_spaces({words.begin() + 1, words.end()}));
    }
    if (verb == "me" || verb == "export" || verb == "forget" || verb == "tax") {
        // About oneself alone: nobody else can be named.
        if (words.size() > 1) return mistake(typed, "/ackd " + verb);
        if (verb == "tax") return tax_reply(context, given.person);
        if (verb == "me") return me_reply(context, given.person);
        return verb == "export" ? export_record(context, given.person) : forget_question();
    }
    if (std::find(ackd_verbs().begin(), ackd_verbs().end(), verb) == ackd_verbs().end()) {
        const auto near = nearest_word(verb, ackd_verbs());
        if (!near) return mistake(typed, "/ackd help");
        std::vector<std::string> corrected = words;
        corrected.front() = *near;
        return mistake(typed, "/ackd " + with_spaces(corrected));
    }
    std::optional<std::int64_t> id;
    if (words.size() > 1) {
        const std::string_view word = words[1];
        id = parse_whole_number(word.starts_with('#') ? word.substr(1) : word);
    }
    if (!id) return mistake(typed, "/ackd " + verb + " 12");
    auto part = part_in(context, RequestId{*id}, given.person);
    if (!part) return plain_reply(fmt::format("There is no request #{}.", *id));
    const bool audits = verb == "trace" &&
                        may(context.settings, context.directory, given.person, Permission::read_journal);
    if (!audits && !may_see(context, *part, given.person))
        return plain_reply(fmt::format("There is no request #{} of yours.", *id));
    if (verb == "who") return who_reply(context, part->request);
    if (verb == "trace") return trace_reply(context, part->request, given.person);
    if (verb == "withdraw") return withdraw_by(context, part->request, given.person);

    Happening happening{
        *event_of(verb), context.now, given.person, AckWay::command, EndCause::none, std::nullopt};
    if (verb == "notme") happening.cause = EndCause::not_me;
    if (verb == "cant") {
        const std::string reason = words.size() > 2 ? words[2] : "no_time";
        const auto cause = decline_cause_named(reason);
        if (!cause) return mistake(typed, fmt::format("/ackd cant {} no_time", *id));
        happening.cause = *cause;
    }
    if (verb == "promise" || verb == "snooze") {
        std::vector<std::string> when(words.begin() + 2, words.end());
        if (!when.empty() && when.front() == "by") when.erase(when.begin());
        const WorkingHours hours = context.directory.working_hours_of(given.person);
        const auto outcome = parse_due_phrase(when, hours, context.now);
        const auto* due = std::get_if<DuePhrase>(&outcome);
        if (due == nullptr) {
            const auto* misspelt = std::get_if<MisspeltDuePhrase>(&outcome);
            std::string suggestion = "tomorrow 10:00";
            if (misspelt != nullptr) {
                when.front() = misspelt->suggestion;
                suggestion = with_spaces(when);
            }
            return mistake(typed, fmt::format("/ackd {} {} {}", verb, *id, suggestion));
        }
        const auto limit = verb == "snooze" ? snooze_max : promise_max;
        if (due->at > context.now + limit) {
            return plain_reply(fmt::format("That is too far ahead: at most {}.", elapsed_text(limit)));
        }
        happening.until = due->at;
    }
    return answer(context, std::move(part), happening);
}

}  // namespace ackd
