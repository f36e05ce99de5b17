#include "bot/rotations/relief.hpp"

#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/rotations/rotation_handlers.hpp"

#include <fmt/format.h>

#include <set>

namespace ackd {

namespace {

/// About how many different problems they were called since then, as far as it matters. The newest calls come
/// first: somebody may have been called thousands of times.
std::size_t calls_since(HandlerContext& context, const UserId& person, Instant since)
{
    storage::Statement rows = context.connection.prepare(
        R"(SELECT r.id FROM calls c
            JOIN obligations o ON o.id = c.obligation_id JOIN requests r ON r.id = o.request_id
            WHERE c.target = $1 AND c.is_channel = 0 AND r.priority = $2 AND r.asked_at_us >= $3
            ORDER BY c.obligation_id DESC)");
    rows.bind_all(person.value, static_cast<int>(Priority::now), to_microseconds(since));
    std::set<std::int64_t> problems;
    while (problems.size() <= relief_offered_after && rows.step()) problems.insert(rows.column_int(0));
    return problems.size();
}

}  // namespace

void offer_relief(HandlerContext& context, const Request& request, const UserId& person)
{
    if (request.priority != Priority::now) return;
    for (const Rotation& rotation : context.settings.rotations) {
        for (const OnCallShift& shift :
             shifts_of(context, rotation, {context.now, context.now + std::chrono::microseconds{1}}))
        {
            if (shift.person != person ||
                calls_since(context, person, shift.span.from) != relief_offered_after)
                continue;
            Notice notice;
            notice.kind = NoticeKind::for_asker;
            notice.summary = "Somebody else could take the rest of your shift";
            Section& section = notice.sections.emplace_back();
            section.lines.push_back(plain_line(fmt::format(
                "Two calls in this shift already. Somebody else could take the rest of {}, until {}.",
                rotation.name,
                your_time(context, person, shift.span.until))));
            section.lines.push_back(small_line("It stays yours until they say yes."));
            section.actions.push_back(button(action::offer_shift, "Offer a shift …", rotation.name));
            tell(context, person, request, notice, TellWhen::at_once);
            return;
        }
    }
}

}  // namespace ackd
