#include "sandbox/blocks/block_kit_elements.hpp"

#include "sandbox/blocks/block_kit_rules.hpp"
#include "sandbox/model/message_markup.hpp"

#include <algorithm>
#include <array>

namespace sandbox {
namespace {

constexpr std::size_t id_characters_max = 255;
constexpr std::size_t option_text_max = 75;
constexpr std::size_t option_value_max = 150;

bool one_of(std::string_view text, std::initializer_list<std::string_view> choices)
{
    return std::find(choices.begin(), choices.end(), text) != choices.end();
}

bool fits(std::string_view type, Place place)
{
    if (place == Place::context) return type == "image";
    if (one_of(type,
               {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}))
        return place == Place::input;
    if (type == "image") return place == Place::accessory;
    if (one_of(type, {"button", "overflow"})) return place != Place::input;
    return is_interactive_element(type);
}

void check_confirm(const Json& confirm, const std::string& pointer, BlockProblems& problems)
{
    if (confirm.is_null()) return;
    problems.only_members(confirm, {"title", "text", "confirm", "deny", "style"}, pointer);
    const auto part = [&](const char* key, TextKind kind, std::size_t max) {
        const Json& text = problems.require(confirm, key, pointer);
        if (!text.is_null()) check_text_object(text, kind, max, pointer + "/" + key, problems);
    };
    part("title", TextKind::plain_only, 100);
    part("text", TextKind::any, 300);
    part("confirm", TextKind::plain_only, 30);
    part("deny", TextKind::plain_only, 30);
}

void check_option(const Json& option, TextKind kind, const std::string& pointer, BlockProblems& problems)
{
    problems.only_members(option, {"text", "value", "description", "url"}, pointer);
    const Json& text = problems.require(option, "text", pointer);
    if (!text.is_null()) check_text_object(text, kind, option_text_max, pointer + "/text", problems);
    problems.check_length(
        problems.require(option, "value", pointer), 1, option_value_max, pointer + "/value");
    if (!member(option, "description").is_null())
        check_text_object(option["description"], kind, option_text_max, pointer + "/description", problems);
    problems.check_length(member(option, "url"), 1, 3000, pointer + "/url");
}

void check_options(
    const Json& options, std::size_t max, TextKind kind, const std::string& pointer, BlockProblems& problems)
{
    problems.check_count(options, 1, max, pointer);
    if (!options.is_array()) return;
    for (std::size_t at = 0; at < options.size(); ++at)
        check_option(options[at], kind, pointer + "/" + std::to_string(at), problems);
}

void check_menu_options(const Json& menu, const std::string& pointer, BlockProblems& problems)
{
    const Json& options = member(menu, "options");
    const Json& groups = member(menu, "option_groups");
    if (options.is_null() == groups.is_null()) {
        problems.report(pointer, "exactly one of options and option_groups is required");
        return;
    }
    if (!options.is_null()) check_options(options, 100, TextKind::plain_only, pointer + "/options", problems);
    if (groups.is_null()) return;
    problems.check_count(groups, 1, 100, pointer + "/option_groups");
    if (!groups.is_array()) return;
    for (std::size_t at = 0; at < groups.size(); ++at) {
        const std::string place = pointer + "/option_groups/" + std::to_string(at);
        problems.only_members(groups[at], {"label", "options"}, place);
        const Json& label = problems.require(groups[at], "label", place);
        if (!label.is_null()) check_text_object(label, TextKind::plain_only, 75, place + "/label", problems);
        check_options(problems.require(groups[at], "options", place),
                      100,
                      TextKind::plain_only,
                      place + "/options",
                      problems);
    }
}

void check_button(const Json& button, const std::string& pointer, BlockProblems& problems)
{
    problems.only_members(
        button,
        {"type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label"},
        pointer);
    const Json& text = problems.require(button, "text", pointer);
    if (!text.is_null()) check_text_object(text, TextKind::plain_only, 75, pointer + "/text", problems);
    problems.check_length(member(button, "value"), 1, 2000, pointer + "/value");
    problems.check_length(member(button, "url"), 1, 3000, pointer + "/url");
    problems.check_length(member(button, "accessibility_label"), 1, 75, pointer + "/accessibility_label");
    const Json& style = member(button, "style");
    if (!style.is_null() && style != Json("primary") && style != Json("danger"))
        problems.report(pointer + "/style", "must be a valid enum value");
}

void check_choice(const Json& element,
                  std::string_view type,
                  const std::string& pointer,
                  BlockProblems& problems)
{
    if (type == "overflow") {
        problems.only_members(element, {"type", "action_id", "options", "confirm"}, pointer);
        check_options(problems.require(element, "options", pointer),
                      5,
                      TextKind::plain_only,
                      pointer + "/options",
                      problems);
    } else if (type == "radio_buttons" || type == "checkboxes") {
        problems.only_members(
            element,
            {"type", "action_id", "options", "initial_option", "initial_options", "confirm", "focus_on_load"},
            pointer);
        check_options(
            problems.require(element, "options", pointer), 10, TextKind::any, pointer + "/options", problems);
    } else {
        problems.only_members(element,
                              {"type",
                               "action_id",
                               "options",
                               "option_groups",
                               "initial_option",
                               "initial_options",
                               "placeholder",
                               "confirm",
                               "focus_on_load",
                               "max_selected_items"},
                              pointer);
        check_menu_options(element, pointer, problems);
    }
}

void check_text_input(const Json& element, const std::string& pointer, BlockProblems& problems)
{
    problems.only_members(element,
                          {"type",
                           "action_id",
                           "initial_value",
                           "multiline",
                           "min_length",
                           "max_length",
                           "is_decimal_allowed",
                           "min_value",
                           "max_value",
                           "dispatch_action_config",
                           "focus_on_load",
                           "placeholder"},
                          pointer);
    for (const char* key : {"min_length", "max_length"}) {
        const Json& length = member(element, key);
        if (length.is_null()) continue;
        if (!length.is_number_integer() || length.get<std::int64_t>() < 0 ||
            length.get<std::int64_t>() > 3000)
            problems.report(pointer + "/" + key, "must be a number from 0 to 3000");
    }
    problems.check_length(member(element, "initial_value"), 0, 3000, pointer + "/initial_value");
}

}  // namespace

void BlockProblems::report(const std::string& pointer, const std::string& what)
{
    if (problems_.size() < problems_max)
        problems_.push_back("[ERROR] " + what + " [json-pointer:" + pointer + "]");
}

const Json& BlockProblems::require(const Json& object, const char* key, const std::string& pointer)
{
    const Json& value = member(object, key);
    if (value.is_null()) report(pointer, std::string{"missing required field: "} + key);
    return value;
}

void BlockProblems::only_members(const Json& object,
                                 std::initializer_list<std::string_view> allowed,
                                 const std::string& pointer)
{
    if (!object.is_object()) {
        report(pointer, "must be an object");
        return;
    }
    for (const auto& [key, value] : object.items())
        if (!one_of(key, allowed)) report(pointer, "invalid additional property: " + key);
}

void BlockProblems::check_length(const Json& value,
                                 std::size_t min,
                                 std::size_t max,
                                 const std::string& pointer)
{
    if (value.is_null()) return;
    if (!value.is_string()) {
        report(pointer, "must be a string");
        return;
    }
    const std::size_t length = count_characters(value.get_ref<const std::string&>());
    if (length < min) report(pointer, "must be more than " + std::to_string(min - 1) + " characters");
    if (length > max) report(pointer, "must be less than " + std::to_string(max + 1) + " characters");
}

void BlockProblems::check_count(const Json& value,
                                std::size_t min,
                                std::size_t max,
                                const std::string& pointer)
{
    if (value.is_null()) return;
    if (!value.is_array()) {
        report(pointer, "must be an array");
        return;
    }
    if (value.size() < min) report(pointer, "no fewer than " + std::to_string(min) + " items allowed");
    if (value.size() > max) report(pointer, "no more than " + std::to_string(max) + " items allowed");
}

void BlockProblems::check_flag(const Json& value, const std::string& pointer)
{
    if (!value.is_null() && !value.is_boolean()) report(pointer, "must be a boolean");
}

void check_text_object(const Json& text,
                       TextKind kind,
                       std::size_t characters_max,
                       const std::string& pointer,
                       BlockProblems& problems)
{
    const std::string type = text_member(text, "type");
    if (type != "plain_text" && (type != "mrkdwn" || kind == TextKind::plain_only)) {
        problems.report(pointer + "/type",
                        kind == TextKind::plain_only ? "must be plain_text" : "must be plain_text or mrkdwn");
        return;
    }
    if (type == "plain_text")
        problems.only_members(text, {"type", "text", "emoji"}, pointer);
    else
        problems.only_members(text, {"type", "text", "verbatim"}, pointer);
    problems.check_flag(member(text, "emoji"), pointer + "/emoji");
    problems.check_flag(member(text, "verbatim"), pointer + "/verbatim");
    problems.check_length(problems.require(text, "text", pointer), 1, characters_max, pointer + "/text");
}

bool is_interactive_element(std::string_view type)
{
    return one_of(type,
                  {"button",
                   "overflow",
                   "static_select",
                   "multi_static_select",
                   "users_select",
                   "multi_users_select",
                   "conversations_select",
                   "multi_conversations_select",
                   "channels_select",
                   "multi_channels_select",
                   "external_select",
                   "multi_external_select",
                   "datepicker",
                   "timepicker",
                   "datetimepicker",
                   "radio_buttons",
                   "checkboxes",
                   "plain_text_input",
                   "email_text_input",
                   "url_text_input",
                   "number_input",
                   "rich_text_input"});
}

void check_element(const Json& element,
                   Place place,
                   const std::string& pointer,
                   std::set<std::string>& action_ids,
                   BlockProblems& problems)
{
    const std::string type = text_member(element, "type");
    if (!fits(type, place)) {
        problems.report(pointer + "/type", "unsupported type: " + (type.empty() ? "(none)" : type));
        return;
    }
    if (type == "image") {
        problems.only_members(element, {"type", "image_url", "slack_file", "alt_text"}, pointer);
        problems.check_length(problems.require(element, "alt_text", pointer), 1, 2000, pointer + "/alt_text");
        return;
    }
    problems.check_length(member(element, "action_id"), 1, id_characters_max, pointer + "/action_id");
    const std::string action_id = text_member(element, "action_id");
    if (!action_id.empty() && !action_ids.insert(action_id).second)
        problems.report(pointer + "/action_id", "`action_id` " + action_id + " already exists in this block");
    check_confirm(member(element, "confirm"), pointer + "/confirm", problems);
    if (!member(element, "placeholder").is_null())
        check_text_object(
            element["placeholder"], TextKind::plain_only, 150, pointer + "/placeholder", problems);

    if (type == "button") {
        check_button(element, pointer, problems);
    } else if (one_of(type,
                      {"overflow", "radio_buttons", "checkboxes", "static_select", "multi_static_select"})) {
        check_choice(element, type, pointer, problems);
    } else if (one_of(type, {"plain_text_input", "email_text_input", "url_text_input", "number_input"})) {
        check_text_input(element, pointer, problems);
    } else if (one_of(type, {"datepicker", "timepicker", "datetimepicker"})) {
        problems.only_members(element,
                              {"type",
                               "action_id",
                               "initial_date",
                               "initial_time",
                               "initial_date_time",
                               "timezone",
                               "placeholder",
                               "confirm",
                               "focus_on_load"},
                              pointer);
        problems.check_length(member(element, "initial_date"), 10, 10, pointer + "/initial_date");
        problems.check_length(member(element, "initial_time"), 5, 5, pointer + "/initial_time");
    } else {
        problems.only_members(element,
                              {"type",
                               "action_id",
                               "placeholder",
                               "confirm",
                               "focus_on_load",
                               "initial_user",
                               "initial_users",
                               "initial_conversation",
                               "initial_conversations",
                               "initial_channel",
                               "initial_channels",
                               "initial_option",
                               "initial_options",
                               "initial_value",
                               "default_to_current_conversation",
                               "filter",
                               "response_url_enabled",
                               "max_selected_items",
                               "min_query_length",
                               "dispatch_action_config"},
                              pointer);
    }
}

}  // namespace sandbox
