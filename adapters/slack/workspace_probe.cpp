#include "adapters/slack/workspace_probe.hpp"

#include "adapters/slack/web_api_client.hpp"
#include "adapters/slack/workspace_reading.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>

#include <exception>
#include <utility>

namespace ackd::slack {
namespace {

constexpr const char* page_size = "500";
constexpr int pages_max = 4;

Fault not_asked()
{
    return Fault{FaultKind::temporary, "it was not asked"};
}

class Probe {
public:
    explicit Probe(const ProbeSettings& settings)
        : settings_(settings),
          api_(io_.get_executor(), api_settings(settings), tls_, interrupts_, counters_),
          whole_timer_(io_.get_executor(), settings.whole_limit)
    {}

    WorkspaceLook look()
    {
        whole_timer_.async_wait([this](error_code error) {
            if (!error) interrupts_.raise();
        });
        run(look_at_tls());
        io_.run();
        if (failure_) std::rethrow_exception(failure_);
        return std::move(look_);
    }

private:
    static WebApiSettings api_settings(const ProbeSettings& settings)
    {
        return WebApiSettings{
            settings.app_token, settings.bot_token, settings.api, settings.call_limit, settings.call_limit};
    }

    void run(Task<void> part)
    {
        ++running_;
        asio::co_spawn(io_, std::move(part), [this](std::exception_ptr failure) {
            if (failure && !failure_) failure_ = failure;
            if (--running_ == 0) whole_timer_.cancel();
        });
    }

    /// First, and alone: what cannot be reached is not tried three times.
    Task<void> look_at_tls()
    {
        auto opened = co_await open_byte_stream(settings_.api, tls_, interrupts_, settings_.call_limit);
        if (!opened) {
            look_.tls = opened.error();
            co_return;
        }
        look_.tls = (*opened)->tls();
        (*opened)->close();
        run(ask_the_api());
        if (!settings_.app_token.empty()) run(look_at_a_socket());
    }

    Task<void> ask_the_api()
    {
        ApiCall test{"auth.test"};
        const auto answer = co_await call(std::move(test));
        if (!answer) {
            look_.bot = answer.error();
            co_return;
        }
        const JsonValue root = answer->root();
        BotAccount account;
        account.user = text_of(root, "user");
        account.workspace = text_of(root, "team");
        account.workspace_id = text_of(root, "team_id");
        account.granted_scopes = answer->granted_scopes();
        look_.bot = std::move(account);
        auto memberships = co_await list_memberships();
        look_.memberships = std::move(memberships);
    }

    Task<Result<Memberships>> list_memberships()
    {
        Memberships memberships;
        std::string cursor;
        for (int page = 0; page < pages_max; ++page) {
            ApiCall list{"users.conversations"};
            list.with("types", "public_channel,private_channel")
                .with("exclude_archived", "true")
                .with("limit", page_size)
                .with("cursor", cursor);
            const auto answer = co_await call(std::move(list));
            if (!answer) co_return answer.error();
            memberships.channels += static_cast<int>(items_of(answer->root(), "channels").size());
            cursor = next_cursor(answer->root());
            if (cursor.empty()) co_return memberships;
        }
        memberships.more = true;
        co_return memberships;
    }

    Task<void> look_at_a_socket()
    {
        ApiCall open{"apps.connections.open", TokenKind::app};
        const auto answer = co_await call(std::move(open));
        if (!answer) {
            look_.socket = answer.error();
            co_return;
        }
        SocketLimits limits;
        limits.connect = settings_.call_limit;
        limits.hello = settings_.hello_limit;
        std::string url{text_of(answer->root(), "url")};
        SocketLook look = co_await look_at_socket(std::move(url), tls_, interrupts_, limits);
        look_.socket = std::move(look);
    }

    Task<Result<ApiAnswer>> call(ApiCall call)
    {
        const std::string method = call.method();
        auto answer = co_await api_.call(std::move(call));
        if (!answer) {
            if (answer.error().kind == FaultKind::rate_limited)
                look_.limited.push_back(LimitedCall{method, answer.error().retry_after});
            co_return answer;
        }
        if (answer->date() && !look_.clock_ahead) {
            const auto now = std::chrono::time_point_cast<std::chrono::seconds>(
                std::chrono::system_clock::now());
            look_.clock_ahead = *answer->date() - now;
        }
        co_return answer;
    }

    const ProbeSettings& settings_;
    asio::io_context io_{1};
    Interrupts interrupts_;
    TlsSettings tls_;
    AdapterCounters counters_;
    WebApiClient api_;
    asio::steady_timer whole_timer_;
    WorkspaceLook look_;
    int running_ = 0;
    std::exception_ptr failure_;
};

}  // namespace

WorkspaceLook::WorkspaceLook()
    : tls(not_asked()), bot(not_asked()), socket(not_asked()), memberships(not_asked())
{}

WorkspaceLook look_at_workspace(const ProbeSettings& settings)
{
    return Probe{settings}.look();
}

}  // namespace ackd::slack
