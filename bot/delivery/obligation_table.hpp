// Requests, obligations and what belongs to them, as stored. Saving an obligation also moves its deadline:
// the narrow table of what is due when is never written from anywhere else.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// How a request stands, counted over its obligations.
struct Tally {
    int live = 0;      ///< open, received or escalated
    int waiting = 0;   ///< open or escalated
    int received = 0;  ///< received or integrated
    int integrated = 0;
};

/// As what is called in when a step names a destination: calls are kept by conversation.
[[nodiscard]] ChannelId call_of_destination(const std::string& name);

class ObligationTable {
public:
    explicit ObligationTable(storage::Connection& connection) : connection_(connection) {}

    // Requests

    [[nodiscard]] RequestId insert(const Request& request);
    void save(const Request& request);
    [[nodiscard]] std::optional<Request> find(RequestId id) const;
    /// The newest request about this message, or whose card it is.
    [[nodiscard]] std::optional<Request> find_by_message(const MessageRef& message) const;
    /// Requests whose subject, card or thread is the thread that starts with this message.
    [[nodiscard]] std::vector<Request> find_by_thread(const ChannelId& channel,
                                                      const std::string& thread) const;
    /// Newest first, at most `count_max`.
    [[nodiscard]] std::vector<Request> open_by_creditor(const UserId& creditor, int count_max) const;
    /// When the first decision on how to announce one is no longer waited for.
    [[nodiscard]] std::optional<Instant> earliest_undecided() const;
    [[nodiscard]] std::vector<Request> undecided_before(Instant now, int count_max) const;
    /// For those whose handler failed.
    void postpone_undecided(Instant now, Instant until);
    /// What was raised on the same route before it.
    [[nodiscard]] std::optional<Request> last_raised(const Request& request) const;
    [[nodiscard]] std::vector<Request> open_in_channel(const ChannelId& channel) const;
    [[nodiscard]] Tally tally(RequestId id) const;

    // Obligations

    /// Gives it an id.
    void insert(Obligation& obligation);
    /// `before` is what find returned: its deadline is replaced.
    void save(const Obligation& before, const Obligation& after);
    [[nodiscard]] std::optional<Obligation> find(ObligationId id) const;
    [[nodiscard]] std::vector<Obligation> of_request(RequestId id) const;
    /// The obligations of this debtor within the request, newest first.
    [[nodiscard]] std::vector<Obligation> of_debtor(RequestId id, const UserId& debtor) const;
    /// What this person owes or has and has not done, oldest first, at most `count_max`. Not what was
    /// received where no more than that was asked.
    [[nodiscard]] std::vector<Obligation> waiting_for(const UserId& person, int count_max) const;

    // Deadlines

    [[nodiscard]] std::optional<Instant> earliest_deadline() const;
    /// What is due at `now`, earliest first.
    [[nodiscard]] std::vector<ObligationId> due(Instant now, int count_max) const;

    /// Moves a deadline and nothing else: for an obligation whose handler failed.
    void postpone(ObligationId id, Instant until);

    // Calls: who was asked as well when it was escalated

    void add_call(ObligationId id, int step, const UserId& person);
    void add_call(ObligationId id, int step, const ChannelId& channel);
    [[nodiscard]] std::vector<UserId> called_people(ObligationId id) const;
    /// Those called in at this step who have not declined.
    [[nodiscard]] std::vector<UserId> called_on_step(ObligationId id, int step) const;
    /// Called in, and has not declined.
    [[nodiscard]] bool is_called(ObligationId id, const UserId& person) const;
    [[nodiscard]] bool has_declined_call(ObligationId id, const UserId& person) const;
    void decline_calls(ObligationId id, const UserId& person);
    /// A channel that did not take the call counts as one that declined it.
    [[nodiscard]] bool has_declined_call(ObligationId id, const ChannelId& channel) const;
    void decline_calls(ObligationId id, const ChannelId& channel);
    /// The destinations that were called in for the request, and took it.
    [[nodiscard]] std::vector<std::string> called_destinations(RequestId id) const;
    /// The calls of one obligation stand for another one as well, but for those of these people.
    void copy_calls(ObligationId from, ObligationId to, const std::vector<UserId>& but_of = {});

    // Covers and dead letters

    /// False: offered before.
    bool add_cover(RequestId id, const UserId& person, Instant at);
    [[nodiscard]] std::vector<UserId> covers(RequestId id) const;

    void add_dead_letter(const Obligation& obligation, const UserId& owner, Instant at);
    /// False: there is none, or it was answered before.
    bool answer_dead_letter(ObligationId id, Instant at);
    [[nodiscard]] std::optional<UserId> dead_letter_owner(ObligationId id) const;

private:
    std::vector<Obligation> read_all(storage::Statement& rows) const;

    storage::Connection& connection_;
};

}  // namespace ackd
