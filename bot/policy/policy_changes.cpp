#include "bot/policy/policy_changes.hpp"

#include "bot/policy/policy_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace ackd {

namespace {

std::string joined(const std::vector<std::string>& words)
{
    return fmt::format("{}", fmt::join(words, ", "));
}

/// What came and what went, when it is a list that has both sides.
std::string list_words(const Fact& before, const Fact& after)
{
    const auto missing_in = [](const Fact& list, const Fact& other) {
        std::vector<std::string> words;
        for (const auto& item : list.items) {
            const bool is_there = std::any_of(other.items.begin(), other.items.end(), [&](const auto& each) {
                return each.first == item.first;
            });
            if (!is_there) words.push_back(item.second);
        }
        return words;
    };
    const auto came = missing_in(after, before);
    const auto went = missing_in(before, after);
    std::vector<std::string> parts;
    if (!came.empty()) parts.push_back("with " + joined(came));
    if (!went.empty()) parts.push_back("without " + joined(went));
    return parts.empty() ? "in another order" : fmt::format("{}", fmt::join(parts, "; "));
}

std::string words_of(const Fact& before, const Fact& after)
{
    if (before.is_table || after.is_table)
        return fmt::format(
            "{}: {}", before.is_table ? before.title : after.title, after.raw.empty() ? "removed" : "new");
    if (!before.items.empty() && !after.items.empty())
        return fmt::format("{}: {}", after.title, list_words(before, after));
    const std::string& title = after.title.empty() ? before.title : after.title;
    return fmt::format("{}: {} → {}",
                       title,
                       before.words.empty() ? "none" : before.words,
                       after.words.empty() ? "none" : after.words);
}

/// "team platform" of "team platform · hours".
std::string part_of(const std::string& subject)
{
    return subject.substr(0, subject.find(" · "));
}

/// Those of the one list that are in the other as well, in their order.
std::vector<std::string> common_order(const std::vector<std::string>& list,
                                      const std::vector<std::string>& other)
{
    std::vector<std::string> order;
    for (const std::string& each : list) {
        if (std::find(other.begin(), other.end(), each) != other.end()) order.push_back(each);
    }
    return order;
}

/// That what both have is in another order. `called`: how each is called.
template <class Called>
void note_order(std::vector<PolicyChange>& changes,
                const std::string& subject,
                const std::vector<std::string>& before,
                const std::vector<std::string>& after,
                const Called& called)
{
    const auto old_order = common_order(before, after);
    const auto new_order = common_order(after, before);
    if (old_order == new_order) return;
    const auto words_of_order = [&](const std::vector<std::string>& order) {
        std::vector<std::string> words;
        for (const std::string& each : order) words.push_back(called(each));
        return joined(words);
    };
    changes.push_back(
        {subject,
         joined(old_order),
         joined(new_order),
         fmt::format("{}: {} → {}", subject, words_of_order(old_order), words_of_order(new_order))});
}

template <class Named>
std::vector<std::string> names_in_order(const std::vector<Named>& list)
{
    std::vector<std::string> names;
    for (const Named& each : list) names.push_back(each.name);
    return names;
}

template <class OfTeam>
std::vector<std::string> teams_in_order(const std::vector<OfTeam>& list)
{
    std::vector<std::string> names;
    for (const OfTeam& each : list) names.push_back(each.team);
    return names;
}

std::vector<std::string> channels_in_order(const Policy& policy)
{
    std::vector<std::string> ids;
    for (const WatchedChannel& watched : policy.channels) ids.push_back(watched.channel.value);
    return ids;
}

const PolicyChange* find_subject(const std::vector<PolicyChange>& changes, const std::string& subject)
{
    const auto found = std::find_if(changes.begin(), changes.end(), [&](const PolicyChange& change) {
        return change.subject == subject;
    });
    return found == changes.end() ? nullptr : &*found;
}

/// A table that one side removed collides with whatever the other side changed in it.
const PolicyChange* find_collision(const std::vector<PolicyChange>& changes, const PolicyChange& other)
{
    if (const PolicyChange* same = find_subject(changes, other.subject)) return same;
    for (const PolicyChange& change : changes) {
        const bool removes_part = change.after.empty() && change.subject == part_of(other.subject);
        const bool is_removed = other.after.empty() && other.subject == part_of(change.subject);
        if (removes_part || is_removed) return &change;
    }
    return nullptr;
}

void add_lines(std::string& text, std::string_view title, const std::vector<PolicyChange>& changes)
{
    if (changes.empty()) return;
    text += fmt::format("{}\n", title);
    for (const PolicyChange& change : changes) text += fmt::format("  {}\n", change.words);
}

}  // namespace

std::vector<PolicyChange> changes_between(const Policy& before, const Policy& after, const NameOf& name_of)
{
    const std::vector<Fact> old_facts = facts_of(before, name_of);
    const std::vector<Fact> new_facts = facts_of(after, name_of);
    std::map<std::string, const Fact*> old_by_subject;
    std::map<std::string, const Fact*> new_by_subject;
    for (const Fact& fact : old_facts) old_by_subject.emplace(fact.subject, &fact);
    for (const Fact& fact : new_facts) new_by_subject.emplace(fact.subject, &fact);

    const Fact absent;
    std::vector<PolicyChange> changes;
    const auto note = [&](const Fact& was, const Fact& is) {
        if (was.raw == is.raw) return;
        const std::string& subject = was.subject.empty() ? is.subject : was.subject;
        changes.push_back({subject, was.raw, is.raw, words_of(was, is)});
    };
    for (const Fact& fact : old_facts) {
        if (new_by_subject.contains(fact.subject)) continue;
        // What was in a table that is gone is gone with it.
        if (!fact.is_table && !new_by_subject.contains(part_of(fact.subject)) &&
            old_by_subject.contains(part_of(fact.subject)))
        {
            continue;
        }
        note(fact, absent);
    }
    for (const Fact& fact : new_facts) {
        const auto was = old_by_subject.find(fact.subject);
        note(was == old_by_subject.end() ? absent : *was->second, fact);
    }
    const auto by_itself = [](const std::string& name) { return name; };
    // A person's hours are those of the first team that has some.
    note_order(
        changes, "teams · order", names_in_order(before.teams), names_in_order(after.teams), by_itself);
    note_order(
        changes, "sources · order", names_in_order(before.sources), names_in_order(after.sources), by_itself);
    note_order(changes,
               "capacity · order",
               teams_in_order(before.capacity),
               teams_in_order(after.capacity),
               by_itself);
    note_order(
        changes, "resyncs · order", names_in_order(before.resyncs), names_in_order(after.resyncs), by_itself);
    note_order(
        changes, "retros · order", names_in_order(before.retros), names_in_order(after.retros), by_itself);
    note_order(changes, "wip · order", teams_in_order(before.wip), teams_in_order(after.wip), by_itself);
    note_order(changes,
               "destinations · order",
               names_in_order(before.destinations),
               names_in_order(after.destinations),
               by_itself);
    note_order(changes,
               "rotations · order",
               names_in_order(before.rotations),
               names_in_order(after.rotations),
               by_itself);
    note_order(changes,
               "channels · order",
               channels_in_order(before),
               channels_in_order(after),
               [&](const std::string& id) { return called_by(name_of, RouteTarget{ChannelId{id}}); });
    return changes;
}

PolicyDivergence divergence_of(const Policy& base,
                               const Policy& theirs,
                               const Policy& mine,
                               const NameOf& name_of)
{
    const std::vector<PolicyChange> by_them = changes_between(base, theirs, name_of);
    const std::vector<PolicyChange> by_me = changes_between(base, mine, name_of);
    PolicyDivergence divergence;
    for (const PolicyChange& change : by_me) {
        const PolicyChange* other = find_collision(by_them, change);
        if (other == nullptr)
            divergence.mine.push_back(change);
        else if (other->after != change.after || other->subject != change.subject)
            divergence.collisions.push_back({*other, change});
    }
    for (const PolicyChange& change : by_them) {
        if (find_collision(by_me, change) == nullptr) divergence.theirs.push_back(change);
    }
    return divergence;
}

std::string to_text(const PolicyDivergence& divergence)
{
    std::string text;
    if (!divergence.collisions.empty()) {
        text += "Changed by both, differently:\n";
        for (const auto& [theirs, mine] : divergence.collisions)
            text += fmt::format("  in force: {}\n  the file: {}\n", theirs.words, mine.words);
    }
    add_lines(text, "Changed in force since, and not in the file:", divergence.theirs);
    add_lines(text, "Changed in the file alone:", divergence.mine);
    return text;
}

}  // namespace ackd
