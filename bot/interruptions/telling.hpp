// How somebody wishes to be told. Priority now is not concerned by it: it goes through, whatever was chosen.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace ackd {

/// Stored: do not renumber.
enum class Telling {
    as_usual = 1,     ///< interrupted as often as the policy allows, the rest in digests
    quieter = 2,      ///< half as often
    digest_only = 3,  ///< never interrupted
    home_only = 4,    ///< no messages at all: everything is on the App Home
};

inline constexpr std::array all_tellings{
    Telling::as_usual, Telling::quieter, Telling::digest_only, Telling::home_only};

/// As it travels with a menu's choice, and as it is typed.
[[nodiscard]] constexpr std::string_view name_of(Telling telling)
{
    switch (telling) {
        case Telling::as_usual: return "as_usual";
        case Telling::quieter: return "quieter";
        case Telling::digest_only: return "digest_only";
        case Telling::home_only: return "home_only";
    }
    return "?";
}

[[nodiscard]] constexpr std::optional<Telling> telling_named(std::string_view word)
{
    for (const Telling telling : all_tellings) {
        if (word == name_of(telling)) return telling;
    }
    return std::nullopt;
}

/// How many interruptions a day are left of what the policy allows everybody.
[[nodiscard]] constexpr int budget_of(Telling telling, int allowed_by_policy)
{
    switch (telling) {
        case Telling::as_usual: return allowed_by_policy;
        case Telling::quieter: return (allowed_by_policy + 1) / 2;
        case Telling::digest_only:
        case Telling::home_only: return 0;
    }
    return 0;
}

}  // namespace ackd
