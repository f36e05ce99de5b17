// What somebody waits for, as the tables of requests and questions have it, counted where a count is enough.
// Each statement goes by an index that holds only what is open, or what ended lately.
#pragma once

#include "bot/delivery/priority_policy.hpp"
#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <string>
#include <vector>

namespace ackd {

/// What one person asked of another and that is open.
struct OpenAsks {
    UserId debtor;
    int count = 0;
    Instant oldest{};
};

/// A request that wants no more than "Got it", without a clause that makes an answer of silence.
struct Announced {
    RequestId id;
    UserId creditor;
    Priority priority = Priority::fyi;
    Instant asked_at{};
    MessageRef subject;
    std::string text;
};

/// Somebody whom an announcement was made to, and of whom an ack could come.
struct AnnouncedTo {
    UserId person;
    /// Neither has it nor said no, whether they can still say so or not.
    bool is_without_ack = false;
};

/// Questions that one person asked in one channel, of those who were asked first about them.
struct OpenQuestions {
    ChannelId channel;
    UserId asker;
    /// Empty: nobody was asked.
    UserId first_asked;
    int count = 0;
    /// Since when it waits, and where it is.
    Instant oldest_since{};
    MessageRef oldest;
};

class OpenBetweenTable {
public:
    explicit OpenBetweenTable(storage::Connection& connection) : connection_(connection) {}

    /// Made by then: neither announcements, nor questions of watched channels, nor what was raised.
    [[nodiscard]] std::vector<OpenAsks> asks_of(const UserId& creditor, Instant asked_before) const;

    /// Made by then, not over, and without an ack of somebody; the newest so many.
    [[nodiscard]] std::vector<Announced> open_announcements_of(const UserId& creditor,
                                                               Instant asked_before,
                                                               std::size_t count_max) const;
    /// That were over at some time after `since` without an ack of somebody, whoever made them; the last so
    /// many.
    [[nodiscard]] std::vector<Announced> ended_announcements(Instant since, std::size_t count_max) const;
    /// Each once, as they stand with it now.
    [[nodiscard]] std::vector<AnnouncedTo> announced_to(RequestId id) const;

    /// Of the channel: that were looked at and found to be without an answer, and wait since then or longer.
    [[nodiscard]] std::vector<OpenQuestions> unanswered_questions(const ChannelId& channel,
                                                                  Instant waiting_before) const;
    /// Of all channels: that ended after `since` without an answer.
    [[nodiscard]] std::vector<OpenQuestions> given_up_questions(Instant since) const;

private:
    storage::Connection& connection_;
};

}  // namespace ackd
