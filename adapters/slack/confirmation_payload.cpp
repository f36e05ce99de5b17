#include "adapters/slack/confirmation_payload.hpp"

#include "adapters/slack/form_rendering.hpp"
#include "adapters/slack/message_rendering.hpp"

#include <variant>

namespace ackd::slack {

std::string confirmation_payload(const Confirmation& confirmation, std::string_view workspace_url)
{
    if (const auto* notice = std::get_if<Notice>(&confirmation.answer))
        return render_answer(*notice, workspace_url);
    if (const auto* problems = std::get_if<FormProblems>(&confirmation.answer);
        problems && !problems->empty())
        return render_problems(*problems);
    return {};
}

}  // namespace ackd::slack
