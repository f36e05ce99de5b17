// What somebody types behind /wip. Pure.
//
//   (nothing) · platform                 what is running
//   start [platform] [!unplanned] title  begin something
//   done 12 · pause 12 · resume 12 · drop 12 · still 12
//   trade 12 [!unplanned] title          pause that one, and begin this
//   force [platform] [!unplanned] title because reason    for leads: over the limit
#pragma once

#include "bot/wip/wip_item.hpp"
#include "bot/wip/wip_rules.hpp"

#include <string>
#include <variant>
#include <vector>

namespace ackd {

struct ShowWip {
    /// Empty: of the teams of who asks.
    std::string team;
};
/// Something to begin.
struct NewWork {
    /// Empty: of the only team of who begins it.
    std::string team;
    std::string title;
    bool is_unplanned = false;
    friend bool operator==(const NewWork&, const NewWork&) = default;
};
struct StartWip {
    NewWork work;
    /// Of a lead who lets it in over the limit.
    std::string because;
    bool is_forced = false;
};
struct ChangeWip {
    WipItemId item;
    /// Nothing: it is still running, and that is all there is to say.
    std::optional<WipEvent> event;
};
struct TradeWip {
    WipItemId item;
    NewWork work;
};
/// What was not understood, and the nearest line that would be.
struct WipMistake {
    std::string problem;
    std::string corrected;
};

using WipPhrase = std::variant<ShowWip, StartWip, ChangeWip, TradeWip, WipMistake>;

/// Takes any words. `teams`: the names that may be said.
[[nodiscard]] WipPhrase parse_wip_phrase(const std::vector<std::string>& words,
                                         const std::vector<std::string>& teams);

}  // namespace ackd
