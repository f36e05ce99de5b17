// Made-up Socket Mode envelopes of the size and shape that a busy workspace sends: 1 to 2 kB, with blocks.
//
// A frame is prepared once; what differs from event to event has a fixed width and is written over its copy.
// So a load of a hundred thousand events a second costs the driver little more than copying them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd::bench {

/// Ids as the workspace of the benchmarks numbers them; all of one kind are equally long.
[[nodiscard]] std::string person_id(std::int64_t number);
[[nodiscard]] std::string channel_id(std::int64_t number);
[[nodiscard]] std::string group_id(std::int64_t number);
/// The `ts` of the n-th message.
[[nodiscard]] std::string stamp(std::int64_t number);

enum class EventIds {
    near_order,  ///< counting up, but shuffled among 4,096 neighbours: as ids look that several machines hand
                 ///< out
    random,      ///< in no order at all, which is the hardest case for an index
};

/// What is written over a copy of a frame. Texts must be as long as the ids above.
struct FrameFields {
    std::uint32_t sequence = 0;  ///< in the envelope's id, and the event's
    std::string_view person;
    std::string_view channel;
    std::string_view stamp;
};

class FrameTemplate {
public:
    explicit FrameTemplate(std::string json);

    /// Appends the JSON with these fields in place.
    void append(std::string& bytes, const FrameFields& fields, std::uint32_t run, EventIds ids) const;
    [[nodiscard]] std::size_t size() const { return json_.size(); }

private:
    std::string json_;
    std::vector<std::size_t> envelope_at_;
    std::vector<std::size_t> event_at_;
    std::vector<std::size_t> person_at_;
    std::vector<std::size_t> channel_at_;
    std::vector<std::size_t> stamp_at_;
};

/// Sixteen different messages, thread replies among them and one reaction, that concern no obligation.
[[nodiscard]] std::vector<FrameTemplate> chatter_templates();
/// A reaction by `person` to the message (`channel`, `stamp`).
[[nodiscard]] FrameTemplate reaction_template(const std::string& emoji);
/// `/ack` with this text, typed by `person` in `channel`.
[[nodiscard]] FrameTemplate command_template(const std::string& text);

/// A press by `person` on a button of the message (`channel`, `stamp`). It is to be answered at
/// `<response_url><envelope's id>`.
[[nodiscard]] FrameTemplate press_template(const std::string& action,
                                           const std::string& value,
                                           const std::string& response_url);

/// The sequence in a confirmation, or in an envelope's id.
[[nodiscard]] std::optional<std::uint32_t> sequence_in(std::string_view confirmation);

}  // namespace ackd::bench
