#include "adapters/slack/listing_surroundings.hpp"

#include <utility>
#include <vector>

namespace ackd::slack {
namespace {

constexpr std::chrono::milliseconds full_inbox_pause{100};

}  // namespace

Task<bool> hand_over(ListingSurroundings surroundings, InputBody body)
{
    std::vector<Input> inputs(1);
    inputs.front().received_at = surroundings.clock.now();
    inputs.front().body = std::move(body);
    while (!surroundings.sink.offer(inputs)) {
        const bool waited = co_await pause_for(surroundings.pauses, full_inbox_pause);
        if (!waited) co_return false;
    }
    co_return true;
}

}  // namespace ackd::slack
