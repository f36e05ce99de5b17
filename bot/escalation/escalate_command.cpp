#include "bot/escalation/escalate_command.hpp"

#include "bot/commands/ack_command.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/lower_case.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/roles.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace ackd {

namespace {

constexpr const char* route_field = "route";
constexpr const char* text_field = "text";
/// A chat's menus hold a hundred choices.
constexpr std::size_t categories_max = 100;
constexpr int text_max = 2'000;

/// The routes that say what they are for.
std::vector<const Route*> categories(const Settings& settings)
{
    std::vector<const Route*> routes;
    for (const auto& [name, route] : settings.routes) {
        if (!route.about.empty() && routes.size() < categories_max) routes.push_back(&route);
    }
    return routes;
}

Notice no_categories(HandlerContext& context)
{
    Notice notice = plain_reply("Nothing can be raised here yet: no route says what it is for.");
    RichText hint{Words{"To say so: "}, Code{"/ackd setup route"}};
    const auto admins = people_with(Role::admin, context.settings, context.directory);
    if (!admins.empty()) hint.push_back(Words{", by " + joined_names(context, admins)});
    notice.sections.front().lines.push_back(small_line(std::move(hint)));
    return notice;
}

/// The categories, each with what it is for.
void add_categories(const std::vector<const Route*>& routes, Section& section)
{
    for (const Route* route : routes)
        section.lines.push_back(
            small_line(RichText{Code{"/escalate " + route->name}, Words{"  " + route->about}}));
}

Notice refusal(const Settings& settings, const std::string& word, const std::string& rest)
{
    const auto routes = categories(settings);
    std::vector<std::string> names;
    for (const Route* route : routes) names.push_back(route->name);
    const std::string near = nearest_word(lower_case(word), names).value_or(names.front());
    // A slip in the category, or none was named.
    const bool is_slip = nearest_word(lower_case(word), names).has_value();
    Notice notice = plain_reply(fmt::format("There is no category \"{}\".", word));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(
        RichText{Words{"Try: "},
                 Code{fmt::format(
                     "/escalate {} {}", near, is_slip ? rest : std::string{trimmed(word + " " + rest)})}}));
    add_categories(routes, section);
    return notice;
}

RequestId raise_by(HandlerContext& context,
                   const UserId& person,
                   const ChannelId& channel,
                   const Route& route,
                   const std::string& text)
{
    Raised raised;
    raised.raiser = person;
    raised.route = route.name;
    raised.priority = route.priority;
    raised.text = text;
    raised.shown_at.channel = channel;
    return raise(context, raised);
}

Notice raised_reply(HandlerContext& context, RequestId id)
{
    const Request request = context.obligations.find(id).value();
    Notice notice = plain_reply(
        fmt::format("🔺 Raised as {}, {}.", number_of(id), priority_words(request.priority)));
    Section& section = notice.sections.front();
    section.lines.push_back(quote_line(request));
    section.lines.push_back(small_line("Your direct messages show how it goes on."));
    return notice;
}

std::string digest_of(const FormValues& values)
{
    return fmt::format(
        "{:x}",
        std::hash<std::string>{}(values.of(text_field).text + '\0' +
                                 fmt::format("{}", fmt::join(values.of(route_field).chosen, ","))));
}

}  // namespace

std::optional<Notice> escalate_by_command(HandlerContext& context, const CommandGiven& given)
{
    if (!may_start(context.directory.find(given.person)))
        return plain_reply("I do not know you as a member of this workspace, and only members can raise "
                           "something. Somebody here can do it for you.");
    const auto routes = categories(context.settings);
    if (routes.empty()) return no_categories(context);
    const std::string typed{trimmed(plain_text(context, given.text))};
    const auto space = std::min(typed.find_first_of(" \n"), typed.size());
    const std::string word = typed.substr(0, space);
    const std::string text{trimmed(std::string_view{typed}.substr(space))};
    const auto named = std::find_if(routes.begin(), routes.end(), [&](const Route* route) {
        return lower_case(route->name) == lower_case(word);
    });
    if (!word.empty() && named == routes.end()) return refusal(context.settings, word, text);
    if (!text.empty())
        return raised_reply(context, raise_by(context, given.person, given.channel, **named, text));
    if (given.trigger.empty()) return refusal(context.settings, word, text);
    OutboxRow row;
    row.kind = OutboxKind::form;
    row.lane = OutboxLane::interactive;
    row.conversation = screen_of(given.person);
    row.payload = nlohmann::json{{"escalate", word.empty() ? routes.front()->name : (*named)->name},
                                 {"trigger", given.trigger},
                                 {"person", given.person.value},
                                 {"channel", given.channel.value},
                                 {"reply_address", given.reply_address}}
                      .dump();
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
    return std::nullopt;
}

bool is_escalate_row(const OutboxRow& row)
{
    return nlohmann::json::parse(row.payload).contains("escalate");
}

OpenForm escalate_form_in(HandlerContext& context, const OutboxRow& row)
{
    const auto payload = nlohmann::json::parse(row.payload);
    Form form;
    form.name = escalate_form_name;
    form.title = "Raise something";
    form.submit_label = "Raise";
    form.context = payload.at("channel").get<std::string>();
    form.introduction.push_back(
        plain_line("Whoever is on its route hears of it, step by step, until somebody takes it. "
                   "You are told who has it, and how it ends."));
    FormField& category = form.fields.emplace_back();
    category.name = route_field;
    category.kind = FieldKind::choice;
    category.label = "What is it about?";
    for (const Route* route : categories(context.settings)) {
        category.choices.push_back(Choice{route->name, route->name});
        form.introduction.push_back(small_line(RichText{Strong{route->name}, Words{"  " + route->about}}));
    }
    category.initial = {payload.at("escalate").get<std::string>()};
    FormField& text = form.fields.emplace_back();
    text.name = text_field;
    text.label = "What is wrong, since when, and what should somebody do?";
    text.hint = "Who reads it may know nothing of it. Links help.";
    text.length_max = text_max;
    return OpenForm{payload.at("trigger").get<std::string>(), std::move(form)};
}

FormProblems take_escalate_form(HandlerContext& context, const FormSubmitted& submitted)
{
    // The answer to the first submission may have been lost: then the form is still open, and is sent again.
    const std::string form_key = "form:" + submitted.instance;
    const std::string values_key = form_key + ":" + digest_of(submitted.values);
    if (context.seen.contains(values_key)) return {};
    if (context.seen.contains(form_key))
        return {{text_field,
                 "This was raised already, as it stood when you sent it. To raise more, copy your text and "
                 "open a new form."}};
    const auto& chosen = submitted.values.of(route_field).chosen;
    const auto route = chosen.empty() ? context.settings.routes.end()
                                      : context.settings.routes.find(chosen.front());
    if (route == context.settings.routes.end() || route->second.about.empty())
        return {{route_field, "This category is not there any more. Choose another."}};
    const std::string text{trimmed(submitted.values.of(text_field).text)};
    if (text.empty()) return {{text_field, "Say in a line what is wrong."}};
    if (!may_start(context.directory.find(submitted.person)))
        return {{text_field, "I do not know you as a member of this workspace."}};
    static_cast<void>(context.seen.insert(form_key));
    static_cast<void>(context.seen.insert(values_key));
    static_cast<void>(raise_by(context, submitted.person, ChannelId{submitted.context}, route->second, text));
    return {};
}

}  // namespace ackd
