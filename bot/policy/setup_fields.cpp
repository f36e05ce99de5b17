#include "bot/policy/setup_fields.hpp"

#include "bot/commands/whole_number.hpp"
#include "bot/people/availability.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ackd {

namespace {

/// A field holds three thousand characters in every chat.
constexpr int lines_length_max = 3'000;
constexpr int text_length_max = 1'000;

/// Without white space around them; empty ones are left out.
std::vector<std::string> parts_of_text(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        if (const auto part = trimmed(text.substr(0, end)); !part.empty()) parts.emplace_back(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

}  // namespace

void FormMaker::text(
    std::string name, std::string label, std::string value, std::string hint, bool is_optional)
{
    FormField& field = add(std::move(name), FieldKind::text, std::move(label), is_optional);
    field.hint = std::move(hint);
    field.length_max = text_length_max;
    if (!value.empty()) field.initial = {std::move(value)};
}

void FormMaker::lines(
    std::string name, std::string label, std::string value, std::string hint, bool is_optional)
{
    text(std::move(name), std::move(label), std::move(value), std::move(hint), is_optional);
    form_.fields.back().length_max = lines_length_max;
}

void FormMaker::people(std::string name, std::string label, const std::vector<UserId>& ids)
{
    add(std::move(name), FieldKind::people, std::move(label), true).initial = texts_of(ids);
}

void FormMaker::channels(std::string name, std::string label, const std::vector<ChannelId>& ids)
{
    add(std::move(name), FieldKind::channels, std::move(label), true).initial = texts_of(ids);
}

void FormMaker::channel(std::string name, std::string label, const ChannelId& id, bool is_optional)
{
    FormField& field = add(std::move(name), FieldKind::channel, std::move(label), is_optional);
    if (!id.empty()) field.initial = {id.value};
}

void FormMaker::groups(std::string name, std::string label, const std::vector<GroupId>& ids)
{
    if (groups_.empty() && ids.empty()) return;
    FormField& field = add(std::move(name), FieldKind::choices, std::move(label), true);
    std::set<std::string> offered;
    for (const UserGroup& group : groups_) {
        field.choices.push_back(Choice{"@" + group.handle, group.id.value});
        offered.insert(group.id.value);
    }
    // What is there now stays to be chosen, offered to others or not.
    for (const GroupId& id : ids) {
        if (!offered.contains(id.value)) field.choices.push_back(Choice{id.value, id.value});
    }
    field.initial = texts_of(ids);
}

void FormMaker::choice(std::string name, std::string label, std::vector<Choice> choices, std::string chosen)
{
    FormField& field = add(std::move(name), FieldKind::choice, std::move(label), false);
    field.choices = std::move(choices);
    field.initial = {std::move(chosen)};
}

FormField& FormMaker::add(std::string name, FieldKind kind, std::string label, bool is_optional)
{
    FormField& field = form_.fields.emplace_back();
    field.name = std::move(name);
    field.kind = kind;
    field.label = std::move(label);
    field.is_optional = is_optional;
    return field;
}

void FormTaker::problem(const std::string& field, std::string explanation)
{
    problems_.push_back({field, std::move(explanation)});
}

std::string FormTaker::text(const std::string& field) const
{
    return std::string{trimmed(values_.of(field).text)};
}

std::string FormTaker::chosen(const std::string& field) const
{
    const auto& values = values_.of(field).chosen;
    return values.empty() ? "" : values.front();
}

void FormTaker::number(const std::string& field, int& target, int least, int most)
{
    const auto value = parse_whole_number<std::int64_t>(text(field), 0);
    if (!value || *value < least || *value > most)
        return problem(field, fmt::format("A whole number from {} to {}.", least, most));
    target = static_cast<int>(*value);
}

void FormTaker::zone(const std::string& field, std::string& target, bool is_optional)
{
    const std::string typed = text(field);
    if (!(is_optional && typed.empty()) && !is_time_zone(typed))
        return problem(field, fmt::format("There is no time zone \"{}\". Try: Europe/Berlin", typed));
    target = typed;
}

std::optional<WorkWeek> FormTaker::week(const std::string& field)
{
    std::string wrong;
    auto read = parse_work_week(text(field), wrong);
    if (!read) problem(field, fmt::format("\"{}\": {}.", text(field), wrong));
    return read;
}

std::string FormTaker::name(const std::string& what, bool is_taken_by_other)
{
    std::string typed = text("name");
    std::string wrong = problem_of_name(what, typed);
    if (wrong.empty() && is_taken_by_other) wrong = fmt::format("There is one named \"{}\" already.", typed);
    if (!wrong.empty()) problem("name", wrong);
    return typed;
}

std::vector<std::string> names_in_text(std::string_view text)
{
    return parts_of_text(text, ',');
}

std::vector<std::string> lines_in_text(std::string_view text)
{
    return parts_of_text(text, '\n');
}

}  // namespace ackd
