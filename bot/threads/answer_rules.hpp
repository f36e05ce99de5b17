// Who answers whom: over the messages of one channel, in their order, which of them ask something, and which
// of those nobody answered. Pure.
//
// In a thread it is plain: what somebody else replies after the question answers it. Without threads several
// talks run through one another, and it must be guessed from who mentions whom, who speaks next, and what
// they speak of. A question is also settled by its asker: by thanks, "never mind", "found it".
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "bot/threads/question_score.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ackd {

struct LoggedMessage {
    std::string stamp;  ///< as the log names it; what `thread` refers to
    Instant at{};
    UserId author;
    std::string thread{};  ///< stamp of the thread's first message when it is a reply, else empty
    RichText text{};
    bool by_bot = false;
    bool is_marked_done = false;  ///< somebody put ✅ on it
    bool is_request = false;      ///< asks, whatever it says
};

/// Why a question counts as answered, or not.
enum class AnswerSign : std::uint8_t {
    none,            ///< left unanswered
    marked,          ///< ✅
    thread_reply,    ///< somebody else replied in its thread
    asked_person,    ///< a person it mentions spoke to the channel
    mentions_asker,  ///< somebody mentioned the asker
    next_speaker,    ///< somebody else spoke next, to nobody else
    same_words,      ///< somebody spoke of the same things
    asker_thanks,
    asker_settled,  ///< solved or withdrawn by who asked
    asker_goes_on,  ///< who asked speaks with somebody who spoke after the question
};
[[nodiscard]] std::string_view name_of(AnswerSign sign);

struct ReadMessage {
    QuestionScore question;
    bool asks = false;
    /// Only of what asks: nothing answered or settled it within the patience.
    bool left_unanswered = false;
    AnswerSign answer = AnswerSign::none;
    /// When the message came by which it counts as answered. Nothing: it does not, or it is `marked`, and the
    /// log does not tell since when.
    std::optional<Instant> answered_at{};
};

struct TalkRules {
    /// How long an answer may take.
    Duration patience = std::chrono::hours{24};
    /// Messages of one person with less between them are one burst, as long as nobody else speaks.
    Duration burst_gap = std::chrono::minutes{5};
    /// Longer ago is not "just before".
    Duration turn_gap = std::chrono::minutes{15};
    /// Whoever speaks next, to nobody in particular, answers the room within this time, whatever it is.
    Duration room_gap = std::chrono::hours{1};
    /// The same, when it is short or speaks of the same things.
    Duration next_speaker_gap = std::chrono::hours{6};
    /// What the asker says within this time is still about it.
    Duration settling_gap = std::chrono::hours{2};
};

/// `messages` in the order of their instants; one result each.
[[nodiscard]] std::vector<ReadMessage> read_talk(std::span<const LoggedMessage> messages,
                                                 const TalkRules& rules,
                                                 const SignalWeights& weights);

}  // namespace ackd
