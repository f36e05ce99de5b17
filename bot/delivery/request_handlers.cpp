#include "bot/delivery/request_handlers.hpp"

#include "bot/capacity/capacity_handlers.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/early_answers.hpp"
#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/silence_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/interruption_budget.hpp"
#include "bot/people/absence_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "bot/rotations/rotation_handlers.hpp"
#include "bot/threads/question_handlers.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace ackd {

namespace {

/// The longest text of a card that is its own subject.
constexpr std::size_t request_text_max = 2'500;

/// What the asker named, and what has been learnt of it so far; stored with the request as JSON.
struct Audience {
    std::vector<UserId> people;
    std::vector<GroupId> groups;
    std::vector<ChannelId> channels;
    /// Found in the channels.
    std::vector<UserId> members;
    /// Channels not yet listed.
    int pending = 0;
};

template <class Id>
nlohmann::json to_json(const std::vector<Id>& ids)
{
    nlohmann::json list = nlohmann::json::array();
    for (const Id& id : ids) list.push_back(id.value);
    return list;
}

template <class Id>
std::vector<Id> ids_from(const nlohmann::json& list)
{
    std::vector<Id> ids;
    for (const auto& id : list) ids.emplace_back(id.get<std::string>());
    return ids;
}

std::string to_text(const Audience& audience)
{
    return nlohmann::json{{"people", to_json(audience.people)},
                          {"groups", to_json(audience.groups)},
                          {"channels", to_json(audience.channels)},
                          {"members", to_json(audience.members)},
                          {"pending", audience.pending}}
        .dump();
}

Audience audience_from(const std::string& text)
{
    Audience audience;
    if (text.empty()) return audience;
    const auto json = nlohmann::json::parse(text);
    audience.people = ids_from<UserId>(json.at("people"));
    audience.groups = ids_from<GroupId>(json.at("groups"));
    audience.channels = ids_from<ChannelId>(json.at("channels"));
    audience.members = ids_from<UserId>(json.at("members"));
    audience.pending = json.at("pending").get<int>();
    return audience;
}

Audience audience_of(const Ask& ask)
{
    Audience audience;
    audience.people = ask.people;
    audience.groups = ask.groups;
    audience.channels = ask.channels;
    audience.pending = static_cast<int>(ask.channels.size());
    return audience;
}

void ask_outside(HandlerContext& context, const Request& request, OutboxKind kind, const ChannelId& channel)
{
    OutboxRow row;
    row.kind = kind;
    row.lane = OutboxLane::interactive;
    row.conversation = conversation_of(channel);
    row.request = request.id;
    row.payload = channel.value;
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

/// The people behind what was named, each once, in order (may_be_asked); the asker only by name.
std::vector<UserId> debtors_of(HandlerContext& context, const Request& request, const Audience& audience)
{
    std::vector<UserId> debtors;
    std::set<UserId> seen;
    const auto add = [&](const UserId& person, Addressed how) {
        if (!may_be_asked(context.directory.find(person), how)) return;
        if (how == Addressed::in_a_crowd && person == request.creditor) return;
        if (seen.insert(person).second) debtors.push_back(person);
    };
    for (const UserId& person : audience.people) add(person, Addressed::by_name);
    for (const GroupId& id : audience.groups) {
        const auto group = context.directory.find_group(id);
        if (!group || group->disabled) continue;
        for (const UserId& person : group->members) add(person, Addressed::in_a_crowd);
    }
    for (const UserId& person : audience.members) add(person, Addressed::in_a_crowd);
    return debtors;
}

void close_unasked(HandlerContext& context, Request& request, const std::string& reason)
{
    request.state = RequestState::closed;
    request.closed_at = context.now;
    request.undecided_until.reset();
    context.obligations.save(request);
    drop_read_back(context, request);
    redraw_home(context, request.creditor);
    record(context, bot_actor, request.id, ObligationId{}, "request_closed", {{"reason", reason}});
}

void close_and_tell(HandlerContext& context, Request& request, const std::string& reason)
{
    close_unasked(context, request, reason);
    tell(context, request.creditor, request, not_asked_notice(context, request, reason), TellWhen::at_once);
}

/// How long an asker who was shown the price has to decide.
constexpr std::chrono::hours decided_within{24};

/// Whether a message of its own tells somebody now; otherwise their digest does.
bool is_told_by_message(HandlerContext& context, const Request& request, const UserId& person)
{
    return request.announcement == Announcement::when_in && may_interrupt(context, person);
}

/// When they hear of it, and their clock starts. What is for information is announced by its only nudge.
Instant hears_at(HandlerContext& context, const Request& request, const UserId& person)
{
    if (request.announcement == Announcement::at_once || request.priority == Priority::fyi ||
        is_told_by_message(context, request, person))
        return context.now;
    return heard_at(Announcement::in_digest, context.directory.working_hours_of(person), context.now);
}

void announce_to(HandlerContext& context, const Request& request, const Obligation& obligation)
{
    if (request.announcement == Announcement::at_once || request.priority == Priority::fyi) return;
    const OutboxItem item{obligation.id, 0, 0};
    if (!is_told_by_message(context, request, obligation.debtor))
        return put_into_digest(context, obligation.debtor, item, obligation.started_at);
    spend_interruption(context, obligation.debtor);
    send_about(context, OutboxKind::nudge, obligation.debtor, request.id, {item});
}

Price price_for(HandlerContext& context, const std::vector<UserId>& debtors)
{
    std::vector<PricedPerson> people;
    for (const UserId& person : debtors)
        people.push_back({person, context.directory.working_hours_of(person)});
    return price_of(people, context.now);
}

/// Where the asker did not say how those asked are to hear of it: false when they are to decide first.
bool choose_announcement(HandlerContext& context, Request& request, const std::vector<UserId>& debtors)
{
    if (request.announcement != Announcement::undecided) return true;
    request.announcement = Announcement::at_once;
    // A message that is already there has told everybody whom it names; what is for now tells them in any
    // case.
    if (!request.is_own_post || request.priority == Priority::now) return true;
    if (context.settings.delivery.of(request.priority).bundling == Bundling::digest_slot) {
        request.announcement = Announcement::in_digest;
        return true;
    }
    if (!is_worth_showing(price_for(context, debtors), context.settings.price_shown_from)) return true;
    request.announcement = Announcement::undecided;
    return false;
}

/// Everything is known: the number needed and the route are frozen, everybody owes an answer from now on.
void begin(HandlerContext& context, Request& request, const Audience& audience)
{
    const std::vector<UserId> debtors = debtors_of(context, request, audience);
    if (debtors.empty()) {
        close_and_tell(context, request, "there is nobody in it who could be asked.");
        return;
    }
    if (static_cast<int>(debtors.size()) > context.settings.recipients_max) {
        close_and_tell(context,
                       request,
                       fmt::format("it would ask {} people, and {} is the most.",
                                   debtors.size(),
                                   context.settings.recipients_max));
        return;
    }
    request.asked = static_cast<int>(debtors.size());
    if (!choose_announcement(context, request, debtors)) {
        request.undecided_until = context.now + decided_within;
        request.audience = to_text(audience);
        context.obligations.save(request);
        redraw_home(context, request.creditor);
        return;
    }
    std::vector<Instant> heard_at;
    std::set<UserId> without_room;
    for (const UserId& debtor : debtors) {
        heard_at.push_back(hears_at(context, request, debtor));
        const auto free_at = waits_until(context, request, debtor);
        if (!free_at || *free_at <= heard_at.back()) continue;
        heard_at.back() = *free_at;
        without_room.insert(debtor);
    }
    if (const auto obstacle = begin_silence(context, request, debtors, heard_at))
        return close_and_tell(context, request, *obstacle);
    request.state = RequestState::open;
    if (request.quorum == Quorum::any)
        request.needed = 1;
    else if (request.quorum == Quorum::k_of_n)
        request.needed = std::min(request.needed, request.asked);
    else
        request.needed = request.asked;
    request.audience = to_text(audience);
    context.obligations.save(request);
    fit_read_back(context, request, debtors);
    record(context,
           request.creditor,
           request.id,
           ObligationId{},
           "requested",
           {{"priority", std::string{name_of(request.priority)}},
            {"level", std::string{name_of(request.level)}},
            {"needed", std::to_string(request.needed)},
            {"asked", std::to_string(request.asked)},
            {"route", request.route.name}});

    std::vector<Obligation> waiting;
    for (std::size_t index = 0; index < debtors.size(); ++index) {
        const UserId& debtor = debtors[index];
        Obligation obligation;
        obligation.request = request.id;
        obligation.debtor = debtor;
        // Finding out who is in a channel may have taken long: nobody's clock runs before they are asked.
        obligation.started_at = heard_at[index];
        const Situation situation = situation_of(context, request, obligation);
        obligation.due_at = first_due(situation, obligation.started_at, 0);
        context.obligations.insert(obligation);
        if (without_room.contains(debtor))
            waiting.push_back(obligation);
        else
            announce_to(context, request, obligation);
        redraw_home(context, debtor);
        record(context,
               bot_actor,
               request.id,
               obligation.id,
               "asked",
               {{"debtor", debtor}, {"to", std::string{name_of(obligation.state)}}});
    }
    put_into_queue(context, request, waiting);
    hand_over_new_asks(context, request);
    redraw_card(context, request);
    if (request.is_own_post) return;
    question_asked_by_name(context, request.subject, request.creditor);
    take_early_answers(context, request.subject);
}

/// Who is in the channels is asked first; without any, it begins.
void gather(HandlerContext& context, Request& request, const Audience& audience)
{
    if (audience.pending == 0) return begin(context, request, audience);
    request.audience = to_text(audience);
    context.obligations.save(request);
    for (const ChannelId& channel : audience.channels)
        ask_outside(context, request, OutboxKind::list_members, channel);
}

int ack_count(HandlerContext& context, const Request& request)
{
    return context.obligations.tally(request.id).received;
}

}  // namespace

FrozenRoute route_for(HandlerContext& context, const std::string& name)
{
    const std::string& wanted = name.empty() ? context.settings.default_route : name;
    const auto route = context.settings.routes.find(wanted);
    return route == context.settings.routes.end()
               ? FrozenRoute{wanted, {}}
               : freeze(route->second, context.directory, [&](const std::string& rotation) {
                     return people_on_call(context, rotation, context.now);
                 });
}

Ask asked_in(const RichText& text, const UserId& asker, const ChannelId& channel)
{
    Ask ask;
    const auto add_once = [](auto& ids, const auto& id) {
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    };
    for (const Span& span : text) {
        if (const auto* mention = std::get_if<Mention>(&span); mention && mention->user != asker)
            add_once(ask.people, mention->user);
        if (const auto* group = std::get_if<GroupMention>(&span)) add_once(ask.groups, group->group);
    }
    if (ask.names_nobody()) ask.channels.push_back(channel);
    return ask;
}

std::optional<RefusedAsk> refusal_of(HandlerContext& context, const UserId& creditor, const Ask& ask)
{
    if (!may_start(context.directory.find(creditor))) return RefusedAsk{AskRefusal::not_a_member, 0};
    if (!ask.route.empty() && !context.settings.routes.contains(ask.route))
        return RefusedAsk{AskRefusal::no_such_route, 0};
    if (!ask.channels.empty()) {  // who is in them is not known yet
        return read_back_refusal(context, creditor, ask, std::nullopt);
    }
    Request request;
    request.creditor = creditor;
    const std::vector<UserId> debtors = debtors_of(context, request, audience_of(ask));
    const auto count = static_cast<int>(debtors.size());
    if (count == 0) return RefusedAsk{AskRefusal::nobody_to_ask, 0};
    if (count > context.settings.recipients_max) return RefusedAsk{AskRefusal::too_many, count};
    if (ask.quorum == Quorum::k_of_n && ask.needed > count)
        return RefusedAsk{AskRefusal::fewer_than_needed, count};
    const auto others = count - static_cast<int>(std::count(debtors.begin(), debtors.end(), creditor));
    return read_back_refusal(context, creditor, ask, others);
}

Request start_request(HandlerContext& context,
                      const UserId& creditor,
                      const MessageRef& subject,
                      const Ask& ask)
{
    Request request;
    request.creditor = creditor;
    request.priority = ask.priority;
    const bool is_word_enough = ask.priority == Priority::fyi || ask.silence;
    request.level = is_word_enough ? AckLevel::received : ask.level;
    request.quorum = ask.quorum;
    request.needed = ask.needed;
    request.subject = subject;
    request.is_own_post = !subject.exists();
    request.text = shortened(plain_text(context, ask.text), request_text_max);
    request.asked_at = context.now;
    request.due_at = ask.due_at;
    request.announcement = ask.announcement;
    request.route = route_for(context, ask.route);

    Audience audience = audience_of(ask);
    leave_out_forgotten(context, audience.people);
    request.audience = to_text(audience);
    request.id = context.obligations.insert(request);
    if (ask.silence) context.silences.save({request.id, *ask.silence});
    want_read_back(context, request, ask.read_back);
    redraw_home(context, creditor);
    if (!request.is_own_post) {
        ask_outside(context, request, OutboxKind::fetch_subject, subject.channel);
    } else {
        gather(context, request, audience);
    }
    return request;
}

void start_from_reaction(HandlerContext& context, const ReactionChanged& reaction)
{
    if (!reaction.message_author.empty() && reaction.message_author != reaction.person) return;
    auto known = context.obligations.find_by_message(reaction.message);
    // What is looked after as a question can be asked of people by name all the same.
    if (known && known->kind == RequestKind::question) known.reset();
    if (!reaction.added) {
        if (known && !known->is_over() && !known->is_own_post && known->creditor == reaction.person) {
            withdraw(context, *known, reaction.person, EndCause::by_creditor);
        }
        return;
    }
    if (known && !known->is_over()) return;

    Request request;
    request.creditor = reaction.person;
    request.subject = reaction.message;
    request.asked_at = context.now;
    request.route = route_for(context, "");
    request.id = context.obligations.insert(request);
    ask_outside(context, request, OutboxKind::fetch_subject, reaction.message.channel);
}

void subject_fetched(HandlerContext& context, Request& request, const FetchedMessage& subject)
{
    if (request.state != RequestState::gathering) return;
    // A form says whom to ask, about anybody's message; the reaction says so by being the author's.
    const bool is_by_reaction = request.audience.empty();
    if (is_by_reaction && (subject.author != request.creditor || subject.by_bot)) {
        // Somebody else's message: only its author can ask for answers to it. Not worth a message.
        request.state = RequestState::closed;
        request.closed_at = context.now;
        context.obligations.save(request);
        record(
            context, bot_actor, request.id, ObligationId{}, "request_closed", {{"reason", "not the author"}});
        return;
    }
    request.thread = subject.thread.empty() ? request.subject.stamp : subject.thread;
    request.text = shortened(plain_text(context, subject.text), excerpt_max);
    request.edited_stamp = subject.edited;
    if (!is_by_reaction) return gather(context, request, audience_from(request.audience));

    Audience audience = audience_of(asked_in(subject.text, request.creditor, request.subject.channel));
    leave_out_forgotten(context, audience.people);
    gather(context, request, audience);
}

void members_listed(HandlerContext& context, Request& request, const std::vector<UserId>& members)
{
    if (request.state != RequestState::gathering) return;
    Audience audience = audience_from(request.audience);
    audience.members.insert(audience.members.end(), members.begin(), members.end());
    leave_out_forgotten(context, audience.members);
    audience.pending -= 1;
    if (audience.pending > 0) {
        request.audience = to_text(audience);
        context.obligations.save(request);
        return;
    }
    begin(context, request, audience);
    if (!is_undecided(request)) return;
    EphemeralReply reply;
    reply.channel = request.subject.channel;
    reply.person = request.creditor;
    reply.notice = price_notice(context, request);
    answer_alone(context, reply, OutboxLane::interactive, request.id);
}

bool is_undecided(const Request& request)
{
    return request.undecided_until && !request.is_over();
}

void decide_announcement(HandlerContext& context, Request& request, Announcement how)
{
    request.announcement = how;
    request.undecided_until.reset();
    begin(context, request, audience_from(request.audience));
}

void close_undecided(HandlerContext& context)
{
    constexpr int closed_max = 100;
    for (Request& request : context.obligations.undecided_before(context.now, closed_max)) {
        const std::string reason = "how they were to hear of it was not decided within a day.";
        put_into_digest(context, request.creditor, not_asked_notice(context, request, reason));
        close_unasked(context, request, reason);
    }
}

std::vector<UserId> people_to_ask(HandlerContext& context, const Request& request)
{
    return debtors_of(context, request, audience_from(request.audience));
}

void gathering_failed(HandlerContext& context, Request& request, const std::string& reason)
{
    if (request.state != RequestState::gathering) return;
    close_and_tell(context, request, reason);
}

void subject_edited(HandlerContext& context, const MessageEdited& edited)
{
    auto request = context.obligations.find_by_message(edited.message);
    if (!request || request->is_own_post || request->is_over() || request->subject != edited.message) return;
    if (edited.edited < request->edited_stamp) return;  // told after a newer one
    request->edited_stamp = edited.edited;
    std::string text = shortened(plain_text(context, edited.text), excerpt_max);
    if (text == request->text) {
        context.obligations.save(*request);
        return;  // told again, or an edit that changes nothing
    }
    request->edited_at = context.now;
    request->text = std::move(text);
    context.obligations.save(*request);
    record(context, edited.author, request->id, ObligationId{}, "subject_edited");
    redraw_card(context, *request);
    for (const Obligation& obligation : context.obligations.of_request(request->id)) {
        if (!is_final(obligation.state)) redraw_homes(context, *request, obligation, obligation);
    }

    const int acks = ack_count(context, *request);
    if (acks == 0) return;
    EphemeralReply reply;
    reply.channel = request->subject.channel;
    reply.person = request->creditor;
    reply.thread = request->thread;
    reply.notice = edited_notice(context, *request, acks);
    answer_alone(context, reply, OutboxLane::ordinary, request->id);
}

void subject_deleted(HandlerContext& context, const MessageDeleted& deleted)
{
    auto request = context.obligations.find_by_message(deleted.message);
    if (!request || request->subject != deleted.message) return;
    call_off_read_back(context, *request);
    if (request->is_over()) return;
    record(context, bot_actor, request->id, ObligationId{}, "subject_deleted");
    withdraw(context, *request, request->creditor, EndCause::subject_deleted);
}

void ask_everybody_again(HandlerContext& context, Request& request, const UserId& actor)
{
    const std::vector<Obligation> obligations = context.obligations.of_request(request.id);
    const auto was_asked_again = [&](ObligationId id) {
        return std::any_of(obligations.begin(), obligations.end(), [id](const Obligation& other) {
            return other.predecessor == id;
        });
    };
    for (const Obligation& obligation : obligations) {
        if (obligation.state == ObligationState::integrated) {
            if (was_asked_again(obligation.id)) continue;
            // What was integrated stays so: the new text is a new obligation of the same person.
            add_successor(context, request, obligation, obligation.debtor, 0);
            continue;
        }
        Happening happening{
            ObligationEvent::asked_again, context.now, actor, AckWay::none, EndCause::none, std::nullopt};
        change(context, request, obligation, happening);
    }
    settle_request(context, request);
    redraw_card(context, request);
}

}  // namespace ackd
