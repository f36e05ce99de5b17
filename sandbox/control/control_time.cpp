#include "sandbox/control/control_api.hpp"
#include "sandbox/sandbox_core.hpp"
#include "sandbox/time/next_local_time.hpp"

#include <algorithm>

namespace sandbox {
namespace {

constexpr std::int64_t poll_ms_max = 60'000;
constexpr std::int64_t usual_poll_ms = 20'000;

Outcome<Instant> instant_in(const Json& body, const char* key)
{
    const Json& value = member(body, key);
    const auto given = value.is_string() ? Ts::parse_bound(value.get<std::string>()) : std::nullopt;
    if (!given)
        return Refusal{std::string{key} + " must be Unix seconds as text, such as \"1795251457.000000\""};
    return Instant{std::chrono::microseconds{given->micros}};
}

}  // namespace

void ControlApi::clock(const Json& body, const Done& done)
{
    const auto after = number_in(body, "after", 0, std::int64_t{1} << 53);
    if (!after) return done(control_failure(after.error()));
    const auto timeout_ms = number_in(body, "timeout_ms", usual_poll_ms, poll_ms_max);
    if (!timeout_ms) return done(control_failure(timeout_ms.error()));
    if (!sandbox::member(body, "seen").is_null()) {
        const auto seen = instant_in(body, "seen");
        if (!seen) return done(control_failure(seen.error()));
        core_.time.catch_up_with(*seen);
    }
    const auto announced = [this] {
        Json answer = core_.time.announcement();
        answer["ok"] = true;
        return answer;
    };
    if (sandbox::member(body, "after").is_null()) return done(announced());
    const auto is_news = [this, announced, known = static_cast<std::uint64_t>(*after)]() -> Json {
        return core_.time.revision() == known ? Json{} : announced();
    };
    core_.waiting.wait(is_news, announced, std::chrono::milliseconds{*timeout_ms}, core_.wall(), done);
}

Outcome<Instant> ControlApi::goal_in(const Json& body) const
{
    if (!sandbox::member(body, "to").is_null()) {
        const auto goal = instant_in(body, "to");
        if (!goal) return goal;
        if (*goal <= core_.now()) return Refusal{"to is past: time does not go back"};
        if (*goal > core_.now() + Timekeeper::go_to_max) return Refusal{"to is more than 60 days ahead"};
        return goal;
    }
    const auto text = text_in(body, "to_local");
    if (!text) return text.error();
    const auto time_of_day = parse_time_of_day(*text);
    if (!time_of_day) return Refusal{"to_local: \"" + *text + "\" is not of the form 09:00"};
    const auto person = user_in(body);
    if (!person) return person.error();
    const auto goal = next_local_time((*person)->tz, *time_of_day, core_.now());
    if (!goal) return Refusal{"user: their time zone \"" + (*person)->tz + "\" is not known here"};
    return *goal;
}

void ControlApi::time(const Json& body, const Done& done)
{
    const auto is_given = [&body](const char* key) { return !sandbox::member(body, key).is_null(); };
    constexpr const char* choices[] = {"scale", "to", "to_local", "to_next"};
    if (std::count_if(std::begin(choices), std::end(choices), is_given) != 1)
        return done(control_failure(Refusal{"give one of scale, to, to_local and to_next"}));
    if (is_given("user") && !is_given("to_local"))
        return done(control_failure(Refusal{"user goes with to_local only"}));

    if (is_given("scale")) {
        const Json& value = sandbox::member(body, "scale");
        const double scale = value.is_number() ? value.get<double>() : -1;
        const bool is_sensible = scale == 0 || (scale >= 1 && scale <= Timekeeper::scale_max);
        if (!is_sensible)
            return done(control_failure(Refusal{"scale must be 0 (pause) or a number from 1 to 3600"}));
        core_.time.set_scale(scale);
    } else if (is_given("to_next")) {
        if (sandbox::member(body, "to_next") != Json(true))
            return done(control_failure(Refusal{"to_next must be true"}));
        core_.time.go_to_next_event();
    } else {
        const auto goal = goal_in(body);
        if (!goal) return done(control_failure(goal.error()));
        core_.time.go_to(*goal);
    }
    // Told once it is so, so that whoever has paused the clock finds it standing.
    core_.agenda.at(core_.time.begins_at(), [this, done](WallInstant) {
        done({{"ok", true}, {"clock", core_.time.status()}});
    });
}

}  // namespace sandbox
