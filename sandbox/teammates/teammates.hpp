// The people who live in a sandbox: they read, answer, acknowledge, forget and ask, each by their temperament
// and at their own working hours, in the workspace's time.
//
// They know of the app what a person sees of it: its messages and their buttons, and the first command of its
// manifest that takes people ("/ack"). Somebody taken over by a visitor does nothing by themselves. Seeded:
// the same happenings at the same instants lead to the same moves.
#pragma once

#include "sandbox/model/workspace.hpp"
#include "sandbox/teammates/temperament.hpp"
#include "sandbox/teammates/visible_buttons.hpp"
#include "sandbox/time/agenda.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sandbox {

class SandboxCore;

class Teammates {
public:
    explicit Teammates(SandboxCore& core);

    /// At first everybody rests. Who is not of the cast never does anything.
    void set_active(bool is_active);
    [[nodiscard]] bool is_active() const { return is_active_; }
    /// Errors: a person who is not of the cast.
    Outcome<bool> take_over(const UserId& user, bool by_visitor);

    /// What people see differently: something may call for an answer.
    void see(const std::vector<VisibleChange>& changes);
    /// The workspace's clock runs otherwise from now on.
    void time_changed() { book(); }

    [[nodiscard]] Json to_json() const;

private:
    using Deed = std::function<void()>;
    struct Teammate {
        Temperament temperament = Temperament::prompt;
        bool is_taken_over = false;
    };

    void plan(const UserId& user, Instant at, bool at_any_hour, Deed deed);
    void book();
    void do_what_is_due();
    [[nodiscard]] bool is_idle(const UserId& user) const;

    void notice(const Channel& channel, const Message& message);
    void called(const UserId& user, Call call, const Channel& channel, const Message& message);
    void act(const UserId& user, const ChannelId& channel, Ts ts, Call call, const Intention& intention);
    void say_done(const UserId& user, const ChannelId& channel, Ts ts);
    void talk_later(const UserId& user);
    void talk(const UserId& user);
    [[nodiscard]] std::string asking_command() const;
    [[nodiscard]] std::optional<UserId> somebody_else(const UserId& user, const Channel& channel);

    /// Presses the button of that kind on it. False: there is none.
    bool press(const UserId& user, const Channel& channel, const Message& message, Answer answer);
    void react(const UserId& user, const ChannelId& channel, Ts ts, const char* emoji);

    SandboxCore& core_;
    SeededRandom random_{20260202};
    bool is_active_ = false;
    std::map<UserId, Teammate> cast_;
    std::multimap<Instant, std::pair<UserId, Deed>> plans_;
    Agenda::Booking booking_ = 0;
    Ts newest_seen_;  ///< what is older has been noticed, or was there before
};

}  // namespace sandbox
