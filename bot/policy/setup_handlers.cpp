#include "bot/policy/setup_handlers.hpp"

#include "bot/commands/ack_command.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/people/roles.hpp"
#include "bot/policy/policy_changes.hpp"
#include "bot/policy/policy_handlers.hpp"
#include "bot/policy/policy_lint.hpp"
#include "bot/policy/policy_values.hpp"
#include "bot/policy/setup_form.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace ackd {

namespace {

constexpr std::size_t groups_offered_max = 100;
constexpr std::size_t parts_listed_max = 30;

/// Whether leads of the team may change it: the team itself, and how its channel is watched. A channel that
/// is still to be chosen may be any team's.
bool is_of_team(const SetupPart& part, const Team& team)
{
    if (part.kind == SetupKind::team) return team.name == part.name;
    if (part.kind != SetupKind::channel || team.channel.empty()) return false;
    return part.name.empty() || team.channel.value == part.name;
}

/// Why they may not; empty: they may.
std::string refusal_for(const HandlerContext& context, const UserId& person, const SetupPart& part)
{
    const Policy& policy = context.settings;
    if (may(policy, context.directory, person, Permission::change_policy)) return "";
    const Team* first = nullptr;
    for (const Team& team : policy.teams) {
        if (!is_of_team(part, team)) continue;
        if (may(policy, context.directory, person, Permission::change_team, &team)) return "";
        if (first == nullptr) first = &team;
    }
    return part.name.empty() || first == nullptr
               ? refusal_words(policy, context.directory, Permission::change_policy)
               : refusal_words(policy, context.directory, Permission::change_team, first);
}

/// As it is typed: a channel by its name.
std::string typed_as(HandlerContext& context, const SetupPart& part)
{
    if (part.kind != SetupKind::channel || part.name.empty()) return to_text(part);
    const std::string name = names_in(context)(RouteTarget{ChannelId{part.name}});
    return name.empty() ? to_text(part) : "channel " + name;
}

std::vector<SetupPart> parts_of(const Policy& policy)
{
    std::vector<SetupPart> parts{{SetupKind::hours}, {SetupKind::limits}};
    for (const Team& team : policy.teams) parts.push_back({SetupKind::team, team.name});
    parts.push_back({SetupKind::team});
    for (const WatchedChannel& watched : policy.channels)
        parts.push_back({SetupKind::channel, watched.channel.value});
    parts.push_back({SetupKind::channel});
    for (const auto& [name, route] : policy.routes) parts.push_back({SetupKind::route, name});
    parts.push_back({SetupKind::route});
    for (const Rotation& rotation : policy.rotations) parts.push_back({SetupKind::rotation, rotation.name});
    parts.push_back({SetupKind::rotation});
    return parts;
}

std::string summary_of(const SetupPart& part, const Policy& policy)
{
    switch (part.kind) {
        case SetupKind::hours: return fmt::format("{}, {}", to_text(policy.hours), policy.default_zone);
        case SetupKind::limits:
            return fmt::format("{} interruptions a person and day, {} people a request",
                               policy.interruptions_per_day,
                               policy.recipients_max);
        case SetupKind::team: {
            const Team* team = team_of(part, policy);
            if (team == nullptr) return "a new one";
            return team->hours ? to_text(*team->hours) : "the hours of everybody";
        }
        case SetupKind::channel: {
            const WatchedChannel* watched = channel_of(part, policy);
            if (watched == nullptr) return "a new one";
            if (watched->mode == WatchMode::off) return "not watched";
            return fmt::format("{}, somebody hears of it after {}",
                               name_of(watched->mode),
                               to_text(watched->ask_after, TimeBase::working_time));
        }
        case SetupKind::route: {
            const auto route = policy.routes.find(part.name);
            if (route == policy.routes.end()) return "a new one";
            const std::size_t count = route->second.steps.size();
            return fmt::format("{} step{}", count, count == 1 ? "" : "s");
        }
        case SetupKind::rotation: {
            const Rotation* rotation = find_rotation(policy.rotations, part.name);
            if (rotation == nullptr) return "a new one";
            const std::size_t count = people_of(*rotation).size();
            return fmt::format("{}, {} {}", to_text(rotation->turn), count, count == 1 ? "person" : "people");
        }
    }
    return "";
}

Notice overview(HandlerContext& context, const UserId& person)
{
    const std::int64_t version = PolicyTable{context.connection}.newest_version();
    Notice notice = plain_reply("");
    notice.summary = "What your team decides";
    auto& lines = notice.sections.front().lines;
    lines = {plain_line(version == 0 ? std::string{"What your team decides. So far these are the defaults."}
                                     : fmt::format("What your team decides, version {}.", version))};
    std::size_t left_out = 0;
    bool may_change_all = true;
    for (const SetupPart& part : parts_of(context.settings)) {
        if (!refusal_for(context, person, part).empty()) {
            may_change_all = false;
            if (part.name.empty() && part.kind != SetupKind::hours && part.kind != SetupKind::limits)
                continue;
            lines.push_back(small_line(
                fmt::format("{}: {}", typed_as(context, part), summary_of(part, context.settings))));
        } else {
            lines.push_back(plain_line(RichText{Code{"/ackd setup " + typed_as(context, part)},
                                                Words{"  " + summary_of(part, context.settings)}}));
        }
        if (lines.size() > parts_listed_max) {
            lines.pop_back();
            ++left_out;
        }
    }
    if (left_out > 0) lines.push_back(small_line(fmt::format("… and {} more", left_out)));
    if (!may_change_all) {
        lines.push_back(
            small_line(refusal_words(context.settings, context.directory, Permission::change_policy)));
    }
    return notice;
}

Notice mistyped(HandlerContext& context, const std::string& typed)
{
    std::vector<std::string> known;
    for (const SetupPart& part : parts_of(context.settings)) known.push_back(typed_as(context, part));
    Notice notice = plain_reply(fmt::format("I did not understand \"/ackd setup {}\".", typed));
    notice.sections.front().lines.push_back(plain_line(
        RichText{Words{"Try: "}, Code{"/ackd setup " + nearest_word(typed, known).value_or(known.front())}}));
    return notice;
}

/// The channel that was typed: as the chat marks it, by its id, or by its name.
std::optional<ChannelId> channel_typed(const HandlerContext& context,
                                       const RichText& text,
                                       const std::string& typed)
{
    for (const Span& span : text) {
        if (const auto* marked = std::get_if<ChannelName>(&span)) return marked->channel;
    }
    for (const KnownConversation& known : context.conversations.all()) {
        const Conversation& conversation = known.conversation;
        if (typed == conversation.id.value || typed == "#" + conversation.name) return conversation.id;
    }
    for (const WatchedChannel& watched : context.settings.channels) {
        if (typed == watched.channel.value) return watched.channel;
    }
    return std::nullopt;
}

/// Nothing: there is no such part.
std::optional<SetupPart> part_typed(const HandlerContext& context,
                                    const RichText& text,
                                    const std::string& typed)
{
    auto part = setup_part_in(typed);
    if (!part) return std::nullopt;
    if (part->kind == SetupKind::channel) {
        const auto channel = channel_typed(context, text, part->name);
        if (!channel && !part->name.empty()) return std::nullopt;
        if (channel) part->name = channel->value;
        return part;
    }
    return is_there(*part, context.settings) ? part : std::nullopt;
}

PeopleCalled people_called(HandlerContext& context)
{
    PeopleCalled called;
    called.name_of = [&context](const UserId& id) { return context.directory.name_of(id); };
    called.who_is = [&context](const std::string& typed) { return context.directory.find_by_name(typed); };
    return called;
}

/// With what is there now.
Form form_of(HandlerContext& context, const SetupPart& part)
{
    return setup_form(part,
                      context.settings,
                      PolicyTable{context.connection}.newest_version(),
                      context.directory.groups_to_offer(groups_offered_max),
                      people_called(context));
}

void open_form(HandlerContext& context, const CommandGiven& given, const SetupPart& part)
{
    OutboxRow row;
    row.kind = OutboxKind::form;
    row.lane = OutboxLane::interactive;
    row.conversation = screen_of(given.person);
    row.payload = nlohmann::json{{"setup", to_text(part)},
                                 {"trigger", given.trigger},
                                 {"person", given.person.value},
                                 {"channel", given.channel.value},
                                 {"reply_address", given.reply_address}}
                      .dump();
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

/// What was changed in the part since that version; empty: nothing.
std::string changed_since(HandlerContext& context, const SetupOccasion& occasion)
{
    const PolicyTable policies{context.connection};
    if (policies.newest_version() == occasion.version) return "";
    const auto stored = policies.find(occasion.version);
    const Policy base = stored ? policy_of(*stored) : Policy{};
    std::string words;
    const std::string subject = to_text(occasion.part);
    for (const PolicyChange& change : changes_between(base, context.settings, names_in(context))) {
        const bool is_ours = change.subject == subject || change.subject.starts_with(subject + " · ");
        if (is_ours) words += (words.empty() ? "" : "; ") + change.words;
    }
    return words;
}

/// `holes`: of the part that was saved.
Notice saved_notice(HandlerContext& context,
                    const Policy& before,
                    const Policy& after,
                    std::int64_t version,
                    const std::vector<std::string>& holes)
{
    constexpr std::size_t lines_max = 20;
    Notice notice = plain_reply(fmt::format("Saved. Version {} of the policy is in force.", version));
    auto& lines = notice.sections.front().lines;
    for (const PolicyChange& change : changes_between(before, after, names_in(context))) {
        if (lines.size() < lines_max) lines.push_back(plain_line(change.words));
    }
    for (const std::string& hole : holes) {
        if (lines.size() < lines_max) lines.push_back(small_line(hole));
    }
    return notice;
}

}  // namespace

bool is_setup_command(const CommandGiven& given)
{
    const auto words = words_of(given.text);
    return !words.empty() && words.front() == "setup";
}

std::optional<Notice> setup_by_command(HandlerContext& context, const CommandGiven& given)
{
    const auto words = words_of(given.text);
    if (words.size() < 2) {
        if (!may(context.settings, context.directory, given.person, Permission::look_at_policy))
            return plain_reply(
                refusal_words(context.settings, context.directory, Permission::look_at_policy));
        return overview(context, given.person);
    }
    const std::string typed = fmt::format("{}", fmt::join(words.begin() + 1, words.end(), " "));
    const auto part = part_typed(context, given.text, typed);
    if (!part) return mistyped(context, typed);
    if (const std::string why = refusal_for(context, given.person, *part); !why.empty())
        return plain_reply(why);
    if (const std::string field = overfull_field_of(form_of(context, *part)); !field.empty()) {
        return plain_reply(
            fmt::format("\"{}\" is more than a form holds. By file nothing of it is lost: `ackd policy "
                        "export`, then `ackd policy apply`.",
                        field));
    }
    open_form(context, given, *part);
    return std::nullopt;
}

FormProblems take_setup_form(HandlerContext& context, const FormSubmitted& submitted)
{
    // The answer to the first submission may have been lost: then the form is still open, and is sent again.
    const std::string form_key = "form:" + submitted.instance;
    if (context.seen.contains(form_key)) return {};
    const auto occasion = setup_occasion_in(submitted.context);
    if (!occasion || submitted.values.fields.empty()) return {};
    const std::string& first_field = submitted.values.fields.front().field;
    const SetupPart made = part_made(occasion->part, submitted.values);
    for (const SetupPart& part : {occasion->part, made}) {
        if (const std::string why = refusal_for(context, submitted.person, part); !why.empty())
            return {{first_field, why}};
    }
    if (const std::string words = changed_since(context, *occasion); !words.empty()) {
        return {{first_field,
                 fmt::format("This was changed while the form was open. {}. Copy what you need, and open "
                             "the form again.",
                             words)}};
    }
    const auto read = read_setup_form(
        occasion->part, context.settings, submitted.values, people_called(context));
    if (const auto* problems = std::get_if<FormProblems>(&read)) return *problems;
    const Policy& changed = std::get<Policy>(read);
    const PolicyGround ground = ground_of(changed, context.directory, context.connection);
    std::vector<std::string> holes;
    for (const PolicyFinding& finding : lint_policy(changed, ground)) {
        if (finding.part != to_text(made)) continue;
        if (finding.flaw == PolicyFlaw::unknown) return {{first_field, finding.what}};
        holes.push_back(to_text(finding));
    }
    static_cast<void>(context.seen.insert(form_key));
    if (static_cast<const Policy&>(context.settings) == changed) return {};
    const std::int64_t version = keep_policy(context, changed, {submitted.person, PolicySource::chat, ""});
    tell(context,
         submitted.person,
         Request{},
         saved_notice(context, context.settings, changed, version, holes),
         TellWhen::at_once);
    return {};
}

bool is_setup_row(const OutboxRow& row)
{
    return nlohmann::json::parse(row.payload).contains("setup");
}

OpenForm setup_form_in(HandlerContext& context, const OutboxRow& row)
{
    const auto payload = nlohmann::json::parse(row.payload);
    const SetupPart part = setup_part_in(payload.at("setup").get<std::string>()).value();
    return OpenForm{payload.at("trigger").get<std::string>(), form_of(context, part)};
}

Notice roles_reply()
{
    Notice notice = plain_reply("");
    notice.summary = "Who may do what";
    auto& lines = notice.sections.front().lines;
    lines.clear();
    for (const std::string& line : roles_as_lines()) lines.push_back(plain_line(line));
    lines.push_back(
        small_line("Answering belongs to who is asked, withdrawing to who asked. Guests may ask and "
                   "answer. Whoever runs ackd may do what an admin may."));
    return notice;
}

}  // namespace ackd
