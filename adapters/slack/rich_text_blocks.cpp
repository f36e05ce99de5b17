#include "adapters/slack/rich_text_blocks.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace ackd::slack {
namespace {

class BlockReader {
public:
    void read(JsonValue block)
    {
        for (const JsonValue part : items_of(block, "elements")) read_part(part);
    }

    RichText take() { return std::move(out_); }

private:
    void read_part(JsonValue part)
    {
        const std::string_view type = text_of(part, "type");
        if (!out_.empty()) say("\n");
        if (type == "rich_text_list") {
            for (const JsonValue item : items_of(part, "elements")) {
                read_section(item);
                say("\n");
            }
        } else if (type == "rich_text_preformatted") {
            std::string code;
            for (const JsonValue element : items_of(part, "elements")) code += shown(element);
            out_.push_back(Code{std::move(code)});
        } else {
            is_quotation_ = type == "rich_text_quote";
            read_section(part);
            is_quotation_ = false;
        }
    }

    void read_section(JsonValue section)
    {
        if (is_quotation_) append("> ");
        for (const JsonValue element : items_of(section, "elements")) read_element(element);
    }

    void read_element(JsonValue element)
    {
        const std::string_view type = text_of(element, "type");
        const auto style = member_of(element, "style");
        if (type == "user") {
            out_.push_back(Mention{UserId{std::string{text_of(element, "user_id")}}});
        } else if (type == "usergroup") {
            out_.push_back(GroupMention{GroupId{std::string{text_of(element, "usergroup_id")}}});
        } else if (type == "channel") {
            out_.push_back(ChannelName{ChannelId{std::string{text_of(element, "channel_id")}}});
        } else if (style && truth_of(*style, "code")) {
            out_.push_back(Code{shown(element)});
        } else {
            say(shown(element));
        }
    }

    static std::string shown(JsonValue element)
    {
        const std::string_view type = text_of(element, "type");
        if (type == "link") return std::string{text_of(element, "url")} + " ";
        if (type == "emoji") return ":" + std::string{text_of(element, "name")} + ":";
        if (type == "broadcast") return "@" + std::string{text_of(element, "range")};
        if (type == "date") return std::string{text_of(element, "fallback")};
        return std::string{text_of(element, "text")};
    }

    void say(std::string_view text)
    {
        if (!is_quotation_) {
            append(text);
            return;
        }
        for (const char c : text) append(c == '\n' ? std::string_view{"\n> "} : std::string_view{&c, 1});
    }

    void append(std::string_view text)
    {
        if (text.empty()) return;
        if (!out_.empty()) {
            if (auto* words = std::get_if<Words>(&out_.back())) {
                words->text += text;
                return;
            }
        }
        out_.push_back(Words{std::string{text}});
    }

    RichText out_;
    bool is_quotation_ = false;
};

}  // namespace

std::optional<RichText> rich_text_in_blocks(JsonValue message)
{
    BlockReader reader;
    bool is_there = false;
    for (const JsonValue block : items_of(message, "blocks")) {
        if (text_of(block, "type") != "rich_text") continue;
        is_there = true;
        reader.read(block);
    }
    if (!is_there) return std::nullopt;
    return reader.take();
}

}  // namespace ackd::slack
