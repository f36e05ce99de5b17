// A courier with an outbox of its own, and nobody at the other end: tests lease and settle by hand.
//
// The rows are messages to askers, whose text is their payload: they need nothing else from the database.
#pragma once

#include "bot/courier/courier.hpp"
#include "bot/notice_json.hpp"
#include "storage/migrations.hpp"
#include "tests/unit/test_time.hpp"

#include <map>
#include <string>

namespace ackd {

class CourierBench {
public:
    CourierBench()
        : connection(":memory:", storage::OpenMode::create),
          ready_(migrated(connection)),
          state(connection, "Etc/UTC", 1),
          courier(outbox, 1),
          context(state.at(start, settings))
    {}

    void add(const std::string& conversation,
             const std::string& text,
             Instant not_before = utc("2026-03-02 10:00"),
             OutboxLane lane = OutboxLane::ordinary,
             OutboxKind kind = OutboxKind::for_asker)
    {
        OutboxRow row;
        row.kind = kind;
        row.lane = lane;
        row.conversation = conversation;
        Notice notice;
        notice.summary = text;
        row.payload = kind == OutboxKind::for_asker ? to_text(notice) : text;
        row.created_at = context.now;
        row.not_before = not_before;
        outbox.add(row);
        ids_[text] = OutboxId{connection.last_insert_id()};
        texts_[ids_[text]] = text;
    }

    /// The texts of what may go now, in order, joined with ", ".
    std::string lease(std::size_t count_max = 64)
    {
        std::string list;
        last.clear();
        courier.lease(context, count_max, last);
        for (const Delivery& delivery : last) list += (list.empty() ? "" : ", ") + texts_[delivery.id];
        return list;
    }
    void settle(const std::string& text, EffectOutcome outcome)
    {
        courier.settle(context, EffectSettled{ids_[text], std::move(outcome)});
    }
    void settle_first(EffectOutcome outcome)
    {
        courier.settle(context, EffectSettled{texts_.begin()->first, std::move(outcome)});
    }
    [[nodiscard]] OutboxRow row(const std::string& text) const { return outbox.find(ids_.at(text)).value(); }
    [[nodiscard]] bool is_gone(const std::string& text) const
    {
        return !outbox.find(ids_.at(text)).has_value();
    }
    void advance(Duration duration) { context.now += duration; }

    const Instant start = utc("2026-03-02 10:00");
    storage::Connection connection;

private:
    static bool migrated(storage::Connection& fresh)
    {
        storage::migrate(fresh);
        return true;
    }
    bool ready_;
    std::map<std::string, OutboxId> ids_;
    std::map<OutboxId, std::string> texts_;

public:
    Settings settings;
    HandlerState state;
    Outbox& outbox = state.outbox;
    Courier courier;
    HandlerContext context;
    std::vector<Delivery> last;
};

}  // namespace ackd
