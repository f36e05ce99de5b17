// Using what blocks offer: finding a button or menu, pressing it, filling a form in.
//
// Takes the blocks as they are shown and yields the "actions" and "state.values" members that Slack sends for
// it. What is not offered cannot be chosen.
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/model/outcome.hpp"

#include <optional>
#include <string>

namespace sandbox {

struct ControlChoice {
    std::string action_id;
    std::string block_id;  ///< "" for any
    Json value;            ///< null, or what the button's value must be
    Json selected;         ///< menus: the value or id chosen, or a list of them; inputs: the text
};

/// One member of "actions". Errors: no_such_control, with what there is; not_offered, with what is offered.
Outcome<Json> press_control(const Json& blocks, const ControlChoice& choice, const std::string& action_ts);

/// "state.values" of blocks with their initial values, and what `entered` (action_id or "block_id/action_id"
/// → value) says on top. Errors: no_such_control for a name that is not there, not_offered.
Outcome<Json> state_values(const Json& blocks, const Json& entered);

/// The "action_id"s there are, for messages to people: "got_it, done".
std::string list_controls(const Json& blocks);

}  // namespace sandbox
