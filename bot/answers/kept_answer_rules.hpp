// When a kept answer is asked about, offered and let go of. Pure.
#pragma once

#include "bot/answers/kept_answer.hpp"
#include "bot/rich_text.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace ackd {

/// Its author's working time to agree in.
inline constexpr Duration agreed_within = std::chrono::hours{5 * 8};
/// An answer whose texts were not read by then is not kept.
inline constexpr std::chrono::days read_within{3};
inline constexpr std::chrono::days rechecked_after{182};
/// Since its author last said that it holds.
inline constexpr std::chrono::days holds_for{365};
/// A refusal is remembered so long, so that nobody asks again.
inline constexpr std::chrono::days refusal_kept_for{365};

/// What becomes of it; nothing: the event does not apply. What is over has lost its texts and everybody but
/// its author.
[[nodiscard]] std::optional<KeptAnswer> after(const KeptAnswer& answer, KeptEvent event, Instant now);

/// What happens when its time has come; nothing: it only waits for its end.
[[nodiscard]] std::optional<KeptEvent> event_when_due(const KeptAnswer& answer,
                                                      bool author_is_there,
                                                      Instant now);

/// Whether it is looked for among those that may be offered: one that helped nobody thrice over is found, and
/// offered no more; one without a question cannot be told to answer another.
[[nodiscard]] bool may_be_offered(const KeptAnswer& answer);
/// From which confidence on (answer_similarity.hpp): each "It did not" beyond the "It helped" raises it.
[[nodiscard]] double offered_from(const KeptAnswer& answer);

/// Whether somebody may want it kept although it was refused or removed: only its author.
[[nodiscard]] bool may_be_proposed_again(const KeptAnswer& over, const UserId& keeper);

/// The words with # in a text: "deploy rollback".
[[nodiscard]] std::string tags_in(const RichText& text);

}  // namespace ackd
