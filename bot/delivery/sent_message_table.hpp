// The messages about obligations that people have in front of them, and that are drawn again when something
// changes.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <vector>

namespace ackd {

/// A message about one or several obligations that somebody has in front of them.
struct SentMessage {
    std::int64_t id = 0;
    MessageRef message;
    UserId person;  ///< empty for a channel post
    int kind = 0;   ///< OutboxKind
    Instant sent_at{};
    std::vector<ObligationId> obligations;
    /// Of a digest, what it tells besides: a JSON list, see digest_handlers.cpp.
    std::string news = "[]";
};

class SentMessageTable {
public:
    explicit SentMessageTable(storage::Connection& connection) : connection_(connection) {}

    void add(const SentMessage& sent);
    [[nodiscard]] std::optional<SentMessage> find(std::int64_t id) const;
    [[nodiscard]] std::optional<SentMessage> find(const MessageRef& message) const;
    [[nodiscard]] std::vector<SentMessage> about(ObligationId id) const;
    void forget(std::int64_t id);
    /// Messages of this kind about one obligation are about another one from now on, but for those that these
    /// people have.
    void move(ObligationId from, ObligationId to, int kind, const std::vector<UserId>& but_of = {});

private:
    std::optional<SentMessage> read(storage::Statement& row) const;

    storage::Connection& connection_;
};

}  // namespace ackd
