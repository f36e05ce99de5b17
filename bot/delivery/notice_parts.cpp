#include "bot/delivery/notice_parts.hpp"

#include "bot/commands/ack_command.hpp"
#include "bot/delivery/delivery_phrases.hpp"

#include <utility>

namespace ackd {

Notice notice_of(NoticeKind kind, std::string summary)
{
    Notice notice;
    notice.kind = kind;
    notice.summary = std::move(summary);
    notice.sections.emplace_back();
    return notice;
}

RichText with_moment(std::string before, Instant at, std::string after)
{
    RichText text{Words{std::move(before)}};
    text.emplace_back(std::in_place_type<Moment>, moment(at));
    if (!after.empty()) text.push_back(Words{std::move(after)});
    return text;
}

std::vector<std::string> typed_words(HandlerContext& context, const CommandGiven& given)
{
    std::vector<std::string> words;
    for (const Span& span : split_words(given.text)) words.push_back(plain_text(context, RichText{span}));
    return words;
}

}  // namespace ackd
