#include "sandbox/model/message_markup.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace sandbox {
namespace {

bool starts_with(std::string_view text, std::string_view start)
{
    return text.substr(0, start.size()) == start;
}

bool is_word(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// The inside of "<…>" that starts at text[0] == '<', or nothing when this is a stray '<'.
std::string_view bracketed(std::string_view text)
{
    const auto end = text.find_first_of("<>\n", 1);
    if (end == std::string_view::npos || text[end] != '>' || end == 1) return {};
    const std::string_view inside = text.substr(1, end - 1);
    const bool is_control = inside.size() > 1 && (inside[0] == '@' || inside[0] == '#' || inside[0] == '!');
    const bool is_link = inside.find("://") != std::string_view::npos || starts_with(inside, "mailto:") ||
                         starts_with(inside, "tel:");
    return is_control || is_link ? inside : std::string_view{};
}

std::string_view address_at(std::string_view text)
{
    if (!starts_with(text, "http://") && !starts_with(text, "https://")) return {};
    const auto end = std::min(text.find_first_of(" \t\r\n<>|`\"'"), text.size());
    std::string_view address = text.substr(0, end);
    // Punctuation that ends the sentence is not part of the address.
    while (!address.empty() && std::string_view{".,;:!?)"}.find(address.back()) != std::string_view::npos)
        address.remove_suffix(1);
    return address.find("://") + 3 < address.size() ? address : std::string_view{};
}

std::string_view name_at(std::string_view text)
{
    std::size_t length = 0;
    while (length < text.size() && (is_word(text[length]) || text[length] == '.')) ++length;
    while (length > 0 && text[length - 1] == '.') --length;
    return text.substr(0, length);
}

constexpr std::array broadcast_words{
    std::string_view{"here"}, std::string_view{"channel"}, std::string_view{"everyone"}};

}  // namespace

std::string to_wire(std::string_view typed, const Linking& linking)
{
    std::string wire;
    wire.reserve(typed.size() + 16);
    bool in_code = false;
    for (std::size_t at = 0; at < typed.size();) {
        const std::string_view rest = typed.substr(at);
        const char c = rest[0];
        const bool at_boundary = at == 0 || !is_word(typed[at - 1]);
        std::string_view taken = rest.substr(0, 1);
        if (c == '`') in_code = !in_code;
        if (c == '<') {
            if (const auto inside = bracketed(rest); !inside.empty()) {
                taken = rest.substr(0, inside.size() + 2);
                wire += taken;
            } else {
                wire += "&lt;";
            }
        } else if (c == '>') {
            wire += "&gt;";
        } else if (c == '&') {
            const bool is_escape = starts_with(rest, "&amp;") || starts_with(rest, "&lt;") ||
                                   starts_with(rest, "&gt;");
            wire += is_escape ? "&" : "&amp;";
        } else if ((c == '@' || c == '#') && at_boundary && !in_code) {
            const auto& resolve = c == '@' ? linking.mention : linking.channel;
            const std::string_view name = name_at(rest.substr(1));
            const std::string markup = resolve && !name.empty() ? resolve(name) : std::string{};
            if (!markup.empty()) taken = rest.substr(0, name.size() + 1);
            wire += markup.empty() ? std::string{taken} : markup;
        } else if (c == 'h' && linking.urls && at_boundary && !in_code && !address_at(rest).empty()) {
            taken = address_at(rest);
            wire += '<';
            wire += taken;
            wire += '>';
        } else {
            wire += c;
        }
        at += taken.size();
    }
    return wire;
}

int count_broadcasts(std::string_view wire)
{
    int count = 0;
    for (auto at = wire.find("<!"); at != std::string_view::npos; at = wire.find("<!", at + 2)) {
        const std::string_view inside = wire.substr(at + 2);
        for (const auto word : broadcast_words) {
            if (!starts_with(inside, word) || inside.size() == word.size()) continue;
            if (inside[word.size()] == '>' || inside[word.size()] == '|') ++count;
        }
    }
    return count;
}

int count_broadcasts_in_blocks(const Json& blocks)
{
    if (blocks.is_array()) {
        int count = 0;
        for (const Json& each : blocks) count += count_broadcasts_in_blocks(each);
        return count;
    }
    if (!blocks.is_object()) return 0;
    if (text_member(blocks, "type") == "broadcast") return 1;
    if (text_member(blocks, "type") == "mrkdwn") {
        const std::string text = text_member(blocks, "text");
        if (member(blocks, "verbatim") == Json(true)) return count_broadcasts(text);
        Linking linking;
        linking.mention = [](std::string_view name) {
            for (const auto word : broadcast_words)
                if (name == word) return "<!" + std::string{word} + ">";
            return std::string{};
        };
        return count_broadcasts(to_wire(text, linking));
    }
    int count = 0;
    for (const Json& each : blocks) count += count_broadcasts_in_blocks(each);
    return count;
}

std::string unescape(std::string_view wire)
{
    std::string text;
    text.reserve(wire.size());
    for (std::size_t at = 0; at < wire.size(); ++at) {
        const std::string_view rest = wire.substr(at);
        if (starts_with(rest, "&amp;")) {
            text += '&';
            at += 4;
        } else if (starts_with(rest, "&lt;")) {
            text += '<';
            at += 3;
        } else if (starts_with(rest, "&gt;")) {
            text += '>';
            at += 3;
        } else {
            text += rest[0];
        }
    }
    return text;
}

namespace {

Json rich_text_leaf(std::string_view inside)
{
    const auto bar = std::min(inside.find('|'), inside.size());
    const std::string target{inside.substr(0, bar)};
    const std::string label{bar < inside.size() ? inside.substr(bar + 1) : std::string_view{}};
    if (target[0] == '@') return {{"type", "user"}, {"user_id", target.substr(1)}};
    if (target[0] == '#') return {{"type", "channel"}, {"channel_id", target.substr(1)}};
    if (starts_with(target, "!subteam^")) return {{"type", "usergroup"}, {"usergroup_id", target.substr(9)}};
    if (target[0] == '!') return {{"type", "broadcast"}, {"range", target.substr(1)}};
    Json link{{"type", "link"}, {"url", unescape(target)}};
    if (!label.empty()) link["text"] = unescape(label);
    return link;
}

/// `:tada:` at the front, without its colons; else nothing.
std::string_view emoji_at(std::string_view text)
{
    const auto end = text.find(':', 1);
    if (end == std::string_view::npos || end < 2) return {};
    const std::string_view name = text.substr(1, end - 1);
    const bool is_name = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+';
    });
    const bool is_time = std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
    return is_name && !is_time ? name : std::string_view{};
}

/// What stands between backticks at the front, on one line; else nothing.
std::string_view code_at(std::string_view text)
{
    const auto end = text.find_first_of("`\n", 1);
    if (end == std::string_view::npos || text[end] != '`') return {};
    return text.substr(1, end - 1);
}

Json rich_text_leaves(std::string_view wire)
{
    Json leaves = Json::array();
    std::string plain;
    const auto add = [&](Json leaf) {
        if (!plain.empty()) leaves.push_back({{"type", "text"}, {"text", unescape(plain)}});
        plain.clear();
        if (!leaf.is_null()) leaves.push_back(std::move(leaf));
    };
    for (std::size_t at = 0; at < wire.size();) {
        const std::string_view rest = wire.substr(at);
        const bool is_emoji_place = at == 0 || !is_word(wire[at - 1]);
        if (const auto inside = rest[0] == '<' ? bracketed(rest) : std::string_view{}; !inside.empty()) {
            add(rich_text_leaf(inside));
            at += inside.size() + 2;
        } else if (const auto code = rest[0] == '`' ? code_at(rest) : std::string_view{}; !code.empty()) {
            add({{"type", "text"}, {"text", unescape(code)}, {"style", {{"code", true}}}});
            at += code.size() + 2;
        } else if (const auto emoji = rest[0] == ':' && is_emoji_place ? emoji_at(rest) : std::string_view{};
                   !emoji.empty())
        {
            add({{"type", "emoji"}, {"name", emoji}});
            at += emoji.size() + 2;
        } else {
            plain += wire[at++];
        }
    }
    add(nullptr);
    return leaves;
}

Json part_of(const char* type, Json leaves)
{
    return {{"type", type}, {"elements", std::move(leaves)}};
}

/// The next paragraph, quotation or block of code, taken from the front of what is left.
Json take_part(std::string_view& wire)
{
    constexpr std::string_view fence = "```";
    constexpr std::string_view quote = "&gt;";
    const auto take = [&](std::size_t count) {
        const std::string_view taken = wire.substr(0, count);
        wire.remove_prefix(taken.size());
        return taken;
    };
    const auto take_line_end = [&] {
        if (starts_with(wire, "\n")) take(1);
    };
    if (const auto end = starts_with(wire, fence) ? wire.find(fence, fence.size()) : std::string_view::npos;
        end != std::string_view::npos)
    {
        std::string_view code = take(end + fence.size()).substr(fence.size(), end - fence.size());
        if (starts_with(code, "\n")) code.remove_prefix(1);
        if (code.ends_with('\n')) code.remove_suffix(1);
        take_line_end();
        return part_of("rich_text_preformatted", Json::array({{{"type", "text"}, {"text", unescape(code)}}}));
    }
    if (starts_with(wire, quote)) {
        std::string quoted;
        while (starts_with(wire, quote)) {
            take(quote.size());
            if (starts_with(wire, " ")) take(1);
            if (!quoted.empty()) quoted += '\n';
            quoted += take(wire.find('\n'));
            take_line_end();
        }
        return part_of("rich_text_quote", rich_text_leaves(quoted));
    }
    std::size_t end = std::min(wire.find(fence, 1), wire.find("\n&gt;"));
    if (starts_with(wire, fence)) end = wire.find("\n&gt;");  // never closed: three backticks
    const std::string_view said = take(end);
    take_line_end();
    return part_of("rich_text_section", rich_text_leaves(said));
}

void collect_text(const Json& value, std::string& into)
{
    if (value.is_array()) {
        for (const Json& each : value) collect_text(each, into);
    } else if (value.is_object()) {
        for (const auto& [key, each] : value.items()) {
            const bool is_shown = key == "text" || key == "title" || key == "label" || key == "alt_text" ||
                                  key == "description" || key == "hint" || key == "placeholder";
            if (each.is_string() && is_shown) into += each.get<std::string>() + '\n';
            if (each.is_structured()) collect_text(each, into);
        }
    }
}

}  // namespace

Json rich_text_block(std::string_view wire, const std::string& block_id)
{
    Json parts = Json::array();
    while (!wire.empty()) parts.push_back(take_part(wire));
    if (parts.empty()) parts.push_back(part_of("rich_text_section", Json::array()));
    return {{"type", "rich_text"}, {"block_id", block_id}, {"elements", std::move(parts)}};
}

std::string visible_text(const Json& blocks)
{
    std::string text;
    collect_text(blocks, text);
    return text;
}

std::size_t count_characters(std::string_view text)
{
    std::size_t count = 0;
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
    return count;
}

std::string first_characters(std::string_view text, std::size_t count)
{
    std::size_t seen = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U && seen++ == count)
            return std::string{text.substr(0, at)};
    }
    return std::string{text};
}

}  // namespace sandbox
