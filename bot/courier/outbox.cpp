#include "bot/courier/outbox.hpp"

namespace ackd {

namespace {

constexpr const char* row_columns_by_id =
    R"(SELECT id, kind, lane, conversation, request_id, payload, created_at_us, not_before_us, attempts,
    in_doubt
    FROM outbox
    WHERE id = $1)";
constexpr const char* head_columns =
    R"(SELECT id, kind, lane, conversation, request_id, payload, created_at_us, not_before_us, attempts,
        in_doubt
        FROM outbox
        WHERE conversation = $1 AND lane = $2 AND state = 1
        ORDER BY not_before_us, id LIMIT 1)";

OutboxRow read_row(const storage::Statement& columns)
{
    OutboxRow row;
    row.id = OutboxId{columns.column_int(0)};
    row.kind = static_cast<OutboxKind>(columns.column_int(1));
    row.lane = static_cast<OutboxLane>(columns.column_int(2));
    row.conversation = columns.column_string(3);
    row.request = RequestId{columns.column_int(4)};
    row.payload = columns.column_string(5);
    row.created_at = from_microseconds(columns.column_int(6));
    row.not_before = from_microseconds(columns.column_int(7));
    row.attempts = static_cast<int>(columns.column_int(8));
    row.in_doubt = columns.column_int(9) != 0;
    return row;
}

/// What it does, for rows of which one is enough (see outbox.hpp); empty for all others.
std::string same_thing(const OutboxRow& row)
{
    switch (row.kind) {
        case OutboxKind::card: return "card:" + std::to_string(row.request.value);
        case OutboxKind::refresh: return "refresh:" + row.payload;
        case OutboxKind::alert_message: return "alerts:" + row.payload;
        case OutboxKind::capacity: return "capacity:" + row.payload;
        case OutboxKind::resync: return "resync:" + row.payload;
        case OutboxKind::divergence: return "divergence:" + row.payload;
        case OutboxKind::retro: return "retro:" + row.payload;
        case OutboxKind::drift: return "drift:" + row.payload;
        case OutboxKind::outside:
            return row.request.exists() ? row.payload + std::to_string(row.request.value) : "";
        case OutboxKind::on_call_topic:
        case OutboxKind::on_call_group: return row.conversation + " " + row.payload;
        case OutboxKind::read_history:
        case OutboxKind::home: return row.conversation;
        default: return "";
    }
}

}  // namespace

std::string conversation_of(const UserId& person)
{
    return "@" + person.value;
}

std::string conversation_of(const ChannelId& channel)
{
    return channel.value;
}

std::string conversation_of_destination(const std::string& name)
{
    return "!" + name;
}

std::string conversation_of_place(const std::string& place)
{
    return "place:" + place;
}

std::string screen_of(const UserId& person)
{
    return "screen:" + person.value;
}

UserId person_of(const std::string& conversation)
{
    return conversation.starts_with('@') ? UserId{conversation.substr(1)} : UserId{};
}

void Outbox::add(const OutboxRow& row)
{
    storage::Statement insert = connection_.prepare(
        R"(INSERT INTO outbox (conversation, lane, kind, request_id, payload, created_at_us, not_before_us,
                same_thing)
            VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''))
            ON CONFLICT DO NOTHING)");
    insert
        .bind_all(row.conversation,
                  static_cast<int>(row.lane),
                  static_cast<int>(row.kind),
                  row.request.value,
                  row.payload,
                  to_microseconds(row.created_at),
                  to_microseconds(row.not_before),
                  same_thing(row))
        .run();
    if (connection_.changed_rows() == 0) return;
    const OutboxId id{connection_.last_insert_id()};
    for (const OutboxItem& item : row.items) {
        connection_
            .prepare(
                "INSERT INTO outbox_items (outbox_id, obligation_id, step, attempt) VALUES ($1, $2, $3, $4)")
            .bind_all(id.value, item.obligation.value, item.step, item.attempt)
            .run();
    }
    if (listener_) listener_(row.lane, row.conversation, id, row.not_before);
}

void Outbox::drop_like(const OutboxRow& row)
{
    connection_.prepare("DELETE FROM outbox WHERE state = 1 AND same_thing = $1")
        .bind_all(same_thing(row))
        .run();
}

std::vector<OutboxItem> Outbox::items_of(OutboxId id) const
{
    std::vector<OutboxItem> items;
    storage::Statement rows = connection_.prepare(
        "SELECT obligation_id, step, attempt FROM outbox_items WHERE outbox_id = $1 ORDER BY obligation_id");
    rows.bind(1, id.value);
    while (rows.step()) {
        items.push_back(OutboxItem{ObligationId{rows.column_int(0)},
                                   static_cast<int>(rows.column_int(1)),
                                   static_cast<int>(rows.column_int(2))});
    }
    return items;
}

std::optional<OutboxRow> Outbox::find(OutboxId id) const
{
    storage::Statement columns = connection_.prepare(row_columns_by_id);
    columns.bind(1, id.value);
    if (!columns.step()) return std::nullopt;
    OutboxRow row = read_row(columns);
    row.items = items_of(row.id);
    return row;
}

std::optional<OutboxRow> Outbox::head_of(OutboxLane lane, const std::string& conversation) const
{
    storage::Statement columns = connection_.prepare(head_columns);
    columns.bind_all(conversation, static_cast<int>(lane));
    if (!columns.step()) return std::nullopt;
    OutboxRow row = read_row(columns);
    row.items = items_of(row.id);
    return row;
}

void Outbox::mark_leased(OutboxId id)
{
    connection_.prepare("UPDATE outbox SET state = 2, attempts = attempts + 1 WHERE id = $1")
        .bind(1, id.value)
        .run();
}

void Outbox::mark_waiting(const OutboxRow& row, Instant not_before, bool in_doubt)
{
    connection_.prepare("DELETE FROM outbox WHERE state = 1 AND same_thing = $1 AND id != $2")
        .bind_all(same_thing(row), row.id.value)
        .run();
    connection_.prepare("UPDATE outbox SET state = 1, not_before_us = ?2, in_doubt = ?3 WHERE id = ?1")
        .bind_all(row.id.value, to_microseconds(not_before), in_doubt ? 1 : 0)
        .run();
}

void Outbox::look_again(const std::string& conversation, Instant now)
{
    storage::Statement rows = connection_.prepare(
        R"(UPDATE outbox SET not_before_us = $1 WHERE conversation = $2 AND state = 1 AND not_before_us > $1
            RETURNING id)");
    rows.bind_all(to_microseconds(now), conversation);
    bool is_any = false;
    while (rows.step()) is_any = true;
    if (is_any) moved();
}

void Outbox::remove(OutboxId id)
{
    connection_.prepare("DELETE FROM outbox WHERE id = $1").bind(1, id.value).run();
}

void Outbox::remove_waiting(OutboxKind kind)
{
    connection_.prepare("DELETE FROM outbox WHERE state = 1 AND kind = $1")
        .bind(1, static_cast<int>(kind))
        .run();
}

void Outbox::put_leased_in_doubt()
{
    connection_
        .prepare(R"(DELETE FROM outbox WHERE state = 1
            AND same_thing IN (SELECT same_thing FROM outbox WHERE state = 2 AND same_thing IS NOT NULL))")
        .run();
    connection_.prepare("UPDATE outbox SET state = 1, in_doubt = 1 WHERE state = 2").run();
}

void Outbox::for_each_waiting_head(
    const std::function<void(OutboxLane, const std::string&, OutboxId, Instant)>& visit) const
{
    storage::Statement rows = connection_.prepare(R"(SELECT lane, conversation, id, min(not_before_us)
        FROM outbox
        WHERE state = 1 GROUP BY conversation, lane)");
    while (rows.step()) {
        visit(static_cast<OutboxLane>(rows.column_int(0)),
              rows.column_string(1),
              OutboxId{rows.column_int(2)},
              from_microseconds(rows.column_int(3)));
    }
}

bool Outbox::may_have_posted(const std::string& conversation) const
{
    storage::Statement row = connection_.prepare(R"(SELECT 1
        FROM outbox
        WHERE conversation = $1 AND kind IN (1, 2, 3, 4) AND (state = 2 OR in_doubt = 1) LIMIT 1)");
    row.bind(1, conversation);
    return row.step();
}

std::int64_t Outbox::count() const
{
    storage::Statement row = connection_.prepare("SELECT count(*) FROM outbox");
    row.step();
    return row.column_int(0);
}

}  // namespace ackd
