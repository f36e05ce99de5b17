#include "adapters/slack/confirmation_payload.hpp"

#include "adapters/slack/message_rendering.hpp"

namespace ackd::slack {

std::string confirmation_payload(const Confirmation& confirmation, std::string_view workspace_url)
{
    if (!confirmation.answer) return {};
    return render_answer(*confirmation.answer, workspace_url);
}

}  // namespace ackd::slack
