// What a digest says: what waits for its reader, with what can be done about it; what happened; and what
// they are waiting for themselves.
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/need_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/interruption_budget.hpp"
#include "bot/threads/question_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// A message holds 50 blocks: an item takes three of them, news four.
constexpr std::size_t waiting_max = 9;
constexpr std::size_t news_max = 3;
constexpr std::size_t news_lines_max = 12;
constexpr std::size_t asked_max = 4;

Section heading(std::string text)
{
    Section section;
    section.lines.push_back(plain_line(RichText{Strong{std::move(text)}}));
    return section;
}

void add_news(const std::vector<Notice>& news, Notice& notice)
{
    if (news.empty()) return;
    notice.sections.push_back(heading("What happened"));
    for (std::size_t index = 0; index < std::min(news.size(), news_max); ++index) {
        const auto& sections = news[index].sections;
        notice.sections.insert(notice.sections.end(), sections.begin(), sections.end());
    }
    if (news.size() <= news_max) return;
    Section& rest = notice.sections.emplace_back();
    for (std::size_t index = news_max; index < std::min(news.size(), news_max + news_lines_max); ++index)
        rest.lines.push_back(small_line(news[index].summary));
    if (news.size() > news_max + news_lines_max)
        rest.lines.push_back(
            small_line(fmt::format("… and {} more, on the cards.", news.size() - news_max - news_lines_max)));
}

void add_asked(HandlerContext& context, const UserId& person, Notice& notice)
{
    const auto asked = context.obligations.open_by_creditor(person, static_cast<int>(asked_max) + 1);
    if (asked.empty()) return;
    Section section = heading("You are waiting for");
    std::vector<Section> questions;
    for (std::size_t index = 0; index < std::min(asked.size(), asked_max); ++index) {
        const Request& request = asked[index];
        if (auto question = section_for_asker(context, request)) {
            questions.push_back(std::move(*question));
            continue;
        }
        section.lines.push_back(small_line(fmt::format("{} · {} · {}",
                                                       number_of(request.id),
                                                       shortened(request.text, 60),
                                                       standing_words(context, request))));
    }
    if (asked.size() > asked_max) section.lines.push_back(small_line("… and more, on the App Home."));
    notice.sections.push_back(std::move(section));
    for (Section& question : questions) notice.sections.push_back(std::move(question));
}

}  // namespace

Notice digest_notice(HandlerContext& context, const UserId& person, const DigestContent& content)
{
    Notice notice;
    notice.kind = NoticeKind::digest;

    std::vector<Section> waiting;
    std::vector<Section> settled;
    std::vector<Section> said_back;
    std::vector<ObligationId> shown;
    for (const ObligationId id : content.obligations) {
        const auto obligation = context.obligations.find(id);
        if (!obligation) continue;
        // The question whether it is still needed comes with what they are waiting for.
        const auto request = context.obligations.find(obligation->request);
        const bool is_creditors = request->creditor == person && obligation->debtor != person &&
                                  obligation->holder != person &&
                                  obligation->state != ObligationState::dead_letter;
        if (is_creditors) {
            if (auto section = said_back_section(context, *obligation)) said_back.push_back(*section);
            continue;
        }
        shown.push_back(id);
        auto& list = is_waiting_for(context, *obligation, person) ? waiting : settled;
        list.push_back(item_section(context, *obligation, person));
    }
    std::size_t waiting_count = waiting.size();
    for (const Obligation& obligation : context.obligations.waiting_for(person, 100)) {
        if (std::find(shown.begin(), shown.end(), obligation.id) != shown.end()) continue;
        ++waiting_count;
        if (waiting.size() < waiting_max) waiting.push_back(item_section(context, obligation, person));
    }
    if (waiting.size() > waiting_max) waiting.resize(waiting_max);
    if (settled.size() > waiting_max - waiting.size()) settled.resize(waiting_max - waiting.size());

    notice.summary = waiting_count > 0 ? fmt::format("Waiting for you: {}", waiting_count)
                     : content.news.empty()
                         ? std::string{"Nothing is waiting for you"}
                         : fmt::format("News about what you asked: {}", content.news.size());
    Section head = heading(waiting_count > 0 ? fmt::format("Waiting for you ({})", waiting_count)
                                             : std::string{"Nothing is waiting for you."});
    const InterruptionsToday today = interruptions_today(context, person);
    if (today.allowed > 0)
        head.lines.push_back(
            small_line(fmt::format("You are at {} of {} interruptions today.", today.spent, today.allowed)));
    notice.sections.push_back(std::move(head));
    for (Section& section : waiting) notice.sections.push_back(std::move(section));
    if (waiting_count > waiting_max)
        notice.sections.emplace_back().lines.push_back(small_line(
            RichText{Words{fmt::format("… and {} more: ", waiting_count - waiting_max)}, Code{"/ackd"}}));
    for (Section& section : settled) notice.sections.push_back(std::move(section));
    for (Section& section : said_back) notice.sections.push_back(std::move(section));
    add_news(content.news, notice);
    add_asked(context, person, notice);
    return notice;
}

Notice followed_digest_notice(HandlerContext& context, const UserId& person, const DigestContent& content)
{
    Notice notice;
    notice.kind = NoticeKind::digest;
    notice.summary = "Your open items are further down";
    notice.sections.emplace_back().lines.push_back(small_line("Your open items are further down."));
    for (const ObligationId id : content.obligations) {
        const auto obligation = context.obligations.find(id);
        if (obligation && obligation->state == ObligationState::dead_letter &&
            context.obligations.dead_letter_owner(id) == person)
        {
            notice.sections.push_back(item_section(context, *obligation, person));
        }
    }
    add_news(content.news, notice);
    return notice;
}

}  // namespace ackd
