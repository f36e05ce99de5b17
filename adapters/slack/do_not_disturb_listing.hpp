// Asks Slack for people's do-not-disturb (dnd.teamInfo), as the agenda says whom and when, and hands over
// what it tells. Slowly, since it is of its slower methods; only the first few calls at the start are made at
// once, before anything is sent, so that a team of hundreds is known by then. Whatever Slack refuses, the
// daemon goes on without: do-not-disturb is then not known, and the log says so once. Single-threaded.
#pragma once

#include "adapters/slack/do_not_disturb_agenda.hpp"
#include "adapters/slack/listing_surroundings.hpp"

#include <boost/asio/steady_timer.hpp>

#include <vector>

namespace ackd::slack {

class DoNotDisturbListing {
public:
    DoNotDisturbListing(IoExecutor executor, ListingSurroundings surroundings)
        : surroundings_(surroundings), timer_(executor)
    {}

    /// They are to be asked for soon.
    void members_listed(const std::vector<Member>& members);
    /// Events may have been missed.
    void ask_everybody_again();
    /// An event told of somebody.
    void changed_by_event(const UserId& person);

    /// The first calls. False: the adapter is ending.
    [[nodiscard]] Task<bool> begin();
    /// Until the adapter ends.
    [[nodiscard]] Task<void> ask_from_time_to_time();
    /// After the pauses were raised: nothing is waited for any more.
    void stop() { timer_.cancel(); }

private:
    enum class Asked { answered, refused, later, ending };
    [[nodiscard]] Task<Asked> ask_next();
    [[nodiscard]] Asked answered_with(const Fault& fault, const std::vector<UserId>& people);
    [[nodiscard]] Task<void> wait_until_due();

    ListingSurroundings surroundings_;
    asio::steady_timer timer_;
    DoNotDisturbAgenda agenda_;
    std::chrono::milliseconds retry_after_{0};
    bool refusal_said_ = false;
};

}  // namespace ackd::slack
