// A Slack adapter in a thread of its own, against a scripted peer with a usable workspace; what it hands over
// and what it logs.
#pragma once

#include "adapters/slack/slack_adapter.hpp"
#include "tests/unit/slack_scripted_peer.hpp"

#include <doctest/doctest.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace ackd::slack {

using namespace std::chrono_literals;

/// How long a condition is waited for before a test fails.
constexpr auto patience = 10s;

class Inbox final : public InputSink {
public:
    bool offer(std::vector<Input>& offered) override
    {
        const std::lock_guard lock{mutex_};
        if (full_) {
            ++refusals_;
            changed_.notify_all();
            return false;
        }
        for (Input& input : offered) inputs_.push_back(std::move(input));
        changed_.notify_all();
        return true;
    }
    void settle(EffectSettled settled) override
    {
        const std::lock_guard lock{mutex_};
        settled_.push_back(std::move(settled));
        changed_.notify_all();
    }

    void set_full(bool full)
    {
        const std::lock_guard lock{mutex_};
        full_ = full;
    }
    /// Waits until something was refused. False: it took too long.
    bool wait_for_refusal()
    {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, patience, [&] { return refusals_ > 0; });
    }

    /// The first input with this key, when it comes.
    std::optional<Input> wait_for(const std::string& key)
    {
        std::unique_lock lock{mutex_};
        std::optional<Input> found;
        (void)changed_.wait_for(lock, patience, [&] {
            for (const Input& input : inputs_) {
                if (input.key == key) found = input;
            }
            return found.has_value();
        });
        return found;
    }
    std::optional<EffectSettled> wait_for_settled(OutboxId id)
    {
        std::unique_lock lock{mutex_};
        std::optional<EffectSettled> found;
        (void)changed_.wait_for(lock, patience, [&] {
            for (const EffectSettled& settled : settled_) {
                if (settled.id == id) found = settled;
            }
            return found.has_value();
        });
        return found;
    }
    /// That so many catch-ups are wanted for this reason.
    bool wait_for_gaps(GapReason reason, int count)
    {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, 10s, [&] {
            return count == std::count_if(inputs_.begin(), inputs_.end(), [&](const Input& input) {
                       const auto* wanted = std::get_if<CatchUpWanted>(&input.body);
                       return wanted != nullptr && wanted->reason == reason;
                   });
        });
    }
    template <class Body>
    std::ptrdiff_t count_of()
    {
        const std::lock_guard lock{mutex_};
        return count_so_far<Body>();
    }
    /// Waits until there are that many. False: it took too long.
    template <class Body>
    bool wait_for_count(std::ptrdiff_t count)
    {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, patience, [&] { return count_so_far<Body>() >= count; });
    }

private:
    template <class Body>
    std::ptrdiff_t count_so_far() const
    {
        return std::count_if(inputs_.begin(), inputs_.end(), [](const Input& input) {
            return std::holds_alternative<Body>(input.body);
        });
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Input> inputs_;
    std::vector<EffectSettled> settled_;
    bool full_ = false;
    int refusals_ = 0;
};

constexpr const char* app_secret = "xapp-1-verysecret";
constexpr const char* bot_secret = "xoxb-1-verysecret";

/// What the adapter logs meanwhile.
class LogCapture {
public:
    LogCapture() : before_(spdlog::default_logger()), lines_(std::make_shared<Lines>())
    {
        spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", lines_));
        spdlog::set_level(spdlog::level::trace);
    }
    ~LogCapture() { spdlog::set_default_logger(before_); }
    LogCapture(const LogCapture&) = delete;
    LogCapture& operator=(const LogCapture&) = delete;
    [[nodiscard]] std::string text() const
    {
        const std::lock_guard lock{lines_->mutex};
        return lines_->text;
    }
    /// Waits until it contains `words`. False: it took too long.
    [[nodiscard]] bool wait_for(const std::string& words) const
    {
        std::unique_lock lock{lines_->mutex};
        return lines_->changed.wait_for(
            lock, patience, [&] { return lines_->text.find(words) != std::string::npos; });
    }

private:
    struct Lines final : spdlog::sinks::base_sink<spdlog::details::null_mutex> {
        void sink_it_(const spdlog::details::log_msg& message) override
        {
            {
                const std::lock_guard lock{mutex};
                text.append(message.payload.data(), message.payload.size());
                text += '\n';
            }
            changed.notify_all();
        }
        void flush_() override {}
        std::mutex mutex;
        std::condition_variable changed;
        std::string text;
    };

    std::shared_ptr<spdlog::logger> before_;
    std::shared_ptr<Lines> lines_;
};

/// An adapter that serves in a thread of its own, against a peer with a usable workspace.
class Station {
public:
    Station()
    {
        peer.answer(
            "auth.test",
            R"({"ok":true,"url":"https://team.example.test/","team_id":"T1","user_id":"U0BOT","bot_id":"B0BOT"})");
        peer.answer("users.list", R"({"ok":true,"members":[{"id":"U1","name":"ann","tz":"Europe/Paris"}]})");
        peer.answer("users.conversations", R"({"ok":true,"channels":[{"id":"C1","name":"general"}]})");
        peer.answer("usergroups.list",
                    R"({"ok":true,"usergroups":[{"id":"S1","handle":"leads","users":["U1"]}]})");
        peer.answer("dnd.teamInfo", R"({"ok":true,"users":{}})");
        peer.answer("apps.connections.open",
                    R"({"ok":true,"url":"ws:\/\/127.0.0.1:)" + std::to_string(peer.port()) +
                        R"(\/link?ticket=1"})");
        settings.app_token = app_secret;
        settings.bot_token = bot_secret;
        settings.api_url = peer.api_url();
        settings.connections = 1;
    }
    ~Station() { (void)stop(); }

    void start()
    {
        adapter.emplace(settings, inbox, clock);
        thread = std::thread{[this] { end = adapter->run(); }};
    }
    AdapterEnd stop()
    {
        if (adapter) adapter->stop();
        return wait_for_end();
    }
    AdapterEnd wait_for_end()
    {
        if (thread.joinable()) thread.join();
        const std::string said = log.text() + end.reason;
        CHECK(said.find("verysecret") == std::string::npos);
        CHECK(said.find("ticket") == std::string::npos);
        return end;
    }

    LogCapture log;
    ScriptedPeer peer;
    SlackSettings settings;
    Inbox inbox;
    SystemClock clock;
    std::optional<SlackAdapter> adapter;
    AdapterEnd end;
    std::thread thread;
};

/// The key under which the message of message_envelope(id) is handed over.
inline std::string key_of(const std::string& id)
{
    return "m:1.00000" + id.substr(2) + ":C1";
}

inline std::string message_envelope(const std::string& id)
{
    return R"({"type":"events_api","envelope_id":"env-)" + id +
           R"(","payload":{"type":"event_callback","event_id":")" + id +
           R"(","event":{"type":"message","channel":"C1","user":"U1","ts":"1.00000)" + id.substr(2) +
           R"("}}})";
}

}  // namespace ackd::slack
