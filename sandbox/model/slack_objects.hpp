// How users, channels, groups and messages look as JSON in answers and events.
#pragma once

#include "sandbox/model/workspace_types.hpp"

namespace sandbox {

Json user_object(const User& user, const Team& team);

/// Somebody's do-not-disturb as others are told it: the present span of time or else the next. A pause by
/// hand goes before the daily one; that it is a pause only they themselves see.
Json dnd_object(const User& user, Instant now);

enum class ChannelDetail { listed, users_conversations };  ///< the latter lacks is_member and num_members
Json channel_object(const Channel& channel, const Team& team, ChannelDetail detail);

enum class GroupUsers { included, left_out };
Json group_object(const UserGroup& group, const Team& team, GroupUsers users);

enum class MetadataShown { yes, no };
/// A message as history, events and interactions show it, a parent with its reply figures. Without "channel".
Json message_object(const Channel& channel, const Message& message, const Team& team, MetadataShown metadata);

Json bot_profile_object(const Team& team);

/// The address of a message; a reply's names its thread too.
std::string permalink(const Channel& channel, const Message& message, const Team& team);

/// "channel", "group" or "im", as events call it.
const char* channel_type(ChannelKind kind);
/// "public", "private" or "im", as people call it.
const char* kind_name(ChannelKind kind);

/// Their ids, as a list.
Json ids_of(const std::vector<UserId>& users);

}  // namespace sandbox
