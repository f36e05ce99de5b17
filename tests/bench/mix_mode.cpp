// Of three events one acks an open obligation. The obligations come about as they do in life: people type
// /ack with a user group, the daemon posts cards, and those asked react to the cards: 👀 (somebody has it),
// later ✅ (it is done).
#include "bot/delivery/obligation.hpp"
#include "tests/bench/load_modes.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

constexpr int groups = 20;
constexpr int channels = 20;
constexpr std::string_view request_mark = "bench-request-";
/// Requests are made under a clock that runs faster than the wall and meets it after `preparing_for`: the
/// courier posts as many cards a second as Slack allows in this many.
constexpr int preparing_scale = 50;
constexpr auto preparing_for = 30s;

struct MadeRequest {
    std::string channel;
    std::string card;  ///< its stamp; empty until it is posted
};

std::vector<std::string> preparing_clock()
{
    const auto meeting = std::chrono::system_clock::now() + preparing_for;
    const double origin = std::chrono::duration<double>(meeting.time_since_epoch()).count();
    return {
        "--clock-scale", std::to_string(preparing_scale), "--clock-origin", fmt::format("{:.3f}", origin)};
}

/// Types all the commands and learns the cards from the posts.
std::vector<MadeRequest> make_requests(LoadSession& session, const LoadOptions& options)
{
    std::vector<MadeRequest> requests(static_cast<std::size_t>(options.requests));
    std::size_t posted = 0;
    session.answers().on_posted([&requests, &posted](std::string_view form, const std::string& card) {
        const auto mark = form.find(request_mark);
        if (mark == std::string_view::npos) return;
        std::size_t number = 0;
        const char* digits = form.data() + mark + request_mark.size();
        std::from_chars(digits, form.data() + form.size(), number);
        if (number >= requests.size() || !requests[number].card.empty()) return;
        requests[number] = MadeRequest{std::string{form_field(form, "channel")}, card};
        ++posted;
    });
    std::string refusal;
    session.stream().on_confirmed([&refusal](std::string_view confirmation) {
        const bool is_answer = confirmation.find("payload") != std::string_view::npos;
        if (is_answer && confirmation.find("Asked as") == std::string_view::npos) refusal = confirmation;
    });
    for (int number = 0; number < options.requests; ++number) {
        const FrameTemplate command = command_template(
            fmt::format("<!subteam^{}> {}{:06} please read the new on-call plan and say so",
                        group_id(number % groups),
                        request_mark,
                        number));
        session.stream().send(command, person_id(0), channel_id(number % channels), "");
        const auto is_calm = [&session] { return session.stream().in_flight() < 32; };
        if (!is_calm()) session.turn_until(is_calm, 15s, "the answers to /ack");
        if (!refusal.empty()) throw std::runtime_error("a request was not made: " + refusal);
    }
    session.turn_until(
        [&] { return posted == requests.size() && session.stream().in_flight() == 0; }, 60s, "the cards");
    session.idle_for(200ms);
    session.stream().on_confirmed(nullptr);
    session.answers().on_posted(nullptr);
    return requests;
}

struct AckPlan {
    std::vector<MadeRequest> requests;
    Workspace workspace;
    FrameTemplate received = reaction_template("eyes");
    FrameTemplate done = reaction_template("white_check_mark");
    std::int64_t sent = 0;

    /// Everybody's 👀, one request after the other, then everybody's ✅.
    [[nodiscard]] std::int64_t owed() const
    {
        return static_cast<std::int64_t>(requests.size()) * workspace.group_size;
    }
    [[nodiscard]] bool has_more() const { return sent < 2 * owed(); }
    void send_next(EventStream& stream)
    {
        const std::int64_t at = sent % owed();
        const auto count = static_cast<std::int64_t>(requests.size());
        const std::int64_t number = at % count;
        const MadeRequest& request = requests[static_cast<std::size_t>(number)];
        stream.send(sent < owed() ? received : done,
                    person_id(workspace.member(number % groups, at / count)),
                    request.channel,
                    request.card);
        ++sent;
    }
};

/// Every reaction must have changed exactly its obligation.
void check_acked(LoadSession& session, const AckPlan& plan)
{
    storage::Connection connection{session.database_path(), storage::OpenMode::existing_only};
    const auto count_of = [&connection](ObligationState state) {
        storage::Statement count = connection.prepare("SELECT count(*) FROM obligations WHERE state = $1");
        count.bind(1, static_cast<int>(state));
        count.step();
        return count.column_int(0);
    };
    const std::int64_t done = std::max<std::int64_t>(0, plan.sent - plan.owed());
    const std::int64_t received = std::min(plan.sent, plan.owed()) - done;
    const std::int64_t received_there = count_of(ObligationState::received);
    const std::int64_t done_there = count_of(ObligationState::integrated);
    if (received_there == received && done_there == done) return;
    throw std::runtime_error(fmt::format("{} obligations should be received and {} integrated; {} and {} are",
                                         received,
                                         done,
                                         received_there,
                                         done_there));
}

}  // namespace

LoadFigures run_mix(const LoadOptions& options)
{
    const Workspace workspace{std::max(200, options.debtors + 1), groups, options.debtors};
    LoadSession session{options, workspace};
    session.start_daemon(preparing_clock());
    session.wait_for_sockets(1);
    session.idle_for(500ms);
    AckPlan plan{make_requests(session, options), workspace};
    session.end_daemon();

    session.start_daemon();
    session.wait_for_sockets(static_cast<std::size_t>(options.connections));
    session.idle_for(200ms);
    const std::int64_t updates_before = session.answers().updates();
    std::int64_t number = 0;
    const LoadMeasure measure = session.keep_window_full([&] {
        if (number++ % 3 == 0)
            plan.send_next(session.stream());
        else
            session.stream().send_chatter();
        return plan.has_more();
    });
    LoadFigures figures{"mix", {}};
    add_measure(figures, measure, session.stream());
    figures.add("acks", static_cast<double>(plan.sent), "");
    figures.add("card_updates", static_cast<double>(session.answers().updates() - updates_before), "");
    session.end_daemon();
    session.check_durable();
    check_acked(session, plan);
    return figures;
}

}  // namespace ackd::bench
