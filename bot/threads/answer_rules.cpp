#include "bot/threads/answer_rules.hpp"

#include "bot/threads/closing_words.hpp"
#include "bot/threads/spoken_words.hpp"
#include "bot/threads/subject_words.hpp"

#include <algorithm>
#include <unordered_map>

namespace ackd {
namespace {

// However busy a channel is: an answer is not looked for further away.
constexpr std::size_t messages_max = 2'000;

/// What the rules look at in a message, found once.
struct Said {
    std::vector<UserId> mentioned;
    SubjectWords subject;
    Closing closing = Closing::none;
    std::size_t words = 0;
};

std::vector<UserId> people_in(const RichText& text)
{
    std::vector<UserId> people;
    for (const Span& span : text)
        if (const auto* mention = std::get_if<Mention>(&span)) people.push_back(mention->user);
    return people;
}

std::size_t words_in(const RichText& text)
{
    std::size_t count = 0;
    for (const Span& span : with_links_as_words(text))
        if (const auto* words = std::get_if<Words>(&span))
            count += 1 + static_cast<std::size_t>(std::count(words->text.begin(), words->text.end(), ' '));
    return count;
}

bool contains(const std::vector<UserId>& people, const UserId& person)
{
    return std::find(people.begin(), people.end(), person) != people.end();
}

class Talk {
public:
    Talk(std::span<const LoggedMessage> messages, const TalkRules& rules, const SignalWeights& weights)
        : messages_(messages), rules_(rules), weights_(weights)
    {}

    std::vector<ReadMessage> read()
    {
        std::vector<ReadMessage> all;
        all.reserve(messages_.size());
        said_.reserve(messages_.size());
        std::unordered_map<std::string_view, std::size_t> latest;  // by thread; "" is the channel
        for (std::size_t at = 0; at < messages_.size(); ++at) {
            const LoggedMessage& message = messages_[at];
            said_.push_back(Said{people_in(message.text),
                                 subject_words_of(message.text),
                                 closing_of(message.text),
                                 words_in(message.text)});
            const auto before = latest.find(message.thread);
            MessageSetting setting{
                turn_of(message, before == latest.end() ? nullptr : &messages_[before->second]),
                message.by_bot};
            ReadMessage read;
            read.question = score_question(message.text, setting, weights_);
            read.asks = message.is_request || read.question.asks();
            all.push_back(std::move(read));
            latest.insert_or_assign(std::string_view{message.thread}, at);
            if (!message.thread.empty()) replies_[message.thread].push_back(at);
        }
        forget_frequent_words();
        for (std::size_t at = 0; at < all.size(); ++at) {
            if (!all[at].asks) continue;
            const Answer answer = answer_to(at, all);
            all[at].answer = answer.sign;
            all[at].answered_at = answer.at;
            all[at].left_unanswered = answer.sign == AnswerSign::none;
        }
        return all;
    }

private:
    struct Answer {
        AnswerSign sign = AnswerSign::none;
        std::optional<Instant> at{};
    };

    /// What the whole channel is about tells no talk from another.
    void forget_frequent_words()
    {
        std::unordered_map<std::uint64_t, std::size_t> counts;
        for (const Said& said : said_)
            for (const std::uint64_t word : said.subject.words()) ++counts[word];
        const std::size_t frequent = std::max<std::size_t>(frequent_min, said_.size() / frequent_share);
        for (Said& said : said_)
            said.subject.remove_if([&](std::uint64_t word) { return counts[word] >= frequent; });
    }

    [[nodiscard]] Turn turn_of(const LoggedMessage& message, const LoggedMessage* before) const
    {
        if (before == nullptr || message.at - before->at > rules_.turn_gap) return Turn::opening;
        return before->author == message.author ? Turn::continuing : Turn::replying;
    }

    [[nodiscard]] Answer answer_to(std::size_t question, const std::vector<ReadMessage>& all) const
    {
        const LoggedMessage& asked = messages_[question];
        if (asked.is_marked_done) return {AnswerSign::marked};
        const std::string_view thread = asked.thread.empty() ? asked.stamp : asked.thread;
        const auto replies = replies_.find(thread);
        if (replies != replies_.end()) {
            const Answer answer = answer_in_thread(question, replies->second);
            if (answer.sign != AnswerSign::none || !asked.thread.empty()) return answer;
        }
        return asked.thread.empty() ? answer_in_channel(question, all) : Answer{};
    }

    [[nodiscard]] Answer answer_in_thread(std::size_t question, const std::vector<std::size_t>& replies) const
    {
        const LoggedMessage& asked = messages_[question];
        for (const std::size_t at : replies) {
            if (at <= question) continue;
            const LoggedMessage& reply = messages_[at];
            if (reply.at - asked.at > rules_.patience) break;
            if (reply.author == asked.author) {
                if (said_[at].closing == Closing::settled) return {AnswerSign::asker_settled, reply.at};
                if (said_[at].closing == Closing::thanks) return {AnswerSign::asker_thanks, reply.at};
            } else if (!reply.by_bot && said_[at].closing != Closing::joins) {
                return {AnswerSign::thread_reply, reply.at};
            }
        }
        return {};
    }

    /// A question, with all that its asker said in one go: whom it is for, and what it is about.
    struct Burst {
        std::vector<UserId> wanted;
        SubjectWords subject;
        Instant ends{};
    };

    /// What stands before the question; what follows is added as it is read.
    [[nodiscard]] Burst burst_before(std::size_t question) const
    {
        const LoggedMessage& asked = messages_[question];
        Burst burst{said_[question].mentioned, said_[question].subject, asked.at};
        Instant begins = asked.at;
        for (std::size_t at = question; at-- > 0;) {
            const LoggedMessage& before = messages_[at];
            if (!before.thread.empty()) continue;
            if (before.author != asked.author || begins - before.at > rules_.burst_gap) break;
            begins = before.at;
            add(burst, said_[at]);
        }
        return burst;
    }

    static void add(Burst& burst, const Said& said)
    {
        burst.wanted.insert(burst.wanted.end(), said.mentioned.begin(), said.mentioned.end());
        burst.subject.add(said.subject);
    }

    [[nodiscard]] Answer answer_in_channel(std::size_t question, const std::vector<ReadMessage>& all) const
    {
        const LoggedMessage& asked = messages_[question];
        Burst burst = burst_before(question);
        bool in_burst = true;
        bool asked_again = false;       // of something else
        std::vector<UserId> spoke;      // after the question
        std::size_t latest = question;  // who spoke last
        const std::size_t end = std::min(messages_.size(), question + messages_max);
        for (std::size_t at = question + 1; at < end; ++at) {
            const LoggedMessage& message = messages_[at];
            if (message.at - asked.at > rules_.patience) break;
            if (!message.thread.empty() || message.by_bot) continue;
            if (message.author == asked.author) {
                const bool goes_on = in_burst && message.at - burst.ends <= rules_.burst_gap;
                if (goes_on) {
                    burst.ends = message.at;
                    add(burst, said_[at]);
                }
                const AnswerSign sign = sign_of_asker(at, goes_on, asked_again, burst, spoke, latest);
                if (sign != AnswerSign::none) return {sign, message.at};
                asked_again = asked_again || (!goes_on && all[at].asks);
            } else {
                const AnswerSign sign = sign_of_other(question, at, asked_again, burst, spoke, all);
                if (sign != AnswerSign::none) return {sign, message.at};
                const std::size_t shared = burst.subject.shared_with(said_[at].subject);
                if (said_[at].closing != Closing::joins &&
                    !begins_anew_with(all[at], message.at - burst.ends, shared))
                    spoke.push_back(message.author);
            }
            in_burst = in_burst && message.author == asked.author;
            latest = at;
        }
        return {};
    }

    /// What the asker's own message tells of an answer.
    [[nodiscard]] AnswerSign sign_of_asker(std::size_t at,
                                           bool goes_on,
                                           bool asked_again,
                                           const Burst& burst,
                                           const std::vector<UserId>& spoke,
                                           std::size_t latest) const
    {
        const LoggedMessage& message = messages_[at];
        const Said& said = said_[at];
        const bool is_soon = message.at - burst.ends <= rules_.settling_gap;
        if (said.closing == Closing::settled && !asked_again) return AnswerSign::asker_settled;
        if (said.closing == Closing::understood && is_soon && !asked_again) return AnswerSign::asker_settled;
        if (spoke.empty()) return AnswerSign::none;
        if (said.closing == Closing::thanks && !asked_again) return AnswerSign::asker_thanks;
        const bool speaks_with_them = std::any_of(
            said.mentioned.begin(), said.mentioned.end(), [&](const UserId& person) {
                return contains(spoke, person) && (burst.wanted.empty() || contains(burst.wanted, person));
            });
        if (speaks_with_them && is_soon) return AnswerSign::asker_goes_on;
        // Somebody spoke to nobody in particular, and the asker at once after: they talk.
        const bool is_talk = !goes_on && messages_[latest].author != message.author &&
                             said_[latest].mentioned.empty() && said.mentioned.empty() && is_soon &&
                             message.at - messages_[latest].at <= rules_.burst_gap;
        return is_talk && burst.wanted.empty() ? AnswerSign::asker_goes_on : AnswerSign::none;
    }

    /// What somebody else's message tells of it.
    [[nodiscard]] AnswerSign sign_of_other(std::size_t question,
                                           std::size_t at,
                                           bool asked_again,
                                           const Burst& burst,
                                           const std::vector<UserId>& spoke,
                                           const std::vector<ReadMessage>& all) const
    {
        const LoggedMessage& asked = messages_[question];
        const LoggedMessage& message = messages_[at];
        const Said& said = said_[at];
        if (said.closing == Closing::joins) return AnswerSign::none;
        const std::size_t shared = burst.subject.shared_with(said.subject);
        const Duration gap = message.at - burst.ends;
        const bool is_wanted = contains(burst.wanted, message.author);
        if (contains(said.mentioned, asked.author)) {
            if (said.closing == Closing::thanks && !is_wanted) return AnswerSign::none;  // for something else
            const bool of_this = is_wanted || shared >= subject_words_shared ||
                                 (!asked_again && (burst.wanted.empty() || gap <= rules_.turn_gap));
            return of_this ? AnswerSign::mentions_asker : AnswerSign::none;
        }
        const bool begins_anew = begins_anew_with(all[at], gap, shared);
        if (!said.mentioned.empty()) {
            // Whoever passes it on, at once and as a question, to somebody who is not there.
            const bool passes_on = spoke.empty() && gap <= rules_.turn_gap &&
                                   (burst.wanted.empty() || is_wanted) && (all[at].asks || shared > 0) &&
                                   !spoke_before(question, said.mentioned);
            return passes_on ? AnswerSign::next_speaker : AnswerSign::none;
        }
        const bool asks_all = all[at].asks && all[at].question.has(QuestionSignal::asks_room);
        if (is_wanted && !asked_again && !asks_all && (gap <= rules_.next_speaker_gap || shared > 0))
            return AnswerSign::asked_person;
        const std::size_t enough = burst.wanted.empty() ? subject_words_shared : subject_words_shared + 1;
        if (shared >= enough && !begins_anew) return AnswerSign::same_words;
        if (!spoke.empty() || begins_anew) return AnswerSign::none;
        // To a person: somebody else answers at once, or speaks of the same. To the room: whoever speaks
        // next, and not of something else as far as can be seen.
        const bool is_for_room = burst.wanted.empty() ||
                                 all[question].question.has(QuestionSignal::asks_room);
        const bool is_likely = shared > 0 || said.words <= few_words;
        const bool is_answer = is_for_room
                                   ? gap <= rules_.room_gap || (gap <= rules_.next_speaker_gap && is_likely)
                                   : (gap <= rules_.burst_gap && is_likely) ||
                                         (gap <= rules_.next_speaker_gap && shared > 0);
        return is_answer ? AnswerSign::next_speaker : AnswerSign::none;
    }

    /// A question of one's own, a while after the other and of something else.
    [[nodiscard]] bool begins_anew_with(const ReadMessage& read, Duration gap, std::size_t shared) const
    {
        return read.asks && gap > rules_.turn_gap && shared < subject_words_shared;
    }

    /// Just before the question, in the channel.
    [[nodiscard]] bool spoke_before(std::size_t question, const std::vector<UserId>& people) const
    {
        for (std::size_t at = question; at-- > 0;) {
            if (messages_[question].at - messages_[at].at > rules_.turn_gap) return false;
            if (contains(people, messages_[at].author)) return true;
        }
        return false;
    }

    static constexpr std::size_t subject_words_shared = 2;
    static constexpr std::size_t few_words = 12;
    static constexpr std::size_t frequent_min = 10;
    static constexpr std::size_t frequent_share = 150;

    std::span<const LoggedMessage> messages_;
    const TalkRules& rules_;
    const SignalWeights& weights_;
    std::vector<Said> said_;
    std::unordered_map<std::string_view, std::vector<std::size_t>> replies_;
};

}  // namespace

std::string_view name_of(AnswerSign sign)
{
    switch (sign) {
        case AnswerSign::none: return "none";
        case AnswerSign::marked: return "marked";
        case AnswerSign::thread_reply: return "thread_reply";
        case AnswerSign::asked_person: return "asked_person";
        case AnswerSign::mentions_asker: return "mentions_asker";
        case AnswerSign::next_speaker: return "next_speaker";
        case AnswerSign::same_words: return "same_words";
        case AnswerSign::asker_thanks: return "asker_thanks";
        case AnswerSign::asker_settled: return "asker_settled";
        case AnswerSign::asker_goes_on: return "asker_goes_on";
    }
    return "";
}

std::vector<ReadMessage> read_talk(std::span<const LoggedMessage> messages,
                                   const TalkRules& rules,
                                   const SignalWeights& weights)
{
    return Talk{messages, rules, weights}.read();
}

}  // namespace ackd
