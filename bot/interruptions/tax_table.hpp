// What ackd costs people, as stored: counts for a person and a day of their own. Everybody sees their own
// (tax_handlers.hpp); of a team there are figures of five people or more, and nothing else.
#pragma once

#include "bot/ids.hpp"
#include "storage/connection.hpp"

#include <cstdint>
#include <vector>

namespace ackd {

/// Over some days.
struct Tax {
    /// Direct messages that were sent, digests included.
    int messages = 0;
    /// Of the budget of interruptions.
    int interruptions = 0;
    /// Taps that would answer what was asked, and those that were made.
    int taps_asked = 0;
    int taps_made = 0;
    friend bool operator==(const Tax&, const Tax&) = default;
};

/// How long days are kept.
inline constexpr int tax_days_kept = 35;

class TaxTable {
public:
    explicit TaxTable(storage::Connection& connection) : connection_(connection) {}

    void add(const UserId& person, std::int64_t day, const Tax& tax);
    /// From the day after `day` on.
    [[nodiscard]] Tax since(const UserId& person, std::int64_t day) const;

    /// Of all who were sent or asked anything since then, added up, and how many they are.
    struct Sum {
        Tax tax;
        std::size_t people = 0;
    };
    [[nodiscard]] Sum sum_since(std::int64_t day) const;

    void let_go_of_days_before(std::int64_t day);

private:
    storage::Connection& connection_;
};

}  // namespace ackd
