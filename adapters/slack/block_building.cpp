#include "adapters/slack/block_building.hpp"

#include "adapters/pictures/chart_link.hpp"
#include "adapters/slack/mrkdwn.hpp"

namespace ackd::slack {
namespace {

using Json = BlockJson;

constexpr std::size_t section_text_max = 3000;
constexpr std::size_t context_text_max = 2000;
constexpr std::size_t option_text_max = 75;
constexpr std::size_t option_value_max = 75;
constexpr std::size_t options_max = 100;
constexpr std::size_t image_text_max = 2000;

Json mrkdwn_object(std::string_view text)
{
    return {{"type", "mrkdwn"}, {"text", text}, {"verbatim", true}};
}

/// Every line of the quoted text begins with "> ".
std::string as_quote(std::string_view text)
{
    std::string quote = "> ";
    for (const char c : text) {
        quote += c;
        if (c == '\n') quote += "> ";
    }
    return quote;
}

/// Gathers lines of markup into as few blocks as their limit allows.
class BlockText {
public:
    BlockText(Json& blocks, std::size_t limit, Json (*block)(std::string_view))
        : blocks_(blocks), limit_(limit), block_(block)
    {}

    void add(const std::string& line)
    {
        if (!text_.empty() && length_of(text_) + 1 + length_of(line) > limit_) flush();
        if (!text_.empty()) text_ += '\n';
        text_ += line;
    }

    void flush()
    {
        if (text_.empty()) return;
        blocks_.push_back(block_(text_));
        text_.clear();
    }

private:
    Json& blocks_;
    std::size_t limit_;
    Json (*block_)(std::string_view);
    std::string text_;
};

/// Nothing: it is told in words.
std::optional<Json> image_block(const Line& line, const ChatPlace& place)
{
    if (!line.chart || place.charts == nullptr) return std::nullopt;
    auto link = place.charts->link_to(*line.chart);
    if (!link) return std::nullopt;
    return Json{{"type", "image"},
                {"title", plain_object(line.chart->title, image_text_max)},
                {"image_url", *std::move(link)},
                {"alt_text", cut_to(to_plain_words(line.text), image_text_max)}};
}

}  // namespace

std::string text_of_json(const BlockJson& json)
{
    return json.dump(-1, ' ', false, BlockJson::error_handler_t::replace);
}

BlockJson plain_object(std::string_view text, std::size_t limit)
{
    return {{"type", "plain_text"}, {"text", cut_to(text.empty() ? "…" : text, limit)}, {"emoji", true}};
}

BlockJson section_block(std::string_view text)
{
    return {{"type", "section"}, {"text", mrkdwn_object(text)}};
}

BlockJson context_block(std::string_view text)
{
    return {{"type", "context"}, {"elements", BlockJson::array({mrkdwn_object(text)})}};
}

void append_lines(BlockJson& blocks, const std::vector<Line>& lines, const ChatPlace& place)
{
    BlockText said{blocks, section_text_max, section_block};
    BlockText small{blocks, context_text_max, context_block};
    for (const Line& line : lines) {
        if (auto image = image_block(line, place)) {
            said.flush();
            small.flush();
            blocks.push_back(*std::move(image));
            continue;
        }
        const bool is_small = line.style == LineStyle::small;
        // Quoting puts two characters before every line: a third of the limit has room for any number of
        // lines.
        const std::size_t limit = is_small                         ? context_text_max
                                  : line.style == LineStyle::quote ? section_text_max / 3 - 2
                                                                   : section_text_max;
        for (const std::string& piece : to_mrkdwn_pieces(line.text, place.workspace_url, limit)) {
            if (is_small) {
                said.flush();
                small.add(piece);
            } else {
                small.flush();
                said.add(line.style == LineStyle::quote ? as_quote(piece) : piece);
            }
        }
    }
    said.flush();
    small.flush();
}

BlockJson options_of(const std::vector<Choice>& choices)
{
    BlockJson options = BlockJson::array();
    for (const Choice& choice : choices) {
        if (options.size() == options_max || choice.value.empty() ||
            length_of(choice.value) > option_value_max)
            continue;
        options.push_back({{"text", plain_object(choice.label, option_text_max)}, {"value", choice.value}});
    }
    return options;
}

}  // namespace ackd::slack
