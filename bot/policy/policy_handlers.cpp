#include "bot/policy/policy_handlers.hpp"

#include "bot/delivery/nudge_rules.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/rotations/on_call_place_handlers.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace ackd {

namespace {

/// Open obligations whose deadline lies where the present policy puts it.
std::vector<ObligationId> explained_deadlines(HandlerContext& context, PolicyEffects& effects)
{
    std::vector<ObligationId> explained;
    for (const ObligationId id : context.obligations.due(Instant::max(), std::numeric_limits<int>::max())) {
        const Obligation obligation = context.obligations.find(id).value();
        const Request request = context.obligations.find(obligation.request).value();
        ++effects.on_route[request.route.name];
        const Situation situation = situation_of(context, request, obligation);
        if (obligation.due_at == reckoned_due(obligation, situation)) explained.push_back(id);
    }
    return explained;
}

enum class Doing { in_truth, in_thought };

PolicyEffects move_deadlines(HandlerContext& context, Settings& settings, const Policy& policy, Doing doing)
{
    PolicyEffects effects;
    const std::vector<ObligationId> explained = explained_deadlines(context, effects);
    static_cast<Policy&>(settings) = policy;
    context.directory.use(settings);

    std::set<RequestId> requests;
    for (const ObligationId id : explained) {
        const Obligation obligation = context.obligations.find(id).value();
        const Request request = context.obligations.find(obligation.request).value();
        const Situation situation = situation_of(context, request, obligation);
        const auto due = reckoned_due(obligation, situation);
        if (!due || due == obligation.due_at) continue;
        MovedDeadline& moved = effects.moved.emplace_back();
        moved.obligation = id;
        moved.request = obligation.request;
        for (const Reachable& person : situation.audience) moved.people.push_back(person.person);
        moved.from = *obligation.due_at;
        moved.to = *due;
        if (doing == Doing::in_thought) continue;
        Obligation next = obligation;
        next.due_at = due;
        if (is_mutated(Mutation::repeat_attempts)) next.attempt = 0;
        context.obligations.save(obligation, next);
        // What people have in front of them says by when an answer is expected, and what comes then.
        for (const UserId& person : moved.people) redraw_home(context, person);
        refresh_messages(context, request, id);
        if (requests.insert(request.id).second) redraw_card(context, request);
    }
    if (doing == Doing::in_truth) {
        for (const UserId& person : context.interruptions.waiting_for_digest())
            reckon_messages_anew(context, person);
    }
    return effects;
}

}  // namespace

std::int64_t keep_policy(HandlerContext& context, const Policy& policy, const PolicyAuthor& author)
{
    PolicyVersion version;
    version.applied_at = context.now;
    version.actor = author.actor;
    version.source = author.source;
    version.note = author.note;
    version.text = to_text(PolicyDocument{"", std::nullopt, policy});
    const std::int64_t number = PolicyTable{context.connection}.append(version);
    context.has_new_policy = true;
    record(context,
           author.actor,
           RequestId{},
           ObligationId{},
           "policy_changed",
           {{"version", std::to_string(number)}, {"source", std::string{name_of(author.source)}}});
    return number;
}

PolicyEffects take_up_policy(HandlerContext& context, Settings& settings)
{
    const auto newest = PolicyTable{context.connection}.newest();
    const std::vector<Rotation> rotations_before = settings.rotations;
    PolicyEffects effects = move_deadlines(context, settings, policy_of(newest.value()), Doing::in_truth);
    effects.version = newest->version;
    context.has_new_policy = false;
    context.upkeep.rotations_at = context.now;
    context.upkeep.heartbeats_at = context.now;
    context.upkeep.triage_at = context.now;
    for (const Rotation& rotation : settings.rotations) {
        const Rotation* before = find_rotation(rotations_before, rotation.name);
        if (before != nullptr && *before != rotation) show_on_call(context, rotation);
    }
    return effects;
}

PolicyEffects foresee_policy(HandlerContext& context, Settings& settings, const Policy& policy)
{
    return move_deadlines(context, settings, policy, Doing::in_thought);
}

NameOf names_in(HandlerContext& context)
{
    return [&context](const RouteTarget& target) -> std::string {
        if (const auto* person = std::get_if<UserId>(&target)) {
            const auto member = context.directory.find(*person);
            return member ? member->name : "";
        }
        if (const auto* group = std::get_if<GroupId>(&target)) {
            const auto found = context.directory.find_group(*group);
            return found ? "@" + found->handle : "";
        }
        const auto known = context.conversations.find(std::get<ChannelId>(target));
        return known && !known->conversation.name.empty() ? "#" + known->conversation.name : "";
    };
}

}  // namespace ackd
