#include "sandbox/control/control_api.hpp"
#include "sandbox/model/message_markup.hpp"
#include "sandbox/sandbox_core.hpp"

namespace sandbox {
namespace {

constexpr std::int64_t timeout_ms_max = 3'600'000;
constexpr std::int64_t usual_timeout_ms = 10'000;

bool contains(const std::string& text, const Json& blocks, const std::string& wanted)
{
    return text.find(wanted) != std::string::npos || unescape(text).find(wanted) != std::string::npos ||
           visible_text(blocks).find(wanted) != std::string::npos;
}

}  // namespace

void ControlApi::faults(const Json& body, const Done& done)
{
    const auto plan = FaultPlan::parse(body);
    if (!plan) return done(control_failure(plan.error()));
    core_.hub.set_faults(*plan);
    core_.faults_given = body;
    core_.pages.tell_faults();
    done({{"ok", true}});
}

void ControlApi::rate_limits(const Json& body, const Done& done)
{
    const std::string mode = text_member(body, "mode");
    if (mode != "strict" && mode != "off") return done(control_failure(Refusal{"mode: strict or off"}));
    core_.limiter.set_mode(mode == "off" ? RateLimiter::Mode::off : RateLimiter::Mode::strict);
    done({{"ok", true}});
}

void ControlApi::disconnect(const Json& body, const Done& done)
{
    const std::size_t sockets = core_.hub.open_sockets();
    if (sandbox::member(body, "cut") == Json(true)) {
        core_.hub.cut_all();
    } else {
        const std::string reason = sandbox::member(body, "reason").is_null() ? "refresh_requested"
                                                                             : text_member(body, "reason");
        if (reason.empty())
            return done(control_failure(Refusal{"reason must be text, such as link_disabled"}));
        core_.hub.disconnect_all(reason, core_.wall());
    }
    done({{"ok", true}, {"sockets", sockets}});
}

void ControlApi::revoke(const Json& body, const Done& done)
{
    const ApiPolicy& api = core_.policy.api;
    const Team& team = core_.workspace.team();
    const Json nobody = Json::array();
    if (sandbox::member(body, "uninstall") == Json(true)) {
        core_.workspace.emit("tokens_revoked",
                             {{"type", "tokens_revoked"},
                              {"tokens", {{"oauth", nobody}, {"bot", {team.bot_user.value}}}},
                              {"event_ts", core_.workspace.next_ts(core_.now()).text()}});
        core_.workspace.emit(
            "app_uninstalled",
            {{"type", "app_uninstalled"}, {"event_ts", core_.workspace.next_ts(core_.now()).text()}});
        core_.web_api.revoke(api.bot_token, "account_inactive");
        return done({{"ok", true}});
    }
    const auto given = text_in(body, "token");
    if (!given) return done(control_failure(given.error()));
    const std::string token = *given == "bot" ? api.bot_token : *given == "app" ? api.app_token : *given;
    const std::string error = text_member(body, "error").empty() ? "token_revoked"
                                                                 : text_member(body, "error");
    if (!core_.web_api.revoke(token, error))
        return done(control_failure(Refusal{"token: bot, app, or one of the two tokens themselves"}));
    if (token == api.bot_token)
        core_.workspace.emit("tokens_revoked",
                             {{"type", "tokens_revoked"},
                              {"tokens", {{"oauth", nobody}, {"bot", {team.bot_user.value}}}},
                              {"event_ts", core_.workspace.next_ts(core_.now()).text()}});
    done({{"ok", true}});
}

void ControlApi::wait(const Json& body, const Done& done)
{
    const auto unconfirmed = number_in(body, "unconfirmed", 0, 1'000'000);
    if (!unconfirmed) return done(control_failure(unconfirmed.error()));
    const auto sockets = number_in(body, "sockets", 0, 10);
    if (!sockets) return done(control_failure(sockets.error()));
    const bool verified = sandbox::member(body, "verified") == Json(true);
    const auto idle_ms = number_in(body, "idle_ms", 0, timeout_ms_max);
    if (!idle_ms) return done(control_failure(idle_ms.error()));
    const auto timeout_ms = number_in(body, "timeout_ms", usual_timeout_ms, timeout_ms_max);
    if (!timeout_ms) return done(control_failure(timeout_ms.error()));

    const std::chrono::milliseconds idle{*idle_ms};
    const auto looks_again = std::make_shared<bool>(false);
    const auto condition =
        [this, unconfirmed = *unconfirmed, sockets = *sockets, verified, idle, looks_again]() -> Json {
        if (core_.hub.unconfirmed() > static_cast<std::size_t>(unconfirmed)) return nullptr;
        if (core_.hub.open_sockets() < static_cast<std::size_t>(sockets)) return nullptr;
        if (verified && !core_.http.is_ready()) return nullptr;
        const WallInstant idle_at = core_.last_activity + idle;
        if (idle.count() > 0 && core_.wall() < idle_at) {
            // Silence is no change, so somebody has to look when it has lasted long enough.
            if (!std::exchange(*looks_again, true))
                core_.agenda.at(idle_at, [this, looks_again](WallInstant) {
                    *looks_again = false;
                    core_.waiting.look();
                });
            return nullptr;
        }
        return Json{
            {"ok", true}, {"unconfirmed", core_.hub.unconfirmed()}, {"sockets", core_.hub.open_sockets()}};
    };
    const auto at_deadline = [this, timeout = *timeout_ms]() -> Json {
        return {{"ok", false},
                {"error",
                 "not so within " + std::to_string(timeout) +
                     " ms: " + std::to_string(core_.hub.unconfirmed()) + " events are unconfirmed, " +
                     std::to_string(core_.hub.open_sockets()) + " sockets are open"},
                {"unconfirmed", core_.hub.unconfirmed()},
                {"sockets", core_.hub.open_sockets()}};
    };
    core_.waiting.wait(condition, at_deadline, std::chrono::milliseconds{*timeout_ms}, core_.wall(), done);
}

void ControlApi::expect(const Json& body, const Done& done)
{
    const auto wanted = text_in(body, "contains");
    if (!wanted) return done(control_failure(wanted.error()));
    const auto person = optional_user_in(body, "user");
    if (!person) return done(control_failure(person.error()));
    const bool names_channel = !sandbox::member(body, "channel").is_null();
    if (!names_channel && *person == nullptr)
        return done(control_failure(Refusal{"channel or user is missing: where should it be seen?"}));
    ChannelId channel_id;
    if (names_channel) {
        const auto target = channel_in(body);
        if (!target) return done(control_failure(target.error()));
        channel_id = (*target)->id;
    }
    const auto count = number_in(body, "count", 1, 1'000'000);
    if (!count) return done(control_failure(count.error()));
    const auto timeout_ms = number_in(body, "timeout_ms", usual_timeout_ms, timeout_ms_max);
    if (!timeout_ms) return done(control_failure(timeout_ms.error()));
    Ts since{0};
    if (!sandbox::member(body, "since").is_null()) {
        const auto given = ts_in(body, "since");
        if (!given) return done(control_failure(given.error()));
        since = *given;
    }
    std::optional<Ts> only;
    if (!sandbox::member(body, "ts").is_null()) {
        const auto given = ts_in(body, "ts");
        if (!given) return done(control_failure(given.error()));
        only = *given;
    }
    const std::string from = sandbox::member(body, "from").is_null() ? "app" : text_member(body, "from");
    if (from != "app" && from != "people" && from != "anyone")
        return done(control_failure(Refusal{"from: app, people or anyone"}));

    const UserId person_id = *person == nullptr ? UserId{} : (*person)->id;
    const auto matches = [this, wanted = *wanted, channel_id, person_id, since, only, from] {
        Json found = Json::array();
        for (const auto& [id, channel] : core_.workspace.channels()) {
            const bool is_named = id == channel_id;
            const bool is_inbox = channel_id.empty() && channel.direct_with == person_id;
            if (!is_named && !channel_id.empty()) continue;
            for (auto at = channel.messages.upper_bound(since); at != channel.messages.end(); ++at) {
                const Message& message = at->second;
                const bool is_meant = from == "anyone" || message.from_app == (from == "app");
                if (only && at->first != *only) continue;
                if ((is_named || is_inbox) && is_meant && contains(message.text, message.blocks, wanted))
                    found.push_back(seen_message(channel, message));
            }
            for (auto at = channel.ephemerals.upper_bound(since); at != channel.ephemerals.end(); ++at) {
                const Ephemeral& ephemeral = at->second;
                if (from == "people" || ephemeral.to != person_id || (only && at->first != *only)) continue;
                if (!contains(ephemeral.text, ephemeral.blocks, wanted)) continue;
                found.push_back(seen_ephemeral(ephemeral));
                found.back()["channel"] = id.value;
            }
        }
        return found;
    };
    const auto looked_at = std::make_shared<std::uint64_t>(~std::uint64_t{0});
    const auto condition = [this, matches, count = *count, looked_at]() -> Json {
        // Searching is costly and confirmations are many: only look when something visible may have changed.
        const std::uint64_t version = core_.workspace.version();
        if (std::exchange(*looked_at, version) == version) return nullptr;
        Json found = matches();
        if (found.size() < static_cast<std::size_t>(count)) return nullptr;
        const std::size_t seen = found.size();
        return Json{{"ok", true}, {"count", seen}, {"messages", std::move(found)}};
    };
    const auto at_deadline = [matches, count = *count, wanted = *wanted, timeout = *timeout_ms]() -> Json {
        const std::size_t seen = matches().size();
        return {{"ok", false},
                {"error",
                 "seen " + std::to_string(seen) + " of " + std::to_string(count) + " times within " +
                     std::to_string(timeout) + " ms: " + wanted},
                {"count", seen}};
    };
    core_.waiting.wait(condition, at_deadline, std::chrono::milliseconds{*timeout_ms}, core_.wall(), done);
}

}  // namespace sandbox
