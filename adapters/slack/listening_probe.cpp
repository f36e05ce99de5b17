#include "adapters/slack/listening_probe.hpp"

#include "adapters/slack/http_connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <fmt/format.h>

#include <exception>
#include <optional>

namespace ackd::slack {
namespace {

using tcp = asio::ip::tcp;

/// As the server itself takes it, but without listening: nobody is answered meanwhile.
error_code try_to_bind(asio::io_context& io, const http::ListenAddress& address)
{
    error_code error;
    const tcp::endpoint endpoint{asio::ip::make_address(address.host, error), address.port};
    asio::basic_socket_acceptor<tcp, asio::io_context::executor_type> acceptor{io.get_executor()};
    if (!error) acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address{true}, error);
    if (!error) acceptor.bind(endpoint, error);
    return error;
}

/// Who listens on every address is asked on this machine's own.
std::string host_to_ask(const std::string& listening)
{
    if (listening == "0.0.0.0") return "127.0.0.1";
    return listening == "::" ? "::1" : listening;
}

Task<Result<HttpAnswer>> ask(Endpoint endpoint, Interrupts& interrupts, std::chrono::milliseconds limit)
{
    TlsSettings tls;
    HttpRequest request;
    request.target = endpoint.target;
    request.content_type = "application/x-www-form-urlencoded";
    request.body = "ssl_check=1";
    auto opened = co_await open_http(std::move(endpoint), tls, interrupts, limit);
    if (!opened) co_return opened.error();
    auto answer = co_await (*opened)->post(request, limit);
    co_return answer;
}

}  // namespace

ListeningLook look_at_listening(const http::ListenAddress& address,
                                const std::string& path,
                                std::chrono::milliseconds limit)
{
    asio::io_context io{1};
    const error_code error = try_to_bind(io, address);
    if (!error) return {ListeningSign::free, ""};
    if (error != asio::error::address_in_use) return {ListeningSign::cannot_be_had, error.message()};

    Endpoint endpoint;
    endpoint.encrypted = false;
    endpoint.host = host_to_ask(address.host);
    endpoint.port = std::to_string(address.port);
    endpoint.target = path;
    Interrupts interrupts;
    std::optional<Result<HttpAnswer>> answer;
    std::exception_ptr failure;
    asio::co_spawn(io.get_executor(),
                   ask(std::move(endpoint), interrupts, limit),
                   [&](std::exception_ptr thrown, Result<HttpAnswer> outcome) {
                       failure = thrown;
                       answer.emplace(std::move(outcome));
                   });
    io.run();
    if (failure) std::rethrow_exception(failure);
    if (!*answer) return {ListeningSign::is_not_ackd, answer->error().detail};
    if ((*answer)->status != 200)
        return {ListeningSign::is_not_ackd, fmt::format("HTTP status {}", (*answer)->status)};
    return {ListeningSign::answers, ""};
}

}  // namespace ackd::slack
