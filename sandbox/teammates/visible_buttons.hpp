// What somebody can press who sees an app's message, and which of it means yes, no or done: as people tell,
// by the words on it and by what stands out. Pure.
#pragma once

#include "sandbox/blocks/block_controls.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sandbox {

struct VisibleButton {
    std::string action_id;
    std::string block_id;
    std::string label;  ///< of a menu: its placeholder
    bool stands_out = false;
    Json value;
    std::vector<std::string> options;  ///< of a menu: the values
};

/// In the order in which they are shown.
[[nodiscard]] std::vector<VisibleButton> buttons_of(const Json& blocks);

enum class Answer { yes, no, done };

/// Nothing: there is none of that kind.
[[nodiscard]] std::optional<ControlChoice> find_button(const Json& blocks, Answer answer);

}  // namespace sandbox
