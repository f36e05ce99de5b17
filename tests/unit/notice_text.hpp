// A notice as plain text, to be compared whole:
//
//   Ann needs an answer from Bo          a plain line
//   > the subject, in its own words      a quote
//   ~ context                            a small line
//   [Got it] [Snooze ▾: 1 hour | …]      buttons and menus; "⋯" for what is tucked away
//
// Inside a line: <@U1> pings, *strong*, `code`, {a moment}, (open→) a link. A bundle's sections are parted by
// "----".
#pragma once

#include "bot/notice.hpp"
#include "bot/people/local_time.hpp"

#include <string>

namespace ackd {

inline std::string text_of(const RichText& text)
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

inline std::string text_of(const Action& action)
{
    if (action.choices.empty()) return "[" + action.label + "]";
    std::string text = action.tucked_away ? "[⋯" : "[" + action.label + " ▾";
    for (std::size_t index = 0; index < action.choices.size(); ++index) {
        text += (index == 0 ? ": " : " | ") + action.choices[index].label;
    }
    return text + "]";
}

inline std::string text_of(const Notice& notice)
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

/// The value that goes with a button, or with a menu's choice: what comes back when somebody uses it.
inline std::string value_behind(const Notice& notice, const std::string& name, const std::string& choice = "")
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
