// The ackd program: its subcommands. What `run` does is in bot/cli/daemon.cpp.
#include "bot/cli/backup_command.hpp"
#include "bot/cli/configuration.hpp"
#include "bot/cli/daemon.hpp"
#include "bot/cli/deadletters_command.hpp"
#include "bot/cli/destinations_command.hpp"
#include "bot/cli/doctor.hpp"
#include "bot/cli/forget_command.hpp"
#include "bot/cli/manifest_command.hpp"
#include "bot/cli/policy_command.hpp"
#include "bot/cli/questions_command.hpp"
#include "bot/cli/rotations_command.hpp"
#include "bot/cli/sources_command.hpp"
#include "bot/cli/status.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <functional>

namespace {

/// `ackd policy …`, and what runs it.
std::function<int()> add_policy_command(CLI::App& program, ackd::cli::PolicyCommandOptions& options)
{
    CLI::App* policy = program.add_subcommand("policy", "the team's policy: hours, teams, routes, limits");
    policy->require_subcommand(1);
    const auto add = [&](const char* name, const char* what) {
        CLI::App* command = policy->add_subcommand(name, what);
        command->add_option(
            "--state-dir", options.state_directory, "where the database lives, as for ackd run");
        return command;
    };
    const auto add_file = [&](CLI::App* command) {
        command->add_option("file", options.path, "the policy file; - is standard input")->required();
    };
    const auto add_clock = [&](CLI::App* command) {
        command->add_option("--clock-scale", options.clock_scale, "as for ackd run, against a sandbox")
            ->check(CLI::Range(0.001, 1'000'000.0));
        command->add_option("--clock-origin", options.clock_origin, "as for ackd run, against a sandbox");
    };
    const auto add_note = [&](CLI::App* command) {
        command->add_option("--note", options.note, "why; kept with the version");
    };
    const CLI::App* exporting = add("export", "print the policy in force as a file");
    CLI::App* check = add("check", "list every problem of a policy file, and its holes");
    CLI::App* plan = add("plan", "tell what a policy file would change, also for what is open");
    CLI::App* apply = add("apply", "put a policy file in force, at once");
    const CLI::App* history = add("history", "tell who changed what, and when");
    CLI::App* revert = add("revert", "put an earlier version in force again; 0 are the defaults");
    for (CLI::App* command : {check, plan, apply}) add_file(command);
    for (CLI::App* command : {plan, apply, revert}) add_clock(command);
    for (CLI::App* command : {apply, revert}) add_note(command);
    revert->add_option("version", options.version, "its number")->required()->check(CLI::NonNegativeNumber);
    return [=, &options] {
        if (exporting->parsed()) return ackd::cli::export_policy(options);
        if (check->parsed()) return ackd::cli::check_policy(options);
        if (plan->parsed()) return ackd::cli::plan_policy(options);
        if (apply->parsed()) return ackd::cli::apply_policy(options);
        if (history->parsed()) return ackd::cli::show_policy_history(options);
        return ackd::cli::revert_policy(options);
    };
}

/// `ackd rotations …`, and what runs it.
std::function<int()> add_rotations_command(CLI::App& program, ackd::cli::RotationsCommandOptions& options)
{
    CLI::App* rotations = program.add_subcommand("rotations", "who is on call, as calendars");
    rotations->require_subcommand(1);
    CLI::App* exporting = rotations->add_subcommand("export", "print a rotation as an iCalendar");
    CLI::App* import = rotations->add_subcommand(
        "import", "take an iCalendar file's events for who is on, instead of the rotation's");
    CLI::App* keys = rotations->add_subcommand(
        "keys", "the rotations, the keys of their calendars, and when each was used last");
    CLI::App* add_key = rotations->add_subcommand(
        "add-key", "make a key for a rotation's calendar, and print its address once");
    CLI::App* revoke_key = rotations->add_subcommand("revoke-key", "show the calendar no more to this key");
    for (CLI::App* command : {exporting, import, keys, add_key, revoke_key})
        command->add_option(
            "--state-dir", options.state_directory, "where the database lives, as for ackd run");
    for (CLI::App* command : {exporting, import, add_key, revoke_key})
        command->add_option("rotation", options.rotation, "its name")->required();
    for (CLI::App* command : {exporting, import}) {
        command->add_option("--clock-scale", options.clock_scale, "as for ackd run, against a sandbox")
            ->check(CLI::Range(0.001, 1'000'000.0));
        command->add_option("--clock-origin", options.clock_origin, "as for ackd run, against a sandbox");
    }
    import->add_option("file", options.path, "the calendar; - is standard input")->required();
    add_key->add_option(
        "--config", options.configuration_path, "the configuration file, which says what the address is");
    revoke_key->add_option("number", options.key, "the key's number, as ackd rotations keys tells it")
        ->required();
    return [=, &options] {
        if (exporting->parsed()) return ackd::cli::export_rotation(options);
        if (import->parsed()) return ackd::cli::import_rotation(options);
        if (add_key->parsed()) return ackd::cli::add_rotation_key(options);
        if (revoke_key->parsed()) return ackd::cli::revoke_rotation_key(options);
        return ackd::cli::list_rotation_keys(options);
    };
}

/// `ackd sources …`, and what runs it.
std::function<int()> add_sources_command(CLI::App& program, ackd::cli::SourcesCommandOptions& options)
{
    CLI::App* sources = program.add_subcommand(
        "sources", "the programs that may tell alerts, their keys, and when each was used last");
    CLI::App* add_key = sources->add_subcommand("add-key", "make a key for a source, and print it once");
    CLI::App* revoke_key = sources->add_subcommand("revoke-key", "let nobody in with this key any more");
    for (CLI::App* command : {sources, add_key, revoke_key})
        command->add_option(
            "--state-dir", options.state_directory, "where the database lives, as for ackd run");
    for (CLI::App* command : {add_key, revoke_key})
        command->add_option("name", options.source, "the source's name in the policy")->required();
    add_key->add_option(
        "--config", options.configuration_path, "the configuration file, which says what the address is");
    revoke_key->add_option("number", options.key, "the key's number, as ackd sources tells it")->required();
    return [=, &options] {
        if (add_key->parsed()) return ackd::cli::add_source_key(options);
        if (revoke_key->parsed()) return ackd::cli::revoke_source_key(options);
        return ackd::cli::list_sources(options);
    };
}

/// `ackd destinations …`, and what runs it.
std::function<int()> add_destinations_command(CLI::App& program,
                                              ackd::cli::DestinationsCommandOptions& options)
{
    CLI::App* destinations = program.add_subcommand(
        "destinations", "whom ackd may tell something outside the chat, and whether it can");
    destinations->require_subcommand(1);
    const CLI::App* list = destinations->add_subcommand("list", "list the destinations of the policy");
    CLI::App* test = destinations->add_subcommand("test",
                                                  "send a test to a destination, and tell what came of it");
    CLI::App* again = destinations->add_subcommand("redeliver", "send once more what was not delivered");
    for (CLI::App* command : destinations->get_subcommands({}))
        command->add_option(
            "--state-dir", options.state_directory, "where the database lives, as for ackd run");
    again->add_option("number", options.undelivered, "its number, as `ackd destinations list` shows it")
        ->required();
    test->add_option("name", options.destination, "the destination's name in the policy")->required();
    test->add_option("--config",
                     options.configuration_path,
                     "the configuration file, which says where mail is handed over");
    return [=, &options] {
        if (again->parsed()) return ackd::cli::redeliver(options);
        return list->parsed() ? ackd::cli::list_destinations(options) : ackd::cli::test_destination(options);
    };
}

/// `ackd deadletters …`, and what runs it.
std::function<int()> add_deadletters_command(CLI::App& program, ackd::cli::DeadlettersCommandOptions& options)
{
    CLI::App* deadletters = program.add_subcommand(
        "deadletters", "what nobody answered and has no cause yet; the causes, counted by route");
    CLI::App* cause = deadletters->add_subcommand("cause", "say why one was not answered");
    deadletters->add_flag("--all", options.all, "also those that have a cause, or were answered after all");
    deadletters->add_flag("--json", options.as_json, "print one JSON object");
    for (CLI::App* command : {deadletters, cause}) {
        command->add_option(
            "--state-dir", options.state_directory, "where the database lives, as for ackd run");
        command->add_option("--clock-scale", options.clock_scale, "as for ackd run, against a sandbox")
            ->check(CLI::Range(0.001, 1'000'000.0));
        command->add_option("--clock-origin", options.clock_origin, "as for ackd run, against a sandbox");
    }
    cause->add_option("number", options.number, "its number, as ackd deadletters tells it")->required();
    cause->add_option("cause", options.cause, "wrong_person, wrong_place, unclear_ask, …")->required();
    return [=, &options] {
        return cause->parsed() ? ackd::cli::name_dead_letter_cause(options)
                               : ackd::cli::list_dead_letters(options);
    };
}

int check(const std::string& path)
{
    const auto configuration = ackd::cli::read_configuration(path);
    if (configuration.problems.empty()) {
        fmt::print("{}: right\n", path);
        return ackd::cli::exit_stopped;
    }
    fmt::print(stderr, "{}", ackd::problems_as_text(path, configuration.problems));
    const std::size_t count = configuration.problems.size();
    fmt::print(stderr, "{} problem{}\n", count, count == 1 ? "" : "s");
    return ackd::cli::exit_repair;
}

}  // namespace

int main(int argc, char** argv)
{
    CLI::App program{
        "ackd: messages that matter are acknowledged, resent, escalated or dead-lettered.\n"
        "Tokens come from SLACK_APP_TOKEN and SLACK_BOT_TOKEN (in HTTP mode SLACK_SIGNING_SECRET "
        "and SLACK_BOT_TOKEN), or from systemd credentials."};
    program.require_subcommand(1);

    ackd::cli::RunOptions options;
    CLI::App* run = program.add_subcommand("run", "run the daemon in the foreground");
    run->add_option(
        "--config", options.configuration_path, "the configuration file (without it: all defaults)");
    run->add_option("--state-dir",
                    options.state_directory,
                    "where the database lives (else $STATE_DIRECTORY, else ~/.local/state/ackd)");
    CLI::Option* scale = run->add_option("--clock-scale",
                                         options.clock_scale,
                                         "against a sandbox: simulated seconds for each second")
                             ->check(CLI::Range(0.001, 1'000'000.0));
    CLI::Option* origin = run->add_option(
        "--clock-origin",
        options.clock_origin,
        "against a sandbox: the Unix time at which simulated and real time agree");
    run->add_flag("--follow-clock",
                  options.follow_clock,
                  "against a sandbox: its time, however it is paused or wound forward")
        ->excludes(scale)
        ->excludes(origin);

    std::string configuration_path = "/etc/ackd/ackd.toml";
    CLI::App* check_command = program.add_subcommand("check", "list every problem of a configuration file");
    check_command->add_option("--config,config", configuration_path, "the configuration file");

    ackd::cli::DoctorOptions doctor_options;
    CLI::App* doctor = program.add_subcommand(
        "doctor", "look at everything that ackd needs; changes nothing, in Slack or here");
    doctor->add_option(
        "--config", doctor_options.configuration_path, "the configuration file (without it: all defaults)");
    doctor->add_option(
        "--state-dir", doctor_options.state_directory, "where the database lives, as for ackd run");
    doctor
        ->add_option("--timeout", doctor_options.timeout_seconds, "seconds that any one answer is waited for")
        ->check(CLI::Range(0.1, 10.0))
        ->capture_default_str();
    doctor->add_flag("--json", doctor_options.as_json, "print one JSON object");

    ackd::cli::StatusOptions status_options;
    CLI::App* status_command = program.add_subcommand(
        "status", "tell how ackd stands, from its database; changes nothing");
    status_command->add_option(
        "--state-dir", status_options.state_directory, "where the database lives, as for ackd run");
    status_command->add_flag("--json", status_options.as_json, "print one JSON object");

    ackd::cli::ManifestCommandOptions manifest_options;
    CLI::App* manifest = program.add_subcommand("manifest", "print the manifest of the Slack app");
    manifest->add_option("--mode", manifest_options.mode, "socket or http")
        ->check(CLI::IsMember({"socket", "http"}))
        ->capture_default_str();
    manifest->add_option(
        "--request-url", manifest_options.request_url, "with --mode http: where Slack reaches ackd");
    manifest->add_option("--name", manifest_options.name, "the name of the app and of its user")
        ->capture_default_str();
    manifest->add_option(
        "--policy",
        manifest_options.policy_path,
        "a policy file (- is standard input): scopes that it makes use of are asked for as well");
    manifest->add_option("--format", manifest_options.format, "yaml or json")
        ->check(CLI::IsMember({"yaml", "json"}))
        ->capture_default_str();

    ackd::cli::PolicyCommandOptions policy_options;
    const std::function<int()> run_policy = add_policy_command(program, policy_options);
    ackd::cli::RotationsCommandOptions rotations_options;
    const std::function<int()> run_rotations = add_rotations_command(program, rotations_options);
    ackd::cli::ForgetCommandOptions forget_options;
    CLI::App* forget = program.add_subcommand(
        "forget", "erase a person from the database; not while ackd runs (there: /ackd forget)");
    forget->add_option("person", forget_options.person, "their id, or their name in Slack")->required();
    forget->add_option(
        "--state-dir", forget_options.state_directory, "where the database lives, as for ackd run");
    forget->add_flag("--yes", forget_options.confirmed, "do it; without this, say what it would do");

    ackd::cli::BackupCommandOptions backup_options;
    CLI::App* backup = program.add_subcommand("backup", "copy the database, beside a running ackd");
    backup->add_option("file", backup_options.file, "the copy; it must not exist yet")->required();
    backup->add_option(
        "--state-dir", backup_options.state_directory, "where the database lives, as for ackd run");

    ackd::cli::QuestionsCommandOptions questions_options;
    CLI::App* questions = program.add_subcommand(
        "questions", "tell which messages of a recorded channel ask something, and which nobody answered");
    questions->add_option("file", questions_options.file, "the log; or a channel's folder of a Slack export")
        ->required();
    questions->add_option("--format", questions_options.format, "traffic (XML) or slack-export (JSON)")
        ->check(CLI::IsMember({"traffic", "slack-export"}))
        ->capture_default_str();

    ackd::cli::SourcesCommandOptions sources_options;
    const std::function<int()> run_sources = add_sources_command(program, sources_options);
    ackd::cli::DeadlettersCommandOptions deadletters_options;
    const std::function<int()> run_deadletters = add_deadletters_command(program, deadletters_options);

    ackd::cli::DestinationsCommandOptions destinations_options;
    const std::function<int()> run_destinations = add_destinations_command(program, destinations_options);

    program.add_subcommand("version", "print the version");

    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = program.exit(error);
        return status == 0 ? 0 : ackd::cli::exit_repair;
    }
    if (run->parsed()) return ackd::cli::run_daemon(options);
    if (check_command->parsed()) return check(configuration_path);
    if (doctor->parsed()) return ackd::cli::run_doctor(doctor_options);
    if (status_command->parsed()) return ackd::cli::run_status(status_options);
    if (forget->parsed()) return ackd::cli::run_forget(forget_options);
    if (backup->parsed()) return ackd::cli::run_backup(backup_options);
    if (manifest->parsed()) return ackd::cli::run_manifest(manifest_options);
    if (questions->parsed()) return ackd::cli::run_questions(questions_options);
    if (program.got_subcommand("policy")) return run_policy();
    if (program.got_subcommand("rotations")) return run_rotations();
    if (program.got_subcommand("sources")) return run_sources();
    if (program.got_subcommand("destinations")) return run_destinations();
    if (program.got_subcommand("deadletters")) return run_deadletters();
    fmt::print("ackd {}\n", ACKD_VERSION);
    return 0;
}
