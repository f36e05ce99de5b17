#include "tests/bench/made_requests.hpp"

#include "tests/bench/sample_envelopes.hpp"
#include "tests/bench/web_api_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

constexpr int channels = 20;
constexpr std::string_view request_mark = "bench-request-";
/// Requests are made under a clock that runs faster than the wall and meets it after `preparing_for`: the
/// courier posts as many cards a second as Slack allows in this many.
constexpr int preparing_scale = 50;
constexpr auto preparing_for = 30s;

std::vector<std::string> preparing_clock()
{
    const auto meeting = std::chrono::system_clock::now() + preparing_for;
    const double origin = std::chrono::duration<double>(meeting.time_since_epoch()).count();
    return {
        "--clock-scale", std::to_string(preparing_scale), "--clock-origin", fmt::format("{:.3f}", origin)};
}

std::vector<MadeRequest> type_requests(LoadSession& session, const LoadOptions& options)
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
        requests[number] = MadeRequest{std::string{form_field(form, "channel")}, card, button_value_in(form)};
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
                        group_id(number % request_groups),
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

}  // namespace

std::string button_value_in(std::string_view form)
{
    constexpr std::string_view before = "%22value%22%3A%22";
    const auto at = form.find(before);
    if (at == std::string_view::npos) return {};
    const auto begin = at + before.size();
    return std::string{form.substr(begin, form.find('%', begin) - begin)};
}

Workspace workspace_with_groups(const LoadOptions& options)
{
    return Workspace{std::max(200, options.debtors + 1), request_groups, options.debtors};
}

std::vector<MadeRequest> make_requests(LoadSession& session, const LoadOptions& options)
{
    session.start_daemon(preparing_clock());
    session.wait_for_sockets(1);
    session.idle_for(500ms);
    std::vector<MadeRequest> requests = type_requests(session, options);
    session.end_daemon();
    return requests;
}

}  // namespace ackd::bench
