#include "adapters/slack/do_not_disturb_agenda.hpp"

namespace ackd::slack {

void DoNotDisturbAgenda::members_listed(const std::vector<Member>& members, Instant now)
{
    for (const Member& member : members) {
        const bool has_one = member.kind == MemberKind::person || member.kind == MemberKind::guest;
        if (has_one && !member.deactivated)
            ask_at(member.id, now);
        else
            leave_out(member.id);
    }
}

void DoNotDisturbAgenda::ask_everybody_again(Instant now)
{
    for (auto& [person, at] : at_) {
        waiting_.erase({at, person});
        at = now;
        waiting_.emplace(at, person);
    }
}

void DoNotDisturbAgenda::changed_by_event(const UserId& person, Instant now)
{
    if (at_.contains(person)) ask_at(person, now + after_event);
}

std::vector<UserId> DoNotDisturbAgenda::take_due(Instant now)
{
    std::vector<UserId> due;
    while (!waiting_.empty() && waiting_.begin()->first <= now && due.size() < batch_max)
        due.push_back(std::move(waiting_.extract(waiting_.begin()).value().second));
    return due;
}

void DoNotDisturbAgenda::told(const DoNotDisturbChanged& told, Instant now)
{
    if (!at_.contains(told.person)) return;
    if (told.from < told.until) ask_at(told.person, told.until > now ? told.until : now + after_old_news);
}

void DoNotDisturbAgenda::put_back(const std::vector<UserId>& people, Instant now)
{
    for (const UserId& person : people) ask_at(person, now);
}

std::optional<Instant> DoNotDisturbAgenda::next_at() const
{
    return waiting_.empty() ? std::nullopt : std::optional{waiting_.begin()->first};
}

void DoNotDisturbAgenda::ask_at(const UserId& person, Instant at)
{
    const auto [known, is_new] = at_.try_emplace(person, at);
    if (!is_new) waiting_.erase({std::exchange(known->second, at), person});
    waiting_.emplace(at, person);
}

void DoNotDisturbAgenda::leave_out(const UserId& person)
{
    const auto known = at_.find(person);
    if (known == at_.end()) return;
    waiting_.erase({known->second, person});
    at_.erase(known);
}

}  // namespace ackd::slack
