// People press *Got it* on the cards of open requests, and see that it was recorded: the time from the press
// until the answer has reached Slack, by the address that came with the press.
#include "tests/bench/load_modes.hpp"
#include "tests/bench/made_requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

/// More presses than this on one card would say nothing new.
constexpr int requests_max = 60;

/// The presses, each by somebody who has not answered yet, and when each was answered.
class Presses {
public:
    Presses(LoadSession& session, Workspace workspace, std::vector<MadeRequest> requests)
        : session_(session), workspace_(workspace), requests_(std::move(requests))
    {
        for (const MadeRequest& request : requests_)
            frames_.push_back(press_template("got_it", request.button, session_.server().response_url()));
        session_.answers().on_response([this](std::string_view address) { answered(address); });
    }

    void press_next()
    {
        const auto number = static_cast<std::size_t>(sent_at_.size());
        const auto at = number % requests_.size();
        const auto place = static_cast<std::int64_t>(number / requests_.size());
        if (place >= workspace_.group_size)
            throw std::runtime_error("everybody has answered: more --debtors are needed");
        const std::string person = person_id(
            workspace_.member(static_cast<std::int64_t>(at) % request_groups, place));
        if (first_ == 0) first_ = session_.stream().sent() + 1;
        sent_at_.push_back(Steady::now());
        session_.stream().send(frames_[at], person, requests_[at].channel, requests_[at].card);
    }

    [[nodiscard]] bool are_answered() const { return answered_ == sent_at_.size(); }
    [[nodiscard]] ConfirmationTimes& times() { return times_; }
    [[nodiscard]] std::size_t count() const { return sent_at_.size(); }

private:
    /// "/response/0000002a-…": the number under which the press was sent.
    void answered(std::string_view address)
    {
        std::uint32_t sequence = 0;
        const std::string_view digits = address.substr(address.rfind('/') + 1, 8);
        std::from_chars(digits.data(), digits.data() + digits.size(), sequence, 16);
        const auto index = static_cast<std::size_t>(sequence - first_);
        if (index >= sent_at_.size()) throw std::runtime_error("an answer to nothing that was pressed");
        times_.add(Steady::now() - sent_at_[index]);
        ++answered_;
    }

    LoadSession& session_;
    Workspace workspace_;
    std::vector<MadeRequest> requests_;
    std::vector<FrameTemplate> frames_;
    std::vector<Steady::time_point> sent_at_;
    std::int64_t first_ = 0;
    std::size_t answered_ = 0;
    ConfirmationTimes times_;
};

}  // namespace

LoadFigures run_buttons(const LoadOptions& wanted)
{
    LoadOptions options = wanted;
    options.requests = std::min(options.requests, requests_max);
    const Workspace workspace = workspace_with_groups(options);
    LoadSession session{options, workspace};
    std::vector<MadeRequest> requests = make_requests(session, options);

    session.start_daemon();
    session.wait_for_sockets(static_cast<std::size_t>(options.connections));
    session.idle_for(200ms);
    Presses presses{session, workspace, std::move(requests)};
    const LoadMeasure measure = session.keep_pace([&presses] { presses.press_next(); });
    session.turn_until([&presses] { return presses.are_answered(); }, 15s, "the last answers");
    LoadFigures figures{"buttons", {}};
    figures.add("presses_per_second", measure.per_second(), "/s");
    figures.add("presses", static_cast<double>(presses.count()), "");
    figures.add("visible_p50_ms", presses.times().milliseconds_at(0.5), "ms");
    figures.add("visible_p99_ms", presses.times().milliseconds_at(0.99), "ms");
    figures.add("visible_max_ms", presses.times().max_milliseconds(), "ms");
    figures.add("confirmed_p99_ms", session.stream().times().milliseconds_at(0.99), "ms");
    session.end_daemon();
    session.check_durable();
    return figures;
}

}  // namespace ackd::bench
