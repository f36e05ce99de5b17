#include "adapters/slack/rich_text_blocks.hpp"

#include "adapters/slack/mrkdwn.hpp"

#include <optional>
#include <string>
#include <utility>

namespace ackd::slack {
namespace {

/// Reads one block, part by part. What it does not understand it says so: half a message is none.
class BlockReader {
public:
    explicit BlockReader(std::string_view workspace_url) : workspace_url_(workspace_url) {}

    [[nodiscard]] bool read(JsonValue block)
    {
        for (const JsonValue part : items_of(block, "elements"))
            if (!read_part(part)) return false;
        return true;
    }

    RichText take() { return std::move(out_); }

private:
    bool read_part(JsonValue part)
    {
        const std::string_view type = text_of(part, "type");
        begin_line();
        if (type == "rich_text_section") return read_section(part);
        if (type == "rich_text_preformatted") return read_preformatted(part);
        if (type == "rich_text_quote") {
            say("> ");
            is_quotation_ = true;
            const bool is_read = read_section(part);
            is_quotation_ = false;
            return is_read;
        }
        if (type != "rich_text_list") return false;
        for (const JsonValue item : items_of(part, "elements")) {
            begin_line();
            if (text_of(item, "type") != "rich_text_section" || !read_section(item)) return false;
        }
        return true;
    }

    bool read_section(JsonValue section)
    {
        for (const JsonValue element : items_of(section, "elements"))
            if (!read_element(element)) return false;
        return true;
    }

    bool read_preformatted(JsonValue part)
    {
        std::string code;
        for (const JsonValue element : items_of(part, "elements")) {
            auto shown = shown_of(element);
            if (!shown) return false;
            code += *shown;
        }
        out_.push_back(Code{std::move(code)});
        return true;
    }

    bool read_element(JsonValue element)
    {
        if (auto reference = reference_of(element)) {
            out_.push_back(*std::move(reference));
            return true;
        }
        auto shown = shown_of(element);
        if (!shown) return false;
        const auto style = member_of(element, "style");
        if (style && truth_of(*style, "code")) {
            out_.push_back(Code{*std::move(shown)});
        } else if (text_of(element, "type") == "link") {
            out_.push_back(link_to(text_of(element, "url"), text_of(element, "text"), workspace_url_));
        } else {
            say(*shown);
        }
        return true;
    }

    /// To whom or what it refers, where it does and says so.
    static std::optional<Span> reference_of(JsonValue element)
    {
        const std::string_view type = text_of(element, "type");
        if (type == "user") return reference<Mention, UserId>(text_of(element, "user_id"));
        if (type == "usergroup") return reference<GroupMention, GroupId>(text_of(element, "usergroup_id"));
        if (type == "channel") return reference<ChannelName, ChannelId>(text_of(element, "channel_id"));
        if (type == "date") return moment_at(number_of(element, "timestamp"), text_of(element, "fallback"));
        return std::nullopt;
    }

    template <class Reference, class Id>
    static std::optional<Span> reference(std::string_view id)
    {
        if (id.empty()) return std::nullopt;
        return Reference{Id{std::string{id}}};
    }

    /// What stands there to be read. Nothing: this is not known to be anything.
    static std::optional<std::string> shown_of(JsonValue element)
    {
        const std::string_view type = text_of(element, "type");
        const auto named = [&](std::string_view before, std::string_view key, std::string_view after) {
            const std::string_view name = text_of(element, key);
            return name.empty() ? std::nullopt
                                : std::optional{std::string{before}.append(name).append(after)};
        };
        if (type == "text") return std::string{text_of(element, "text")};
        if (type == "emoji") return named(":", "name", ":");
        if (type == "broadcast") return named("@", "range", "");
        if (type == "color") return named("", "value", "");
        if (type != "link" || text_of(element, "url").empty()) return std::nullopt;
        return text_of(element, "text").empty() ? named("", "url", "") : named("", "text", "");
    }

    void begin_line()
    {
        if (out_.empty()) return;
        const auto* words = std::get_if<Words>(&out_.back());
        if (words == nullptr || !words->text.ends_with('\n')) say("\n");
    }

    void say(std::string_view text)
    {
        std::string said;
        for (const char c : text) {
            said += c;
            if (c == '\n' && is_quotation_) said += "> ";
        }
        append_words(out_, std::move(said));
    }

    std::string_view workspace_url_;
    RichText out_;
    bool is_quotation_ = false;
};

std::optional<RichText> rich_text_of(JsonValue message, std::string_view workspace_url)
{
    const std::vector<JsonValue> blocks = items_of(message, "blocks");
    if (blocks.size() != 1 || text_of(blocks.front(), "type") != "rich_text") return std::nullopt;
    BlockReader reader{workspace_url};
    if (!reader.read(blocks.front())) return std::nullopt;
    RichText text = reader.take();
    if (text.empty()) return std::nullopt;
    return text;
}

}  // namespace

RichText said_in(JsonValue message, std::string_view workspace_url)
{
    auto text = rich_text_of(message, workspace_url);
    return text ? *std::move(text) : parse_mrkdwn(text_of(message, "text"), workspace_url);
}

}  // namespace ackd::slack
