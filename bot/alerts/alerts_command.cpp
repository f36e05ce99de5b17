#include "bot/alerts/alerts_command.hpp"

#include "bot/alerts/alert_handlers.hpp"
#include "bot/alerts/alert_rules.hpp"
#include "bot/alerts/alert_table.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/lower_case.hpp"
#include "bot/people/local_time.hpp"
#include "bot/people/roles.hpp"

#include <fmt/format.h>

#include <sstream>

namespace ackd {

namespace {

constexpr int shown_max = 10;
/// More than anybody reads; what is left is counted.
constexpr int looked_at_max = 500;

/// Whoever types in a channel is in it; of others that is known only where everybody may look.
bool may_see(HandlerContext& context, const CommandGiven& given, const ChannelId& channel)
{
    if (channel == given.channel) return true;
    const auto member = context.directory.find(given.person);
    const auto known = context.conversations.find(channel);
    return member && member->kind == MemberKind::person && known && !known->conversation.is_private;
}

std::string state_words(HandlerContext& context, const AlertGroup& group)
{
    if (group.state == AlertGroupState::quiet) return "comes and goes: quiet until it is still";
    if (group.state == AlertGroupState::muted) return "muted";
    const auto standing = standing_of(context, group);
    return standing ? plain_text(context, RichText{standing->front()}) : "";
}

Section group_item(HandlerContext& context, const AlertGroup& group, const UserId& reader)
{
    const auto first = AlertTable{context.connection}.first_of(group.id);
    Section section;
    RichText head;
    if (first) head.push_back(Strong{shortened(first->title, excerpt_max)});
    if (group.alerts > 1) head.push_back(Words{fmt::format(" and {} more", group.alerts - 1)});
    if (group.message.exists()) {
        head.push_back(Words{" "});
        head.push_back(MessageLink{group.message, "open"});
    }
    section.lines.push_back(plain_line(std::move(head)));
    std::string line = fmt::format(
        "{} · since {}", group.source, your_time(context, reader, group.opened_at));
    std::string state = state_words(context, group);
    if (state.ends_with(", since ")) state.resize(state.size() - std::string_view{", since "}.size());
    if (!state.empty()) line += " · " + state;
    section.lines.push_back(small_line(std::move(line)));
    return section;
}

Notice list(HandlerContext& context, const CommandGiven& given)
{
    const AlertTable table{context.connection};
    Notice notice = plain_reply("Alerts");
    notice.sections.front().lines = {plain_line(RichText{Strong{"Alerts"}})};
    int shown = 0;
    int left_out = 0;
    for (const AlertGroup& group : table.not_over(looked_at_max)) {
        const bool is_nothing = group.state == AlertGroupState::muted && group.there() == 0;
        if (is_nothing || !may_see(context, given, source_named(context, group.source).channel)) continue;
        if (shown < shown_max) {
            notice.sections.push_back(group_item(context, group, given.person));
            ++shown;
        } else {
            ++left_out;
        }
    }
    if (shown == 0) {
        notice.sections.front().lines.push_back(small_line(
            context.settings.sources.empty()
                ? "No program tells me what is wrong yet. Whoever runs ackd adds one to the policy."
                : "Nothing is wrong, as far as programs tell."));
    }
    Section& rest = notice.sections.emplace_back();
    if (left_out > 0) rest.lines.push_back(small_line(fmt::format("… and {} more.", left_out)));
    for (const HeardSource& source : table.all_sources()) {
        if (!source.is_muted() || !may_see(context, given, source_named(context, source.name).channel))
            continue;
        rest.lines.push_back(small_line(fmt::format("💤 {} is muted by {}, until {}.",
                                                    source.name,
                                                    context.directory.name_of(source.mute->by),
                                                    your_time(context, given.person, source.mute->until))));
    }
    if (rest.lines.empty()) notice.sections.pop_back();
    return notice;
}

Notice not_understood(const std::string& problem, const std::string& corrected)
{
    Notice notice = plain_reply(problem);
    notice.sections.front().lines.push_back(plain_line(RichText{Words{"Try: "}, Code{corrected}}));
    return notice;
}

std::vector<std::string> words_in(HandlerContext& context, const RichText& text)
{
    std::istringstream typed{plain_text(context, text)};
    std::vector<std::string> words;
    for (std::string word; typed >> word;) words.push_back(std::move(word));
    return words;
}

/// The source of that name that they may see.
const AlertSource* source_of(HandlerContext& context, const CommandGiven& given, const std::string& name)
{
    for (const AlertSource& source : context.settings.sources) {
        if (lower_case(source.name) == lower_case(name) && may_see(context, given, source.channel))
            return &source;
    }
    return nullptr;
}

Notice unknown_source(HandlerContext& context,
                      const CommandGiven& given,
                      const std::string& name,
                      const std::string& verb,
                      const std::string& rest)
{
    std::vector<std::string> known;
    for (const AlertSource& source : context.settings.sources) {
        if (may_see(context, given, source.channel)) known.push_back(source.name);
    }
    if (known.empty()) return plain_reply("There is no source of alerts that you could mute here.");
    const std::string nearest = nearest_word(name, known).value_or(known.front());
    return not_understood(name.empty() ? "Which source?" : fmt::format("I know no source \"{}\".", name),
                          fmt::format("/alerts {} {}{}", verb, nearest, rest));
}

Notice mute(HandlerContext& context, const CommandGiven& given, const std::vector<std::string>& words)
{
    const std::string name = words.size() > 1 ? words[1] : "";
    const AlertSource* source = source_of(context, given, name);
    if (source == nullptr) return unknown_source(context, given, name, "mute", " for 2h");
    std::string typed;
    for (std::size_t index = 2; index < words.size(); ++index) {
        if (index == 2 && lower_case(words[index]) == "for") continue;
        typed += (typed.empty() ? "" : " ") + words[index];
    }
    const std::string example = fmt::format("/alerts mute {} for 2h", source->name);
    if (typed.empty()) return not_understood("For how long? At most 24 hours.", example);
    const auto length = parse_mute_length(typed);
    if (!length) return not_understood(fmt::format("I did not understand \"{}\".", typed), example);
    if (*length > mute_max)
        return not_understood("At most 24 hours.", fmt::format("/alerts mute {} for 24h", source->name));
    const Instant until = context.now + *length;
    mute_source(context, *source, until, given.person);
    return plain_reply(fmt::format("💤 {} is muted until {}. What it says is kept, and told then.",
                                   source->name,
                                   your_time(context, given.person, until)));
}

Notice unmute(HandlerContext& context, const CommandGiven& given, const std::vector<std::string>& words)
{
    const std::string name = words.size() > 1 ? words[1] : "";
    const AlertSource* source = source_of(context, given, name);
    if (source == nullptr) return unknown_source(context, given, name, "unmute", "");
    HeardSource heard = AlertTable{context.connection}.source(source->name);
    if (!heard.is_muted()) return plain_reply(fmt::format("{} is not muted.", source->name));
    end_mute(context, *source, std::move(heard), given.person);
    return plain_reply(fmt::format("{} is heard again.", source->name));
}

}  // namespace

Notice handle_alerts_command(HandlerContext& context, const CommandGiven& given)
{
    const std::vector<std::string> words = words_in(context, given.text);
    const std::string verb = words.empty() ? "" : lower_case(words.front());
    if (verb.empty()) return list(context, given);
    if (verb == "mute" || verb == "unmute") {
        if (!may(context.settings, context.directory, given.person, Permission::mute_source))
            return plain_reply(refusal_words(context.settings, context.directory, Permission::mute_source));
        return verb == "mute" ? mute(context, given, words) : unmute(context, given, words);
    }
    Notice notice = plain_reply(fmt::format("I did not understand \"/alerts {}\".", words.front()));
    notice.sections.front().lines.push_back(plain_line(RichText{Words{"Try: "},
                                                                Code{"/alerts"},
                                                                Words{", "},
                                                                Code{"/alerts mute NAME for 2h"},
                                                                Words{" or "},
                                                                Code{"/alerts unmute NAME"}}));
    return notice;
}

}  // namespace ackd
