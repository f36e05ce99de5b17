// The people of a simulated month: they ask, answer in every way there is, change their minds, mistype, click
// twice, come and go. They act on what they see in the chat and on nothing else.
#pragma once

#include "tests/simulation/simulated_chat.hpp"
#include "tests/simulation/simulated_team.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <string>
#include <vector>

namespace ackd::simulation {

/// What each line that somebody says back, and each correction, begins with.
inline constexpr const char* said_back_words = "what I make of it is number ";

class SimulatedPeople final : public ChatWatcher {
public:
    SimulatedPeople(SimulatedWorld& world, SimulatedTeam& team, SimulatedChat& chat, std::uint64_t seed)
        : world_(world), team_(team), chat_(chat), random_(seed)
    {}

    /// Puts a month of asking, talking, joining and leaving on the agenda.
    void plan_month(Duration length);
    /// From now on nobody does anything.
    void fall_silent() { is_silent_ = true; }

    [[nodiscard]] std::int64_t ask_count() const { return ask_count_; }

    void event_confirmed(const std::string&, const InputBody&, bool) override {}
    void delivery_leased(const Delivery&) override {}
    void message_posted(const SeenMessage& message) override;
    void message_updated(const SeenMessage&) override {}
    void ephemeral_shown(const SeenEphemeral& ephemeral) override;
    void form_opened(const UserId& person, const Form& form, std::int64_t opening) override;

private:
    void ask_by_command();
    void ask_to_be_said_back();
    void ask_by_reaction();
    void chat_along();
    void ask_in_channel();
    void raise_something();
    void change_shifts();
    void speak_of_capacity();
    void speak_of_work();
    void answer_in_thread(const UserId& person, const MessageRef& question);
    void mistype();
    void join();
    void leave();
    void move();
    void change_hours();
    void change_group();
    void go_out();
    void want_no_disturbance();
    void want_none_again(const UserId& person);

    void read(const UserId& person, const MessageRef& message, int visit);
    void press_something(const UserId& person, const SeenMessage& message);
    void react_to(const UserId& person, const SeenMessage& message);
    void type_answer(const UserId& person, const SeenMessage& message);

    /// Later, unless everybody has fallen silent or this person has left.
    void later(const UserId& person, Duration wait, std::function<void()> act);
    const SimulatedPerson& somebody();
    const SimulatedChannel& some_channel();
    RichText recipients();
    Duration thinking_time();
    bool is_here(const UserId& person) const;

    SimulatedWorld& world_;
    SimulatedTeam& team_;
    SimulatedChat& chat_;
    Random random_;
    bool is_silent_ = false;
    std::int64_t ask_count_ = 0;
    std::int64_t line_count_ = 0;
    int last_person_ = 100;
};

}  // namespace ackd::simulation
