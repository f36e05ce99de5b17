// App Home: what is waiting for a person, what they wait for, and what holds for them. It is drawn again soon
// after each change that it shows, at most once in five seconds and as fast as the chat takes views
// (courier/rate_limits.hpp), and only for those who have opened it within a week. Whoever opens it goes
// first.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

namespace ackd {

void home_opened(HandlerContext& context, const UserId& person);

/// What this person has open has changed: their home and their last digest are drawn again, where they look
/// at them.
void redraw_home(HandlerContext& context, const UserId& person);
/// An obligation has changed: everybody whose home shows it.
void redraw_homes(HandlerContext& context,
                  const Request& request,
                  const Obligation& before,
                  const Obligation& after);

/// What is to be shown; nothing: it shows that already. From here on it counts as shown, so a row that is
/// tried again is drawn whatever it shows.
[[nodiscard]] std::optional<Notice> home_to_draw(HandlerContext& context, const OutboxRow& row);

/// An answer to what somebody did on their App Home, where no message can be shown.
void show_dialog(HandlerContext& context,
                 const UserId& person,
                 const std::string& trigger,
                 const Notice& notice);
[[nodiscard]] OpenDialog dialog_in(const OutboxRow& row);

[[nodiscard]] Notice home_notice(HandlerContext& context, const UserId& person);

}  // namespace ackd
