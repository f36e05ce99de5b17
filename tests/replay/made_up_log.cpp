#include "tests/replay/made_up_log.hpp"

#include "bot/courier/backoff.hpp"
#include "bot/instant.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace ackd::replay {

namespace {

using namespace std::chrono_literals;
using namespace date::literals;

constexpr date::sys_days first_day{2017_y / 5 / 11};
constexpr std::uint64_t days = 180;
constexpr std::uint64_t people = 50;

/// Of two people the one with the smaller number: so some write much more than others.
std::string somebody(Random& random)
{
    return fmt::format("Person{}", std::min(random.below(people), random.below(people)));
}

/// Mostly a few minutes, now and then hours, rarely days.
Duration pause(Random& random)
{
    const auto kind = random.below(10);
    if (kind < 7) return 10s + 1s * static_cast<int>(random.below(600));
    if (kind < 9) return 10min + 1s * static_cast<int>(random.below(3 * 3600));
    return 3h + 1s * static_cast<int>(random.below(40 * 3600));
}

}  // namespace

chat_logs::ChatLog made_up_log(int message_count, std::uint64_t seed)
{
    Random random{seed};
    struct Said {
        Instant at;
        chat_logs::ChatLogMessage message;
    };
    std::vector<Said> said;
    for (int conversation = 1; static_cast<int>(said.size()) < message_count; ++conversation) {
        // One throw a statement: in which order the parts of a sum are evaluated is the compiler's choice.
        const auto minute = static_cast<int>(random.below(14 * 60));
        const auto day = static_cast<int>(random.below(days));
        Instant at = Instant{first_day} + 24h * day + 8h + 1min * minute;
        std::vector<std::string> speakers;
        for (std::uint64_t count = 2 + random.below(3); speakers.size() < count;)
            speakers.push_back(somebody(random));
        const auto length = 1 + random.below(25);
        for (std::uint64_t index = 0; index < length; ++index) {
            const std::string& author = speakers[random.below(speakers.size())];
            std::string text = random.chance(0.2)    ? fmt::format("<@{}> please have a look",
                                                                speakers[random.below(speakers.size())])
                               : random.chance(0.15) ? "does anybody know & remember?"
                                                     : "it works – as far as I can see";
            said.push_back(
                {at, {fmt::to_string(conversation), date::format("%FT%T", at), author, std::move(text)}});
            at += pause(random);
        }
    }
    std::stable_sort(said.begin(), said.end(), [](const Said& a, const Said& b) { return a.at < b.at; });
    chat_logs::ChatLog log;
    log.team_domain = "made-up";
    log.channel_name = "talk";
    for (Said& each : said) log.messages.push_back(std::move(each.message));
    return log;
}

}  // namespace ackd::replay
