// What comes over a connection in pieces of any size is read in pieces of any size, and stays the same; what
// is written arrives whole. A byte each: how much comes at once, how much is read at once, whether it is held
// back.
#include "adapters/slack/buffered_stream.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <algorithm>
#include <array>
#include <string>

using namespace ackd;
using namespace ackd::slack;

namespace {

/// Gives what it has in pieces, then the end of the connection; takes what is written in pieces.
class Pieces final : public ByteStream {
public:
    Pieces(IoExecutor executor, std::string_view incoming, std::size_t piece, std::string& written)
        : executor_(executor), incoming_(incoming), piece_(piece), written_(written)
    {}

    void read_some(asio::mutable_buffer room, Handler handler) override
    {
        const std::size_t count = closed_ ? 0 : std::min({room.size(), piece_, incoming_.size()});
        asio::buffer_copy(room, asio::buffer(incoming_), count);
        incoming_.remove_prefix(count);
        const error_code error = count == 0 ? error_code{asio::error::eof} : error_code{};
        asio::post(executor_, asio::append(std::move(handler), error, count));
    }
    void write_some(asio::const_buffer bytes, Handler handler) override
    {
        const std::size_t count = std::min(bytes.size(), piece_);
        written_.append(static_cast<const char*>(bytes.data()), count);
        asio::post(executor_, asio::append(std::move(handler), error_code{}, count));
    }
    void close() override { closed_ = true; }
    bool is_idle() override { return incoming_.empty() && !closed_; }
    std::optional<TlsFacts> tls() override { return std::nullopt; }
    IoExecutor executor() override { return executor_; }

private:
    IoExecutor executor_;
    std::string_view incoming_;
    std::size_t piece_;
    std::string& written_;
    bool closed_ = false;
};

/// Reads to the end, and writes back whatever it reads.
class Echo {
public:
    Echo(BufferedStream stream, std::size_t at_once) : stream_(std::move(stream)), at_once_(at_once) {}

    void read()
    {
        stream_.async_read_some(asio::buffer(room_.data(), at_once_),
                                [this](error_code error, std::size_t count) { on_read(error, count); });
    }
    void resume() { stream_.resume(); }

    std::string heard;
    bool ended = false;

private:
    void on_read(error_code error, std::size_t count)
    {
        heard.append(room_.data(), count);
        error_code failed;
        stream_.write_some(asio::buffer(room_.data(), count), failed);
        ended = static_cast<bool>(error);
        if (!ended) read();
    }

    BufferedStream stream_;
    std::array<char, 256> room_{};
    std::size_t at_once_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Choices choices{fuzz::text_of(data, size)};
    const std::size_t piece = 1U + choices.byte();
    const std::size_t at_once = 1U + choices.byte() % 255U;
    const unsigned hold_every = choices.byte() % 4U;  // 0: never
    const std::string_view incoming = choices.rest();

    asio::io_context io{1};
    std::string written;
    BufferedStream stream{std::make_unique<Pieces>(io.get_executor(), incoming, piece, written)};
    unsigned drained = 0;
    stream.on_drained([&] {
        ++drained;
        return hold_every != 0 && drained % hold_every == 0 ? Reading::hold : Reading::go_on;
    });
    Echo echo{std::move(stream), at_once};
    echo.read();
    while (!echo.ended) {
        io.restart();
        io.run();
        echo.resume();
    }
    io.restart();
    io.run();
    fuzz::expect(echo.heard == incoming, "what comes is read");
    fuzz::expect(written == incoming, "what is written leaves");
    return 0;
}
