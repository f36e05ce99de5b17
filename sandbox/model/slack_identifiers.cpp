#include "sandbox/model/slack_identifiers.hpp"

#include <algorithm>
#include <cstdio>

namespace sandbox {
namespace {

constexpr std::size_t seconds_digits_max = 12;
constexpr std::size_t fraction_digits = 6;

bool all_digits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number(std::string_view digits)
{
    std::int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

}  // namespace

std::optional<Ts> Ts::parse(std::string_view text)
{
    const auto dot = text.find('.');
    if (dot == std::string_view::npos || text.size() - dot - 1 != fraction_digits) return std::nullopt;
    return parse_bound(text);
}

std::optional<Ts> Ts::parse_bound(std::string_view text)
{
    const auto dot = std::min(text.find('.'), text.size());
    const std::string_view seconds = text.substr(0, dot);
    const std::string_view fraction = dot < text.size() ? text.substr(dot + 1) : std::string_view{};
    if (seconds.empty() || seconds.size() > seconds_digits_max || fraction.size() > fraction_digits)
        return std::nullopt;
    if (!all_digits(seconds) || !all_digits(fraction)) return std::nullopt;
    std::int64_t micros = number(fraction);
    for (std::size_t digit = fraction.size(); digit < fraction_digits; ++digit) micros *= 10;
    return Ts{number(seconds) * 1'000'000 + micros};
}

std::string Ts::text() const
{
    char buffer[40];
    const int length = std::snprintf(buffer,
                                     sizeof buffer,
                                     "%lld.%06lld",
                                     static_cast<long long>(micros / 1'000'000),
                                     static_cast<long long>(micros % 1'000'000));
    return std::string(buffer, static_cast<std::size_t>(length));
}

std::int64_t unix_seconds(Instant instant)
{
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

}  // namespace sandbox
