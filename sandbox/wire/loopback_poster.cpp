#include "sandbox/wire/loopback_poster.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <list>
#include <optional>

namespace sandbox {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr std::uint64_t body_bytes_max = 1U << 20U;

/// One POST from connecting to its answer; keeps itself alive until then.
class Exchange : public std::enable_shared_from_this<Exchange> {
public:
    Exchange(asio::io_context& io, const OutgoingPost& post, HttpPoster::Done done)
        : stream_(io), done_(std::move(done))
    {
        request_.method(http::verb::post);
        request_.target(post.url.target);
        request_.version(11);
        request_.set(http::field::host, post.url.host + ":" + std::to_string(post.url.port));
        request_.set(http::field::content_type, post.content_type);
        for (const auto& [name, value] : post.headers) request_.set(name, value);
        request_.keep_alive(false);
        request_.body() = post.body;
        request_.prepare_payload();
    }

    void start(std::uint16_t port, std::chrono::milliseconds within)
    {
        stream_.expires_after(within);
        stream_.async_connect(tcp::endpoint{asio::ip::address_v4::loopback(), port},
                              [self = shared_from_this()](error_code error) {
                                  if (error) return self->fail(error);
                                  self->write();
                              });
    }

    void stop()
    {
        done_ = nullptr;
        stream_.close();
    }

private:
    void write()
    {
        http::async_write(stream_, request_, [self = shared_from_this()](error_code error, std::size_t) {
            if (error) return self->fail(error);
            self->read();
        });
    }

    void read()
    {
        parser_.body_limit(body_bytes_max);
        http::async_read(
            stream_, buffer_, parser_, [self = shared_from_this()](error_code error, std::size_t) {
                if (error) return self->fail(error);
                self->finish();
            });
    }

    void finish()
    {
        auto& answer = parser_.get();
        const auto text = [&](beast::string_view part) { return std::string{part.data(), part.size()}; };
        PostOutcome outcome;
        outcome.status = static_cast<int>(answer.result_int());
        outcome.content_type = text(answer[http::field::content_type]);
        outcome.location = text(answer[http::field::location]);
        outcome.no_retry = answer["X-Slack-No-Retry"] == "1";
        outcome.body = std::move(answer.body());
        tell(outcome);
    }

    void fail(error_code error)
    {
        PostOutcome outcome;
        outcome.failure = error == beast::error::timeout ? "http_timeout" : "connection_failed";
        tell(outcome);
    }

    void tell(const PostOutcome& outcome)
    {
        stream_.close();
        if (const auto once = std::exchange(done_, nullptr)) once(outcome);
    }

    beast::tcp_stream stream_;
    HttpPoster::Done done_;
    http::request<http::string_body> request_;
    beast::flat_buffer buffer_;
    http::response_parser<http::string_body> parser_;
};

}  // namespace

struct LoopbackPoster::State {
    explicit State(asio::io_context& given) : io(given) {}

    asio::io_context& io;
    std::list<std::weak_ptr<Exchange>> exchanges;
};

LoopbackPoster::LoopbackPoster(asio::io_context& io) : state_(std::make_unique<State>(io)) {}

LoopbackPoster::~LoopbackPoster() = default;

void LoopbackPoster::post(const OutgoingPost& post, std::chrono::milliseconds within, Done done)
{
    const auto exchange = std::make_shared<Exchange>(state_->io, post, std::move(done));
    state_->exchanges.remove_if([](const auto& each) { return each.expired(); });
    state_->exchanges.push_back(exchange);
    exchange->start(post.url.port, within);
}

void LoopbackPoster::stop()
{
    for (const auto& each : state_->exchanges)
        if (const auto exchange = each.lock()) exchange->stop();
}

}  // namespace sandbox
