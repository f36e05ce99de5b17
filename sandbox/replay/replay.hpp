// Replaying a recorded conversation at the app: real traffic at a chosen rate, with requests for
// acknowledgement sprinkled in by a seed, and a verdict at the end.
//
// Half of the requests are made by the author reacting with the envelope emoji to a message of theirs that
// mentions somebody, the other half by a command. Later a share of the people asked acknowledge: with a check
// mark, with eyes, or by pressing the button. The run has passed when the app confirmed every event exactly
// once, made one card a request, and posted nothing else.
#pragma once

#include "chat_logs/chat_log.hpp"
#include "sandbox/model/json.hpp"
#include "sandbox/model/seeded_random.hpp"
#include "sandbox/sandbox_core.hpp"

#include <map>
#include <string>
#include <vector>

namespace sandbox {

struct ReplayOptions {
    double messages_per_second = 1000;
    std::size_t requests = 0;
    std::uint64_t seed = 1;
    std::chrono::seconds give_up_after{300};  ///< after the last message was posted
    double share_that_acks = 0.6;
};

struct ReplayReport {
    std::size_t messages_posted = 0;
    double seconds_posting = 0;
    double seconds_in_all = 0;  ///< from the first message until nothing was left to wait for
    std::uint64_t events_created = 0;
    std::uint64_t events_confirmed = 0;
    std::uint64_t confirmations_too_many = 0;
    std::uint64_t events_unconfirmed = 0;
    std::uint64_t events_dropped = 0;
    std::uint64_t events_redelivered = 0;
    std::size_t requests_by_reaction = 0;
    std::size_t requests_by_command = 0;
    std::size_t commands_unanswered = 0;
    std::size_t acks_by_reaction = 0;
    std::size_t acks_by_button = 0;
    std::size_t acks_impossible = 0;  ///< no card, no button, or the press was not answered
    std::size_t cards = 0;
    std::size_t unexpected = 0;
    std::vector<std::string> unexpected_first;  ///< at most ten: where and what
    std::uint64_t duplicates = 0;
    std::uint64_t rate_limited = 0;
    bool timed_out = false;

    [[nodiscard]] bool passed() const;
    [[nodiscard]] Json to_json() const;
    [[nodiscard]] std::string to_text() const;
};

class Replay {
public:
    /// `finished` is called once, from the agenda.
    Replay(SandboxCore& core, chat_logs::ChatLog log, ReplayOptions options, std::function<void()> finished);

    /// Creates the people and the channel and waits for the app's first socket.
    void start();
    [[nodiscard]] ReplayReport report() const;

private:
    enum class Way { reaction, command };
    struct Request {
        std::size_t after;  ///< made when this message of the log was posted
        Way way;
        UserId asker;
        std::vector<UserId> asked;
        std::string
            token;  ///< by which the card is recognised: part of a permalink, or of the command's text
        Ts source;  ///< the message, when made by reaction
        Ts card;
        bool made = false;
    };
    struct Ack {
        std::size_t request;
        UserId person;
        enum class Kind { check_mark, eyes, button } kind;
        WallInstant due_at;
        int tries = 0;
    };

    void create_people();
    void plan_requests();
    void tick(WallInstant now);
    void post_due(WallInstant now);
    void make_request(std::size_t number, Ts posted, WallInstant now);
    void notice_cards();
    void acknowledge_due(WallInstant now);
    bool acknowledge(const Ack& ack);
    [[nodiscard]] bool is_done(WallInstant now) const;
    [[nodiscard]] std::string wire_text(const std::string& text) const;

    SandboxCore& core_;
    chat_logs::ChatLog log_;
    ReplayOptions options_;
    std::function<void()> finished_;
    SeededRandom random_;
    ChannelId channel_;
    std::map<std::string, UserId> people_;
    std::vector<Request> requests_;
    std::vector<Ack> acks_;
    std::size_t posted_ = 0;
    std::size_t next_request_ = 0;
    std::size_t acks_by_reaction_ = 0;
    std::size_t acks_by_button_ = 0;
    std::size_t acks_impossible_ = 0;
    std::size_t commands_unanswered_ = 0;
    std::size_t answers_awaited_ = 0;
    Ts noticed_;
    WallInstant started_at_;
    WallInstant posted_at_;
    WallInstant ended_at_;
    bool timed_out_ = false;
};

}  // namespace sandbox
