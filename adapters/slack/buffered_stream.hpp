// A buffer below Beast. Beast reads a few hundred bytes at a time and writes each frame by itself; on a
// socket each of these is a system call. Here one large read serves many small ones, and all that is written
// within one turn of the event loop leaves in one write.
//
// Models Beast's AsyncStream for reading, the handshake and control frames, and its SyncWriteStream: writing
// never blocks, it only appends. The handle may be destroyed while operations are under way.
#pragma once

#include "adapters/slack/byte_stream.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ackd::slack {

class BufferedStream {
public:
    using executor_type = IoExecutor;

    explicit BufferedStream(std::unique_ptr<ByteStream> bytes);

    [[nodiscard]] executor_type get_executor() const noexcept;

    /// Called whenever everything that was received has been read, before more is read from the connection.
    /// `hold` puts that off until `resume`.
    void on_drained(std::function<Reading()> listener);
    void resume();

    /// Ends the connection at once.
    void close();
    [[nodiscard]] bool is_idle() const;

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token)
    {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [](auto handler, std::shared_ptr<State> state, asio::mutable_buffer room) {
                const std::size_t ready = take(*state, room);
                if (ready > 0 || room.size() == 0) {
                    asio::post(executor_of(*state), asio::append(std::move(handler), error_code{}, ready));
                } else {
                    wait_for_bytes(state, room, ByteStream::Handler{std::move(handler)});
                }
            },
            token,
            state_,
            first_of(buffers));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token)
    {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [](auto handler, std::shared_ptr<State> state, std::pair<error_code, std::size_t> written) {
                asio::post(executor_of(*state),
                           asio::append(std::move(handler), written.first, written.second));
            },
            token,
            state_,
            append(buffers));
    }

    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, error_code& error)
    {
        const auto written = append(buffers);
        error = written.first;
        return written.second;
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers)
    {
        return append(buffers).second;
    }

    /// Only what is here already; Beast asks for the presence of these, we never call them.
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, error_code& error)
    {
        const std::size_t ready = take(*state_, first_of(buffers));
        error = ready == 0 ? error_code{asio::error::would_block} : error_code{};
        return ready;
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers)
    {
        return take(*state_, first_of(buffers));
    }

private:
    struct State;

    template <class Buffers>
    static asio::mutable_buffer first_of(const Buffers& buffers)
    {
        for (auto it = asio::buffer_sequence_begin(buffers); it != asio::buffer_sequence_end(buffers); ++it) {
            const asio::mutable_buffer one{*it};
            if (one.size() > 0) return one;
        }
        return {};
    }

    template <class Buffers>
    std::pair<error_code, std::size_t> append(const Buffers& buffers)
    {
        std::size_t written = 0;
        for (auto it = asio::buffer_sequence_begin(buffers); it != asio::buffer_sequence_end(buffers); ++it) {
            const asio::const_buffer one{*it};
            if (const error_code error = append_bytes(one)) return {error, written};
            written += one.size();
        }
        return {error_code{}, written};
    }

    static IoExecutor executor_of(State& state);
    static std::size_t take(State& state, asio::mutable_buffer room);
    static void wait_for_bytes(const std::shared_ptr<State>& state,
                               asio::mutable_buffer room,
                               ByteStream::Handler handler);
    static void read_more(const std::shared_ptr<State>& state);
    static void schedule_flush(const std::shared_ptr<State>& state);
    static void write_more(const std::shared_ptr<State>& state);
    error_code append_bytes(asio::const_buffer bytes);

    std::shared_ptr<State> state_;
};

// How Beast ends a WebSocket's connection: whoever owns it closes it, after what was written has left.
void teardown(boost::beast::role_type role, BufferedStream& stream, error_code& error);
void beast_close_socket(BufferedStream& stream);

template <class Handler>
void async_teardown(boost::beast::role_type, BufferedStream& stream, Handler&& handler)
{
    asio::post(stream.get_executor(), asio::append(std::forward<Handler>(handler), error_code{}));
}

}  // namespace ackd::slack
