#include "bot/delivery/delivery_phrases.hpp"

#include "bot/capacity/capacity_handlers.hpp"
#include "bot/capacity/capacity_notices.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/roles.hpp"
#include "bot/resync/resync_handlers.hpp"

#include <date/tz.h>
#include <fmt/format.h>

namespace ackd {

namespace {

constexpr std::size_t names_max = 10;

}  // namespace

std::string shortened(const std::string& text, std::size_t length_max)
{
    // Counts characters, not bytes: a continuation byte of UTF-8 is 10xxxxxx.
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) continue;
        if (length == length_max) {
            std::string head = text.substr(0, at);
            while (!head.empty() && head.back() == ' ') head.pop_back();
            return head + "…";
        }
        ++length;
    }
    return text;
}

std::string plain_text(HandlerContext& context, const RichText& text)
{
    struct Visitor {
        HandlerContext& context;
        std::string operator()(const Words& words) const { return words.text; }
        std::string operator()(const Strong& strong) const { return strong.text; }
        // As it is typed in chats, so that it is still told from words.
        std::string operator()(const Code& code) const
        {
            const char* mark = code.text.find('\n') == std::string::npos ? "`" : "```";
            return mark + code.text + mark;
        }
        std::string operator()(const Mention& mention) const
        {
            return "@" + context.directory.name_of(mention.user);
        }
        std::string operator()(const GroupMention& mention) const
        {
            const auto group = context.directory.find_group(mention.group);
            return "@" + (group ? group->handle : mention.group.value);
        }
        std::string operator()(const ChannelName& name) const { return "#" + name.channel.value; }
        std::string operator()(const MessageLink& link) const { return link.label; }
        std::string operator()(const Link& link) const { return link.shown(); }
        std::string operator()(const Moment& moment) const { return moment.fallback; }
    };
    std::string plain;
    for (const Span& span : text) plain += std::visit(Visitor{context}, span);
    return plain;
}

Line plain_line(RichText text)
{
    return Line{LineStyle::plain, std::move(text)};
}

Line plain_line(std::string text)
{
    return plain_line(RichText{Words{std::move(text)}});
}

Line small_line(RichText text)
{
    return Line{LineStyle::small, std::move(text)};
}

Line small_line(std::string text)
{
    return small_line(RichText{Words{std::move(text)}});
}

Line quote_line(const Request& request)
{
    RichText text;
    const bool is_let_go = request.text.empty() && request.is_over();
    text.push_back(
        Words{is_let_go ? "(its words are no longer kept)" : shortened(request.text, excerpt_max)});
    if (request.subject.exists()) {
        text.push_back(Words{" "});
        text.push_back(MessageLink{request.subject, "open"});
    }
    return Line{LineStyle::quote, std::move(text)};
}

UserId dead_letter_owner_of(HandlerContext& context, const Request& request)
{
    const UserId& owner = context.settings.dead_letter_owner;
    const bool is_there = !owner.empty() && is_present(context.directory.find(owner));
    if (is_there) return owner;
    if (request.creditor != bot_actor) return request.creditor;
    // What a program raised is nobody's: those who decide about routes have it.
    const auto admins = people_with(Role::admin, context.settings, context.directory);
    if (!admins.empty()) return admins.front();
    for (const FrozenStep& step : request.route.steps) {
        if (!step.people.empty()) return step.people.front();
    }
    return request.creditor;
}

std::string joined_names(HandlerContext& context, const std::vector<UserId>& people)
{
    std::string names;
    for (std::size_t index = 0; index < people.size(); ++index) {
        if (index == names_max) return names + fmt::format(" and {} more", people.size() - names_max);
        if (index > 0) names += " · ";
        names += context.directory.name_of(people[index]);
    }
    return names;
}

std::string your_time(HandlerContext& context, const UserId& reader, Instant at)
{
    return local_time_text(context.directory.working_hours_of(reader), at, context.now) + " (your time)";
}

Moment moment(Instant at)
{
    return Moment{at, utc_text(at)};
}

std::string priority_words(Priority priority)
{
    switch (priority) {
        case Priority::now: return "now";
        case Priority::today: return "today";
        case Priority::week: return "this week";
        case Priority::fyi: return "for information";
    }
    return "?";
}

std::string telling_words(Telling telling)
{
    switch (telling) {
        case Telling::as_usual: return "As usual";
        case Telling::quieter: return "Quieter";
        case Telling::digest_only: return "In digests only";
        case Telling::home_only: return "On the App Home only";
    }
    return "?";
}

std::string off_words(HandlerContext& context, const UserId& person)
{
    const WorkingHours hours = context.directory.working_hours_of(person);
    const Instant back = hours.next_working_instant(context.now);
    const auto day_of = [&](Instant at) { return date::floor<date::days>(hours.zone()->to_local(at)); };
    if (day_of(back) == day_of(context.now)) return "";
    const std::string text = local_time_text(hours, back, context.now);
    return " (off until " + text.substr(0, text.rfind(' ')) + ")";
}

std::string number_of(RequestId id)
{
    return "#" + std::to_string(id.value);
}

std::string value_of(RequestId id)
{
    return "r" + std::to_string(id.value);
}

std::string value_of(ObligationId id)
{
    return "o" + std::to_string(id.value);
}

Action button(const char* name, std::string label, std::string value, ActionStyle style)
{
    Action action;
    action.name = name;
    action.label = std::move(label);
    action.value = std::move(value);
    action.style = style;
    return action;
}

void add_ending_actions(HandlerContext& context,
                        const Request& request,
                        const std::string& value,
                        Section& section,
                        ActionStyle style)
{
    if (ends_by_relief(context, request)) return add_relief_actions(value, section);
    if (is_divergence(context, request)) return add_divergence_actions(value, section);
    section.actions.push_back(button(action::done, "Done", value, style));
}

Action promise_menu(std::string label, const std::string& value)
{
    Action menu;
    menu.name = action::promise;
    menu.label = std::move(label);
    menu.choices = {{"today", value + " today"},
                    {"tomorrow", value + " tomorrow"},
                    {"this week", value + " this_week"},
                    {"next week", value + " next_week"}};
    return menu;
}

Action request_menu(const Request& request)
{
    Action menu;
    menu.name = action::more;
    menu.label = "More";
    menu.tucked_away = true;
    const std::string value = value_of(request.id);
    menu.choices = {{"Who has answered", value + " who"}, {"Time line", value + " trace"}};
    if (!request.is_over()) menu.choices.push_back({"Withdraw", value + " withdraw"});
    return menu;
}

Action why_menu(const Obligation& obligation, const UserId& reader)
{
    Action menu;
    menu.name = action::more;
    menu.label = "More";
    menu.tucked_away = true;
    const std::string value = value_of(obligation.id);
    menu.choices = {{"Why did I get this", value + " why"}, {"Time line", value + " trace"}};
    if (!reader.empty()) menu.choices.push_back({"Less like this", value + " less"});
    return menu;
}

Action telling_menu(std::string label)
{
    Action menu;
    menu.name = action::telling;
    menu.label = std::move(label);
    for (const Telling telling : all_tellings)
        menu.choices.push_back({telling_words(telling), "telling " + std::string{name_of(telling)}});
    return menu;
}

Action decline_menu(const std::string& value)
{
    Action menu;
    menu.name = action::decline;
    menu.label = "Can't";
    menu.choices = {{"No time for it", value + " no_time"},
                    {"Blocked by something else", value + " blocked"},
                    {"I object", value + " objection"},
                    {"Away", value + " away"}};
    return menu;
}

Action snooze_menu(const std::string& value)
{
    Action menu;
    menu.name = action::snooze;
    menu.label = "Snooze";
    menu.choices = {{"1 hour", value + " hour"},
                    {"This afternoon", value + " afternoon"},
                    {"Next working day", value + " next_day"}};
    return menu;
}

}  // namespace ackd
