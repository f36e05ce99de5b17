#include "sandbox/teammates/visible_buttons.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace sandbox {
namespace {

std::string in_small_letters(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text;
}

bool says(const VisibleButton& button, const std::vector<std::string_view>& words)
{
    const std::string label = in_small_letters(button.label);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return label.find(word) != std::string::npos;
    });
}

void add(std::vector<VisibleButton>& buttons, const Json& element, const std::string& block_id)
{
    const std::string type = text_member(element, "type");
    VisibleButton button;
    button.action_id = text_member(element, "action_id");
    button.block_id = block_id;
    if (type == "button") {
        button.label = text_member(member(element, "text"), "text");
        button.stands_out = text_member(element, "style") == "primary";
        button.value = member(element, "value");
        buttons.push_back(std::move(button));
    } else if (type == "static_select") {
        button.label = text_member(member(element, "placeholder"), "text");
        for (const Json& option : member(element, "options"))
            button.options.push_back(text_member(option, "value"));
        if (!button.options.empty()) buttons.push_back(std::move(button));
    }
}

}  // namespace

std::vector<VisibleButton> buttons_of(const Json& blocks)
{
    std::vector<VisibleButton> buttons;
    if (!blocks.is_array()) return buttons;
    for (const Json& block : blocks) {
        const std::string block_id = text_member(block, "block_id");
        const Json& elements = member(block, "elements");
        if (text_member(block, "type") == "actions" && elements.is_array())
            for (const Json& element : elements) add(buttons, element, block_id);
        add(buttons, member(block, "accessory"), block_id);
    }
    return buttons;
}

std::optional<ControlChoice> find_button(const Json& blocks, Answer answer)
{
    const std::vector<VisibleButton> buttons = buttons_of(blocks);
    auto found = buttons.end();
    if (answer == Answer::yes) {
        found = std::find_if(
            buttons.begin(), buttons.end(), [](const VisibleButton& each) { return each.stands_out; });
    } else {
        const std::vector<std::string_view> words =
            answer == Answer::no ? std::vector<std::string_view>{"can't", "no time", "not me", "decline"}
                                 : std::vector<std::string_view>{"done", "finished"};
        found = std::find_if(
            buttons.begin(), buttons.end(), [&](const VisibleButton& each) { return says(each, words); });
    }
    if (found == buttons.end()) return std::nullopt;
    ControlChoice choice;
    choice.action_id = found->action_id;
    choice.block_id = found->block_id;
    choice.value = found->value;
    if (!found->options.empty()) choice.selected = found->options.front();
    return choice;
}

}  // namespace sandbox
