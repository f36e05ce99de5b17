#include "adapters/slack/http_connection.hpp"

#include "adapters/slack/buffered_stream.hpp"
#include "adapters/slack/http_date.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace ackd::slack {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::size_t body_size_max = 16 * 1024 * 1024;
constexpr std::uint32_t header_size_max = 64 * 1024;
/// Servers close idle connections; one that has been quiet for longer is not tried.
constexpr std::chrono::seconds idle_max{30};

std::optional<std::chrono::seconds> seconds_of(beast::string_view text)
{
    constexpr std::int64_t day = 86'400;
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end == text.data() || seconds < 0) return std::nullopt;
    return std::chrono::seconds{std::min(seconds, day)};
}

class BeastHttpConnection final : public HttpConnection {
public:
    BeastHttpConnection(Endpoint endpoint, std::unique_ptr<ByteStream> bytes, Interrupts& interrupts)
        : endpoint_(std::move(endpoint)), stream_(std::move(bytes)), interrupts_(interrupts)
    {}

    Task<Result<HttpAnswer>> post(const HttpRequest& request, std::chrono::milliseconds limit) override
    {
        usable_ = false;
        http::request<http::string_body> message{http::verb::post, request.target, 11, request.body};
        message.set(http::field::host, endpoint_.host_header());
        message.set(http::field::user_agent, "ackd");
        message.set(http::field::content_type, request.content_type);
        if (!request.bearer.empty()) message.set(http::field::authorization, "Bearer " + request.bearer);
        message.prepare_payload();
        http::response_parser<http::string_body> parser;
        parser.body_limit(body_size_max);
        parser.header_limit(header_size_max);

        const Deadline deadline{stream_.get_executor(), interrupts_, limit, [this] { stream_.close(); }};
        const auto [write_error, written] = co_await http::async_write(stream_, message, no_throw);
        if (write_error) co_return Fault{FaultKind::unknown, reason(deadline, write_error)};
        const auto [read_error, read] = co_await http::async_read(stream_, buffer_, parser, no_throw);
        if (read_error) co_return Fault{FaultKind::unknown, reason(deadline, read_error)};

        auto& response = parser.get();
        usable_ = response.keep_alive() && buffer_.size() == 0;
        used_at_ = std::chrono::steady_clock::now();
        HttpAnswer answer;
        answer.status = response.result_int();
        answer.retry_after = seconds_of(response[http::field::retry_after]);
        const beast::string_view scopes = response["X-OAuth-Scopes"];
        answer.granted_scopes.assign(scopes.data(), scopes.size());
        const beast::string_view date = response[http::field::date];
        answer.date = parse_http_date(std::string_view{date.data(), date.size()});
        answer.body = std::move(response.body());
        co_return answer;
    }

    bool is_usable() const override
    {
        return usable_ && std::chrono::steady_clock::now() - used_at_ < idle_max && stream_.is_idle();
    }

    const Endpoint& endpoint() const override { return endpoint_; }

private:
    static std::string reason(const Deadline& deadline, const error_code& error)
    {
        return deadline.cause() != nullptr ? std::string{deadline.cause()} : error.message();
    }

    Endpoint endpoint_;
    BufferedStream stream_;
    Interrupts& interrupts_;
    beast::flat_buffer buffer_;
    bool usable_ = false;
    std::chrono::steady_clock::time_point used_at_{};
};

}  // namespace

Task<Result<std::unique_ptr<HttpConnection>>> open_http(Endpoint endpoint,
                                                        TlsSettings& tls,
                                                        Interrupts& interrupts,
                                                        std::chrono::milliseconds limit)
{
    auto bytes = co_await open_byte_stream(endpoint, tls, interrupts, limit);
    if (!bytes) co_return std::move(bytes).error();
    co_return std::unique_ptr<HttpConnection>{
        std::make_unique<BeastHttpConnection>(std::move(endpoint), std::move(*bytes), interrupts)};
}

}  // namespace ackd::slack
