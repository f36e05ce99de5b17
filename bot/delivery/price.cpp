#include "bot/delivery/price.hpp"

#include <algorithm>

namespace ackd {

Instant heard_at(Announcement how, const WorkingHours& hours, Instant now)
{
    const bool at_once = how == Announcement::undecided || how == Announcement::at_once ||
                         (how == Announcement::when_in && hours.contains(now));
    return at_once ? now : hours.next_digest_slot(now);
}

Price price_of(const std::vector<PricedPerson>& people, Instant now)
{
    Price price;
    price.disturbed = static_cast<int>(people.size());
    price.in_digest_by = price.when_in_by = now;
    for (const PricedPerson& each : people) {
        if (!each.hours.contains(now)) price.off.push_back(each.person);
        price.in_digest_by = std::max(price.in_digest_by, heard_at(Announcement::in_digest, each.hours, now));
        price.when_in_by = std::max(price.when_in_by, heard_at(Announcement::when_in, each.hours, now));
    }
    return price;
}

bool is_worth_showing(const Price& price, int shown_from)
{
    return shown_from > 0 && (!price.off.empty() || price.disturbed >= shown_from);
}

}  // namespace ackd
