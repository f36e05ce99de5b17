// Digests: what is not worth an interruption, three times a day, with its actions in it.
//
//   something is due, and the person is not to be interrupted → an entry, for their next slot
//   the slot comes → what still stands becomes one message, the person's standing list of open items
//   something changes → that message is brought up to date in place
//   the next one is sent → the one before shrinks to its news
//
// Nothing to say, nothing sent. At most one for a slot: what comes late for it waits for the next one.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

namespace ackd {

/// The next digest of this person that can take something that fell due at `due`; not before now.
[[nodiscard]] Instant digest_at(const WorkingHours& hours, Instant due, Instant now);

/// An attempt that they read in their digest. Nothing for those who read everything on the App Home.
void put_into_digest(HandlerContext& context, const UserId& person, const OutboxItem& item, Instant due_at);
/// News that they read in their digest.
void put_into_digest(HandlerContext& context, const UserId& person, const Notice& news);

/// A person's hours are others from now on: what waits for them to be at work goes when they are, and the
/// next digest comes at the next of their slots.
void reckon_messages_anew(HandlerContext& context, const UserId& person);

/// The digest of a person whose slot has come.
void handle_digest(HandlerContext& context, const UserId& person);

/// The message of an outbox row of a digest, with what of it still stands (`items`).
[[nodiscard]] Notice composed_digest(HandlerContext& context,
                                     const OutboxRow& row,
                                     const std::vector<OutboxItem>& items);
/// It is in the chat: the one before shrinks.
void digest_posted(HandlerContext& context, const SentMessage& sent);
/// How a digest that somebody has in front of them stands now.
[[nodiscard]] Notice refreshed_digest(HandlerContext& context, const SentMessage& sent);

/// Whether a newer one has taken its place.
[[nodiscard]] bool is_followed_digest(HandlerContext& context, const SentMessage& sent);

/// Their open items have changed: brought up to date where they have them in front of them.
void redraw_digest(HandlerContext& context, const UserId& person);

/// What a digest says.
struct DigestContent {
    /// What it was sent for, and what is shown of it now.
    std::vector<ObligationId> obligations;
    std::vector<Notice> news;
};
[[nodiscard]] Notice digest_notice(HandlerContext& context,
                                   const UserId& person,
                                   const DigestContent& content);
/// What is left of a digest when the next one has been sent: what is not told again there.
[[nodiscard]] Notice followed_digest_notice(HandlerContext& context,
                                            const UserId& person,
                                            const DigestContent& content);

}  // namespace ackd
