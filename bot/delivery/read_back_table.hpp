// Read-backs and their turns, as stored. What somebody said is stored apart from its turn, and only while it
// waits for its judgement.
#pragma once

#include "bot/delivery/read_back.hpp"
#include "storage/connection.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ackd {

class ReadBackTable {
public:
    /// `random` gives evenly distributed bits.
    ReadBackTable(storage::Connection& connection, std::function<std::uint64_t()> random)
        : connection_(connection), random_(std::move(random))
    {}

    [[nodiscard]] std::optional<ReadBack> find(RequestId request) const;
    /// With its turns: new ones get their numbers, and the words of those that are over are deleted.
    void save(ReadBack& read_back);
    /// As if it had not been asked for.
    void remove(RequestId request);
    /// Empty: there is none.
    [[nodiscard]] std::string correction_of(RequestId request) const;
    /// The request of a turn; none: its turn is not known any more.
    [[nodiscard]] RequestId request_of(std::int64_t turn) const;

    [[nodiscard]] std::optional<Instant> earliest_due() const;
    /// What is due at `now`, earliest first.
    [[nodiscard]] std::vector<RequestId> due(Instant now, int count_max) const;
    /// For those whose handler failed.
    void postpone(RequestId request, Instant until);

    /// What an author has asked for after `since`, oldest first.
    [[nodiscard]] std::vector<WantedReadBack> wanted_since(const UserId& author, Instant since) const;
    /// Whether somebody was picked after `since`.
    [[nodiscard]] bool was_picked(const UserId& person, Instant since) const;
    /// Whether a question waits for their line.
    [[nodiscard]] bool is_being_asked(const UserId& person) const;
    /// What is not over that they asked for, or have a turn in.
    [[nodiscard]] std::vector<RequestId> open_with(const UserId& person) const;

    /// What waits for a judgement of theirs.
    [[nodiscard]] std::vector<ReadBackTurn> given_to(const UserId& author) const;

    [[nodiscard]] std::uint64_t random() { return random_(); }

private:
    void save(RequestId request, ReadBackTurn& turn);
    [[nodiscard]] std::vector<ReadBackTurn> turns_of(RequestId request) const;

    storage::Connection& connection_;
    std::function<std::uint64_t()> random_;
};

}  // namespace ackd
