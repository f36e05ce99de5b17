// Of three events one acks an open obligation. The obligations come about as they do in life: people type
// /ack with a user group, the daemon posts cards, and those asked react to the cards: 👀 (somebody has it),
// later ✅ (it is done).
#include "bot/delivery/obligation.hpp"
#include "tests/bench/load_modes.hpp"
#include "tests/bench/made_requests.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

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
                    person_id(workspace.member(number % request_groups, at / count)),
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
    const Workspace workspace = workspace_with_groups(options);
    LoadSession session{options, workspace};
    AckPlan plan{make_requests(session, options), workspace};

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
