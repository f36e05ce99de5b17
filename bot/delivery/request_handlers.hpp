// How a request begins and what happens to the message it is about: asked by command or by the 📨 reaction,
// its people gathered, its subject edited or deleted.
#pragma once

#include "bot/commands/ack_command.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/input.hpp"

namespace ackd {

/// `/ack …`: the answer for who typed it.
[[nodiscard]] Notice start_from_command(HandlerContext& context, const CommandGiven& given);

/// 📨 by the author of a message: its mentions are asked, or everybody in the channel.
void start_from_reaction(HandlerContext& context, const ReactionChanged& reaction);

/// The subject of a gathering request was read.
void subject_fetched(HandlerContext& context, Request& request, const FetchedMessage& subject);
/// A channel of a gathering request was listed.
void members_listed(HandlerContext& context, Request& request, const std::vector<UserId>& members);
/// What the request needs to know could not be learnt.
void gathering_failed(HandlerContext& context, Request& request, const std::string& reason);

void subject_edited(HandlerContext& context, const MessageEdited& edited);
void subject_deleted(HandlerContext& context, const MessageDeleted& deleted);

/// The creditor says that the subject changed in substance: everybody is asked again.
void ask_everybody_again(HandlerContext& context, Request& request, const UserId& actor);

}  // namespace ackd
