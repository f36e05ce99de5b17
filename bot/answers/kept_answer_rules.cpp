#include "bot/answers/kept_answer_rules.hpp"

#include "bot/answers/answer_similarity.hpp"
#include "bot/lower_case.hpp"

#include <algorithm>
#include <vector>

namespace ackd {

namespace {

/// So many more "It did not" than "It helped" end the offers.
constexpr int in_vain_max = 3;
constexpr double raised_by = 0.05;
constexpr std::size_t tags_max = 8;
constexpr std::size_t tag_bytes_max = 40;

int in_vain(const KeptAnswer& answer)
{
    return std::max(0, answer.not_helped - answer.helped);
}

bool is_of_tag(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' ||
           (static_cast<unsigned char>(letter) & 0x80U) != 0;
}

}  // namespace

std::optional<KeptAnswer> after(const KeptAnswer& answer, KeptEvent event, Instant now)
{
    const auto state = next_state(answer.state, event);
    if (!state) return std::nullopt;
    KeptAnswer next = answer;
    next.state = *state;
    if (event == KeptEvent::agreed) next.kept_at = now;
    if (event == KeptEvent::agreed || event == KeptEvent::confirmed) {
        next.recheck_at = now + rechecked_after;
        next.expires_at = now + holds_for;
        next.due_at = next.recheck_at;
    }
    if (event == KeptEvent::rechecked) next.due_at = next.expires_at;
    if (is_over(*state)) {
        next.question.clear();
        next.answer.clear();
        next.tags.clear();
        next.keeper = next.asker = UserId{};
        next.due_at.reset();
        next.ended_at = now;
    }
    return next;
}

std::optional<KeptEvent> event_when_due(const KeptAnswer& answer, bool author_is_there, Instant now)
{
    if (answer.state == KeptState::proposed) return KeptEvent::lapsed;
    if (answer.expires_at && *answer.expires_at <= now) return KeptEvent::outlived;
    if (answer.state == KeptState::kept && author_is_there) return KeptEvent::rechecked;
    return std::nullopt;
}

bool may_be_offered(const KeptAnswer& answer)
{
    return is_found(answer.state) && !answer.question.empty() && in_vain(answer) < in_vain_max;
}

double offered_from(const KeptAnswer& answer)
{
    return confident_from + raised_by * std::min(in_vain(answer), in_vain_max);
}

bool may_be_proposed_again(const KeptAnswer& over, const UserId& keeper)
{
    return over.author == keeper;
}

std::string tags_in(const RichText& text)
{
    std::vector<std::string> tags;
    for (const Span& span : text) {
        const auto* words = std::get_if<Words>(&span);
        if (words == nullptr) continue;
        const std::string& said = words->text;
        for (auto at = said.find('#'); at != std::string::npos; at = said.find('#', at + 1)) {
            if (at > 0 && is_of_tag(said[at - 1])) continue;  // "issue#12"
            auto end = at + 1;
            while (end < said.size() && is_of_tag(said[end])) ++end;
            std::string tag = lower_case(said.substr(at + 1, end - at - 1));
            const bool is_number = tag.find_first_not_of("0123456789") == std::string::npos;
            if (is_number || tag.size() > tag_bytes_max || tags.size() == tags_max) continue;
            if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(std::move(tag));
        }
    }
    std::string joined;
    for (const std::string& tag : tags) joined += (joined.empty() ? "" : " ") + tag;
    return joined;
}

}  // namespace ackd
