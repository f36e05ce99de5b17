#include "tests/unit/notice_text.hpp"

namespace ackd {

std::string text_of(const RichText& text)
{
    struct Visitor {
        std::string operator()(const Words& words) const { return words.text; }
        std::string operator()(const Mention& mention) const { return "<@" + mention.user.value + ">"; }
        std::string operator()(const GroupMention& mention) const
        {
            return "<@&" + mention.group.value + ">";
        }
        std::string operator()(const ChannelName& name) const { return "#" + name.channel.value; }
        std::string operator()(const MessageLink& link) const { return "(" + link.label + "→)"; }
        std::string operator()(const Link& link) const
        {
            return link.label.empty() ? link.address : "(" + link.label + "→" + link.address + ")";
        }
        std::string operator()(const Moment& moment) const { return "{" + moment.fallback + "}"; }
        std::string operator()(const Strong& strong) const { return "*" + strong.text + "*"; }
        std::string operator()(const Code& code) const { return "`" + code.text + "`"; }
    };
    std::string plain;
    for (const Span& span : text) plain += std::visit(Visitor{}, span);
    return plain;
}

std::string text_of(const Action& action)
{
    if (action.choices.empty()) return "[" + action.label + "]";
    std::string text = action.tucked_away ? "[⋯" : "[" + action.label + " ▾";
    for (std::size_t index = 0; index < action.choices.size(); ++index) {
        text += (index == 0 ? ": " : " | ") + action.choices[index].label;
    }
    return text + "]";
}

std::string text_of(const Notice& notice)
{
    std::string text;
    for (const Section& section : notice.sections) {
        if (!text.empty()) text += "----\n";
        for (const Line& line : section.lines) {
            if (line.style == LineStyle::quote) text += "> ";
            if (line.style == LineStyle::small) text += "~ ";
            text += text_of(line.text) + "\n";
        }
        for (std::size_t index = 0; index < section.actions.size(); ++index) {
            text += (index == 0 ? "" : " ") + text_of(section.actions[index]);
        }
        if (!section.actions.empty()) text += "\n";
    }
    return text;
}

std::string value_behind(const Notice& notice, const std::string& name, const std::string& choice)
{
    for (const Section& section : notice.sections) {
        for (const Action& action : section.actions) {
            if (action.name != name) continue;
            if (action.choices.empty()) return action.value;
            for (const Choice& entry : action.choices) {
                if (entry.label == choice) return entry.value;
            }
        }
    }
    return "";
}

}  // namespace ackd
