#include "bot/cli/daemon.hpp"

#include "adapters/outside/outside_adapter.hpp"
#include "adapters/slack/slack_adapter.hpp"
#include "adapters/web/web_adapter.hpp"
#include "bot/cli/configuration.hpp"
#include "bot/cli/daemon_clock.hpp"
#include "bot/cli/holiday_files.hpp"
#include "bot/cli/outside_setup.hpp"
#include "bot/cli/random_bytes.hpp"
#include "bot/cli/secrets.hpp"
#include "bot/cli/service_manager.hpp"
#include "bot/cli/state_directory.hpp"
#include "bot/courier/port_switch.hpp"
#include "bot/engine/engine.hpp"
#include "bot/engine/engine_thread.hpp"
#include "bot/people/workspace_identity.hpp"
#include "bot/sha256.hpp"
#include "bot/web/picture_key.hpp"
#include "storage/migrations.hpp"
#include "storage/scrub.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <thread>

namespace ackd::cli {

namespace {

/// How long what is due waits, after a start, for the connection to Slack.
constexpr std::chrono::seconds catch_up_begins_within{30};

void set_up_log(const std::string& level)
{
    auto logger = spdlog::stderr_logger_mt("ackd");
    spdlog::set_default_logger(logger);
    // journald stamps and names each line by itself.
    const bool in_journal = std::getenv("JOURNAL_STREAM") != nullptr;
    spdlog::set_pattern(in_journal ? "level=%l %v" : "%Y-%m-%dT%H:%M:%S.%f%z level=%l %v");
    spdlog::set_level(spdlog::level::from_str(level));
    spdlog::flush_on(spdlog::level::info);
}

Configuration load_configuration(const std::string& path)
{
    if (path.empty()) return Configuration{};
    Configuration configuration = read_configuration(path);
    if (!configuration.problems.empty()) throw RepairNeeded{problems_as_text(path, configuration.problems)};
    return configuration;
}

/// Those that cannot be read are left as they were; what is said about them is an error, since people might
/// be disturbed on a holiday.
HolidayCalendars load_holidays(const RunOptions& options,
                               const Clock& clock,
                               const HolidayCalendars& known,
                               const Configuration& configuration)
{
    const std::chrono::local_days today{
        std::chrono::floor<std::chrono::days>(clock.now()).time_since_epoch()};
    HolidayFiles files = read_holiday_files(
        holiday_folder(configuration.holiday_folder, options.configuration_path), today);
    for (const std::string& problem : files.problems)
        spdlog::error("event=holidays_refused kept=previous problem=\"{}\"", problem);
    HolidayCalendars calendars = std::move(files.calendars);
    if (!files.problems.empty()) calendars.insert(known.begin(), known.end());
    return calendars;
}

/// What the configuration and the files beside it say of the engine; the policy is in the database.
Settings settings_of(const Configuration& configuration, const HolidayCalendars& calendars)
{
    Settings settings;
    settings.sweep_every = configuration.sweep_every;
    settings.calendars = calendars;
    settings.shows_pictures = configuration.web_pictures;
    return settings;
}

slack::SlackSettings load_slack_settings(const Configuration& configuration)
{
    const bool over_http = configuration.slack_mode == SlackMode::http;
    SecretsOutcome outcome = read_secrets(over_http ? SecretsFor::http_mode : SecretsFor::socket_mode);
    if (!outcome.secrets) throw RepairNeeded{outcome.problem};
    slack::SlackSettings settings;
    settings.app_token = std::move(outcome.secrets->app_token);
    settings.bot_token = std::move(outcome.secrets->bot_token);
    settings.connections = configuration.connections;
    if (over_http) {
        slack::HttpListening& listening = settings.http.emplace();
        listening.address = configuration.http_listen;
        listening.path = configuration.http_path;
        listening.secrets.current = std::move(outcome.secrets->signing_secret);
        listening.secrets.previous = std::move(outcome.secrets->previous_signing_secret);
    }
    if (const char* url = std::getenv("SLACK_API_URL"); url != nullptr && *url != '\0')
        settings.api_url = url;
    return settings;
}

/// Nothing: other programs have no door here.
std::optional<web::WebSettings> load_web_settings(const Configuration& configuration)
{
    GithubWebhookSecrets secrets = read_github_webhook_secrets();
    if (!configuration.web_listen) return std::nullopt;
    web::WebSettings settings;
    settings.address = *configuration.web_listen;
    settings.github_secrets.current = std::move(secrets.current);
    settings.github_secrets.previous = std::move(secrets.previous);
    return settings;
}

/// Opens and migrates. A database that is locked, read-only, damaged or newer is refused with its reason,
/// untouched.
std::unique_ptr<storage::Connection> open_database(const std::string& path)
{
    try {
        auto connection = std::make_unique<storage::Connection>(path, storage::OpenMode::create);
        storage::migrate(*connection);
        // What was too large to be written anew while people waited for answers, or was interrupted.
        if (storage::is_scrub_wanted(*connection)) static_cast<void>(storage::scrub(*connection));
        return connection;
    } catch (const storage::StorageError& error) {
        switch (error.trouble()) {
            case storage::StorageTrouble::busy:
                throw RepairNeeded{
                    fmt::format("the database is locked by another program: {}\n", error.what())};
            case storage::StorageTrouble::read_only:
                throw RepairNeeded{fmt::format("the database cannot be written: {}\n", error.what())};
            case storage::StorageTrouble::corrupt:
                throw RepairNeeded{fmt::format("the database is damaged or is none; nothing was changed. "
                                               "Restore a backup, or move the file away to "
                                               "begin anew: {}\n",
                                               error.what())};
            case storage::StorageTrouble::newer: throw RepairNeeded{fmt::format("{}\n", error.what())};
            default: throw;
        }
    }
}

sigset_t awaited_signals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR1}) sigaddset(&signals, signal);
    return signals;
}

/// Joined and reported: a thread of the daemon whose end, for whatever reason, is the daemon's end.
class ServiceThread {
public:
    template <class Work>
    ServiceThread(Work work, pthread_t main_thread)
        : thread_([this, work = std::move(work), main_thread] {
              try {
                  work();
              } catch (...) {
                  failure_ = std::current_exception();
              }
              // Wakes the main thread, which waits for signals. SIGUSR1 from outside asks for nothing.
              ended_ = true;
              pthread_kill(main_thread, SIGUSR1);
          })
    {}
    [[nodiscard]] bool ended() const { return ended_; }
    void join()
    {
        if (thread_.joinable()) thread_.join();
    }
    void rethrow() const
    {
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    std::atomic<bool> ended_ = false;
    std::exception_ptr failure_;
    std::thread thread_;
};

void reload(const RunOptions& options,
            const Clock& clock,
            EngineThread& engine,
            const ServiceManager& manager,
            HolidayCalendars& calendars)
{
    if (options.configuration_path.empty()) return;
    manager.reloading();
    const Configuration configuration = read_configuration(options.configuration_path);
    if (configuration.problems.empty()) {
        calendars = load_holidays(options, clock, calendars, configuration);
        engine.replace_settings(settings_of(configuration, calendars));
        spdlog::set_level(spdlog::level::from_str(configuration.log_level));
        spdlog::info("event=configuration_reloaded");
    } else {
        spdlog::error("event=configuration_refused kept=previous problems=\"{}\"",
                      problems_as_text(options.configuration_path, configuration.problems));
    }
    manager.ready();
}

int serve(const RunOptions& options)
{
    const Configuration configuration = load_configuration(options.configuration_path);
    set_up_log(configuration.log_level);
    slack::SlackSettings slack_settings = load_slack_settings(configuration);
    std::optional<web::WebSettings> web_settings = load_web_settings(configuration);
    outside::OutsideSettings outside_settings = load_outside_settings(configuration);
    DaemonClock daemon_clock{options, slack_settings.api_url};
    const Clock& clock = daemon_clock.clock();
    HolidayCalendars calendars = load_holidays(options, clock, {}, configuration);

    const std::string state_path = choose_state_directory(options.state_directory);
    if (state_path.empty())
        throw RepairNeeded{"there is no home directory: name a folder with --state-dir.\n"};
    const StateDirectory state{state_path};
    const auto connection = open_database(state.database_path());
    slack_settings.workspace = read_workspace_identity(*connection).workspace;
    if (configuration.web_pictures && web_settings) {
        web_settings->picture_key = picture_key_of(*connection, hex_of(random_bytes()));
        slack_settings.charts.emplace(configuration.web_url, web_settings->picture_key);
    }

    // The engine and the adapters know each other by two narrow doors; the engine's inbox is one of them.
    struct Inbox final : InputSink {
        InputSink* engine = nullptr;
        bool offer(std::vector<Input>& inputs) override { return engine->offer(inputs); }
        void settle(EffectSettled settled) override { engine->settle(std::move(settled)); }
    } inbox;
    slack::SlackAdapter adapter{std::move(slack_settings), inbox, clock};
    PortSwitch ports{adapter};
    std::optional<web::WebAdapter> web_adapter;
    if (web_settings) {
        web_adapter.emplace(std::move(*web_settings), inbox, clock);
        ports.add(Door::web, *web_adapter);
    }
    // Always there: a policy may name its first destination while we run.
    outside::OutsideAdapter outside_adapter{std::move(outside_settings), inbox, clock};
    ports.add(Door::outside, outside_adapter);
    Engine engine{*connection, settings_of(configuration, calendars), clock, ports, std::random_device{}()};
    ServiceManager manager;
    EngineThread engine_thread{
        engine,
        ports,
        clock,
        EngineThreadOptions{},
        [&manager] { manager.progress(); },
        [](const std::string& trouble) {
            if (trouble.empty())
                spdlog::info("event=database_recovered");
            else
                spdlog::error("event=database_refuses confirming=stopped reason=\"{}\"", trouble);
        }};
    inbox.engine = &engine_thread;
    engine.on_remark([](const std::string& remark) { spdlog::info("{}", remark); });
    if (web_adapter) engine.on_web_roster([&](WebRoster roster) { web_adapter->know(std::move(roster)); });
    engine.start();
    // People may have answered while nobody was here.
    engine.expect_catch_up(catch_up_begins_within);
    spdlog::info("event=started version={} state={}", ACKD_VERSION, state_path);

    const pthread_t main_thread = pthread_self();
    ServiceThread engine_service{[&] { engine_thread.run(); }, main_thread};
    slack::AdapterEnd adapter_end;
    ServiceThread adapter_service{[&] { adapter_end = adapter.run(); }, main_thread};
    std::string web_end;
    std::optional<ServiceThread> web_service;
    if (web_adapter) web_service.emplace([&] { web_end = web_adapter->run(); }, main_thread);
    const auto web_ended = [&] { return web_service && web_service->ended(); };
    std::optional<ServiceThread> clock_service;
    if (daemon_clock.follows()) {
        clock_service.emplace([&] { daemon_clock.keep([&] { engine_thread.clock_changed(); }); },
                              main_thread);
    }
    const auto clock_ended = [&] { return clock_service && clock_service->ended(); };
    manager.ready();

    bool asked_to_stop = false;
    const sigset_t signals = awaited_signals();
    while (!asked_to_stop && !engine_service.ended() && !adapter_service.ended() && !web_ended() &&
           !clock_ended())
    {
        int signal = 0;
        sigwait(&signals, &signal);
        if (signal == SIGHUP) reload(options, clock, engine_thread, manager, calendars);
        asked_to_stop = signal == SIGTERM || signal == SIGINT;
    }

    manager.stopping();
    engine_thread.stop();
    engine_service.join();
    adapter.stop();
    adapter_service.join();
    if (web_adapter) web_adapter->stop();
    if (web_service) web_service->join();
    outside_adapter.stop();
    daemon_clock.stop();
    if (clock_service) clock_service->join();
    const EngineCounters& counters = engine.counters();
    spdlog::info("event=stopped inputs={} duplicates={} poisoned={} due={} in_flight={}",
                 counters.inputs,
                 counters.duplicates,
                 counters.poisoned,
                 counters.due,
                 engine.courier().in_flight_count());
    engine_service.rethrow();
    adapter_service.rethrow();
    if (web_service) web_service->rethrow();
    if (clock_service) clock_service->rethrow();
    if (asked_to_stop) return exit_stopped;
    if (!web_end.empty()) {
        fmt::print(stderr, "ackd: {}\n", web_end);
        return exit_failed;
    }
    if (!adapter_end.reason.empty()) fmt::print(stderr, "ackd: {}\n", adapter_end.reason);
    return adapter_end.restart_can_help() ? exit_failed : exit_repair;
}

}  // namespace

int run_daemon(const RunOptions& options)
{
    // Blocked before any thread starts, so that only the main thread's sigwait sees them.
    const sigset_t signals = awaited_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    protect_memory();
    try {
        return serve(options);
    } catch (const RepairNeeded& error) {
        fmt::print(stderr, "{}", error.what());
        return exit_repair;
    } catch (const storage::StorageError& error) {
        fmt::print(stderr, "ackd: the database failed: {}\n", error.what());
        return error.trouble() == storage::StorageTrouble::corrupt ? exit_repair : exit_failed;
    } catch (const std::exception& error) {
        fmt::print(stderr, "ackd: {}\n", error.what());
        return exit_failed;
    }
}

}  // namespace ackd::cli
