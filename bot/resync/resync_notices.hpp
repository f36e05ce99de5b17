// What people read of a resync.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"
#include "bot/resync/resync_round.hpp"

#include <string>
#include <vector>

namespace ackd {

struct Resync;

/// "5 platform"
[[nodiscard]] std::string value_of(const ResyncRound& round, const std::string& team);
/// To a lead: what is asked of their teams, and until when.
[[nodiscard]] Notice resync_question_notice(HandlerContext& context,
                                            const Resync& resync,
                                            const ResyncRound& round,
                                            const UserId& lead,
                                            const std::vector<std::string>& teams);
/// To a lead, in the digest: the team's answer is not there yet.
[[nodiscard]] Notice resync_reminder_notice(HandlerContext& context,
                                            const ResyncRound& round,
                                            const UserId& lead,
                                            const std::vector<std::string>& teams);
/// Where what teams say is read.
enum class ReadIn {
    the_channel,
    /// There is no channel in which what is open between teams could be told.
    private_messages,
};
/// What teams say, what has changed, and where they differ.
[[nodiscard]] Notice resync_notice(HandlerContext& context,
                                   const Resync& resync,
                                   const ResyncRound& round,
                                   ReadIn where = ReadIn::the_channel);

/// "platform waits for mobile: the importer by 6 Mar. mobile does not name it."
[[nodiscard]] std::string difference_words(const Difference& difference);
/// One line below the round's message: how it stands.
[[nodiscard]] Notice divergence_notice(HandlerContext& context, const Divergence& divergence);

/// Behind what a reply says, in the same line.
void add_link(const MessageRef& message, const char* label, Notice& reply);
/// All that come round, and how their rounds stand; with the forms that the reader may fill in.
[[nodiscard]] Notice resyncs_reply(HandlerContext& context, const UserId& reader);

}  // namespace ackd
