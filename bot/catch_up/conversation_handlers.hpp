// What the workspace does with the channels that we are in: invites us, throws us out, renames, archives,
// gives another id.
#pragma once

#include "bot/engine/handler_context.hpp"

namespace ackd {

void handle_conversations(HandlerContext& context, const ConversationsListed& listed);
/// When it is we who joined, whoever invited us is told once, alone, what we do.
void handle_joined(HandlerContext& context, const ChannelJoined& joined);
/// When it is we who left, those who still wait for answers there are told what no longer works, once. When
/// we are back, or the channel is open again, the cards in it are brought up to date.
void handle_left(HandlerContext& context, const ChannelLeft& left);
void handle_channel_changed(HandlerContext& context, const ChannelChanged& changed);
/// Every message that we know of in the channel goes by the new id from now on.
void handle_channel_id(HandlerContext& context, const ChannelIdChanged& changed);

}  // namespace ackd
