#include "adapters/slack/do_not_disturb_listing.hpp"

#include "adapters/slack/log_text.hpp"
#include "adapters/slack/workspace_reading.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace ackd::slack {
namespace {

using namespace std::chrono_literals;

/// Slack allows twenty calls a minute.
constexpr std::chrono::milliseconds between_calls{4'000};
/// Calls that are made at once at the start: half of what Slack allows in a minute.
constexpr int first_calls = 10;
constexpr std::chrono::milliseconds after_failure{30'000};
/// A clock that is hurried does not say so to who waits.
constexpr std::chrono::milliseconds look_again{1'000};

}  // namespace

void DoNotDisturbListing::members_listed(const std::vector<Member>& members)
{
    agenda_.members_listed(members, surroundings_.clock.now());
    timer_.cancel();
}

void DoNotDisturbListing::ask_everybody_again()
{
    agenda_.ask_everybody_again(surroundings_.clock.now());
    timer_.cancel();
}

void DoNotDisturbListing::changed_by_event(const UserId& person)
{
    agenda_.changed_by_event(person, surroundings_.clock.now());
    timer_.cancel();
}

Task<bool> DoNotDisturbListing::begin()
{
    for (int call = 0; call < first_calls; ++call) {
        const auto next = agenda_.next_at();
        if (!next || *next > surroundings_.clock.now()) break;
        const Asked asked = co_await ask_next();
        if (asked == Asked::ending) co_return false;
        if (asked == Asked::later) break;
    }
    co_return true;
}

Task<void> DoNotDisturbListing::ask_from_time_to_time()
{
    while (!surroundings_.pauses.raised()) {
        const auto next = agenda_.next_at();
        if (!next || *next > surroundings_.clock.now()) {
            co_await wait_until_due();
            continue;
        }
        const Asked asked = co_await ask_next();
        if (asked == Asked::ending) co_return;
        const auto wait = asked == Asked::later ? std::max(between_calls, retry_after_) : between_calls;
        const bool waited = co_await pause_for(surroundings_.pauses, wait);
        if (!waited) co_return;
    }
}

Task<void> DoNotDisturbListing::wait_until_due()
{
    const auto next = agenda_.next_at();
    if (next) {
        const auto wait = std::min<std::chrono::nanoseconds>(surroundings_.clock.wall_time_until(*next),
                                                             look_again);
        timer_.expires_after(wait);
    } else {
        timer_.expires_at(asio::steady_timer::time_point::max());
    }
    [[maybe_unused]] const auto [woken] = co_await timer_.async_wait(no_throw);
}

Task<DoNotDisturbListing::Asked> DoNotDisturbListing::ask_next()
{
    const Instant asked_at = surroundings_.clock.now();
    const std::vector<UserId> people = agenda_.take_due(asked_at);
    auto answer = co_await read_do_not_disturb(surroundings_.api, people);
    if (surroundings_.pauses.raised()) co_return Asked::ending;
    if (!answer) co_return answered_with(answer.error(), people);
    refusal_said_ = false;
    DoNotDisturbListed listed;
    listed.people = std::move(*answer);
    for (DoNotDisturbChanged& one : listed.people) {
        one.told_at = asked_at;
        agenda_.told(one, surroundings_.clock.now());
    }
    spdlog::debug("event=do_not_disturb_listed asked={} told={}", people.size(), listed.people.size());
    const bool taken = co_await hand_over(surroundings_, std::move(listed));
    co_return taken ? Asked::answered : Asked::ending;
}

DoNotDisturbListing::Asked DoNotDisturbListing::answered_with(const Fault& fault,
                                                              const std::vector<UserId>& people)
{
    const bool is_refused = fault.kind == FaultKind::configuration || fault.kind == FaultKind::permanent;
    if (!is_refused) {
        agenda_.put_back(people, surroundings_.clock.now());
        retry_after_ = std::max(fault.retry_after, after_failure);
        spdlog::debug("event=do_not_disturb_later reason=\"{}\"", for_log(fault.detail));
        return Asked::later;
    }
    // Of a permission, nobody's will be told; it may be granted until members are listed the next time.
    if (fault.kind == FaultKind::configuration) agenda_.clear();
    if (!std::exchange(refusal_said_, true)) {
        spdlog::warn("event=do_not_disturb_unknown reason=\"{}\" text=\"people are asked in their working "
                     "hours, whatever their do-not-disturb\"",
                     for_log(fault.detail));
    }
    return Asked::refused;
}

}  // namespace ackd::slack
