// What somebody types behind /retro. Pure.
//
//   (nothing) · platform                  when the next one is, and what was decided last
//   note we deploy on Fridays             for the next one; with several retros: note platform: …
//   find deploys                          what was said before
//   export · export platform · export platform 3    a round as Markdown
//   pause until friday · resume · skip · now        the cadence; with several: platform pause …
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ackd {

struct ShowRetros {
    /// Empty: all of theirs.
    std::string retro;
};
struct NoteForRetro {
    std::string retro;
    std::string text;
};
struct FindInRetros {
    std::string retro;
    std::string words;
};
struct ExportRetro {
    std::string retro;
    /// Nothing: the newest.
    std::optional<int> number;
};
/// Handed on as it was said (bot/cadence/cadence_handlers.hpp).
struct ChangeRetroCadence {
    std::string retro;
    std::vector<std::string> words;
};
/// What was not understood, and the nearest line that would be.
struct RetroMistake {
    std::string problem;
    std::string corrected;
};

using RetroPhrase =
    std::variant<ShowRetros, NoteForRetro, FindInRetros, ExportRetro, ChangeRetroCadence, RetroMistake>;

/// Takes any text. `names`: the retros that may be said.
[[nodiscard]] RetroPhrase parse_retro_phrase(std::string_view typed, const std::vector<std::string>& names);

/// Words that a retro is not named, since they mean something here.
[[nodiscard]] bool is_retro_verb(std::string_view word);

}  // namespace ackd
