#include "bot/cli/configuration.hpp"

#include "bot/cli/text_file.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/policy/toml_reader.hpp"

#include <algorithm>

namespace ackd::cli {

namespace {

std::string check_level(const std::string& level)
{
    static const std::vector<std::string> levels{"debug", "info", "warning", "error"};
    if (std::find(levels.begin(), levels.end(), level) != levels.end()) return "";
    const auto near = nearest_word(level, levels);
    return fmt::format("there is no log level \"{}\"; {}",
                       level,
                       near ? fmt::format("did you mean \"{}\"?", *near) : "debug, info, warning or error");
}

std::optional<SlackMode> parse_mode(const std::string& mode, std::string& wrong)
{
    if (mode == "socket") return SlackMode::socket;
    if (mode == "http") return SlackMode::http;
    const auto near = nearest_word(mode, {"socket", "http"});
    wrong = fmt::format("there is no mode \"{}\"; {}",
                        mode,
                        near ? fmt::format("did you mean \"{}\"?", *near) : "socket or http");
    return std::nullopt;
}

std::optional<http::ListenAddress> parse_listen(const std::string& text, std::string& wrong)
{
    auto address = http::parse_listen_address(text);
    if (!address) {
        wrong = fmt::format("\"{}\" is no address to listen on: write \"127.0.0.1:8090\", or \"[::1]:8090\"",
                            text);
    }
    return address;
}

std::string check_path(const std::string& path)
{
    const bool plain = std::all_of(
        path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7f && c != '?' && c != '#'; });
    return path.starts_with('/') && plain
               ? ""
               : "path begins with a slash and has neither spaces, ? nor #: \"/slack/events\"";
}

std::string check_url(const std::string& url)
{
    const bool has_scheme = url.starts_with("https://") || url.starts_with("http://");
    const bool plain = std::all_of(
        url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f && c != '?' && c != '#'; });
    return has_scheme && plain && !url.ends_with('/')
               ? ""
               : "url is what stands before /in/ in the addresses that people are given: "
                 "\"https://ackd.example.com\"";
}

/// What stood in this file before there was a policy.
TomlReader::Key moved_to_policy(TomlReader& reader, const std::string& name)
{
    return {name, [&reader, name](const toml::node& node) {
                const toml::array* list = node.as_array();
                const bool has_place = list == nullptr || list->empty();
                reader.problem(
                    has_place ? node.source() : list->front().source(),
                    fmt::format("\"{}\" belongs to the policy now: `ackd policy apply FILE`", name));
            }};
}

}  // namespace

Configuration parse_configuration(const std::string& text)
{
    Configuration configuration;
    TomlReader reader{configuration.problems};
    reader.read_file(
        text,
        {reader.section("slack",
                        {reader.parsed_text("mode", configuration.slack_mode, parse_mode),
                         reader.number("connections", configuration.connections, 1, 4)}),
         reader.section("http",
                        {reader.parsed_text("listen", configuration.http_listen, parse_listen),
                         reader.text("path", configuration.http_path, check_path)}),
         reader.section("web",
                        {reader.parsed_text("listen", configuration.web_listen, parse_listen),
                         reader.text("url", configuration.web_url, check_url)}),
         reader.section(
             "catch_up",
             {reader.duration(
                 "every", configuration.sweep_every, std::chrono::minutes{1}, std::chrono::hours{168})}),
         reader.section("log", {reader.text("level", configuration.log_level, check_level)}),
         reader.section("holidays", {reader.text("folder", configuration.holiday_folder)}),
         moved_to_policy(reader, "workspace"),
         moved_to_policy(reader, "emoji"),
         moved_to_policy(reader, "priority"),
         moved_to_policy(reader, "route")});
    reader.sort_problems();
    return configuration;
}

Configuration read_configuration(const std::string& path)
{
    const TextFile file = read_text_file(path);
    if (file.problem.empty()) return parse_configuration(file.text);
    Configuration configuration;
    configuration.problems.push_back({0, 0, file.problem});
    return configuration;
}

}  // namespace ackd::cli
