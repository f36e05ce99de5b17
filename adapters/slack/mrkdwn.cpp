#include "adapters/slack/mrkdwn.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <ctime>
#include <iterator>
#include <optional>

namespace ackd::slack {
namespace {

constexpr std::string_view archives = "archives/";
constexpr std::size_t fraction_digits = 6;

bool is_digits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Ids are opaque, but none has what could end the reference it stands in.
bool is_of_id(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '-' || c == '.';
}

bool is_id(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_of_id);
}

std::string unescape(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    while (!text.empty()) {
        const auto take = [&](std::string_view escape, char meaning) {
            if (!text.starts_with(escape)) return false;
            plain += meaning;
            text.remove_prefix(escape.size());
            return true;
        };
        if (text.front() == '&' && (take("&amp;", '&') || take("&lt;", '<') || take("&gt;", '>'))) continue;
        plain += text.front();
        text.remove_prefix(1);
    }
    return plain;
}

/// `archives/C1/p1700000000000100` after the workspace's address.
std::optional<MessageRef> message_of_permalink(std::string_view url, std::string_view workspace_url)
{
    if (workspace_url.empty() || !url.starts_with(workspace_url)) return std::nullopt;
    url.remove_prefix(workspace_url.size());
    if (!url.starts_with(archives)) return std::nullopt;
    url.remove_prefix(archives.size());
    const auto slash = url.find("/p");
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view channel = url.substr(0, slash);
    if (!is_id(channel)) return std::nullopt;
    std::string_view digits = url.substr(slash + 2);
    digits = digits.substr(0, digits.find('?'));
    if (!is_digits(digits) || digits.size() <= fraction_digits) return std::nullopt;
    const std::size_t seconds = digits.size() - fraction_digits;
    return MessageRef{ChannelId{std::string{channel}},
                      fmt::format("{}.{}", digits.substr(0, seconds), digits.substr(seconds))};
}

/// `!date^1700000000^{date} {time}^https://…|fallback`
std::optional<Moment> moment_of(std::string_view target, std::string_view label)
{
    constexpr std::string_view start = "!date^";
    if (!target.starts_with(start)) return std::nullopt;
    target.remove_prefix(start.size());
    const std::string_view digits = target.substr(0, target.find('^'));
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return moment_at(seconds, unescape(label));
}

bool is_link(std::string_view target)
{
    return target.find("://") != std::string_view::npos || target.starts_with("mailto:");
}

/// One `<…>`, without its brackets.
void append_reference(RichText& out, std::string_view content, std::string_view workspace_url)
{
    const auto bar = content.find('|');
    const std::string_view target = content.substr(0, bar);
    const std::string_view label = bar == std::string_view::npos ? std::string_view{}
                                                                 : content.substr(bar + 1);
    const auto id_after = [&](std::size_t count) { return std::string{target.substr(count)}; };
    constexpr std::string_view group = "!subteam^";

    if (target.starts_with('@') && is_id(target.substr(1))) {
        out.push_back(Mention{UserId{id_after(1)}});
    } else if (target.starts_with('#') && is_id(target.substr(1))) {
        out.push_back(ChannelName{ChannelId{id_after(1)}});
    } else if (target.starts_with(group) && is_id(target.substr(group.size()))) {
        out.push_back(GroupMention{GroupId{id_after(group.size())}});
    } else if (auto moment = moment_of(target, label)) {
        out.push_back(std::move(*moment));
    } else if (is_link(target)) {
        out.push_back(link_to(unescape(target), unescape(label), workspace_url));
    } else if (!label.empty()) {
        append_words(out, unescape(label));
    } else if (target == "!here" || target == "!channel" || target == "!everyone") {
        append_words(out, "@" + id_after(1));
    } else {
        append_words(out, unescape(target));
    }
}

/// Ids are opaque, but whatever they hold, it must not end the reference it stands in.
std::string id_in_markup(std::string_view id)
{
    std::string safe;
    std::copy_if(id.begin(), id.end(), std::back_inserter(safe), is_of_id);
    return safe;
}

std::string without(std::string text, char removed)
{
    std::replace(text.begin(), text.end(), removed, removed == '`' ? '\'' : ' ');
    return text;
}

std::string fallback_of(const Moment& moment)
{
    if (!moment.fallback.empty()) return moment.fallback;
    // Not as a time point: fmt would make nanoseconds of it, which end in the year 2262.
    const auto seconds = std::chrono::floor<std::chrono::seconds>(moment.at).time_since_epoch();
    return fmt::format("{:%Y-%m-%d %H:%M} UTC", fmt::gmtime(std::time_t{seconds.count()}));
}

struct SpanToMrkdwn {
    std::string_view workspace_url;

    std::string operator()(const Words& span) const { return escape_mrkdwn(span.text); }
    std::string operator()(const Mention& span) const
    {
        return fmt::format("<@{}>", id_in_markup(span.user.value));
    }
    std::string operator()(const GroupMention& span) const
    {
        return fmt::format("<!subteam^{}>", id_in_markup(span.group.value));
    }
    std::string operator()(const ChannelName& span) const
    {
        return fmt::format("<#{}>", id_in_markup(span.channel.value));
    }
    std::string operator()(const MessageLink& span) const
    {
        const std::string url = permalink(span.message, workspace_url);
        if (span.label.empty()) return fmt::format("<{}>", url);
        return fmt::format("<{}|{}>", url, escape_mrkdwn(span.label));
    }
    std::string operator()(const Link& span) const
    {
        // A bar would end the address.
        std::string address = without(without(span.address, '|'), '\n');
        if (span.label.empty()) return fmt::format("<{}>", escape_mrkdwn(address));
        return fmt::format("<{}|{}>", escape_mrkdwn(address), escape_mrkdwn(span.label));
    }
    std::string operator()(const Moment& span) const
    {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(span.at).time_since_epoch().count();
        return fmt::format(
            "<!date^{}^{{date_short_pretty}} {{time}}|{}>", seconds, escape_mrkdwn(fallback_of(span)));
    }
    std::string operator()(const Strong& span) const
    {
        return fmt::format("*{}*", escape_mrkdwn(without(without(span.text, '*'), '\n')));
    }
    std::string operator()(const Code& span) const
    {
        return fmt::format("`{}`", escape_mrkdwn(without(without(span.text, '`'), '\n')));
    }
};

struct SpanToWords {
    std::string operator()(const Words& span) const { return span.text; }
    std::string operator()(const Mention& span) const { return "@" + span.user.value; }
    std::string operator()(const GroupMention& span) const { return "@" + span.group.value; }
    std::string operator()(const ChannelName& span) const { return "#" + span.channel.value; }
    std::string operator()(const MessageLink& span) const { return span.label; }
    std::string operator()(const Link& span) const { return span.shown(); }
    std::string operator()(const Moment& span) const { return fallback_of(span); }
    std::string operator()(const Strong& span) const { return span.text; }
    std::string operator()(const Code& span) const { return span.text; }
};

/// Length in bytes of the valid UTF-8 sequence at the front, or 0.
std::size_t sequence_length(std::string_view text)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xC0) != 0x80) return 0;
    }
    const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    const bool beyond = first == 0xF4 && byte(1) > 0x8F;
    return overlong || surrogate || beyond ? 0 : length;
}

/// What may not be cut within escaped markup: a UTF-8 sequence or an escape.
std::size_t unit_length(std::string_view escaped)
{
    if (escaped.front() == '&') {
        if (const auto end = escaped.find(';'); end != std::string_view::npos) return end + 1;
    }
    return std::max<std::size_t>(1, sequence_length(escaped));
}

/// Fills pieces of limited length, one unbreakable unit after the other.
class PieceWriter {
public:
    explicit PieceWriter(std::size_t limit) : limit_(limit) {}

    void add_unbreakable(std::string_view unit)
    {
        const std::size_t length = length_of(unit);
        if (length > limit_) return;  // cannot be shown at all: a reference longer than a whole text
        while (length_ + length > limit_)
            break_piece();  // twice, when what went on to the next is still too much
        piece_ += unit;
        length_ += length;
    }

    void add_words(std::string_view escaped)
    {
        while (!escaped.empty()) {
            const std::size_t size = unit_length(escaped);
            add_unbreakable(escaped.substr(0, size));
            if (escaped.front() == ' ' || escaped.front() == '\n') last_space_ = piece_.size();
            escaped.remove_prefix(size);
        }
    }

    std::vector<std::string> take()
    {
        if (!piece_.empty()) pieces_.push_back(std::move(piece_));
        return std::move(pieces_);
    }

private:
    /// Ends the piece after its last space when that does not waste more than half of it.
    void break_piece()
    {
        std::string rest;
        if (last_space_ > piece_.size() / 2) {
            rest = piece_.substr(last_space_);
            piece_.resize(last_space_);
        }
        pieces_.push_back(std::move(piece_));
        piece_ = std::move(rest);
        length_ = length_of(piece_);
        last_space_ = 0;
    }

    std::size_t limit_;
    std::vector<std::string> pieces_;
    std::string piece_;
    std::size_t length_ = 0;
    std::size_t last_space_ = 0;
};

}  // namespace

Span link_to(std::string_view address, std::string_view label, std::string_view workspace_url)
{
    if (auto message = message_of_permalink(address, workspace_url))
        return MessageLink{std::move(*message), std::string{label}};
    return Link{std::string{address}, std::string{label}};
}

std::optional<Moment> moment_at(std::int64_t unix_seconds, std::string_view fallback)
{
    constexpr std::int64_t seconds_max = 100'000'000'000;
    if (unix_seconds < 0 || unix_seconds > seconds_max) return std::nullopt;
    return Moment{Instant{std::chrono::seconds{unix_seconds}}, std::string{fallback}};
}

void append_words(RichText& out, std::string words)
{
    if (words.empty()) return;
    if (!out.empty()) {
        if (auto* last = std::get_if<Words>(&out.back())) {
            last->text += words;
            return;
        }
    }
    out.push_back(Words{std::move(words)});
}

RichText parse_mrkdwn(std::string_view text, std::string_view workspace_url)
{
    RichText out;
    while (!text.empty()) {
        const auto open = text.find('<');
        const auto close = open == std::string_view::npos ? open : text.find('>', open);
        if (close == std::string_view::npos) {
            append_words(out, unescape(text));
            break;
        }
        append_words(out, unescape(text.substr(0, open)));
        append_reference(out, text.substr(open + 1, close - open - 1), workspace_url);
        text.remove_prefix(close + 1);
    }
    return out;
}

std::string to_mrkdwn(const RichText& text, std::string_view workspace_url)
{
    std::string markup;
    for (const Span& span : text) markup += std::visit(SpanToMrkdwn{workspace_url}, span);
    return markup;
}

std::string escape_mrkdwn(std::string_view text)
{
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : valid_utf8(text)) {
        switch (c) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

std::string to_plain_words(const RichText& text)
{
    std::string words;
    for (const Span& span : text) words += std::visit(SpanToWords{}, span);
    return valid_utf8(words);
}

std::vector<std::string> to_mrkdwn_pieces(const RichText& text,
                                          std::string_view workspace_url,
                                          std::size_t limit)
{
    PieceWriter writer{limit};
    for (const Span& span : text) {
        const std::string markup = std::visit(SpanToMrkdwn{workspace_url}, span);
        if (std::holds_alternative<Words>(span)) {
            writer.add_words(markup);
        } else {
            writer.add_unbreakable(markup);
        }
    }
    return writer.take();
}

std::size_t length_of(std::string_view utf8)
{
    std::size_t units = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

std::string cut_to(std::string_view utf8, std::size_t limit)
{
    if (length_of(utf8) <= limit) return valid_utf8(utf8);
    if (limit == 0) return {};
    std::string cut;
    std::size_t units = 0;
    const std::string valid = valid_utf8(utf8);
    for (std::string_view rest = valid; !rest.empty();) {
        const std::string_view unit = rest.substr(0, sequence_length(rest));
        if (units + length_of(unit) > limit - 1) break;
        units += length_of(unit);
        cut += unit;
        rest.remove_prefix(unit.size());
    }
    return cut + "…";
}

std::string valid_utf8(std::string_view bytes)
{
    std::string valid;
    valid.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        if (length == 0) {
            valid += "\xEF\xBF\xBD";
            bytes.remove_prefix(1);
        } else {
            valid += bytes.substr(0, length);
            bytes.remove_prefix(length);
        }
    }
    return valid;
}

std::string permalink(const MessageRef& message, std::string_view workspace_url)
{
    std::string digits = id_in_markup(message.stamp);
    std::erase(digits, '.');
    return fmt::format("{}{}{}/p{}", workspace_url, archives, id_in_markup(message.channel.value), digits);
}

}  // namespace ackd::slack
