// Identifiers of people, places and rows, each a type of its own, so that a swapped argument does not
// compile.
//
// Ids that the chat gives are opaque text: compared whole and case-sensitively, never parsed. Ids that the
// database gives are 64-bit integers.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace ackd {

/// Text the chat gave us to name something. `Tag` only tells the types apart.
template <class Tag>
struct ChatId {
    std::string value;

    ChatId() = default;
    explicit ChatId(std::string text) : value(std::move(text)) {}

    [[nodiscard]] bool empty() const { return value.empty(); }
    friend bool operator==(const ChatId&, const ChatId&) = default;
    friend auto operator<=>(const ChatId&, const ChatId&) = default;
};

/// A row the database numbered. 0 means "none".
template <class Tag>
struct RowId {
    std::int64_t value = 0;

    [[nodiscard]] bool exists() const { return value != 0; }
    friend bool operator==(RowId, RowId) = default;
    friend auto operator<=>(RowId, RowId) = default;
};

using UserId = ChatId<struct UserTag>;
using GroupId = ChatId<struct GroupTag>;
using ChannelId = ChatId<struct ChannelTag>;

using RequestId = RowId<struct RequestTag>;
using ObligationId = RowId<struct ObligationTag>;
using OutboxId = RowId<struct OutboxTag>;
using QuestionId = RowId<struct QuestionTag>;
using WebKeyId = RowId<struct WebKeyTag>;
using CapacitySignalId = RowId<struct CapacitySignalTag>;
using ResyncRoundId = RowId<struct ResyncRoundTag>;
using DivergenceId = RowId<struct DivergenceTag>;
using RetroRoundId = RowId<struct RetroRoundTag>;
using DriftProbeId = RowId<struct DriftProbeTag>;

/// One message: the chat numbers messages per channel, so only the pair names one. The stamp is text that
/// sorts by time (Slack's `ts`); it is never held as a number.
struct MessageRef {
    ChannelId channel;
    std::string stamp;

    MessageRef() = default;
    MessageRef(ChannelId where, std::string when) : channel(std::move(where)), stamp(std::move(when)) {}

    [[nodiscard]] bool exists() const { return !stamp.empty(); }
    friend bool operator==(const MessageRef&, const MessageRef&) = default;
    friend auto operator<=>(const MessageRef&, const MessageRef&) = default;
};

}  // namespace ackd

template <class Tag>
struct std::hash<ackd::ChatId<Tag>> {
    std::size_t operator()(const ackd::ChatId<Tag>& id) const noexcept
    {
        return std::hash<std::string>{}(id.value);
    }
};
