// People, places and messages as the page gets them (web/sandbox/PROTOCOL.md). Pure.
#pragma once

#include "sandbox/app/installed_app.hpp"
#include "sandbox/model/workspace_types.hpp"

namespace sandbox {

Json person_for_page(const User& user);
Json channel_for_page(const Channel& channel);
Json group_for_page(const UserGroup& group);
/// A parent with its reply figures, without its replies.
Json message_for_page(const Channel& channel, const Message& message, const Team& team);
Json ephemeral_for_page(const Ephemeral& ephemeral, const Team& team);
Json app_for_page(const InstalledApp& app, const Team& team);

}  // namespace sandbox
