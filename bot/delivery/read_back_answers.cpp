// What people do in a read-back: press its buttons, say it back, judge it.
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/action_names.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/delivery/read_back_change.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/interruption_budget.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

void tell_said_back(HandlerContext& context, const Request& request, const ReadBackTurn& turn)
{
    const OutboxItem item{turn.obligation, said_back_step, static_cast<int>(turn.id)};
    if (request.priority != Priority::now) {
        if (!may_interrupt(context, request.creditor)) {
            const WorkingHours hours = context.directory.working_hours_of(request.creditor);
            return put_into_digest(
                context, request.creditor, item, digest_at(hours, context.now, context.now));
        }
        spend_interruption(context, request.creditor);
    }
    send_about(context, OutboxKind::said_back, request.creditor, request.id, {item});
}

ReadBackTurn* given_turn(ReadBack& read_back, std::int64_t id)
{
    const auto turn = std::find_if(
        read_back.turns.begin(), read_back.turns.end(), [&](const ReadBackTurn& each) {
            return each.id == id && each.state == TurnState::given;
        });
    return turn == read_back.turns.end() ? nullptr : &*turn;
}

ReadBackTurn* running_turn(ReadBack& read_back, const UserId& person)
{
    const ReadBackTurn* turn = running_turn_of(read_back, person);
    return turn == nullptr ? nullptr
                           : &read_back.turns[static_cast<std::size_t>(turn - read_back.turns.data())];
}

std::string over_words(const ReadBack& read_back)
{
    return read_back.state == ReadBackState::waiting
               ? "Not yet: it is said back when as many as needed have received it."
               : "This is over: nothing is left to say back. Thank you.";
}

/// Why they have no turn and get none; empty: they may have one.
std::string obstacle_to_turn(HandlerContext& context,
                             const Request& request,
                             const ReadBack& read_back,
                             const UserId& person)
{
    if (person == request.creditor) return "You asked this yourself: somebody who received it says it back.";
    if (read_back.state != ReadBackState::running) return over_words(read_back);
    const std::vector<Receiver> receivers = receivers_of(context, request);
    if (find_receiver(receivers, person) == nullptr) return "Those who have received it can say it back.";
    if (free_turns(read_back) == 0)
        return "Somebody else says it back already. Thank you; nothing for you to do.";
    return "";
}

ReadBackTurn& volunteer(HandlerContext& context,
                        const Request& request,
                        ReadBack& read_back,
                        const UserId& person)
{
    const std::vector<Receiver> receivers = receivers_of(context, request);
    read_back.turns.push_back(turn_of(
        context, *find_receiver(receivers, person), true, context.settings.read_back.volunteers_first));
    return read_back.turns.back();
}

std::optional<Notice> press_say_back(HandlerContext& context,
                                     const ActionTaken& taken,
                                     const Request& request,
                                     const ReadBack& read_back)
{
    if (const ReadBackTurn* turn = running_turn_of(read_back, taken.person)) {
        if (turn->state == TurnState::given)
            return plain_reply(fmt::format("You have said it back: {} reads it.",
                                           context.directory.name_of(request.creditor)));
    } else {
        const std::string obstacle = obstacle_to_turn(context, request, read_back, taken.person);
        if (!obstacle.empty()) return plain_reply(obstacle);
        ReadBackChange change{context, request, read_back};
        if (!change.happen(ReadBackEvent::asked)) return plain_reply(over_words(read_back));
        volunteer(context, request, change.now, taken.person);
        change.keep();
    }
    open_say_back_form(context, taken, request);
    return std::nullopt;
}

/// Where the message that was pressed can be drawn again, it says the rest.
std::optional<Notice> noted(HandlerContext& context, const ActionTaken& taken, const std::string& words)
{
    if (taken.on_ephemeral || !context.sent_messages.find(taken.message)) return plain_reply(words);
    replace_pressed(context, taken);
    return std::nullopt;
}

std::optional<Notice> pass_on(HandlerContext& context,
                              const ActionTaken& taken,
                              const Request& request,
                              const ReadBack& read_back)
{
    ReadBackChange change{context, request, read_back};
    ReadBackTurn* turn = running_turn(change.now, taken.person);
    if (turn == nullptr || turn->state != TurnState::asked || !change.happen(ReadBackEvent::passed))
        return plain_reply("Nothing is left to do here.");
    change.end(*turn);
    if (change.now.passed_count > 0)
        ++change.now.lapsed_count;
    else
        change.now.pick_at = context.now;
    ++change.now.passed_count;
    change.settle();
    change.keep();
    return noted(context, taken, "Noted: you are not asked again about this.");
}

std::optional<Notice> confirm(HandlerContext& context,
                              const ActionTaken& taken,
                              const Request& request,
                              const ReadBack& read_back,
                              std::int64_t id)
{
    ReadBackChange change{context, request, read_back};
    ReadBackTurn* turn = given_turn(change.now, id);
    if (turn == nullptr) return plain_reply("This is judged already, or over.");
    change.end(*turn);
    ++change.now.right_count;
    record(context, request.creditor, request.id, ObligationId{}, "read_back_right");
    if (!outcome_of(change.now)) change.happen(ReadBackEvent::confirmed);
    change.settle();
    change.keep();
    return noted(context, taken, "✅ Noted, and deleted.");
}

}  // namespace

bool is_read_back_action(const ActionTaken& taken)
{
    return taken.name == action::say_back || taken.name == action::not_now ||
           taken.name == action::thats_it || taken.name == action::not_quite;
}

std::optional<Notice> take_read_back_action(HandlerContext& context, const ActionTaken& taken)
{
    const auto space = taken.value.find(' ');
    const auto id = parse_whole_number(
        std::string_view{taken.value}.substr(0, space).substr(taken.value.empty() ? 0 : 1));
    const auto request = id ? context.obligations.find(RequestId{*id}) : std::nullopt;
    const auto read_back = id ? context.read_backs.find(RequestId{*id}) : std::nullopt;
    if (!request || !read_back) return plain_reply("I do not know this request any more.");
    if (taken.name == action::say_back) return press_say_back(context, taken, *request, *read_back);
    if (taken.name == action::not_now) return pass_on(context, taken, *request, *read_back);
    if (request->creditor != taken.person) {
        return plain_reply(
            fmt::format("Only {} can say whether that is it.", context.directory.name_of(request->creditor)));
    }
    const std::string_view number = space == std::string::npos
                                        ? std::string_view{}
                                        : std::string_view{taken.value}.substr(space + 1);
    const auto turn = parse_whole_number(number).value_or(0);  // no turn has that number
    if (taken.name == action::thats_it) return confirm(context, taken, *request, *read_back, turn);
    ReadBack judged = *read_back;
    if (given_turn(judged, turn) == nullptr) return plain_reply("This is judged already, or over.");
    open_correction_form(context, taken, *request, turn);
    return std::nullopt;
}

std::string say_back(HandlerContext& context, const Request& request, const UserId& person, std::string words)
{
    auto found = context.read_backs.find(request.id);
    if (!found) return "I do not know this request any more. Nothing of what you wrote is kept.";
    ReadBackChange change{context, request, std::move(*found)};
    ReadBackTurn* turn = running_turn(change.now, person);
    if (turn != nullptr && turn->state == TurnState::given) return "You have said it back already.";
    if (turn == nullptr) {
        // Opened and left for long: as if the button was pressed now.
        const std::string obstacle = obstacle_to_turn(context, request, change.now, person);
        if (!obstacle.empty()) return obstacle + " Nothing of what you wrote is kept.";
        turn = &volunteer(context, request, change.now, person);
    }
    if (!change.happen(ReadBackEvent::given)) return over_words(change.now);
    turn->state = TurnState::given;
    turn->words = std::move(words);
    turn->until =
        context.directory.working_hours_of(request.creditor).add_working_time(context.now, working_day);
    const bool is_volunteer = turn->is_volunteer;
    context.read_backs.save(change.now);  // it has a number from here on
    tell_said_back(context, request, *turn);
    change.keep();
    record(context, bot_actor, request.id, ObligationId{}, "read_back_given");
    if (is_volunteer && request.card.exists()) {
        EphemeralReply reply;
        reply.channel = request.card.channel;
        reply.person = person;
        reply.notice = plain_reply(fmt::format("✅ Noted: {} reads it, then it is deleted. Thank you.",
                                               context.directory.name_of(request.creditor)));
        answer_alone(context, reply);
    }
    return "";
}

std::string correct(HandlerContext& context, Request& request, std::int64_t id, std::string correction)
{
    auto found = context.read_backs.find(request.id);
    if (!found) return "I do not know this request any more.";
    ReadBackChange change{context, request, std::move(*found)};
    if (given_turn(change.now, id) == nullptr || !change.happen(ReadBackEvent::not_quite))
        return "This is judged already, or over: nobody is asked again.";
    change.end_all();
    ReadBack& read_back = change.now;
    read_back.ready_at.reset();
    read_back.right_count = read_back.lapsed_count = read_back.unjudged_count = read_back.passed_count = 0;
    read_back.correction = std::move(correction);
    change.keep();
    record(context, request.creditor, request.id, ObligationId{}, "read_back_not_quite");
    ask_everybody_again(context, request, request.creditor);
    return "";
}

}  // namespace ackd
