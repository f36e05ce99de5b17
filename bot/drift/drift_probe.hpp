// What a drift probe keeps: a question to a team, the views that people may have, which of them holds, and
// how many saw it so.
//
//   open ──all who were asked have answered, or its time is over, with five answers or more──► shown
//     ├────the same, with fewer──► too few (and of the answers nothing is kept)
//     └────who asked, a lead of the team or an admin says so──► called off (likewise)
//
// Which view somebody has is nowhere, not even for a moment: an answer is one more of its view. While a probe
// is open it is known of each of those asked whether they have answered, so that nobody counts twice; that
// goes with its end. Nothing is shown before the end: an outcome that grew while it is watched would tell who
// has which view.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class DriftState { open = 1, shown = 2, too_few = 3, called_off = 4 };
/// "too_few": in the journal.
[[nodiscard]] std::string_view name_of(DriftState state);

/// DriftView::place of "Not sure", which is always there.
inline constexpr int not_sure_place = 0;

struct DriftView {
    /// In the order of the buttons, which is random; what a button says.
    int place = not_sure_place;
    std::string text;
    /// It is what holds, by who asked; one of a probe.
    bool holds = false;
    int count = 0;
    friend bool operator==(const DriftView&, const DriftView&) = default;
};

struct DriftProbe {
    DriftProbeId id;
    std::string team;
    /// Who owns the answer.
    UserId asker;
    std::string question;
    /// Of one that ended with too few answers, or was called off: none.
    std::vector<DriftView> views;
    DriftState state = DriftState::open;
    Instant asked_at{};
    Instant closes_at{};
    /// How many were picked.
    int asked_count = 0;
    /// Which shows the outcome; without a stamp: none does.
    MessageRef message;
    friend bool operator==(const DriftProbe&, const DriftProbe&) = default;
};

}  // namespace ackd
