#include "bot/commands/ask_form.hpp"

#include "bot/commands/whole_number.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace ackd {

namespace {

constexpr const char* groups_field = "groups";
constexpr const char* channels_field = "channels";
constexpr const char* text_field = "text";
constexpr const char* priority_field = "priority";
constexpr const char* level_field = "level";
constexpr const char* due_field = "by";
constexpr const char* announcement_field = "announcement";
constexpr const char* silence_field = "silence";
constexpr const char* decider_field = "decider";

/// What fits on a card in any case.
constexpr int text_length_max = 2'500;
/// As with "by …" in a command.
constexpr std::chrono::hours due_ahead_max{24 * 366};
constexpr int needed_offered_max = 5;

std::string chosen_in(const FieldValue& value)
{
    return value.chosen.empty() ? std::string{} : value.chosen.front();
}

std::string text_in(const nlohmann::json& object, const char* key)
{
    const auto member = object.find(key);  // the end, when it is no object
    return member != object.end() && member->is_string() ? member->get<std::string>() : std::string{};
}

void add_who(const AskFormStart& start, const std::vector<UserGroup>& groups, Form& form)
{
    FormField& who = form.fields.emplace_back();
    who.name = ask_field::who;
    who.kind = FieldKind::people;
    who.label = "Who";
    who.is_optional = true;
    who.initial = texts_of(start.people);

    if (!groups.empty()) {
        FormField& field = form.fields.emplace_back();
        field.name = groups_field;
        field.kind = FieldKind::choices;
        field.label = "Groups";
        field.is_optional = true;
        for (const UserGroup& group : groups) field.choices.push_back({"@" + group.handle, group.id.value});
        field.initial = texts_of(start.groups);
    }

    FormField& everybody = form.fields.emplace_back();
    everybody.name = channels_field;
    everybody.kind = FieldKind::channels;
    everybody.label = "Everybody in";
    everybody.is_optional = true;
    everybody.initial = texts_of(start.channels);
}

void add_how(Form& form)
{
    FormField& needed = form.fields.emplace_back();
    needed.name = ask_field::quorum;
    needed.kind = FieldKind::choice;
    needed.label = "How many must answer";
    needed.choices = {{"All of them", "all"}, {"Any one of them", "any"}};
    for (int count = 2; count <= needed_offered_max; ++count)
        needed.choices.push_back({fmt::format("{} of them", count), std::to_string(count)});
    needed.initial = {"all"};

    FormField& urgency = form.fields.emplace_back();
    urgency.name = priority_field;
    urgency.kind = FieldKind::choice;
    urgency.label = "How urgent";
    urgency.choices = {{"Now: somebody must act at once", std::string{name_of(Priority::now)}},
                       {"Today: within the working day", std::string{name_of(Priority::today)}},
                       {"This week: at some point", std::string{name_of(Priority::week)}},
                       {"For information: no answer wanted", std::string{name_of(Priority::fyi)}}};
    urgency.initial = {std::string{name_of(Priority::today)}};

    FormField& enough = form.fields.emplace_back();
    enough.name = level_field;
    enough.kind = FieldKind::choice;
    enough.label = "What is enough";
    enough.choices = {{"Done: carried out, in effect", std::string{name_of(AckLevel::integrated)}},
                      {"Got it: it has arrived", std::string{name_of(AckLevel::received)}}};
    enough.initial = {std::string{name_of(AckLevel::integrated)}};

    FormField& said_back = form.fields.emplace_back();
    said_back.name = ask_field::read_back;
    said_back.kind = FieldKind::choice;
    said_back.label = "Say it back";
    said_back.hint =
        "For what must not be misunderstood, now or today: in one line, by some who received it.";
    said_back.choices = {{"Nobody", "0"}, {"One of them", "1"}, {"Two of them", "2"}};
    said_back.initial = {"0"};

    FormField& by = form.fields.emplace_back();
    by.name = due_field;
    by.kind = FieldKind::instant;
    by.label = "By when";
    by.hint = "In your time. Left empty, the urgency decides.";
    by.is_optional = true;
}

void add_silence(Form& form)
{
    FormField& field = form.fields.emplace_back();
    field.name = silence_field;
    field.kind = FieldKind::choice;
    field.label = "Without an answer";
    field.hint = "Everybody has a working day, and one objection stops it. Not for matters about people.";
    field.choices = {{"They are reminded", "none"},
                     {"It goes ahead", std::string{name_of(SilenceEffect::goes_ahead)}},
                     {"It does not happen", std::string{name_of(SilenceEffect::does_not_happen)}},
                     {"Somebody decides", std::string{name_of(SilenceEffect::somebody_decides)}},
                     {"They are asked again", std::string{name_of(SilenceEffect::asked_again)}}};
    field.initial = {"none"};

    FormField& decider = form.fields.emplace_back();
    decider.name = decider_field;
    decider.kind = FieldKind::people;
    decider.label = "Then decided by";
    decider.is_optional = true;
}

void read_silence(const FormValues& values, Ask& ask, FormProblems& problems)
{
    const auto effect = silence_effect_named(chosen_in(values.of(silence_field)));
    if (!effect) return;
    ask.silence = SilenceChoice{*effect, UserId{}};
    if (*effect == SilenceEffect::somebody_decides) {
        ask.silence->decider = UserId{chosen_in(values.of(decider_field))};
        if (ask.silence->decider.empty() || values.of(decider_field).chosen.size() > 1)
            problems.push_back({decider_field, "Choose one person."});
    }
    if (const auto obstacle = obstacle_to_silence(ask))
        problems.push_back({silence_field, obstacle->explanation});
}

/// Of something new: a message that is already there has been announced.
void add_announcement(Form& form)
{
    FormField& field = form.fields.emplace_back();
    field.name = announcement_field;
    field.kind = FieldKind::choice;
    field.label = "How they hear of it";
    field.hint = "Before anybody is disturbed off hours, or many are, I show you whom.";
    field.choices = {
        {"At once", "once"}, {"With their next digest", "digest"}, {"When they are at work", "hold"}};
    field.initial = {"once"};
}

Announcement announcement_named(const std::string& chosen)
{
    return chosen == "digest" ? Announcement::in_digest
           : chosen == "hold" ? Announcement::when_in
                              : Announcement::undecided;
}

void read_quorum(const std::string& chosen, Ask& ask)
{
    if (chosen == "any") {
        ask.quorum = Quorum::any;
    } else if (const auto count = parse_whole_number<int>(chosen)) {
        ask.quorum = Quorum::k_of_n;
        ask.needed = *count;
    }
}

bool is_blank(const std::string& typed)
{
    return std::all_of(
        typed.begin(), typed.end(), [](unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
}

}  // namespace

Form ask_form(const AskFormStart& start, const std::vector<UserGroup>& groups)
{
    const bool is_new = !start.subject.exists();
    Form form;
    form.name = ask_form_name;
    // As the shortcuts that open it are called.
    form.title = is_new ? "Ask for acknowledgement" : "Request acknowledgement";
    form.submit_label = "Ask";
    form.context = nlohmann::json{{"channel", is_new ? std::string{} : start.subject.channel.value},
                                  {"stamp", start.subject.stamp}}
                       .dump();
    if (is_new) {
        FormField& what = form.fields.emplace_back();
        what.name = text_field;
        what.kind = FieldKind::text;
        what.label = "What";
        what.hint = "The thing asked for first, then the reason.";
        what.length_max = text_length_max;
    } else {
        form.introduction.push_back(Line{LineStyle::quote, RichText{Words{start.excerpt}}});
    }
    add_who(start, groups, form);
    if (is_new) {
        FormField& where = form.fields.emplace_back();
        where.name = ask_field::channel;
        where.kind = FieldKind::channel;
        where.label = "Post it in";
        where.hint = "A channel that I am in. Elsewhere: /invite @ackd first.";
        if (!start.subject.channel.empty()) where.initial = {start.subject.channel.value};
    }
    add_how(form);
    if (is_new) add_announcement(form);
    add_silence(form);
    return form;
}

std::variant<FilledAskForm, FormProblems> read_ask_form(const std::string& context,
                                                        const FormValues& values,
                                                        Instant now)
{
    FilledAskForm filled;
    FormProblems problems;
    // The context is ours, but it has been through other hands.
    const auto json = nlohmann::json::parse(context, nullptr, false);
    filled.subject = MessageRef{ChannelId{text_in(json, "channel")}, text_in(json, "stamp")};
    Ask& ask = filled.ask;
    ask.people = ids_of<UserId>(values.of(ask_field::who));
    ask.groups = ids_of<GroupId>(values.of(groups_field));
    ask.channels = ids_of<ChannelId>(values.of(channels_field));
    if (ask.names_nobody())
        problems.push_back({ask_field::who, "Choose at least one person, group or channel."});

    if (!filled.subject.exists()) {
        filled.subject = MessageRef{ChannelId{chosen_in(values.of(ask_field::channel))}, ""};
        if (filled.subject.channel.empty())
            problems.push_back({ask_field::channel, "Choose where to post it."});
        const std::string& typed = values.of(text_field).text;
        if (is_blank(typed)) problems.push_back({text_field, "Say what you ask for."});
        ask.text = {Words{typed}};
    }
    read_quorum(chosen_in(values.of(ask_field::quorum)), ask);
    ask.priority = priority_named(chosen_in(values.of(priority_field))).value_or(ask.priority);
    if (chosen_in(values.of(level_field)) == name_of(AckLevel::received)) ask.level = AckLevel::received;
    ask.read_back = std::clamp(
        parse_whole_number<int>(chosen_in(values.of(ask_field::read_back))).value_or(0), 0, 2);
    ask.announcement = announcement_named(chosen_in(values.of(announcement_field)));
    read_silence(values, ask, problems);
    ask.due_at = values.of(due_field).at;
    if (ask.due_at && *ask.due_at <= now) {
        problems.push_back({due_field, "That is past. Choose a later time, or leave it empty."});
    } else if (ask.due_at && *ask.due_at > now + due_ahead_max) {
        problems.push_back({due_field, "That is more than a year ahead."});
    }
    if (!problems.empty()) return problems;
    return filled;
}

}  // namespace ackd
