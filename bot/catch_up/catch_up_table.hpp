// How far the catch-up has come: durable, so that it goes on behind the outbox rows that are committed,
// whatever becomes of a transaction.
#pragma once

#include "bot/input.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <string>

namespace ackd {

/// Stored: do not renumber.
enum class CatchUpStage {
    none = 0,           ///< no catch-up runs
    conversations = 1,  ///< conversations are being listed, by their ids
    threads = 2,        ///< then threads, the newest first
    last_reads = 3,     ///< all is listed, what is left is being read
};

struct CatchUpStand {
    CatchUpStage stage = CatchUpStage::none;
    /// What was listed last: a conversation, or a thread (the stamp of its first message) and its channel.
    ChannelId listed_channel;
    std::string listed_thread;
    GapReason reason = GapReason::started;
    Instant began_at{};
    int pages = 0;
    int recovered = 0;  ///< messages, edits, deletions and reactions that we had not been told of
    /// Every open thread has been read up to then; the epoch: no catch-up has ended yet.
    Instant threads_read_up_to{};

    void list_from_the_top()
    {
        stage = CatchUpStage::conversations;
        listed_channel = ChannelId{};
        listed_thread.clear();
    }
};

class CatchUpTable {
public:
    explicit CatchUpTable(storage::Connection& connection) : connection_(connection) {}

    [[nodiscard]] CatchUpStand load() const;
    void save(const CatchUpStand& stand);

private:
    storage::Connection& connection_;
};

}  // namespace ackd
