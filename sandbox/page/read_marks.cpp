#include "sandbox/page/read_marks.hpp"

#include <algorithm>

namespace sandbox {
namespace {

bool takes_part(const UserId& user, const Channel& channel, const Message& reply)
{
    if (reply.text.find("<@" + user.value + ">") != std::string::npos) return true;
    const auto parent = channel.messages.find(*reply.thread);
    if (parent == channel.messages.end()) return false;
    if (parent->second.user == user) return true;
    return std::any_of(parent->second.replies.begin(), parent->second.replies.end(), [&](Ts ts) {
        const auto other = channel.messages.find(ts);
        return other != channel.messages.end() && other->second.user == user;
    });
}

}  // namespace

bool ReadMarks::read(const UserId& user, const Channel& channel)
{
    Ts newest;
    if (!channel.messages.empty()) newest = channel.messages.rbegin()->first;
    if (!channel.ephemerals.empty()) newest = std::max(newest, channel.ephemerals.rbegin()->first);
    Ts& mark = marks_[{user, channel.id}];
    if (mark >= newest) return false;
    mark = newest;
    return true;
}

int ReadMarks::unread(const UserId& user, const Channel& channel) const
{
    if (!channel.has(user)) return 0;
    const auto found = marks_.find({user, channel.id});
    const Ts mark = found == marks_.end() ? Ts{} : found->second;
    int count = 0;
    for (auto at = channel.messages.rbegin(); at != channel.messages.rend() && at->first > mark; ++at) {
        const Message& message = at->second;
        if (message.user == user || message.subtype == "tombstone") continue;
        const bool is_here = !message.thread || message.is_broadcast;
        if (!is_here && !takes_part(user, channel, message)) continue;
        if (++count == unread_max) return count;
    }
    for (auto at = channel.ephemerals.rbegin(); at != channel.ephemerals.rend() && at->first > mark; ++at) {
        if (at->second.to == user && ++count == unread_max) break;
    }
    return count;
}

}  // namespace sandbox
