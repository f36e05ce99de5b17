#include "bot/catch_up/catch_up_table.hpp"

namespace ackd {

CatchUpStand CatchUpTable::load() const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT stage, listed_channel, listed_thread, reason, began_at_us, pages, recovered,
            threads_read_up_to_us
            FROM catch_up)");
    CatchUpStand stand;
    if (!row.step()) return stand;
    stand.stage = static_cast<CatchUpStage>(row.column_int(0));
    stand.listed_channel = ChannelId{row.column_string(1)};
    stand.listed_thread = row.column_string(2);
    stand.reason = static_cast<GapReason>(row.column_int(3));
    stand.began_at = from_microseconds(row.column_int(4));
    stand.pages = static_cast<int>(row.column_int(5));
    stand.recovered = static_cast<int>(row.column_int(6));
    stand.threads_read_up_to = from_microseconds(row.column_int(7));
    return stand;
}

void CatchUpTable::save(const CatchUpStand& stand)
{
    connection_
        .prepare(R"(UPDATE catch_up
            SET stage = $1, listed_channel = $2, listed_thread = $3, reason = $4, began_at_us = $5, pages = $6,
            recovered = $7, threads_read_up_to_us = $8)")
        .bind_all(static_cast<int>(stand.stage),
                  stand.listed_channel.value,
                  stand.listed_thread,
                  static_cast<int>(stand.reason),
                  to_microseconds(stand.began_at),
                  stand.pages,
                  stand.recovered,
                  to_microseconds(stand.threads_read_up_to))
        .run();
}

}  // namespace ackd
