#include "bot/policy/policy_facts.hpp"

#include "bot/calendar_text.hpp"
#include "bot/policy/policy_values.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

/// What belongs together: a section of the file. `subject` is the same whatever it is called.
struct Part {
    std::string subject;
    std::string title;

    Part(std::string name) : subject(name), title(std::move(name)) {}
    Part(const char* name) : Part(std::string{name}) {}
    Part(std::string chosen_subject, std::string chosen_title)
        : subject(std::move(chosen_subject)), title(std::move(chosen_title))
    {}
};

class FactList {
public:
    explicit FactList(const NameOf& name_of) : name_of_(name_of) {}

    void add(const Part& part, std::string_view key, const std::string& value)
    {
        note(part, key, value, value);
    }
    void add(const Part& part, std::string_view key, int value) { add(part, key, fmt::to_string(value)); }
    void add_table(const Part& part)
    {
        Fact& fact = facts_.emplace_back();
        fact.subject = part.subject;
        fact.title = part.title;
        fact.raw = fact.words = "there";
        fact.is_table = true;
    }
    template <class Id>
    void add_ids(const Part& part, std::string_view key, const std::vector<Id>& ids)
    {
        std::vector<std::pair<std::string, std::string>> items;
        for (const Id& id : ids) items.emplace_back(id.value, called(RouteTarget{id}));
        add_list(part, key, std::move(items));
    }
    void add_names(const Part& part, std::string_view key, const std::vector<std::string>& names)
    {
        std::vector<std::pair<std::string, std::string>> items;
        for (const std::string& name : names) items.emplace_back(name, name);
        add_list(part, key, std::move(items));
    }
    template <class Id>
    void add_id(const Part& part, std::string_view key, const Id& id)
    {
        note(part, key, id.value, id.empty() ? "" : called(RouteTarget{id}));
    }
    /// What a new part has anyway is not told of it.
    void add_unless_default(const Part& part, std::string_view key, std::string value, bool is_default)
    {
        std::string raw = is_default ? "" : value;
        note(part, key, std::move(raw), std::move(value));
    }
    void add_step(const Part& part, std::size_t number, const RouteStep& step)
    {
        std::string raw = to_text(step.delay, TimeBase::wall_clock);
        std::string words;
        for (const RouteTarget& target : step.targets) {
            raw += fmt::format(
                " {} {}", target.index(), std::visit([](const auto& id) { return id.value; }, target));
            words += (words.empty() ? "" : ", ") + called(target);
        }
        for (const std::string& rotation : step.rotations) {
            raw += " rotation " + rotation;
            words += (words.empty() ? "" : ", ") + ("on call in " + rotation);
        }
        for (const std::string& destination : step.destinations) {
            raw += " destination " + destination;
            words += (words.empty() ? "" : ", ") + destination;
        }
        if (words.empty()) words = "nobody";
        if (step.needed != 1) {
            const std::string needed = needed_text(step.needed);
            raw += " needed " + needed;
            words += fmt::format(", {} needed", needed);
        }
        if (step.delay > Duration{0})
            words += fmt::format(" after {}", to_text(step.delay, TimeBase::wall_clock));
        note(part, fmt::format("step {}", number), raw, words);
    }

    /// The order of people is whose turn it is: a list that only says who came and went would hide it.
    void add_rotation_part(const Part& part, std::size_t number, const RotationPart& covered)
    {
        const std::string hours = covered.hours ? to_text(*covered.hours) : "always";
        std::string raw = fmt::format("{} {}", hours, covered.zone);
        std::vector<std::string> names;
        for (const UserId& person : covered.people) {
            raw += " " + person.value;
            names.push_back(called(RouteTarget{person}));
        }
        note(part,
             fmt::format("part {}", number),
             raw,
             fmt::format("{}{}: {}",
                         hours,
                         covered.zone.empty() ? "" : " in " + covered.zone,
                         names.empty() ? "nobody" : fmt::format("{}", fmt::join(names, ", "))));
    }

    [[nodiscard]] std::vector<Fact> take() { return std::move(facts_); }

private:
    [[nodiscard]] std::string called(const RouteTarget& target) const { return called_by(name_of_, target); }
    Fact& note(const Part& part, std::string_view key, std::string raw, std::string words)
    {
        return facts_.emplace_back(Fact{fmt::format("{} · {}", part.subject, key),
                                        fmt::format("{} · {}", part.title, key),
                                        std::move(raw),
                                        std::move(words)});
    }
    void add_list(const Part& part,
                  std::string_view key,
                  std::vector<std::pair<std::string, std::string>> items)
    {
        std::string all_raw;
        std::string all_words;
        for (const auto& [raw, words] : items) {
            all_raw += (all_raw.empty() ? "" : " ") + raw;
            all_words += (all_words.empty() ? "" : ", ") + words;
        }
        note(part, key, std::move(all_raw), std::move(all_words)).items = std::move(items);
    }

    const NameOf& name_of_;
    std::vector<Fact> facts_;
};

void add_priority(FactList& facts, const std::string& part, const PriorityPolicy& values)
{
    const TimeBase base = values.time_base;
    facts.add(part, "ack within", to_text(values.ack_within, base));
    facts.add(part, "counted in", base == TimeBase::wall_clock ? "wall clock" : "working time");
    std::vector<std::string> nudges;
    for (const NudgeOffset& nudge : values.nudges) nudges.push_back(to_text(nudge, base));
    facts.add(part, "nudges", fmt::format("{}", fmt::join(nudges, ", ")));
    facts.add(part, "step ends", to_text(values.step_ends, base));
    facts.add(part,
              "bundling",
              values.bundling == Bundling::none          ? "none"
              : values.bundling == Bundling::two_minutes ? "two minutes"
                                                         : "digest");
    facts.add(part, "off hours", to_text(values.off_hours));
    facts.add(part,
              "integrate within",
              values.integrate_within ? to_text(*values.integrate_within, TimeBase::working_time) : "never");
    facts.add(part, "ask asker first", values.asks_asker ? "yes" : "no");
    facts.add(part,
              "let go after",
              values.lets_go_after ? to_text(*values.lets_go_after, TimeBase::working_time) : "never");
    facts.add(part,
              "expires after",
              values.expires_after ? to_text(*values.expires_after, TimeBase::working_time) : "never");
}

void add_source(FactList& facts, const AlertSource& source)
{
    const std::string part = "source " + source.name;
    facts.add_table(part);
    facts.add(part, "kind", std::string{ackd::name_of(source.kind)});
    facts.add_id(part, "channel", source.channel);
    facts.add(part, "route", source.route);
    facts.add(part, "priority", std::string{ackd::name_of(source.priority)});
    facts.add(
        part, "expect every", source.expect_every ? to_text(*source.expect_every, TimeBase::wall_clock) : "");
    facts.add(part,
              "resolve after",
              source.resolve_after ? to_text(*source.resolve_after, TimeBase::wall_clock) : "");
    facts.add(part, "requests per minute", source.requests_per_minute);
    for (const MappingPointer& each : mapping_pointers)
        facts.add(part, fmt::format("mapping {}", each.key), source.mapping.*each.pointer);
    facts.add_names(part, "mapping firing", source.mapping.firing);
    facts.add_names(part, "mapping resolved", source.mapping.resolved);
    facts.add(part, "label", source.label);
    facts.add_names(part, "branches", source.branches);
    facts.add(part, "answers to", source.answers_to);
    facts.add(part, "work of", source.work_of);
}

void add_contract(FactList& facts, const CapacityContract& contract)
{
    const std::string part = "capacity " + contract.team;
    facts.add_table(part);
    facts.add(part, "answer within", to_text(contract.answer_within, TimeBase::working_time));
    facts.add(part, "answer sooner", to_text(contract.answer_sooner, TimeBase::working_time));
    facts.add(part, "route", contract.route);
    for (std::size_t index = 0; index < contract.functions.size(); ++index) {
        const CapacityFunction& function = contract.functions[index];
        facts.add(part, fmt::format("function {}", index + 1), function.name);
        facts.add_ids(part, fmt::format("function {} people", index + 1), function.people);
        facts.add_ids(part, fmt::format("function {} groups", index + 1), function.groups);
    }
}

void add_wip(FactList& facts, const WipLimit& limit)
{
    const std::string part = "wip " + limit.team;
    facts.add_table(part);
    facts.add(part, "limit", limit.limit);
    facts.add(part, "per person", limit.per_person);
    facts.add(part, "ages after", to_text(limit.ages_after, TimeBase::working_time));
}

void add_cadence(FactList& facts, const std::string& part, const Cadence& cadence)
{
    facts.add(part, "every", to_text(cadence));
    facts.add(part, "zone", cadence.zone);
    facts.add(part, "starts", cadence.starts ? date_text(*cadence.starts) : "");
    facts.add(part, "on holiday", std::string{ackd::name_of(cadence.on_holiday)});
}

void add_resync(FactList& facts, const Resync& resync)
{
    const std::string part = "resync " + resync.name;
    facts.add_table(part);
    facts.add_names(part, "teams", resync.teams);
    facts.add_id(part, "channel", resync.channel);
    add_cadence(facts, part, resync.cadence);
    facts.add(part, "answers within", to_text(resync.answers_within, TimeBase::working_time));
    facts.add(part, "route", resync.route);
}

void add_retro(FactList& facts, const Retro& retro)
{
    const std::string part = "retro " + retro.name;
    facts.add_table(part);
    facts.add(part, "team", retro.team);
    facts.add_id(part, "channel", retro.channel);
    add_cadence(facts, part, retro.cadence);
    facts.add(part, "open for", to_text(retro.open_for, TimeBase::working_time));
    facts.add(part, "anonymous", retro.is_anonymous ? "yes" : "no");
    facts.add_ids(part, "facilitators", retro.facilitators);
    facts.add_names(part, "questions", retro.questions);
    facts.add(part, "questions each", retro.questions_each);
    facts.add(part, "dots", retro.dots);
}

void add_destination(FactList& facts, const Destination& destination)
{
    const std::string part = "destination " + destination.name;
    facts.add_table(part);
    facts.add(part, "kind", std::string{ackd::name_of(destination.kind)});
    facts.add(part, "address", destination.address);
    facts.add(part, "private network", destination.private_network);
    facts.add_unless_default(part,
                             "every",
                             to_text(destination.every, TimeBase::wall_clock),
                             destination.every == Destination{}.every);
}

}  // namespace

std::string called_by(const NameOf& name_of, const RouteTarget& target)
{
    const std::string name = name_of(target);
    return name.empty() ? std::visit([](const auto& id) { return id.value; }, target) : name;
}

std::vector<Fact> facts_of(const Policy& policy, const NameOf& name_of)
{
    FactList facts{name_of};
    facts.add("hours", "zone", policy.default_zone);
    facts.add("hours", "week", to_text(policy.hours));
    facts.add_names("hours", "holidays", policy.holidays);
    facts.add("limits", "interruptions per day", policy.interruptions_per_day);
    facts.add("limits", "recipients", policy.recipients_max);
    facts.add("limits", "price shown from", policy.price_shown_from);
    facts.add("limits", "snoozes", policy.delivery.snoozes_max);
    facts.add("rules", "retire", policy.rules_retire ? "yes" : "no");
    facts.add("rules", "ask", policy.rules_ask ? "yes" : "no");
    facts.add("emoji", "request", policy.request_emoji);
    facts.add("emoji", "received", policy.received_emoji);
    facts.add("emoji", "done", policy.done_emoji);
    facts.add_ids("roles", "admins", policy.admins);
    facts.add_ids("roles", "auditors", policy.auditors);
    facts.add("escalation", "default route", policy.default_route);
    facts.add_id("escalation", "dead letter owner", policy.dead_letter_owner);
    facts.add("escalation", "triage", policy.triage_rotation);
    for (const Priority priority : all_priorities)
        add_priority(
            facts, fmt::format("priority {}", ackd::name_of(priority)), policy.delivery.of(priority));
    facts.add(
        "reminders", "second after", to_text(policy.delivery.second_reminder_after, TimeBase::working_time));
    facts.add("reminders", "end after", to_text(policy.delivery.reminders_end_after, TimeBase::working_time));
    facts.add("still needed",
              "answered within",
              to_text(policy.delivery.need_answered_within, TimeBase::working_time));
    facts.add("still needed", "stands for", to_text(policy.delivery.need_stands_for, TimeBase::working_time));
    facts.add("still needed",
              "sleep ends after",
              to_text(policy.delivery.sleep_ends_after, TimeBase::working_time));
    facts.add("read back", "a week", policy.read_back.a_week);
    facts.add(
        "read back", "volunteers first", to_text(policy.read_back.volunteers_first, TimeBase::working_time));
    for (const Team& team : policy.teams) {
        const std::string part = "team " + team.name;
        facts.add_table(part);
        facts.add_id(part, "channel", team.channel);
        facts.add_ids(part, "members", team.members);
        facts.add_ids(part, "groups", team.groups);
        facts.add_ids(part, "leads", team.leads);
        facts.add(part, "zone", team.zone);
        facts.add(part, "hours", team.hours ? to_text(*team.hours) : "");
        facts.add_names(part, "holidays", team.holidays);
    }
    for (const WatchedChannel& watched : policy.channels) {
        const Part part{"channel " + watched.channel.value,
                        "channel " + called_by(name_of, RouteTarget{watched.channel})};
        facts.add_table(part);
        facts.add(part, "watch", std::string{ackd::name_of(watched.mode)});
        facts.add_ids(part, "people", watched.people);
        facts.add_ids(part, "groups", watched.groups);
        facts.add(part, "offer after", to_text(watched.offer_after, TimeBase::working_time));
        facts.add(part, "ask after", to_text(watched.ask_after, TimeBase::working_time));
        facts.add(part, "pass on after", to_text(watched.pass_on_after, TimeBase::working_time));
        facts.add(part, "hours", watched.hours ? to_text(*watched.hours) : "");
        facts.add(part, "zone", watched.zone);
    }
    for (const Rotation& rotation : policy.rotations) {
        const std::string part = "rotation " + rotation.name;
        facts.add_table(part);
        facts.add(part, "zone", rotation.zone);
        facts.add(part, "hand over", time_of_day_text(rotation.hand_over));
        facts.add(part, "turn", to_text(rotation.turn));
        facts.add(part, "starts", date_text(rotation.starts));
        facts.add_ids(part, "leads", rotation.leads);
        facts.add(part, "off hours", rotation.off_hours ? "yes" : "no");
        facts.add_id(part, "topic", rotation.topic);
        facts.add_id(part, "group", rotation.group);
        for (std::size_t index = 0; index < rotation.parts.size(); ++index)
            facts.add_rotation_part(part, index + 1, rotation.parts[index]);
    }
    for (const Destination& destination : policy.destinations) add_destination(facts, destination);
    for (const AlertSource& source : policy.sources) add_source(facts, source);
    for (const CapacityContract& contract : policy.capacity) add_contract(facts, contract);
    for (const WipLimit& limit : policy.wip) add_wip(facts, limit);
    for (const Resync& resync : policy.resyncs) add_resync(facts, resync);
    for (const Retro& retro : policy.retros) add_retro(facts, retro);
    for (const auto& [name, route] : policy.routes) {
        const std::string part = "route " + name;
        facts.add_table(part);
        facts.add(part, "about", route.about);
        facts.add_unless_default(
            part, "priority", std::string{ackd::name_of(route.priority)}, route.priority == Route{}.priority);
        facts.add(part, "playbook", route.playbook);
        facts.add(part, "off hours", route.off_hours ? to_text(*route.off_hours) : "");
        facts.add_unless_default(part, "repeats", fmt::to_string(route.repeats), route.repeats == 0);
        for (std::size_t index = 0; index < route.steps.size(); ++index)
            facts.add_step(part, index + 1, route.steps[index]);
    }
    return facts.take();
}

}  // namespace ackd
