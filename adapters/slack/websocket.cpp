#include "adapters/slack/websocket.hpp"

#include "adapters/slack/buffered_stream.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <fmt/format.h>

#include <utility>

namespace ackd::slack {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;

constexpr std::size_t message_size_max = 16 * 1024 * 1024;
/// A buffer that grew beyond this for one message is given back.
constexpr std::size_t kept_size_max = 256 * 1024;

class BeastWebSocket final : public WebSocket, public std::enable_shared_from_this<BeastWebSocket> {
public:
    BeastWebSocket(std::unique_ptr<ByteStream> bytes, WebSocketListener listener)
        : listener_(std::move(listener)), stream_(std::move(bytes))
    {}

    /// Nothing, or why not.
    Task<std::string> shake_hands(const Endpoint& endpoint)
    {
        websocket::stream_base::timeout no_timeouts{};
        no_timeouts.handshake_timeout = websocket::stream_base::none();
        no_timeouts.idle_timeout = websocket::stream_base::none();
        no_timeouts.keep_alive_pings = false;
        stream_.set_option(no_timeouts);
        stream_.read_message_max(message_size_max);
        websocket::response_type response;
        const auto [error] = co_await stream_.async_handshake(
            response, endpoint.host_header(), endpoint.target, no_throw);
        if (error == websocket::error::upgrade_declined) {
            co_return fmt::format("the WebSocket was refused with HTTP status {}", response.result_int());
        }
        if (error) co_return error.message();
        stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
            if (kind == websocket::frame_type::ping) listener_.on_ping();
            if (kind == websocket::frame_type::pong) listener_.on_pong();
        });
        stream_.next_layer().on_drained([this] { return listener_.on_drained(); });
        stream_.text(true);
        co_return std::string{};
    }

    Task<ReadOutcome> read() override
    {
        if (buffer_.capacity() > kept_size_max) buffer_ = beast::flat_buffer{};
        buffer_.clear();
        ReadOutcome outcome;
        const auto [error, size] = co_await stream_.async_read(buffer_, no_throw);
        outcome.error = error;
        outcome.kind = stream_.got_binary() ? MessageKind::binary : MessageKind::text;
        if (error) {
            // No call into whoever reads after this.
            stream_.next_layer().on_drained(nullptr);
            outcome.closed = error == websocket::error::closed;
            outcome.why = outcome.closed ? fmt::format("closed with code {}", stream_.reason().code)
                                         : error.message();
        }
        co_return outcome;
    }

    std::string_view message() const override
    {
        return std::string_view{static_cast<const char*>(buffer_.cdata().data()), buffer_.size()};
    }

    void resume_reading() override { stream_.next_layer().resume(); }

    void send_text(std::string_view text) override
    {
        error_code failed;  // then the read fails as well, and says why
        stream_.write(asio::buffer(text), failed);
    }

    void send_ping(std::string_view payload) override
    {
        error_code failed;
        stream_.ping(websocket::ping_data{beast::string_view{payload.data(), payload.size()}}, failed);
    }

    /// With a control callback, Beast 1.81 looks at a close frame that came right behind a message one turn
    /// later. Meanwhile our own closing may have begun to wait for the read, which then waits for the
    /// closing: neither would ever end. So the callback goes first; and not at once, because it may be what
    /// calls this.
    void close() override
    {
        asio::post(stream_.get_executor(), [self = shared_from_this()] {
            self->stream_.control_callback();
            self->stream_.async_close(websocket::close_code::normal, [self](error_code) {});
        });
    }

    void drop() override { stream_.next_layer().close(); }

private:
    WebSocketListener listener_;
    beast::flat_buffer buffer_;
    websocket::stream<BufferedStream, false> stream_;
};

}  // namespace

Task<Result<std::shared_ptr<WebSocket>>> open_websocket(const Endpoint& endpoint,
                                                        TlsSettings& tls,
                                                        Interrupts& interrupts,
                                                        std::chrono::milliseconds limit,
                                                        WebSocketListener listener)
{
    auto executor = co_await asio::this_coro::executor;
    auto bytes = co_await open_byte_stream(endpoint, tls, interrupts, limit);
    if (!bytes) co_return std::move(bytes).error();
    auto socket = std::make_shared<BeastWebSocket>(std::move(*bytes), std::move(listener));
    const Deadline deadline{executor, interrupts, limit, [&socket] { socket->drop(); }};
    const std::string refusal = co_await socket->shake_hands(endpoint);
    if (!refusal.empty() || deadline.cause() != nullptr) {
        const std::string why = deadline.cause() != nullptr ? deadline.cause() : refusal;
        co_return Fault{FaultKind::temporary, fmt::format("{}: {}", endpoint.peer(), why)};
    }
    co_return std::shared_ptr<WebSocket>{std::move(socket)};
}

}  // namespace ackd::slack
