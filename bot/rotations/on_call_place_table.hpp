// Which places show who is on call, as stored.
#pragma once

#include "bot/rotations/on_call_place.hpp"
#include "storage/connection.hpp"

#include <vector>

namespace ackd {

struct KnownPlace {
    OnCallPlace place;
    /// The chat did not take it the last time.
    bool is_refused = false;
};

class OnCallPlaceTable {
public:
    explicit OnCallPlaceTable(storage::Connection& connection) : connection_(connection) {}

    [[nodiscard]] std::vector<KnownPlace> all() const;
    void add(const OnCallPlace& place) const;
    void remove(const OnCallPlace& place) const;
    /// False: it was so before, or there is no such place.
    bool set_refused(const OnCallPlace& place, bool is_refused) const;

private:
    storage::Connection& connection_;
};

}  // namespace ackd
