// What the asker reads before somebody is disturbed off hours, or many are.
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/request_handlers.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

constexpr std::size_t named_max = 5;

/// "For Bo it is Sat 21:40", or "Cy is off until Mon".
std::string words_for(HandlerContext& context, const UserId& person)
{
    const std::string name = context.directory.name_of(person);
    const std::string off = off_words(context, person);
    const WorkingHours hours = context.directory.working_hours_of(person);
    const std::string time = local_time_text(hours, context.now, context.now);
    if (off.empty()) return fmt::format("For {} it is {}.", name, time);
    return fmt::format("For {} it is {}{}.", name, time, off);
}

}  // namespace

Notice price_notice(HandlerContext& context, const Request& request)
{
    std::vector<PricedPerson> people;
    for (const UserId& person : people_to_ask(context, request))
        people.push_back({person, context.directory.working_hours_of(person)});
    const Price price = price_of(people, context.now);

    Notice notice = plain_reply(
        fmt::format("Not sent yet: this disturbs {} now.",
                    price.disturbed == 1 ? "1 person" : fmt::format("{} people", price.disturbed)));
    Section& section = notice.sections.front();
    section.lines.push_back(Line{LineStyle::quote, RichText{Words{shortened(request.text, excerpt_max)}}});
    for (std::size_t index = 0; index < std::min(price.off.size(), named_max); ++index)
        section.lines.push_back(plain_line(words_for(context, price.off[index])));
    if (price.off.size() > named_max) {
        section.lines.push_back(
            plain_line(fmt::format("{} more are off as well.", price.off.size() - named_max)));
    }
    section.lines.push_back(small_line(
        fmt::format("Without a decision by {} nobody is asked.",
                    your_time(context, request.creditor, request.undecided_until.value_or(context.now)))));
    const std::string value = value_of(request.id);
    const WorkingHours reader = context.directory.working_hours_of(request.creditor);
    const auto by = [&](Instant at) { return local_time_text(reader, at, context.now); };
    section.actions.push_back(
        button(action::send_when_in, "When they are in: all by " + by(price.when_in_by), value));
    section.actions.push_back(
        button(action::send_with_digest, "With their digest: all by " + by(price.in_digest_by), value));
    section.actions.push_back(button(action::send_now, "Send now", value));
    section.actions.push_back(button(action::withdraw, "Don't send", value));
    return notice;
}

}  // namespace ackd
