// A part of a channel's topic that is ours, in the middle of what people wrote.
//
// A topic is one short line that belongs to the people of its channel. Ours is what begins with our label and
// goes on to the next " | ", or to the end; it is found again by that, wherever people have put it. All the
// rest is left as it is, to the character. Pure.
//
//   "On call (ops): Bo | Build, release, run"      label "On call (ops): ", says "Bo"
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ackd {

struct TopicPart {
    std::string label;  ///< tells it from all others of the same topic; not empty
    std::string says;   ///< empty: it is taken out
    friend bool operator==(const TopicPart&, const TopicPart&) = default;
};

inline constexpr std::string_view topic_separator = " | ";

/// The topic with our part in it: in its place, or in front of the rest when there was none. It comes once.
/// What ours says is shortened to what the others leave of `characters_max`; nothing: not even its beginning
/// fits, and what people wrote is not cut for it.
[[nodiscard]] std::optional<std::string> with_part(std::string_view topic,
                                                   const TopicPart& part,
                                                   std::size_t characters_max);

/// A name as it may stand in a topic: without what a chat could take for markup, a mention or a separator.
[[nodiscard]] std::string plain_in_topic(std::string_view name);

}  // namespace ackd
