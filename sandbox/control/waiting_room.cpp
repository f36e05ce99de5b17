#include "sandbox/control/waiting_room.hpp"

namespace sandbox {

void WaitingRoom::wait(Condition condition,
                       std::function<Json()> at_deadline,
                       std::chrono::milliseconds timeout,
                       WallInstant now,
                       Done done)
{
    if (Json answer = condition(); !answer.is_null()) return done(std::move(answer));
    if (waiting_.size() >= waiting_max || timeout.count() <= 0) return done(at_deadline());
    const auto place = waiting_.insert(waiting_.end(), Waiting{std::move(condition), std::move(done), 0});
    place->deadline = agenda_.at(now + timeout,
                                 [this, place, at_deadline = std::move(at_deadline)](WallInstant) {
                                     const Done tell = std::move(place->done);
                                     waiting_.erase(place);
                                     tell(at_deadline());
                                 });
}

void WaitingRoom::look()
{
    // What is told may cause changes that end up here again; the outer round sees them.
    if (looking_) return;
    looking_ = true;
    for (auto each = waiting_.begin(); each != waiting_.end();) {
        Json answer = each->condition();
        if (answer.is_null()) {
            ++each;
            continue;
        }
        agenda_.cancel(each->deadline);
        const Done tell = std::move(each->done);
        each = waiting_.erase(each);
        tell(std::move(answer));
    }
    looking_ = false;
}

}  // namespace sandbox
