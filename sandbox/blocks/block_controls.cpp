#include "sandbox/blocks/block_controls.hpp"

#include "sandbox/blocks/block_kit_elements.hpp"

#include <vector>

namespace sandbox {
namespace {

struct Control {
    std::string block_id;
    const Json* element;
    [[nodiscard]] std::string action_id() const { return text_member(*element, "action_id"); }
    [[nodiscard]] std::string type() const { return text_member(*element, "type"); }
};

std::vector<Control> controls_of(const Json& blocks)
{
    std::vector<Control> controls;
    if (!blocks.is_array()) return controls;
    for (const Json& block : blocks) {
        const std::string block_id = text_member(block, "block_id");
        const auto add = [&](const Json& element) {
            if (is_interactive_element(text_member(element, "type")))
                controls.push_back(Control{block_id, &element});
        };
        add(member(block, "accessory"));
        add(member(block, "element"));
        const Json& elements = member(block, "elements");
        if (elements.is_array() && text_member(block, "type") == "actions")
            for (const Json& element : elements) add(element);
    }
    return controls;
}

/// The option with this value, from a flat list or from groups; null when it is not offered.
Json offered_option(const Json& element, const Json& value)
{
    const Json& options = member(element, "options");
    if (options.is_array())
        for (const Json& option : options)
            if (member(option, "value") == value) return option;
    const Json& groups = member(element, "option_groups");
    if (groups.is_array())
        for (const Json& group : groups)
            if (Json found = offered_option(group, value); !found.is_null()) return found;
    return nullptr;
}

bool starts_with(const std::string& text, std::string_view start)
{
    return text.compare(0, start.size(), start) == 0;
}

/// The member that carries what was chosen ("selected_option", "value", …), and its value for `selected`.
Outcome<std::pair<std::string, Json>> chosen(const Control& control, const Json& selected)
{
    const std::string type = control.type();
    const Json& element = *control.element;
    const auto option = [&](const Json& value) -> Outcome<Json> {
        Json found = offered_option(element, value);
        if (found.is_null() && !starts_with(type, "external") && !starts_with(type, "multi_external"))
            return Refusal{"not_offered", {control.action_id() + " does not offer " + dump(value)}};
        return found.is_null() ? Json{{"text", {{"type", "plain_text"}, {"text", value}}}, {"value", value}}
                               : found;
    };
    if (type == "checkboxes" || type == "multi_static_select" || type == "multi_external_select") {
        Json all = Json::array();
        const Json list = selected.is_array()  ? selected
                          : selected.is_null() ? Json::array()
                                               : Json::array({selected});
        for (const Json& value : list) {
            auto found = option(value);
            if (!found) return found.error();
            all.push_back(std::move(*found));
        }
        return std::pair{std::string{"selected_options"}, std::move(all)};
    }
    if (type == "static_select" || type == "overflow" || type == "radio_buttons" || type == "external_select")
    {
        if (selected.is_null()) return std::pair{std::string{"selected_option"}, Json{}};
        auto found = option(selected);
        if (!found) return found.error();
        return std::pair{std::string{"selected_option"}, std::move(*found)};
    }
    constexpr std::pair<const char*, const char*> members[] = {
        {"users_select", "selected_user"},
        {"multi_users_select", "selected_users"},
        {"conversations_select", "selected_conversation"},
        {"multi_conversations_select", "selected_conversations"},
        {"channels_select", "selected_channel"},
        {"multi_channels_select", "selected_channels"},
        {"datepicker", "selected_date"},
        {"timepicker", "selected_time"},
        {"datetimepicker", "selected_date_time"},
    };
    for (const auto& [kind, name] : members) {
        if (type != kind) continue;
        const bool wants_list = starts_with(type, "multi_");
        if (wants_list && !selected.is_array())
            return std::pair{std::string{name}, selected.is_null() ? Json::array() : Json::array({selected})};
        return std::pair{std::string{name}, selected};
    }
    return std::pair{std::string{"value"}, selected};
}

Json initial_choice(const Json& element)
{
    const auto values_of = [](const Json& options) {
        Json values = Json::array();
        for (const Json& option : options) values.push_back(member(option, "value"));
        return values;
    };
    if (member(element, "initial_option").is_object()) return member(element["initial_option"], "value");
    if (member(element, "initial_options").is_array()) return values_of(element["initial_options"]);
    for (const char* key : {"initial_user",
                            "initial_users",
                            "initial_conversation",
                            "initial_conversations",
                            "initial_channel",
                            "initial_channels",
                            "initial_date",
                            "initial_time",
                            "initial_date_time",
                            "initial_value"})
        if (!member(element, key).is_null()) return element[key];
    return nullptr;
}

}  // namespace

std::string list_controls(const Json& blocks)
{
    std::string names;
    for (const Control& control : controls_of(blocks))
        names += (names.empty() ? "" : ", ") + control.action_id();
    return names.empty() ? "nothing" : names;
}

Outcome<Json> press_control(const Json& blocks, const ControlChoice& choice, const std::string& action_ts)
{
    for (const Control& control : controls_of(blocks)) {
        const Json& element = *control.element;
        const bool is_meant = control.action_id() == choice.action_id &&
                              (choice.block_id.empty() || control.block_id == choice.block_id) &&
                              (choice.value.is_null() || member(element, "value") == choice.value);
        if (!is_meant) continue;
        Json action{{"type", control.type()},
                    {"action_id", choice.action_id},
                    {"block_id", control.block_id},
                    {"action_ts", action_ts}};
        if (control.type() == "button") {
            action["text"] = member(element, "text");
            for (const char* key : {"value", "style", "url"})
                if (!member(element, key).is_null()) action[key] = element[key];
            return action;
        }
        if (choice.selected.is_null())
            return Refusal{"not_offered", {choice.action_id + " needs \"selected\": what is chosen"}};
        auto what = chosen(control, choice.selected);
        if (!what) return what.error();
        action[what->first] = std::move(what->second);
        return action;
    }
    return Refusal{"no_such_control",
                   {choice.action_id + " is not there; there is " + list_controls(blocks)}};
}

Outcome<Json> state_values(const Json& blocks, const Json& entered)
{
    Json values = Json::object();
    std::size_t used = 0;
    for (const Control& control : controls_of(blocks)) {
        if (control.type() == "button" || control.type() == "overflow") continue;
        const std::string long_name = control.block_id + "/" + control.action_id();
        const char* name = entered.contains(long_name) ? long_name.c_str() : nullptr;
        const std::string short_name = control.action_id();
        if (name == nullptr && entered.contains(short_name)) name = short_name.c_str();
        if (name != nullptr) ++used;
        auto what = chosen(control, name == nullptr ? initial_choice(*control.element) : entered[name]);
        if (!what) return what.error();
        values[control.block_id][control.action_id()] = {{"type", control.type()},
                                                         {what->first, std::move(what->second)}};
    }
    if (used < entered.size())
        return Refusal{"no_such_control",
                       {"a value was given for what is not there; there is " + list_controls(blocks)}};
    return values;
}

}  // namespace sandbox
