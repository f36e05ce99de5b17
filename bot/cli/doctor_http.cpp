#include "bot/cli/doctor_http.hpp"

#include "bot/cli/state_directory.hpp"

#include <fmt/format.h>

namespace ackd::cli {

namespace {

constexpr const char* listen_name = "listen address";

std::string text_of(const http::ListenAddress& address)
{
    const bool is_v6 = address.host.find(':') != std::string::npos;
    return fmt::format("{}:{}", is_v6 ? "[" + address.host + "]" : address.host, address.port);
}

}  // namespace

Finding judge_listening(const slack::ListeningLook& look,
                        const http::ListenAddress& address,
                        std::optional<bool> daemon_runs)
{
    const std::string where = text_of(address);
    switch (look.sign) {
        case slack::ListeningSign::answers:
            return found_right(listen_name, where + ": an ackd answers there");
        case slack::ListeningSign::free:
            if (!daemon_runs.value_or(false))
                return found_right(listen_name, where + " is free; `ackd run` will listen there");
            return found_wrong(listen_name,
                               fmt::format("an ackd is running, and nobody listens on {}", where),
                               "start it again: the address is read at the start");
        case slack::ListeningSign::is_not_ackd:
            return found_wrong(
                listen_name,
                fmt::format(
                    "{} is taken by something that does not answer as ackd does: {}", where, look.detail),
                "stop what listens there (ss -ltnp shows it), or give ackd another address: listen in [http]");
        case slack::ListeningSign::cannot_be_had: break;
    }
    return found_wrong(listen_name,
                       fmt::format("cannot listen on {}: {}", where, look.detail),
                       "give an address of this machine and a port from 1024 on: listen in [http]");
}

Finding request_url_finding(const std::string& path)
{
    return not_applicable(
        "request URL",
        fmt::format(
            "not seen from here; from outside, `curl -d ssl_check=1 https://YOUR.HOST{}` must fetch HTTP "
            "status 200 without a word",
            path));
}

std::vector<Finding> check_http(const Configuration& configuration,
                                const std::string& state_directory,
                                std::chrono::milliseconds limit)
{
    const http::ListenAddress& address = configuration.http_listen;
    std::vector<Finding> findings;
    if (address.port == 0) {
        findings.push_back(
            found_wrong(listen_name,
                        text_of(address) + " takes another port at each start",
                        "name the port that the proxy passes requests on to: listen in [http]"));
    } else {
        const auto daemon_runs = state_directory.empty() ? std::nullopt
                                                         : is_state_directory_in_use(state_directory);
        const slack::ListeningLook look = slack::look_at_listening(address, configuration.http_path, limit);
        findings.push_back(judge_listening(look, address, daemon_runs));
    }
    findings.push_back(request_url_finding(configuration.http_path));
    return findings;
}

}  // namespace ackd::cli
