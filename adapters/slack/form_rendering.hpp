// Renders a Form as a Slack modal, and what is wrong with a submitted one as the answer that keeps it open.
// Pure; within Slack's limits.
//
// Each field is one input block: its block_id is the field's name, so that Slack shows a problem there.
#pragma once

#include "bot/form.hpp"

#include <string>
#include <string_view>

namespace ackd::slack {

/// The `view` of views.open.
[[nodiscard]] std::string render_form(const Form& form, std::string_view workspace_url);

/// The JSON that travels in the confirmation of a submission.
[[nodiscard]] std::string render_problems(const FormProblems& problems);

}  // namespace ackd::slack
