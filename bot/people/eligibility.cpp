#include "bot/people/eligibility.hpp"

namespace ackd {

bool may_be_asked(const std::optional<Member>& member, Addressed how)
{
    if (!member) return how == Addressed::by_name;
    if (!is_present(member) || member->kind == MemberKind::bot) return false;
    return how == Addressed::by_name || member->kind == MemberKind::person;
}

bool may_start(const std::optional<Member>& member)
{
    return member && (member->kind == MemberKind::person || member->kind == MemberKind::guest);
}

bool is_present(const std::optional<Member>& member)
{
    return !member || !member->deactivated;
}

bool may_answer(const std::optional<Member>& member)
{
    return !member || member->kind != MemberKind::bot;
}

}  // namespace ackd
