// Instants as tests write them, and as a failing test shows them.
#pragma once

#include "bot/instant.hpp"
#include "bot/people/local_time.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

namespace ackd {

/// "2026-03-02 09:00" or "2026-03-02 09:00:30", in UTC. 2026-03-02 is a Monday.
inline Instant utc(const char* text)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (std::sscanf(text, "%d-%u-%u %d:%d:%d", &year, &month, &day, &hour, &minute, &second) < 5) {
        std::fprintf(stderr, "not an instant: %s\n", text);
        std::abort();
    }
    const std::chrono::sys_days date{std::chrono::year_month_day{
        std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}};
    return Instant{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

}  // namespace ackd

namespace doctest {

template <>
struct StringMaker<ackd::Instant> {
    static String convert(const ackd::Instant& at)
    {
        const auto rest = at.time_since_epoch() % std::chrono::minutes{1};
        return (ackd::utc_text(at) + " + " + std::to_string(rest.count()) + " µs").c_str();
    }
};

template <>
struct StringMaker<std::optional<ackd::Instant>> {
    static String convert(const std::optional<ackd::Instant>& at)
    {
        return at ? StringMaker<ackd::Instant>::convert(*at) : String{"nothing"};
    }
};

template <>
struct StringMaker<ackd::Duration> {
    static String convert(const ackd::Duration& duration)
    {
        return (std::to_string(duration.count()) + " µs").c_str();
    }
};

}  // namespace doctest
