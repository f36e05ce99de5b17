// Who is in a simulated workspace: the truth, of which the bot learns by events. People in several time
// zones, a guest, a bot, user groups, channels (one of which does not have the bot in it), routes.
#pragma once

#include "bot/courier/backoff.hpp"
#include "bot/input.hpp"
#include "bot/people/availability.hpp"
#include "bot/people/member.hpp"
#include "bot/settings.hpp"

#include <string>
#include <vector>

namespace ackd::simulation {

struct SimulatedChannel {
    ChannelId id;
    std::vector<UserId> members;
    bool has_bot = true;
};

struct SimulatedPerson {
    Member member;
    /// How often this person reacts to what they see, 0 to 1.
    double eagerness = 0.5;
    /// Present, next or past; empty: none was ever set.
    TimeSpan do_not_disturb{};
    /// The same span comes again so many days.
    int days_to_come = 0;
    /// Some do-not-disturb of theirs, even if it was called off, lasted until then.
    Instant undisturbed_until{};
};

struct SimulatedTeam {
    std::vector<SimulatedPerson> people;  ///< the guest included, bots not
    std::vector<Member> bots;             ///< ourselves first
    std::vector<UserGroup> groups;
    std::vector<SimulatedChannel> channels;
    Settings settings;
    Instant starts_at{};

    [[nodiscard]] const SimulatedPerson* find(const UserId& id) const;
    [[nodiscard]] SimulatedPerson* find(const UserId& id);
    [[nodiscard]] SimulatedChannel* find(const ChannelId& id);
    [[nodiscard]] std::vector<Member> all_members() const;
};

/// A month that has changes of the clocks in the north, in the south, in both or in neither.
[[nodiscard]] SimulatedTeam make_team(Random& random);

/// One more person, not yet in any channel.
[[nodiscard]] SimulatedPerson make_person(int number, MemberKind kind, Random& random);

/// What the chat says of theirs.
[[nodiscard]] DoNotDisturbChanged do_not_disturb_of(const SimulatedPerson& person, Instant now);

/// The policy after somebody changed something in it.
[[nodiscard]] Policy changed_policy(const Policy& before, const SimulatedTeam& team, Random& random);

}  // namespace ackd::simulation
