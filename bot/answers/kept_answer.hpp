// A kept answer: what one brain knows, others ask again. Somebody marks a message as worth keeping (📌, or the
// shortcut), its author agrees, and from then on it is found, and offered to whoever asks the same.
//
//   proposed ──"Keep it"──► kept ──half a year──► stale ──"Still holds"──► kept
//      │  │                  │ │                    │ │
//      │  └─"Not this one"   │ └──its time is over──┼─┴──"Not any more", "Out of date"──► removed
//      │       └──► refused  │                      │
//      └──nobody agreed──►   └──────────────► expired
//          dropped
//
// It is not a copy of the message: an excerpt that follows the message's edits, and that ends with it. Before
// its author agrees nothing of it can be found; once it is over nothing of its text is left. Pure.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

using KeptAnswerId = RowId<struct KeptAnswerTag>;

/// The reaction that asks for it. Not a matter of policy: people learn it once.
inline constexpr std::string_view keep_emoji = "pushpin";

/// Stored: do not renumber. The last two are never stored: of what ended so nothing is left.
enum class KeptState {
    proposed = 1,  ///< its author has not agreed
    kept = 2,
    stale = 3,    ///< its author is asked whether it still holds; it is found meanwhile
    refused = 4,  ///< by its author
    removed = 5,  ///< likewise, later
    dropped = 6,
    expired = 7,
};

enum class KeptEvent {
    agreed,     ///< "Keep it", or its author wants it kept
    refused,    ///< "Not this one"
    withdrawn,  ///< the 📌 was taken back
    lapsed,     ///< its author did not say anything in time, or there is nobody who could agree
    rechecked,  ///< its author is asked whether it still holds
    confirmed,  ///< "Still holds"
    taken_out,  ///< "Not any more", or "Out of date"
    deleted,    ///< its message, or the question, is gone from the chat
    outlived,   ///< nobody said for a year that it holds
};

struct KeptTransition {
    KeptState from;
    KeptEvent event;
    KeptState to;
    std::string_view meaning;  ///< one line for the documentation
};

[[nodiscard]] std::string_view name_of(KeptState state);
/// Its fact in the journal.
[[nodiscard]] std::string_view name_of(KeptEvent event);
/// All of them, grouped by state.
[[nodiscard]] const std::vector<KeptTransition>& kept_transitions();
/// Where `event` leads from `from`; nothing: it does not apply there and changes nothing.
[[nodiscard]] std::optional<KeptState> next_state(KeptState from, KeptEvent event);
/// The table as docs/answers.md prints it.
[[nodiscard]] std::string kept_transitions_as_markdown();

/// It is found, and may be offered.
[[nodiscard]] bool is_found(KeptState state);
/// Nothing that happens later changes it, and nothing of its text is left.
[[nodiscard]] bool is_over(KeptState state);

struct KeptAnswer {
    KeptAnswerId id;
    KeptState state = KeptState::proposed;
    MessageRef message;
    std::string question_stamp;  ///< the first message of its thread; empty: it is in none
    UserId author;               ///< empty until its message was read
    UserId keeper;
    UserId asker;  ///< of the question; may be empty
    std::string question;
    std::string answer;
    std::string tags;           ///< with spaces between them
    std::string answer_edited;  ///< stamps of the edits that the texts are of
    std::string question_edited;
    Instant proposed_at{};
    Instant said_at{};
    std::optional<Instant> kept_at{};
    std::optional<Instant> recheck_at{};
    std::optional<Instant> expires_at{};
    /// When something must happen next; nothing: it is over.
    std::optional<Instant> due_at{};
    std::optional<Instant> ended_at{};
    int helped = 0;
    int not_helped = 0;
    std::int64_t question_sent_id = 0;  ///< the message in which its author was asked

    friend bool operator==(const KeptAnswer&, const KeptAnswer&) = default;
};

/// The longest excerpts that are kept, in characters.
inline constexpr std::size_t kept_question_max = 500;
inline constexpr std::size_t kept_answer_max = 1'000;

}  // namespace ackd
