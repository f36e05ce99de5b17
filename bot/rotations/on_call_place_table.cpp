#include "bot/rotations/on_call_place_table.hpp"

namespace ackd {

std::vector<KnownPlace> OnCallPlaceTable::all() const
{
    std::vector<KnownPlace> places;
    storage::Statement rows = connection_.prepare(
        "SELECT rotation, kind, place, is_refused FROM on_call_places ORDER BY rotation, kind, place");
    while (rows.step()) {
        KnownPlace& known = places.emplace_back();
        known.place.rotation = rows.column_string(0);
        known.place.kind = static_cast<OnCallPlaceKind>(rows.column_int(1));
        known.place.id = rows.column_string(2);
        known.is_refused = rows.column_int(3) != 0;
    }
    return places;
}

void OnCallPlaceTable::add(const OnCallPlace& place) const
{
    connection_
        .prepare(R"(INSERT INTO on_call_places (rotation, kind, place) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING)")
        .bind_all(place.rotation, static_cast<int>(place.kind), place.id)
        .run();
}

void OnCallPlaceTable::remove(const OnCallPlace& place) const
{
    connection_.prepare("DELETE FROM on_call_places WHERE rotation = $1 AND kind = $2 AND place = $3")
        .bind_all(place.rotation, static_cast<int>(place.kind), place.id)
        .run();
}

bool OnCallPlaceTable::set_refused(const OnCallPlace& place, bool is_refused) const
{
    connection_
        .prepare(R"(UPDATE on_call_places SET is_refused = $1
            WHERE rotation = $2 AND kind = $3 AND place = $4 AND is_refused != $1)")
        .bind_all(is_refused ? 1 : 0, place.rotation, static_cast<int>(place.kind), place.id)
        .run();
    return connection_.changed_rows() > 0;
}

}  // namespace ackd
