#include "tests/bench/event_stream.hpp"

#include "tests/bench/websocket_wire.hpp"

#include <utility>

namespace ackd::bench {

namespace {

constexpr std::size_t in_flight_max = 65'536;
constexpr std::int64_t first_message_stamp = 50'000'000'000;
/// Neighbouring events go to the same socket, so that each write is long.
constexpr std::int64_t events_per_socket = 64;

std::uint32_t run_number()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    constexpr std::int64_t three_digits = 36 * 36 * 36;
    return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count() %
                                      three_digits);
}

}  // namespace

EventStream::EventStream(SlackServer& server, EventIds ids)
    : server_(server), ids_(ids), run_(run_number()), chatter_(chatter_templates()), sent_at_(in_flight_max)
{
    for (int number = 0; number < 1'000; ++number) people_.push_back(person_id(number));
    for (int number = 0; number < 200; ++number) channels_.push_back(channel_id(number));
}

void EventStream::send_chatter()
{
    const auto number = static_cast<std::size_t>(sent_);
    // Digits by hand: formatting a hundred thousand stamps a second would be felt.
    static thread_local std::string message_stamp = stamp(first_message_stamp);
    constexpr std::int64_t per_second = 1'000'000;
    if (sent_ % per_second == 0) message_stamp = stamp(first_message_stamp + sent_);
    std::size_t rest = number;
    for (std::size_t at = message_stamp.size(); at > message_stamp.size() - 6; rest /= 10) {
        message_stamp[--at] = static_cast<char>('0' + rest % 10);
    }
    send(chatter_[number % chatter_.size()],
         people_[number % people_.size()],
         channels_[number % channels_.size()],
         message_stamp);
}

void EventStream::send(const FrameTemplate& frame,
                       std::string_view person,
                       std::string_view channel,
                       std::string_view stamp)
{
    const auto sequence = static_cast<std::uint32_t>(++sent_);
    const auto socket = static_cast<std::size_t>(sent_ / events_per_socket) % server_.sockets_open();
    std::string& bytes = server_.unsent_of(socket);
    append_frame_header(bytes, FrameKind::text, frame.size());
    frame.append(bytes, FrameFields{sequence, person, channel, stamp}, run_, ids_);
    bytes_sent_ += static_cast<std::int64_t>(frame.size());
    sent_at_[sequence % in_flight_max] = std::chrono::steady_clock::now();
}

void EventStream::take(std::string_view confirmation)
{
    const auto sequence = sequence_in(confirmation);
    const SteadyTime none{};
    if (!sequence || sent_at_[*sequence % in_flight_max] == none) {
        ++unexpected_;
        return;
    }
    last_confirmed_at_ = std::chrono::steady_clock::now();
    times_.add(last_confirmed_at_ - std::exchange(sent_at_[*sequence % in_flight_max], none));
    ++confirmed_count_;
    if (confirmed_) confirmed_(confirmation);
}

}  // namespace ackd::bench
