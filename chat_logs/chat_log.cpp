#include "chat_logs/chat_log.hpp"

#include <date/date.h>

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <utility>

namespace chat_logs {
namespace {

constexpr std::size_t depth_max = 16;
constexpr std::size_t name_bytes_max = 200;

/// What went wrong; caught where reading starts, since every step of a parser can fail.
struct Malformed {
    std::string reason;
};

bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void append_code_point(std::string& text, std::uint32_t code)
{
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        throw Malformed{"a numeric entity names no character"};
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xC0U | (code >> 6U));
        text += static_cast<char>(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        text += static_cast<char>(0xE0U | (code >> 12U));
        text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
        text += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
        text += static_cast<char>(0xF0U | (code >> 18U));
        text += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
        text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
        text += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

class Reader {
public:
    explicit Reader(std::string_view xml) : xml_(xml) {}

    ChatLog read()
    {
        skip_between();
        if (open_tag() != "slack") throw Malformed{"the outermost element must be <slack>"};
        while (true) {
            skip_between();
            if (at_end()) throw Malformed{"<slack> is not closed"};
            if (looks_at("</")) break;
            read_part();
        }
        close_tag("slack");
        skip_between();
        if (!at_end()) throw Malformed{"there is something after </slack>"};
        return std::move(log_);
    }

    [[nodiscard]] std::size_t line() const
    {
        const auto read = xml_.substr(0, at_);
        return 1 + static_cast<std::size_t>(std::count(read.begin(), read.end(), '\n'));
    }

private:
    void read_part()
    {
        const std::string name = open_tag();
        if (name == "message")
            read_message();
        else if (name == "team_domain")
            log_.team_domain = text_until_close(name);
        else if (name == "channel_name")
            log_.channel_name = text_until_close(name);
        else
            skip_element(name, 1);
    }

    void read_message()
    {
        if (self_closed_) throw Malformed{"a message is empty"};
        if (log_.messages.size() >= ChatLog::messages_max) throw Malformed{"more than 200000 messages"};
        ChatLogMessage message;
        message.conversation = conversation_;
        while (true) {
            skip_between();
            if (at_end()) throw Malformed{"<message> is not closed"};
            if (looks_at("</")) break;
            const std::string name = open_tag();
            if (name == "ts")
                message.said_at = text_until_close(name);
            else if (name == "user")
                message.user = text_until_close(name);
            else if (name == "text")
                message.text = text_until_close(name);
            else
                skip_element(name, 2);
        }
        close_tag("message");
        if (message.user.empty()) throw Malformed{"a message has no user"};
        log_.messages.push_back(std::move(message));
    }

    void skip_element(const std::string& name, std::size_t depth)
    {
        if (self_closed_) return;
        if (depth > depth_max) throw Malformed{"elements are nested too deeply"};
        while (true) {
            static_cast<void>(read_text());
            if (at_end()) throw Malformed{"<" + name + "> is not closed"};
            if (looks_at("</")) break;
            skip_element(open_tag(), depth + 1);
        }
        close_tag(name);
    }

    [[nodiscard]] bool at_end() const { return at_ >= xml_.size(); }
    [[nodiscard]] bool looks_at(std::string_view start) const
    {
        return xml_.substr(at_, start.size()) == start;
    }

    /// White space, comments and declarations between elements; anything else there is an error.
    void skip_between()
    {
        while (!at_end()) {
            if (is_space(xml_[at_])) {
                ++at_;
            } else if (looks_at("<!--")) {
                skip_to("-->");
            } else if (looks_at("<?")) {
                skip_to("?>");
            } else if (xml_[at_] == '<' && !looks_at("<!")) {
                return;
            } else {
                throw Malformed{"unexpected text between elements"};
            }
        }
    }

    void skip_to(std::string_view end)
    {
        const auto found = xml_.find(end, at_);
        if (found == std::string_view::npos) throw Malformed{std::string{end} + " is missing"};
        at_ = found + end.size();
    }

    std::string tag_name()
    {
        const auto end = std::min(xml_.find_first_of(" \t\r\n/><", at_), xml_.size());
        if (end == at_ || end - at_ > name_bytes_max) throw Malformed{"a tag has no proper name"};
        std::string name{xml_.substr(at_, end - at_)};
        at_ = end;
        return name;
    }

    std::string open_tag()
    {
        if (!looks_at("<")) throw Malformed{"an element is missing"};
        ++at_;
        std::string name = tag_name();
        // Attributes are skipped, but a ">" inside of their quotes does not end the tag.
        const auto attributes = at_;
        char quote = 0;
        while (!at_end() && (quote != 0 || xml_[at_] != '>')) {
            const char c = xml_[at_++];
            if (quote != 0)
                quote = c == quote ? '\0' : quote;
            else if (c == '"' || c == '\'')
                quote = c;
            else if (c == '<')
                throw Malformed{"<" + name + "> is not finished"};
        }
        if (at_end()) throw Malformed{"<" + name + "> is not finished"};
        conversation_ = value_of("conversation_id", xml_.substr(attributes, at_ - attributes));
        self_closed_ = xml_[at_ - 1] == '/';
        ++at_;
        return name;
    }

    static std::string value_of(const std::string& attribute, std::string_view attributes)
    {
        const auto found = attributes.find(" " + attribute + "=\"");
        if (found == std::string_view::npos) return {};
        const auto begin = found + attribute.size() + 3;
        return std::string{attributes.substr(begin, attributes.find('"', begin) - begin)};
    }

    void close_tag(const std::string& name)
    {
        at_ += 2;
        const std::string closed = tag_name();
        while (!at_end() && is_space(xml_[at_])) ++at_;
        if (at_end() || xml_[at_] != '>') throw Malformed{"</" + closed + "> is not finished"};
        if (closed != name) throw Malformed{"</" + closed + "> does not close <" + name + ">"};
        ++at_;
    }

    std::string text_until_close(const std::string& name)
    {
        if (self_closed_) return {};
        std::string text = read_text();
        if (!looks_at("</")) throw Malformed{"<" + name + "> holds more than text, or is not closed"};
        close_tag(name);
        return text;
    }

    std::string read_text()
    {
        std::string text;
        while (!at_end()) {
            if (text.size() > ChatLog::text_bytes_max) throw Malformed{"a text is longer than 64 KiB"};
            const char c = xml_[at_];
            if (looks_at("<!--")) {
                skip_to("-->");
            } else if (looks_at("<![CDATA[")) {
                const auto begin = at_ + 9;
                skip_to("]]>");
                text += xml_.substr(begin, at_ - 3 - begin);
            } else if (c == '<') {
                break;
            } else if (c == '&') {
                read_entity(text);
            } else {
                text += c;
                ++at_;
            }
        }
        return text;
    }

    void read_entity(std::string& text)
    {
        constexpr std::size_t entity_bytes_max = 12;
        const auto end = xml_.find(';', at_);
        if (end == std::string_view::npos || end - at_ > entity_bytes_max)
            throw Malformed{"\"&\" without its \";\""};
        const std::string_view name = xml_.substr(at_ + 1, end - at_ - 1);
        if (name == "lt")
            text += '<';
        else if (name == "gt")
            text += '>';
        else if (name == "amp")
            text += '&';
        else if (name == "quot")
            text += '"';
        else if (name == "apos")
            text += '\'';
        else
            append_code_point(text, numeric_entity(name));
        at_ = end + 1;
    }

    static std::uint32_t numeric_entity(std::string_view name)
    {
        const Malformed unknown{"the entity &" + std::string{name} + "; is not known"};
        if (name.size() < 2 || name[0] != '#') throw unknown;
        const bool is_hex = name[1] == 'x' || name[1] == 'X';
        const std::string_view digits = name.substr(is_hex ? 2 : 1);
        if (digits.empty() || digits.size() > 8) throw unknown;
        std::uint64_t code = 0;
        for (const char c : digits) {
            const auto digit = std::string_view{"0123456789abcdef"}.find(static_cast<char>(c | 0x20));
            const bool fits = c >= '0' && c <= '9' ? true : is_hex && digit != std::string_view::npos;
            if (!fits) throw unknown;
            const std::uint64_t value = c >= '0' && c <= '9' ? static_cast<std::uint64_t>(c - '0') : digit;
            code = code * (is_hex ? 16 : 10) + value;
        }
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(code, 0x110000));
    }

    std::string_view xml_;
    std::size_t at_ = 0;
    bool self_closed_ = false;
    std::string conversation_;  ///< of the tag that was opened last
    ChatLog log_;
};

}  // namespace

ReadChatLog read_chat_log(std::string_view xml)
{
    Reader reader{xml};
    try {
        return ReadChatLog{reader.read(), {}};
    } catch (const Malformed& malformed) {
        return ReadChatLog{std::nullopt, "line " + std::to_string(reader.line()) + ": " + malformed.reason};
    }
}

std::optional<std::chrono::sys_time<std::chrono::microseconds>> said_at_of(const ChatLogMessage& message)
{
    std::istringstream stream{message.said_at};
    std::chrono::sys_time<std::chrono::microseconds> at;
    stream >> date::parse("%FT%T", at);
    if (stream.fail()) return std::nullopt;
    return at;
}

std::vector<std::string> mentioned_names(std::string_view text)
{
    std::vector<std::string> names;
    for (auto at = text.find("<@"); at != std::string_view::npos; at = text.find("<@", at + 2)) {
        const auto end = text.find_first_of("|>", at + 2);
        if (end == std::string_view::npos) break;
        std::string name{text.substr(at + 2, end - at - 2)};
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

}  // namespace chat_logs
