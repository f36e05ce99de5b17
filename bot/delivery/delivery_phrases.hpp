// The small pieces that delivery's notices are put together from.
#pragma once

#include "bot/delivery/action_names.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/people/local_time.hpp"

#include <string>
#include <vector>

namespace ackd {

[[nodiscard]] Line plain_line(RichText text);
[[nodiscard]] Line plain_line(std::string text);
[[nodiscard]] Line small_line(RichText text);
[[nodiscard]] Line small_line(std::string text);

/// The subject in its own words, with a link to it where there is one.
[[nodiscard]] Line quote_line(const Request& request);
/// Who decides about what nobody answered: whoever the team named, else the creditor; of what a program
/// raised, an admin.
[[nodiscard]] UserId dead_letter_owner_of(HandlerContext& context, const Request& request);
/// "A · B · C and 4 more".
[[nodiscard]] std::string joined_names(HandlerContext& context, const std::vector<UserId>& people);
/// "Thu 15:00 (your time)".
[[nodiscard]] std::string your_time(HandlerContext& context, const UserId& reader, Instant at);
/// An instant for readers in many zones.
[[nodiscard]] Moment moment(Instant at);
[[nodiscard]] std::string priority_words(Priority priority);
[[nodiscard]] std::string telling_words(Telling telling);
/// " (off until Mon)" when somebody is not at work and will not be today; empty otherwise.
[[nodiscard]] std::string off_words(HandlerContext& context, const UserId& person);

[[nodiscard]] std::string value_of(RequestId id);
[[nodiscard]] std::string value_of(ObligationId id);

[[nodiscard]] Action button(const char* name,
                            std::string label,
                            std::string value,
                            ActionStyle style = ActionStyle::normal);
/// What ends it: "Done", or where only a choice does (bot/capacity), the choices. `value` is of the
/// obligation.
void add_ending_actions(HandlerContext& context,
                        const Request& request,
                        const std::string& value,
                        Section& section,
                        ActionStyle style = ActionStyle::normal);
/// "Got it, by …" or "New date …".
[[nodiscard]] Action promise_menu(std::string label, const std::string& value);
/// Behind "⋯": who has answered, the time line, and, while it is open, the way to call it off.
[[nodiscard]] Action request_menu(const Request& request);
/// Behind "⋯" of what somebody is asked: why they are, how it got there, and how to be asked less like this.
/// In a channel (`reader` is empty) it asks nobody in particular, so there is nothing to ask less of.
[[nodiscard]] Action why_menu(const Obligation& obligation, const UserId& reader);
[[nodiscard]] Action decline_menu(const std::string& value);
[[nodiscard]] Action snooze_menu(const std::string& value);
/// "As usual", "Quieter", …: how one is told.
[[nodiscard]] Action telling_menu(std::string label);

/// Whether an open obligation, not yet received, waits for them: as who owes it, or as one called in.
[[nodiscard]] bool waits_for(HandlerContext& context, const Obligation& obligation, const UserId& reader);
/// Or whether they have it and it is not done.
[[nodiscard]] bool is_waiting_for(HandlerContext& context,
                                  const Obligation& obligation,
                                  const UserId& person);
/// It is over, or somebody else has it: one line, in place.
[[nodiscard]] Section settled_section(HandlerContext& context,
                                      const Obligation& obligation,
                                      const Request& request,
                                      const UserId& reader);
/// One item of a list of open ones, as short as it can be, with what can be done about it; a line when it has
/// been settled.
[[nodiscard]] Section item_section(HandlerContext& context,
                                   const Obligation& obligation,
                                   const UserId& person);
/// What who asked has to decide, or follows, about it; nothing: a line is enough.
[[nodiscard]] std::optional<Section> section_for_asker(HandlerContext& context, const Request& request);
/// "✅ 2 of 5 received · 1 integrated".
[[nodiscard]] std::string standing_words(HandlerContext& context, const Request& request);

}  // namespace ackd
