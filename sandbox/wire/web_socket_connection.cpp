#include "sandbox/wire/web_socket_connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <deque>

namespace sandbox {
namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr std::size_t frame_bytes_max = 1U << 20U;
constexpr std::chrono::seconds closing_for_max{1};

class Connection : public WebSocket, public std::enable_shared_from_this<Connection> {
public:
    Connection(asio::ip::tcp::socket stream, std::shared_ptr<WebSocketListener> listener)
        : stream_(std::move(stream)), closing_timer_(stream_.get_executor()), listener_(std::move(listener))
    {}

    void start(const boost::beast::http::request<boost::beast::http::string_body>& upgrade)
    {
        stream_.read_message_max(frame_bytes_max);
        stream_.auto_fragment(false);
        stream_.control_callback([this](websocket::frame_type kind, boost::beast::string_view) {
            if (kind == websocket::frame_type::pong && listener_) listener_->on_pong();
        });
        error_code ignored;
        stream_.next_layer().set_option(asio::ip::tcp::no_delay{true}, ignored);
        stream_.async_accept(upgrade, [self = shared_from_this()](error_code error) {
            if (error) return self->end();
            self->accepted_ = true;
            self->listener_->on_open(self);
            self->read();
            self->write();
        });
    }

    void send(std::string frame) override
    {
        if (ended_ || closing_) return;
        unsent_bytes_ += frame.size();
        unsent_.push_back(std::move(frame));
        write();
    }

    void ping(const std::string& payload) override
    {
        if (ended_ || closing_ || pinging_) return;
        pinging_ = true;
        stream_.async_ping(websocket::ping_data{payload.data(), payload.size()},
                           [self = shared_from_this()](error_code) { self->pinging_ = false; });
    }

    void close() override
    {
        if (ended_ || closing_) return;
        closing_ = true;
        closing_timer_.expires_after(closing_for_max);
        closing_timer_.async_wait([self = shared_from_this()](error_code error) {
            if (!error) self->cut();
        });
        if (!writing_) say_goodbye();
    }

    void cut() override
    {
        if (ended_) return;
        error_code ignored;
        // Linger of zero turns the close into a reset: what a broken network looks like to the peer.
        stream_.next_layer().set_option(asio::socket_base::linger{true, 0}, ignored);
        stream_.next_layer().close(ignored);
        end();
    }

    [[nodiscard]] std::size_t unsent_bytes() const override { return unsent_bytes_; }

private:
    void read()
    {
        stream_.async_read(buffer_, [self = shared_from_this()](error_code error, std::size_t) {
            if (error) return self->end();
            if (self->listener_) {
                const auto data = self->buffer_.data();
                const std::string_view text{static_cast<const char*>(data.data()), data.size()};
                if (self->stream_.got_text())
                    self->listener_->on_text(text);
                else
                    self->listener_->on_binary();
            }
            self->buffer_.consume(self->buffer_.size());
            if (!self->ended_) self->read();
        });
    }

    void write()
    {
        if (!accepted_ || writing_ || unsent_.empty() || ended_) return;
        writing_ = true;
        stream_.text(true);
        stream_.async_write(asio::buffer(unsent_.front()),
                            [self = shared_from_this()](error_code error, std::size_t) {
                                self->writing_ = false;
                                if (error) return self->end();
                                self->unsent_bytes_ -= self->unsent_.front().size();
                                self->unsent_.pop_front();
                                if (self->listener_) self->listener_->on_sent();
                                if (self->unsent_.empty() && self->closing_) return self->say_goodbye();
                                self->write();
                            });
    }

    void say_goodbye()
    {
        stream_.async_close(websocket::close_reason{websocket::close_code::normal},
                            [self = shared_from_this()](error_code) { self->end(); });
    }

    void end()
    {
        if (ended_) return;
        ended_ = true;
        closing_timer_.cancel();
        error_code ignored;
        stream_.next_layer().close(ignored);
        if (const auto listener = std::exchange(listener_, nullptr)) listener->on_closed();
    }

    websocket::stream<asio::ip::tcp::socket> stream_;
    asio::steady_timer closing_timer_;
    std::shared_ptr<WebSocketListener> listener_;
    boost::beast::flat_buffer buffer_;
    std::deque<std::string> unsent_;
    std::size_t unsent_bytes_ = 0;
    bool accepted_ = false;
    bool writing_ = false;
    bool pinging_ = false;
    bool closing_ = false;
    bool ended_ = false;
};

}  // namespace

void start_web_socket(asio::ip::tcp::socket stream,
                      const boost::beast::http::request<boost::beast::http::string_body>& upgrade,
                      std::shared_ptr<WebSocketListener> listener,
                      const SocketRegistry& remember)
{
    const auto connection = std::make_shared<Connection>(std::move(stream), std::move(listener));
    remember(connection);
    connection->start(upgrade);
}

}  // namespace sandbox
