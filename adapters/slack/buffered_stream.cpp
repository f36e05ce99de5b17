#include "adapters/slack/buffered_stream.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace ackd::slack {
namespace {

constexpr std::size_t read_size = 64 * 1024;
/// A peer that reads nothing while it makes us write this much is as good as gone.
constexpr std::size_t unsent_max = 32 * 1024 * 1024;
/// Memory beyond this is given back once it was needed.
constexpr std::size_t kept_size_max = 256 * 1024;

}  // namespace

struct BufferedStream::State {
    explicit State(std::unique_ptr<ByteStream> stream) : bytes(std::move(stream)) {}

    struct WaitingRead {
        WaitingRead(asio::mutable_buffer buffer, ByteStream::Handler completion)
            : room(buffer), handler(std::move(completion))
        {}
        asio::mutable_buffer room;
        ByteStream::Handler handler;
    };

    std::unique_ptr<ByteStream> bytes;
    std::function<Reading()> drained;

    std::vector<char> received;  ///< allocated at the first read
    std::size_t received_begin = 0;
    std::size_t received_end = 0;
    std::optional<WaitingRead> waiting;
    bool held = false;

    std::string unsent;
    std::string sending;
    std::size_t sent = 0;  ///< of `sending`
    bool flush_scheduled = false;
    bool write_under_way = false;
    error_code write_error;
};

BufferedStream::BufferedStream(std::unique_ptr<ByteStream> bytes)
    : state_(std::make_shared<State>(std::move(bytes)))
{}

BufferedStream::executor_type BufferedStream::get_executor() const noexcept
{
    return state_->bytes->executor();
}

IoExecutor BufferedStream::executor_of(State& state)
{
    return state.bytes->executor();
}

void BufferedStream::on_drained(std::function<Reading()> listener)
{
    state_->drained = std::move(listener);
}

void BufferedStream::resume()
{
    if (!std::exchange(state_->held, false)) return;
    read_more(state_);
}

void BufferedStream::close()
{
    state_->bytes->close();
    if (!state_->write_error) state_->write_error = asio::error::operation_aborted;
    resume();  // a read that was held back fails like one that was under way
}

bool BufferedStream::is_idle() const
{
    return state_->received_begin == state_->received_end && !state_->write_error && state_->bytes->is_idle();
}

std::size_t BufferedStream::take(State& state, asio::mutable_buffer room)
{
    const std::size_t count = std::min(room.size(), state.received_end - state.received_begin);
    if (count == 0) return 0;
    std::memcpy(room.data(), state.received.data() + state.received_begin, count);
    state.received_begin += count;
    return count;
}

void BufferedStream::wait_for_bytes(const std::shared_ptr<State>& state,
                                    asio::mutable_buffer room,
                                    ByteStream::Handler handler)
{
    state->waiting.emplace(room, std::move(handler));
    if (state->drained && state->drained() == Reading::hold) {
        state->held = true;
        return;
    }
    read_more(state);
}

void BufferedStream::read_more(const std::shared_ptr<State>& state)
{
    if (state->received.empty()) state->received.resize(read_size);
    state->bytes->read_some(asio::buffer(state->received), [state](error_code error, std::size_t count) {
        state->received_begin = 0;
        state->received_end = count;
        State::WaitingRead waiting = std::move(*state->waiting);
        state->waiting.reset();
        const std::size_t taken = take(*state, waiting.room);
        std::move(waiting.handler)(error, taken);
    });
}

error_code BufferedStream::append_bytes(asio::const_buffer bytes)
{
    if (state_->write_error) return state_->write_error;
    if (state_->unsent.size() + bytes.size() > unsent_max) {
        close();
        return asio::error::no_buffer_space;
    }
    state_->unsent.append(static_cast<const char*>(bytes.data()), bytes.size());
    schedule_flush(state_);
    return {};
}

/// Behind everything that is ready to run now, so that all it writes is in the same write.
void BufferedStream::schedule_flush(const std::shared_ptr<State>& state)
{
    if (state->flush_scheduled || state->write_under_way) return;
    state->flush_scheduled = true;
    asio::post(executor_of(*state), [state] {
        state->flush_scheduled = false;
        write_more(state);
    });
}

void BufferedStream::write_more(const std::shared_ptr<State>& state)
{
    if (state->write_error) return;
    if (state->sent == state->sending.size()) {
        state->sending.clear();
        state->sent = 0;
        if (state->sending.capacity() > kept_size_max) state->sending.shrink_to_fit();
        std::swap(state->sending, state->unsent);
    }
    if (state->sending.empty()) return;
    state->write_under_way = true;
    const auto rest = asio::buffer(state->sending) + state->sent;
    state->bytes->write_some(rest, [state](error_code error, std::size_t count) {
        state->write_under_way = false;
        state->sent += count;
        if (error) {
            state->write_error = error;
            state->bytes->close();
            return;
        }
        write_more(state);
    });
}

void teardown(boost::beast::role_type, BufferedStream& stream, error_code& error)
{
    stream.close();
    error = {};
}

void beast_close_socket(BufferedStream& stream)
{
    stream.close();
}

}  // namespace ackd::slack
