#include "bot/delivery/ask_handlers.hpp"

#include "bot/commands/ack_command.hpp"
#include "bot/commands/ask_form.hpp"
#include "bot/commands/entry_points.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/delivery/silence_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/workspace_identity.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

namespace ackd {

namespace {

constexpr std::size_t groups_offered_max = 100;

std::string people_words(int count)
{
    return count == 1 ? "1 person" : fmt::format("{} people", count);
}

const char* not_a_member()
{
    return "I do not know you as a member of this workspace, and only members can ask. Somebody here can ask for "
           "you.";
}

std::string explanation_of(HandlerContext& context,
                           const UserId& person,
                           const RefusedAsk& refused,
                           const Ask& ask)
{
    switch (refused.why) {
        case AskRefusal::not_a_member: return not_a_member();
        case AskRefusal::no_such_route: return fmt::format("There is no route \"{}\".", ask.route);
        case AskRefusal::nobody_to_ask:
            return "Nobody can be asked: they are bots, deactivated, or an empty group.";
        case AskRefusal::too_many:
            return fmt::format("This would ask {}, and {} is the most.",
                               people_words(refused.people),
                               context.settings.recipients_max);
        case AskRefusal::fewer_than_needed:
            return fmt::format("You ask for {} answers from {}.", ask.needed, people_words(refused.people));
        case AskRefusal::read_back_not_urgent: return "Only what is for now or for today is said back.";
        case AskRefusal::read_back_off: return "Your team has switched off that anything is said back.";
        case AskRefusal::read_back_by_too_many:
            if (refused.people == 0) return "Nobody but you is asked, so nobody could say it back.";
            return fmt::format("Two are to say it back, and only {} must answer.",
                               people_words(refused.people));
        case AskRefusal::read_backs_used_up: {
            const int a_week = context.settings.read_back.a_week;
            if (!refused.possible_at)
                return fmt::format("At most {} in seven days says it back.", people_words(a_week));
            return fmt::format(
                "At most {} in seven days say something back to you, and they have been asked for. "
                "The next time that {} possible is {}.",
                people_words(a_week),
                ask.read_back == 1 ? "it is" : "two are",
                your_time(context, person, *refused.possible_at));
        }
    }
    return {};
}

/// What cannot be, and the whole command again with the word that stands in its way replaced.
Notice refusal_reply(HandlerContext& context,
                     const CommandGiven& given,
                     const RefusedAsk& refused,
                     const Ask& ask)
{
    Notice notice = plain_reply(explanation_of(context, given.person, refused, ask));
    std::string word;
    std::string replacement;
    if (refused.why == AskRefusal::no_such_route) {
        std::vector<std::string> names;
        for (const auto& [name, route] : context.settings.routes) names.push_back(name);
        const auto near = nearest_word(ask.route, names);
        word = "!route=" + ask.route;
        replacement = "!route=" + near.value_or(context.settings.default_route);
    } else if (refused.why == AskRefusal::fewer_than_needed) {
        word = fmt::format("!{}", ask.needed);
        replacement = fmt::format("!{}", refused.people);
    } else if (refused.why == AskRefusal::read_back_not_urgent) {
        word = fmt::format("!{}", name_of(ask.priority));
        replacement = "!today";
    } else if ((refused.why == AskRefusal::read_back_by_too_many && refused.people == 1) ||
               (refused.why == AskRefusal::read_backs_used_up && !refused.possible_at))
    {
        word = "!readback=2";
        replacement = "!readback";
    } else if (ask.read_back > 0) {
        word = ask.read_back == 2 ? "!readback=2 " : "!readback ";
    }
    std::string typed = given.command + " " + typed_again(given.text, context.directory);
    const auto at = word.empty() ? std::string::npos : typed.find(word);
    if (at != std::string::npos) {
        typed.replace(at, word.size(), replacement);
        notice.sections.front().lines.push_back(plain_line(RichText{Words{"Try: "}, Code{typed}}));
    }
    return notice;
}

Notice asked_reply(HandlerContext& context, const Request& request)
{
    if (is_undecided(request)) return price_notice(context, request);
    const bool is_looking_up = request.is_own_post && request.state == RequestState::gathering;
    RichText text{Words{fmt::format("📨 {} as {}, {}",
                                    is_looking_up ? "Noted" : "Asked",
                                    number_of(request.id),
                                    priority_words(request.priority))}};
    if (request.due_at)
        text.push_back(Words{", by " + your_time(context, request.creditor, *request.due_at)});
    if (request.is_own_post) {
        text.push_back(Words{". The card is in "});
        text.push_back(ChannelName{request.subject.channel});
        text.push_back(Words{" and shows who has answered."});
    } else {
        text.push_back(Words{". The card in the "});
        text.push_back(MessageLink{request.subject, "message's thread"});
        text.push_back(Words{" shows who has answered."});
    }
    Notice notice = plain_reply("");
    notice.summary = "Asked as " + number_of(request.id);
    notice.sections.front().lines = {plain_line(std::move(text))};
    for (Line& line : silence_lines(context, request, context.silences.find(request.id), request.creditor))
        notice.sections.front().lines.push_back(std::move(line));
    notice.sections.front().actions.push_back(button(action::withdraw, "Withdraw", value_of(request.id)));
    return notice;
}

/// Where the form was asked for, so that somebody can be told when it did not open.
struct FormOccasion {
    std::string trigger;
    UserId person;
    ChannelId channel;  ///< empty on the App Home
    std::string reply_address;
};

std::string payload_of(const FormOccasion& occasion, const AskFormStart& start)
{
    const auto texts = [](const auto& ids) {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& id : ids) list.push_back(id.value);
        return list;
    };
    return nlohmann::json{{"trigger", occasion.trigger},
                          {"person", occasion.person.value},
                          {"channel", occasion.channel.value},
                          {"reply_address", occasion.reply_address},
                          {"subject_channel", start.subject.channel.value},
                          {"stamp", start.subject.stamp},
                          {"excerpt", start.excerpt},
                          {"people", texts(start.people)},
                          {"groups", texts(start.groups)},
                          {"channels", texts(start.channels)}}
        .dump();
}

AskFormStart start_in(const nlohmann::json& payload)
{
    AskFormStart start;
    start.subject = MessageRef{ChannelId{payload.at("subject_channel").get<std::string>()},
                               payload.at("stamp").get<std::string>()};
    start.excerpt = payload.at("excerpt").get<std::string>();
    for (const auto& id : payload.at("people")) start.people.emplace_back(id.get<std::string>());
    for (const auto& id : payload.at("groups")) start.groups.emplace_back(id.get<std::string>());
    for (const auto& id : payload.at("channels")) start.channels.emplace_back(id.get<std::string>());
    return start;
}

void open_form(HandlerContext& context, const FormOccasion& occasion, const AskFormStart& start)
{
    if (!may_start(context.directory.find(occasion.person)))
        return show_dialog(context, occasion.person, occasion.trigger, plain_reply(not_a_member()));
    OutboxRow row;
    row.kind = OutboxKind::form;
    row.lane = OutboxLane::interactive;
    row.conversation = screen_of(occasion.person);
    row.payload = payload_of(occasion, start);
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

bool is_open_to_us(HandlerContext& context, const ChannelId& channel)
{
    const auto known = context.conversations.find(channel);
    return known && !known->conversation.is_archived;
}

/// Why there can be no form about this message; nothing: there can be one.
std::optional<Notice> obstacle_to(HandlerContext& context, const ShortcutUsed& used)
{
    if (!is_open_to_us(context, used.message.channel)) {
        Notice notice = plain_reply("");
        notice.summary = "I am not in this conversation";
        notice.sections.front().lines = {
            plain_line(RichText{Words{"In a channel: type "},
                                Code{"/invite @ackd"},
                                Words{" there, then choose this again."}}),
            small_line("I am not in this conversation, so nobody could see here who has answered.")};
        return notice;
    }
    if (used.message_author == read_workspace_identity(context.connection).bot_user)
        return plain_reply("That message is mine. Choose the one that it is about.");
    const auto known = context.obligations.find_by_message(used.message);
    // What is looked after as a question can be asked of people by name all the same.
    if (!known || known->is_over() || known->kind == RequestKind::question) return std::nullopt;
    Notice notice = who_reply(context, *known);
    auto& lines = notice.sections.front().lines;
    lines.insert(lines.begin(),
                 plain_line(fmt::format("This was asked already, as {}.", number_of(known->id))));
    return notice;
}

bool mentions(const RichText& text, const UserId& person)
{
    return std::any_of(text.begin(), text.end(), [&](const Span& span) {
        const auto* mention = std::get_if<Mention>(&span);
        return mention != nullptr && mention->user == person;
    });
}

std::string digest_of(const FormValues& values)
{
    std::string text;
    for (const FieldValue& value : values.fields) {
        text += value.field + '\0' + value.text + '\0';
        for (const std::string& id : value.chosen) text += id + '\0';
        text += value.at ? fmt::format("{}", to_microseconds(*value.at)) : std::string{};
    }
    return fmt::format("{:x}", std::hash<std::string>{}(text));
}

FormProblems problems_with(HandlerContext& context, const UserId& person, const FilledAskForm& filled)
{
    const bool is_new = !filled.subject.exists();
    if (!is_open_to_us(context, filled.subject.channel)) {
        return {
            {is_new ? ask_field::channel : ask_field::who,
             is_new ? "I am not in that channel, or it is archived. Choose another."
                    : "I am not in its channel any more. Type /invite @ackd there, then choose this again."}};
    }
    const auto known = is_new ? std::nullopt : context.obligations.find_by_message(filled.subject);
    if (known && !known->is_over() && known->kind != RequestKind::question) {
        return {{ask_field::who,
                 fmt::format("This was asked meanwhile, as {}. Nothing is left to do here.",
                             number_of(known->id))}};
    }
    const auto refused = refusal_of(context, person, filled.ask);
    if (!refused) return {};
    const bool is_about_number = refused->why == AskRefusal::fewer_than_needed;
    const bool is_about_read_back = refused->why == AskRefusal::read_back_not_urgent ||
                                    refused->why == AskRefusal::read_back_off ||
                                    refused->why == AskRefusal::read_back_by_too_many ||
                                    refused->why == AskRefusal::read_backs_used_up;
    return {{is_about_number      ? ask_field::quorum
             : is_about_read_back ? ask_field::read_back
                                  : ask_field::who,
             explanation_of(context, person, *refused, filled.ask)}};
}

}  // namespace

std::optional<Notice> ask_by_command(HandlerContext& context, const CommandGiven& given)
{
    if (split_words(given.text).empty() && !given.trigger.empty()) {
        AskFormStart start;
        if (is_open_to_us(context, given.channel)) start.subject.channel = given.channel;
        open_form(context, {given.trigger, given.person, given.channel, given.reply_address}, start);
        return std::nullopt;
    }
    const WorkingHours hours = context.directory.working_hours_of(given.person);
    const auto parsed = parse_ack_command(given.text, context.directory, hours, context.now);
    if (const auto* mistake = std::get_if<CommandMistake>(&parsed)) {
        Notice notice = plain_reply(mistake->explanation);
        notice.sections.front().lines.push_back(
            plain_line(RichText{Words{"Try: "}, Code{mistake->corrected}}));
        return notice;
    }
    const auto& ask = std::get<Ask>(parsed);
    if (const auto refused = refusal_of(context, given.person, ask))
        return refusal_reply(context, given, *refused, ask);
    return asked_reply(context, start_request(context, given.person, MessageRef{given.channel, ""}, ask));
}

void ask_by_shortcut(HandlerContext& context, const ShortcutUsed& used)
{
    const FormOccasion occasion{used.trigger, used.person, used.message.channel, used.reply_address};
    AskFormStart start;
    if (used.name == request_acknowledgement_shortcut && used.message.exists()) {
        if (const auto obstacle = obstacle_to(context, used))
            return show_dialog(context, used.person, used.trigger, *obstacle);
        start.subject = used.message;
        start.excerpt = shortened(plain_text(context, used.text), excerpt_max);
        const Ask ask = asked_in(used.text, used.person, used.message.channel);
        start.groups = ask.groups;
        // What is said to one person is not put to everybody by one press too many.
        if (!mentions(used.text, used.person)) start.channels = ask.channels;
        for (const UserId& person : ask.people) {
            if (may_be_asked(context.directory.find(person), Addressed::by_name))
                start.people.push_back(person);
        }
    } else if (used.name != ask_shortcut) {
        return;
    }
    open_form(context, occasion, start);
}

void ask_by_button(HandlerContext& context, const ActionTaken& taken)
{
    AskFormStart start;
    const ChannelId& channel = taken.message.channel;
    if (!channel.empty() && is_open_to_us(context, channel)) start.subject.channel = channel;
    open_form(context, {taken.trigger, taken.person, channel, taken.reply_address}, start);
}

Notice announce(HandlerContext& context,
                const std::optional<Request>& about,
                const UserId& person,
                Announcement how)
{
    if (!about) return plain_reply("I do not know this request any more.");
    Request request = *about;
    if (request.creditor != person)
        return plain_reply(
            fmt::format("Only {} can send this.", context.directory.name_of(request.creditor)));
    if (!is_undecided(request)) {
        return plain_reply(request.is_over() ? "This is over already."
                                             : fmt::format("Sent already, as {}.", number_of(request.id)));
    }
    decide_announcement(context, request, how);
    return asked_reply(context, request);
}

FormProblems take_ask_form(HandlerContext& context, const FormSubmitted& submitted)
{
    // The answer to the first submission may have been lost: then the form is still open, and is sent again.
    const std::string form_key = "form:" + submitted.instance;
    const std::string values_key = form_key + ":" + digest_of(submitted.values);
    if (context.seen.contains(values_key)) return {};
    if (context.seen.contains(form_key)) {
        return {
            {ask_field::who,
             "This was asked already, as it stood when you sent it. To ask more, copy your text and open a new "
             "form."}};
    }
    const auto read = read_ask_form(submitted.context, submitted.values, context.now);
    if (const auto* problems = std::get_if<FormProblems>(&read)) return *problems;
    const auto& filled = std::get<FilledAskForm>(read);
    if (auto problems = problems_with(context, submitted.person, filled); !problems.empty()) return problems;
    static_cast<void>(context.seen.insert(form_key));
    static_cast<void>(context.seen.insert(values_key));

    const Request request = start_request(context, submitted.person, filled.subject, filled.ask);
    EphemeralReply reply;
    reply.channel = filled.subject.channel;
    reply.person = submitted.person;
    reply.notice = asked_reply(context, request);
    answer_alone(context, reply, OutboxLane::interactive, request.id);
    return {};
}

std::optional<OpenForm> form_in(HandlerContext& context, const OutboxRow& row)
{
    if (row.in_doubt) {
        form_not_opened(context, row);
        return std::nullopt;
    }
    const auto payload = nlohmann::json::parse(row.payload);
    const AskFormStart start = start_in(payload);
    std::vector<UserGroup> groups = context.directory.groups_to_offer(groups_offered_max);
    for (const GroupId& id : start.groups) {
        const bool is_offered = std::any_of(
            groups.begin(), groups.end(), [&](const UserGroup& group) { return group.id == id; });
        const auto group = context.directory.find_group(id);
        if (!is_offered && group && !group->disabled) groups.insert(groups.begin(), *group);
    }
    return OpenForm{payload.at("trigger").get<std::string>(), ask_form(start, groups)};
}

void form_not_opened(HandlerContext& context, const OutboxRow& row)
{
    const auto payload = nlohmann::json::parse(row.payload);
    EphemeralReply reply;
    reply.notice = plain_reply("The form did not open. Choose it once more.");
    reply.channel = ChannelId{payload.at("channel").get<std::string>()};
    reply.person = UserId{payload.at("person").get<std::string>()};
    reply.reply_address = payload.at("reply_address").get<std::string>();
    if (!reply.channel.empty()) return answer_alone(context, reply);
    tell(context, reply.person, Request{}, reply.notice, TellWhen::at_once);
}

void asker_not_answered(HandlerContext& context, const OutboxRow& row)
{
    const auto request = context.obligations.find(row.request);
    const EphemeralReply reply = reply_from_payload(row.payload);
    if (request && reply.person == request->creditor)
        tell(context, request->creditor, *request, reply.notice, TellWhen::at_once);
}

}  // namespace ackd
