#include "bot/cli/configuration.hpp"

#include "adapters/outside/address_guard.hpp"
#include "bot/cli/text_file.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/destinations/destination.hpp"
#include "bot/policy/toml_reader.hpp"

#include <algorithm>
#include <charconv>

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

/// "smtp.example.com:587", "[::1]:25".
bool parse_server(const std::string& text, outside::MailServer& server)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) return false;
    const char* const end = text.data() + text.size();
    unsigned port = 0;
    const auto [stopped, error] = std::from_chars(text.data() + colon + 1, end, port);
    if (error != std::errc{} || stopped != end || port == 0 || port > 65'535) return false;
    std::string host = text.substr(0, colon);
    const bool is_v6 = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (is_v6) host = host.substr(1, host.size() - 2);
    const auto address = outside::parse_ip_address(host);
    const bool is_name = !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.' || c == '_';
    });
    if (is_v6 ? !address || host.find(':') == std::string::npos : !is_name) return false;
    server.host = host;
    server.port = port;
    return true;
}

bool is_this_machine(const std::string& host)
{
    const auto address = outside::parse_ip_address(host);
    return host == "localhost" ||
           (address && (outside::is_in(outside::parse_network("127.0.0.0/8").value(), *address) ||
                        outside::is_in(outside::parse_network("::1/128").value(), *address)));
}

std::string check_from(const std::string& address)
{
    Destination mail;
    mail.kind = DestinationKind::mail;
    mail.address = address;
    return problem_of(mail).empty() ? "" : "from is the address that mail comes from: \"ackd@example.com\"";
}

std::string check_user(const std::string& user)
{
    const bool is_plain = std::all_of(
        user.begin(), user.end(), [](unsigned char c) { return c >= 0x20 && c != 0x7f; });
    return is_plain ? "" : "user is a name without control characters";
}

std::string check_file(const std::string& path)
{
    return path.starts_with('/') ? "" : "authorities is a file's whole path: \"/etc/ackd/mail-ca.pem\"";
}

/// What [mail] says. Its keys stand in any order, so what one says of another is looked at in the end.
class MailSection {
public:
    TomlReader::Key key(TomlReader& reader)
    {
        TomlReader::Key section = reader.section(
            "mail",
            {reader.text("server",
                         server_text_,
                         [this](const std::string& text) -> std::string {
                             if (parse_server(text, server_)) return "";
                             return "server is a name and a port: \"smtp.example.com:587\"";
                         }),
             reader.parsed_text(
                 "encryption",
                 server_.encryption,
                 parser_of<outside::MailEncryption>({{"starttls", outside::MailEncryption::starttls},
                                                     {"tls", outside::MailEncryption::tls},
                                                     {"none", outside::MailEncryption::none}})),
             reader.text("from", server_.from, check_from),
             reader.text("user", server_.user, check_user),
             reader.text("authorities", server_.authorities, check_file)});
        auto take_keys = std::move(section.take);
        section.take = [this, &reader, take_keys](const toml::node& node) {
            const std::size_t before = reader.problem_count();
            take_keys(node);
            // An empty section is none.
            const toml::table* table = node.as_table();
            if (reader.problem_count() > before || table == nullptr || table->empty()) return;
            const std::string wrong = problem();
            // A table that is only written as "mail.from" has no place of its own.
            const toml::source_region& place = node.source().begin.line > 0 ? node.source()
                                                                            : table->begin()->second.source();
            if (!wrong.empty()) return reader.problem(place, wrong);
            is_there_ = true;
        };
        return section;
    }
    [[nodiscard]] std::optional<outside::MailServer> server() const
    {
        return is_there_ ? std::optional{server_} : std::nullopt;
    }

private:
    [[nodiscard]] std::string problem() const
    {
        if (server_.host.empty()) return "[mail] says where: server = \"smtp.example.com:587\"";
        if (server_.from.empty()) return "[mail] says who: from = \"ackd@example.com\"";
        const bool is_readable = server_.encryption == outside::MailEncryption::none && !server_.user.empty();
        return is_readable && !is_this_machine(server_.host)
                   ? "with encryption = \"none\" the user's password could be read on its way: only for a "
                     "server on this machine"
                   : "";
    }

    outside::MailServer server_;
    std::string server_text_;
    bool is_there_ = false;
};

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

/// Its keys stand in any order, so whether pictures have an address is looked at in the end.
TomlReader::Key web_section(TomlReader& reader, Configuration& configuration)
{
    TomlReader::Key section = reader.section(
        "web",
        {reader.parsed_text("listen", configuration.web_listen, parse_listen),
         reader.text("url", configuration.web_url, check_url),
         reader.flag("pictures", configuration.web_pictures)});
    auto take_keys = std::move(section.take);
    section.take = [&reader, &configuration, take_keys](const toml::node& node) {
        const std::size_t before = reader.problem_count();
        take_keys(node);
        const toml::table* table = node.as_table();
        const toml::node* wanted = table == nullptr ? nullptr : table->get("pictures");
        if (wanted == nullptr || !configuration.web_pictures || reader.problem_count() > before) return;
        if (configuration.web_listen && !configuration.web_url.empty()) return;
        reader.problem(wanted->source(),
                       "pictures are fetched by the chat: listen and url say where it finds them");
    };
    return section;
}

}  // namespace

Configuration parse_configuration(const std::string& text)
{
    Configuration configuration;
    TomlReader reader{configuration.problems};
    MailSection mail;
    reader.read_file(
        text,
        {reader.section("slack",
                        {reader.parsed_text("mode", configuration.slack_mode, parse_mode),
                         reader.number("connections", configuration.connections, 1, 4)}),
         reader.section("http",
                        {reader.parsed_text("listen", configuration.http_listen, parse_listen),
                         reader.text("path", configuration.http_path, check_path)}),
         web_section(reader, configuration),
         mail.key(reader),
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
    configuration.mail = mail.server();
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
