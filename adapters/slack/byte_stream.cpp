#include "adapters/slack/byte_stream.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/this_coro.hpp>

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ackd::slack {

struct TlsSettings::Context {
    asio::ssl::context value{asio::ssl::context::tls_client};
};

namespace {

/// What update-ca-certificates keeps: a file for each authority, named by its hash, beside the bundle of them
/// all.
bool is_folder_of_authorities(const std::string& path)
{
    std::error_code failed;
    if (!std::filesystem::exists(path + "/ca-certificates.crt", failed)) return false;
    for (const auto& entry : std::filesystem::directory_iterator{path, failed}) {
        const std::string name = entry.path().filename();
        if (name.size() == 10 && name.ends_with(".0")) return true;
    }
    return false;
}

/// From the folder, only the authorities that a peer names are read; all of them would be most of the time of
/// a start and a megabyte and a quarter. Where somebody chose others, or there is no such folder, OpenSSL's
/// own way.
void trust_system_authorities(asio::ssl::context& context)
{
    const bool chosen = std::getenv(X509_get_default_cert_file_env()) != nullptr ||
                        std::getenv(X509_get_default_cert_dir_env()) != nullptr;
    const std::string folder = X509_get_default_cert_dir();
    if (!chosen && is_folder_of_authorities(folder))
        context.add_verify_path(folder);
    else
        context.set_default_verify_paths();
}

}  // namespace

TlsSettings::TlsSettings() : context_(std::make_unique<Context>())
{
    asio::ssl::context& context = context_->value;
    trust_system_authorities(context);
    context.set_verify_mode(asio::ssl::verify_peer);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    // Idle connections give their buffers back.
    SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
}

TlsSettings::~TlsSettings() = default;

namespace {

using tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<tcp, IoExecutor>;
using TlsStream = asio::ssl::stream<Socket>;
using Resolver = asio::ip::basic_resolver<tcp, IoExecutor>;

Socket& socket_of(Socket& stream)
{
    return stream;
}
Socket& socket_of(TlsStream& stream)
{
    return stream.next_layer();
}

std::optional<TlsFacts> tls_of(Socket&)
{
    return std::nullopt;
}
std::optional<TlsFacts> tls_of(TlsStream& stream)
{
    SSL* const session = stream.native_handle();
    const X509* const certificate = SSL_get0_peer_certificate(session);
    std::tm ends{};
    if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &ends) != 1)
        return std::nullopt;
    return TlsFacts{SSL_get_version(session), std::chrono::sys_seconds{std::chrono::seconds{timegm(&ends)}}};
}

template <class Stream>
class StreamOver final : public ByteStream {
public:
    explicit StreamOver(Stream stream) : stream_(std::move(stream)) {}

    void read_some(asio::mutable_buffer room, Handler handler) override
    {
        stream_.async_read_some(room, std::move(handler));
    }
    void write_some(asio::const_buffer bytes, Handler handler) override
    {
        stream_.async_write_some(bytes, std::move(handler));
    }
    void close() override
    {
        error_code ignored;
        socket_of(stream_).close(ignored);
    }
    bool is_idle() override
    {
        Socket& socket = socket_of(stream_);
        if (!socket.is_open()) return false;
        char byte = 0;
        const auto count = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }
    IoExecutor executor() override { return socket_of(stream_).get_executor(); }
    std::optional<TlsFacts> tls() override { return tls_of(stream_); }

private:
    Stream stream_;
};

/// Small writes leave at once; a peer that vanished is noticed even when nothing is being said.
void prepare(Socket& socket)
{
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    socket.set_option(Socket::keep_alive{true}, ignored);
    constexpr int unanswered_max_milliseconds = 30'000;
    socket.set_option(
        asio::detail::socket_option::integer<IPPROTO_TCP, TCP_USER_TIMEOUT>{unanswered_max_milliseconds},
        ignored);
}

Fault unreachable(const Endpoint& endpoint, std::string_view why)
{
    return Fault{FaultKind::temporary, fmt::format("cannot reach {}: {}", endpoint.peer(), why)};
}

/// What is wrong with the peer's certificate, when that is what ended the handshake.
std::optional<std::string> certificate_problem(TlsStream& stream)
{
    const long verdict = SSL_get_verify_result(stream.native_handle());
    if (verdict == X509_V_OK) return std::nullopt;
    // What Asio's check of the name leaves behind.
    if (verdict == X509_V_ERR_UNSPECIFIED) return "its certificate is for another host";
    return X509_verify_cert_error_string(verdict);
}

std::string reason(const Deadline& deadline, const error_code& error)
{
    return deadline.cause() != nullptr ? std::string{deadline.cause()} : error.message();
}

}  // namespace

Task<Result<std::unique_ptr<ByteStream>>> open_byte_stream(const Endpoint& endpoint,
                                                           TlsSettings& tls,
                                                           Interrupts& interrupts,
                                                           std::chrono::milliseconds limit)
{
    auto executor = co_await asio::this_coro::executor;
    Resolver resolver{executor};
    TlsStream stream{executor, tls.context().value};
    Socket& socket = stream.next_layer();
    const Deadline deadline{executor, interrupts, limit, [&resolver, &socket] {
                                error_code ignored;
                                resolver.cancel();
                                socket.close(ignored);
                            }};

    auto [resolve_error, found] = co_await resolver.async_resolve(endpoint.host, endpoint.port, no_throw);
    std::vector<tcp::endpoint> addresses;
    for (const auto& entry : found) {
        if (endpoint.encrypted || entry.endpoint().address().is_loopback())
            addresses.push_back(entry.endpoint());
    }
    if (resolve_error || deadline.cause() != nullptr || addresses.empty()) {
        co_return unreachable(endpoint, resolve_error ? reason(deadline, resolve_error) : "no address");
    }
    const auto [connect_error, address] = co_await asio::async_connect(socket, addresses, no_throw);
    if (connect_error || deadline.cause() != nullptr) {
        co_return unreachable(endpoint, reason(deadline, connect_error));
    }
    prepare(socket);
    if (!endpoint.encrypted) {
        co_return std::unique_ptr<ByteStream>{std::make_unique<StreamOver<Socket>>(std::move(socket))};
    }
    if (SSL_set_tlsext_host_name(stream.native_handle(), endpoint.host.c_str()) != 1) {
        co_return unreachable(endpoint, "its name cannot be used with TLS");
    }
    stream.set_verify_callback(asio::ssl::host_name_verification{endpoint.host});
    const auto [tls_error] = co_await stream.async_handshake(asio::ssl::stream_base::client, no_throw);
    if (tls_error || deadline.cause() != nullptr) {
        const std::string why = certificate_problem(stream).value_or(reason(deadline, tls_error));
        co_return unreachable(endpoint, "TLS: " + why);
    }
    co_return std::unique_ptr<ByteStream>{std::make_unique<StreamOver<TlsStream>>(std::move(stream))};
}

}  // namespace ackd::slack
