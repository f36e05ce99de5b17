// What a request costs others at the moment of asking, and the ways to ask that cost less. Pure.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "bot/people/availability.hpp"

#include <vector>

namespace ackd {

/// How those asked hear of a request. Stored: do not renumber.
enum class Announcement {
    undecided = 0,  ///< the asker has not said, and may be shown the price first
    at_once = 1,    ///< the card names them, so that the chat tells them
    in_digest = 2,  ///< each with their next digest
    when_in = 3,    ///< who is at work at once, the others with their first digest when they are
};

/// Somebody who would be asked.
struct PricedPerson {
    UserId person;
    WorkingHours hours;
};

struct Price {
    /// Who is disturbed if it is announced at once: all of them.
    int disturbed = 0;
    /// Those who are not at work, in the order they were named.
    std::vector<UserId> off;
    /// By when everybody has heard of it, in either of the milder ways.
    Instant in_digest_by{};
    Instant when_in_by{};
};

[[nodiscard]] Price price_of(const std::vector<PricedPerson>& people, Instant now);

/// Whether the asker is shown the price before anything is sent: somebody is off, or as many as `shown_from`
/// are disturbed. Zero: never.
[[nodiscard]] bool is_worth_showing(const Price& price, int shown_from);

/// When somebody hears of it by a digest, or at work; `now` where that is at once.
[[nodiscard]] Instant heard_at(Announcement how, const WorkingHours& hours, Instant now);

}  // namespace ackd
