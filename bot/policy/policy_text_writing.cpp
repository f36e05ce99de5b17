#include "bot/policy/policy_text.hpp"
#include "bot/policy/policy_values.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

/// As TOML's basic strings want it.
std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += fmt::format("\\{}", c);
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            result += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result + "\"";
}

std::string quoted_list(const std::vector<std::string>& texts)
{
    std::string result;
    for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + quoted(text);
    return "[" + result + "]";
}

/// One line, without what TOML refuses in a comment.
std::string comment_text(const std::string& text)
{
    std::string result;
    for (const char c : text) result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    return result;
}

class PolicyWriter {
public:
    explicit PolicyWriter(const PolicyAnnotations& annotations) : annotations_(annotations) {}

    std::string write(const PolicyDocument& document)
    {
        const Policy& policy = document.policy;
        head(document);
        hours(policy);
        limits(policy);
        rules(policy);
        emoji(policy);
        roles(policy);
        escalation(policy);
        for (const Priority priority : all_priorities) priority_table(policy, priority);
        reminders(policy);
        still_needed(policy);
        read_back(policy);
        teams(policy);
        channels(policy);
        rotations(policy);
        sources(policy);
        routes(policy);
        return std::move(text_);
    }

private:
    void line(std::string_view text) { text_ += fmt::format("{}\n", text); }
    void key(std::string_view name, std::string_view value) { line(fmt::format("{} = {}", name, value)); }
    void quoted_key(std::string_view name, std::string_view value) { key(name, quoted(value)); }

    template <class Id>
    void id(std::string_view name, const Id& id)
    {
        const std::string called = annotations_.name_of(RouteTarget{id});
        line(fmt::format(
            "{} = {}{}", name, quoted(id.value), called.empty() ? "" : "  # " + comment_text(called)));
    }

    /// One id a line, so that a change of one person is a change of one line.
    template <class Id>
    void ids(std::string_view indent, std::string_view name, const std::vector<Id>& list)
    {
        if (list.empty()) return line(fmt::format("{}{} = []", indent, name));
        line(fmt::format("{}{} = [", indent, name));
        for (const Id& id : list) {
            const std::string called = annotations_.name_of(RouteTarget{id});
            line(fmt::format("{}    {},{}",
                             indent,
                             quoted(id.value),
                             called.empty() ? "" : "  # " + comment_text(called)));
        }
        line(fmt::format("{}]", indent));
    }

    void head(const PolicyDocument& document)
    {
        line(
            "# The policy: what your team decides about ackd. `ackd policy plan FILE` says what this file would");
        line(
            "# change, `ackd policy apply FILE` makes it so, at once and for everything that is open. What you");
        line(
            "# leave out has its default. People, groups and channels are ids: copy them in Slack, from the");
        line("# profile (Copy member ID) or from the channel's details.");
        line("");
        if (!annotations_.history.empty()) {
            line("# Changed last:");
            for (const std::string& change : annotations_.history) line("#   " + comment_text(change));
            line("");
        }
        if (!document.workspace.empty() || document.version) {
            line(
                "# Whose policy this is, and the version it was exported from: a file that is older than the policy");
            line("# in force is refused, so that nobody's change is lost.");
            if (!document.workspace.empty()) quoted_key("workspace", document.workspace);
            if (document.version) key("version", fmt::to_string(*document.version));
            line("");
        }
    }

    void hours(const Policy& policy)
    {
        line(
            "# When people can be asked, where neither they nor their team chose other hours: in their own time");
        line("# zone from the chat profile; `zone` is for profiles without one.");
        line("[hours]");
        quoted_key("zone", policy.default_zone);
        quoted_key("week", to_text(policy.hours));
        key("holidays", quoted_list(policy.holidays));
        line("");
    }

    void limits(const Policy& policy)
    {
        line(
            "# How often one person is interrupted in a day, beyond priority now; what is more waits for a digest.");
        line(
            "# How many people one request may ask; from how many on (and whenever somebody is off) who asks is shown");
        line("# whom it disturbs before it is sent, 0 for never; and how often one may be put off.");
        line("[limits]");
        key("interruptions_per_day", fmt::to_string(policy.interruptions_per_day));
        key("recipients_max", fmt::to_string(policy.recipients_max));
        key("price_shown_from", fmt::to_string(policy.price_shown_from));
        key("snoozes_max", fmt::to_string(policy.delivery.snoozes_max));
        line("");
    }

    void rules(const Policy& policy)
    {
        line(
            "# A reminder that seldom helps moves to the digest and then off (`retire`); one in ten asks whether it");
        line("# was useful (`ask`). What is at priority now stays as it is.");
        line("[rules]");
        key("retire", policy.rules_retire ? "true" : "false");
        key("ask", policy.rules_ask ? "true" : "false");
        line("");
    }

    void emoji(const Policy& policy)
    {
        line("# Reactions that mean something. `request` on a message of one's own asks for an answer.");
        line("[emoji]");
        quoted_key("request", policy.request_emoji);
        quoted_key("received", policy.received_emoji);
        quoted_key("done", policy.done_emoji);
        line("");
    }

    void roles(const Policy& policy)
    {
        line(
            "# Admins may change everything here; nobody named: the chat's own administrators. Auditors may read");
        line("# the journal.");
        line("[roles]");
        ids("", "admins", policy.admins);
        ids("", "auditors", policy.auditors);
        line("");
    }

    void escalation(const Policy& policy)
    {
        line(
            "# The route of a request that names none, and who owns what nobody answered (left out: who asked).");
        line("[escalation]");
        quoted_key("default_route", policy.default_route);
        if (!policy.dead_letter_owner.empty()) id("dead_letter_owner", policy.dead_letter_owner);
        line("");
    }

    void priority_table(const Policy& policy, Priority priority)
    {
        const PriorityPolicy& values = policy.delivery.of(priority);
        switch (priority) {
            case Priority::now:
                line(
                    "# The four priorities. Offsets count from the asking: a share of the time allowed, a duration,");
                line(
                    "# or both (\"100%+8h\"); \"d\" is a working day of eight hours. When the last nudge was in vain,");
                line(
                    "# `step_ends` is when the next step of the route is asked. First: a human must act at once.");
                break;
            case Priority::today:
                line("# Within the working day; what an asker gets who says nothing.");
                break;
            case Priority::week: line("# At some point this week."); break;
            case Priority::fyi:
                line("# For information: nobody is nudged, and it ends by itself.");
                line("[priority.fyi]");
                quoted_key("expires_after",
                           to_text(values.expires_after.value_or(Duration{0}), TimeBase::working_time));
                line("");
                return;
        }
        line(fmt::format("[priority.{}]", name_of(priority)));
        const TimeBase base = values.time_base;
        quoted_key("ack_within", to_text(values.ack_within, base));
        quoted_key("counted_in", base == TimeBase::wall_clock ? "wall clock" : "working time");
        std::vector<std::string> nudges;
        for (const NudgeOffset& nudge : values.nudges) nudges.push_back(to_text(nudge, base));
        key("nudges", quoted_list(nudges));
        quoted_key("step_ends", to_text(values.step_ends, base));
        quoted_key("bundling",
                   values.bundling == Bundling::none          ? "none"
                   : values.bundling == Bundling::two_minutes ? "two minutes"
                                                              : "digest");
        key("off_hours", values.off_hours ? "true" : "false");
        quoted_key("integrate_within",
                   values.integrate_within ? to_text(*values.integrate_within, TimeBase::working_time)
                                           : "never");
        key("ask_asker_first", values.asks_asker ? "true" : "false");
        quoted_key("let_go_after",
                   values.lets_go_after ? to_text(*values.lets_go_after, TimeBase::working_time) : "never");
        line("");
    }

    void reminders(const Policy& policy)
    {
        line(
            "# Who said \"Got it\" is reminded at the date they promised. After that much silence they are asked");
        line("# again, and after that much more it is given up, with an owner. Working time.");
        line("[reminders]");
        quoted_key("second_after", to_text(policy.delivery.second_reminder_after, TimeBase::working_time));
        quoted_key("end_after", to_text(policy.delivery.reminders_end_after, TimeBase::working_time));
        line("");
    }

    void still_needed(const Policy& policy)
    {
        line(
            "# Where `ask_asker_first` is true, who asked says whether they still need it before anybody hears of it");
        line(
            "# again. How long they have for that, how long a yes stands, and how long it sleeps without one before");
        line("# it ends. Working time.");
        line("[still_needed]");
        quoted_key("answered_within", to_text(policy.delivery.need_answered_within, TimeBase::working_time));
        quoted_key("stands_for", to_text(policy.delivery.need_stands_for, TimeBase::working_time));
        quoted_key("sleep_ends_after", to_text(policy.delivery.sleep_ends_after, TimeBase::working_time));
        line("");
    }

    void read_back(const Policy& policy)
    {
        line(
            "# What must not be misunderstood is said back by one or two of those who received it. By how many people");
        line(
            "# one author may have it done in seven days, 0 for never; and how long whoever likes goes first, before");
        line("# somebody is picked. Working time.");
        line("[read_back]");
        key("a_week", fmt::to_string(policy.read_back.a_week));
        quoted_key("volunteers_first", to_text(policy.read_back.volunteers_first, TimeBase::working_time));
        line("");
    }

    void teams(const Policy& policy)
    {
        line(
            "# Teams: who belongs to them and who leads them, where they are at home, and hours of their own. A");
        line("# person's hours are those of the first team that names them and has some.");
        if (policy.teams.empty()) {
            line("#");
            line("#     [[team]]");
            line("#     name = \"platform\"");
            line("#     members = [\"U012AB3CD\"]");
            line("#     leads = [\"U012AB3CD\"]");
            line("#     hours = \"Mon-Thu 08:00-16:00\"");
            line("");
        }
        for (const Team& team : policy.teams) {
            line("[[team]]");
            quoted_key("name", team.name);
            if (!team.channel.empty()) id("channel", team.channel);
            ids("", "members", team.members);
            if (!team.groups.empty()) ids("", "groups", team.groups);
            ids("", "leads", team.leads);
            if (!team.zone.empty()) quoted_key("zone", team.zone);
            if (team.hours) quoted_key("hours", to_text(*team.hours));
            if (!team.holidays.empty()) key("holidays", quoted_list(team.holidays));
            line("");
        }
    }

    void channels(const Policy& policy)
    {
        line(
            "# Watched channels. `watch` says what counts as a question there: \"mentions\" (what asks somebody by");
        line(
            "# name, or a group), \"questions\" (that, and what asks the room), \"all\" (whatever somebody begins:");
        line(
            "# the channel is for requests) or \"off\". People and members of groups answer in turn what asks nobody");
        line(
            "# in particular. How long a question waits, in working time: until who asked it is offered, alone, that");
        line(
            "# somebody be asked (offer_after), until somebody is (ask_after), until somebody else is (pass_on_after).");
        line(
            "# It does not wait outside of the channel's `hours`, in its `zone`; left out: the hours of who asked.");
        if (policy.channels.empty()) {
            line("#");
            line("#     [[channel]]");
            line("#     channel = \"C012AB3CD\"");
            line("#     watch = \"questions\"");
            line("#     people = [\"U012AB3CD\"]");
            line("#     groups = [\"S012AB3CD\"]");
            line("#     offer_after = \"4h\"");
            line("#     ask_after = \"6h\"");
            line("#     pass_on_after = \"8h\"");
            line("#     hours = \"Mon-Fri 09:00-17:00\"");
            line("#     zone = \"Europe/Berlin\"");
            line("");
        }
        for (const WatchedChannel& watched : policy.channels) {
            line("[[channel]]");
            id("channel", watched.channel);
            quoted_key("watch", name_of(watched.mode));
            ids("", "people", watched.people);
            if (!watched.groups.empty()) ids("", "groups", watched.groups);
            for (const ChannelTime& time : channel_times)
                quoted_key(time.key, to_text(watched.*time.value, TimeBase::working_time));
            if (watched.hours) quoted_key("hours", to_text(*watched.hours));
            if (!watched.zone.empty()) quoted_key("zone", watched.zone);
            line("");
        }
    }

    void rotations(const Policy& policy)
    {
        line(
            "# Rotations: people who take turns at being on call. A turn is \"daily\", \"weekly on monday\", or a rule");
        line(
            "# such as \"FREQ=WEEKLY;INTERVAL=2\"; it begins at `hand_over` in `zone`, the first one on the day `starts`.");
        line(
            "# A duty that follows the sun has parts instead, each with hours, a zone and people of its own. Leads hear");
        line("# of gaps; people are told off hours that they are on only where `off_hours` says so.");
        if (policy.rotations.empty()) {
            line("#");
            line("#     [[rotation]]");
            line("#     name = \"platform\"");
            line("#     people = [\"U012AB3CD\"]");
            line("#     zone = \"Europe/Berlin\"");
            line("#     hand_over = \"09:00\"");
            line("#     turn = \"weekly on monday\"");
            line("#     starts = \"2026-01-05\"");
            line("");
        }
        for (const Rotation& rotation : policy.rotations) {
            line("[[rotation]]");
            quoted_key("name", rotation.name);
            const bool is_whole = rotation.parts.size() == 1 && !rotation.parts.front().hours;
            if (is_whole) ids("", "people", rotation.parts.front().people);
            if (!rotation.zone.empty()) quoted_key("zone", rotation.zone);
            quoted_key("hand_over", time_of_day_text(rotation.hand_over));
            quoted_key("turn", to_text(rotation.turn));
            quoted_key("starts", date_text(rotation.starts));
            if (!rotation.leads.empty()) ids("", "leads", rotation.leads);
            key("off_hours", rotation.off_hours ? "true" : "false");
            for (const RotationPart& part : rotation.parts) {
                if (is_whole) break;
                line("  [[rotation.part]]");
                line("  hours = " + quoted(to_text(part.hours.value_or(WorkWeek{}))));
                if (!part.zone.empty()) line("  zone = " + quoted(part.zone));
                ids("  ", "people", part.people);
            }
            line("");
        }
    }

    void sources(const Policy& policy)
    {
        line(
            "# Sources: programs that may tell what is wrong. What they tell is shown in `channel` and raised along");
        line(
            "# `route` (left out: the default one), at `priority`; at \"fyi\" nobody is asked. `kind` is what they");
        line(
            "# speak: \"alertmanager\", \"grafana\", \"github\", \"pagerduty\", \"json\" (with a mapping) or \"text\".");
        line(
            "# A source with `expect_every` is one whose silence is bad news. Its address: `ackd sources add-key`.");
        line("# With `resolve_after`, an alert is over when nothing was heard of it for so long.");
        if (policy.sources.empty()) {
            line("#");
            line("#     [[source]]");
            line("#     name = \"production\"");
            line("#     kind = \"alertmanager\"");
            line("#     channel = \"C012AB3CD\"");
            line("#     route = \"default\"");
            line("#     priority = \"now\"");
            line("");
        }
        for (const AlertSource& source : policy.sources) {
            line("[[source]]");
            quoted_key("name", source.name);
            quoted_key("kind", name_of(source.kind));
            id("channel", source.channel);
            if (!source.route.empty()) quoted_key("route", source.route);
            quoted_key("priority", name_of(source.priority));
            if (source.expect_every)
                quoted_key("expect_every", to_text(*source.expect_every, TimeBase::wall_clock));
            if (source.resolve_after)
                quoted_key("resolve_after", to_text(*source.resolve_after, TimeBase::wall_clock));
            key("requests_per_minute", fmt::to_string(source.requests_per_minute));
            if (!source.label.empty()) quoted_key("label", source.label);
            if (!source.branches.empty()) key("branches", quoted_list(source.branches));
            if (source.kind == SourceKind::json) mapping(source.mapping);
            line("");
        }
    }

    void mapping(const AlertMapping& mapping)
    {
        line("  [source.mapping]");
        for (const MappingPointer& each : mapping_pointers) {
            const std::string& pointer = mapping.*each.pointer;
            if (!pointer.empty()) line(fmt::format("  {} = {}", each.key, quoted(pointer)));
        }
        if (!mapping.firing.empty()) line(fmt::format("  firing = {}", quoted_list(mapping.firing)));
        line(fmt::format("  resolved = {}", quoted_list(mapping.resolved)));
    }

    void routes(const Policy& policy)
    {
        line(
            "# Routes: who is asked, step by step, when the debtor does not answer. A step may wait before it");
        line(
            "# starts. What is on its way keeps the route it began with. With `about`, which says what it is for,");
        line(
            "# it is a category that whoever raises something can choose (/escalate); what is raised has its");
        line(
            "# `priority` and shows its `playbook`. When the last step was in vain, all are taken again, `repeats`");
        line("# times.");
        if (policy.routes.empty()) {
            line("#");
            line("#     [[route]]");
            line("#     name = \"default\"");
            line("#     about = \"Customers cannot work: the site is down, data is lost\"");
            line("#     priority = \"now\"");
            line("#     playbook = \"https://wiki.example.org/incident\"");
            line("#     repeats = 1");
            line("#       [[route.step]]");
            line("#       people = [\"U012AB3CD\"]");
            line("#       [[route.step]]");
            line("#       delay = \"1h\"");
            line("#       groups = [\"S012AB3CD\"]");
            line("#       channels = [\"C012AB3CD\"]");
            line("#       rotations = [\"ops\"]");
        }
        for (const auto& [name, route] : policy.routes) {
            line("[[route]]");
            quoted_key("name", name);
            if (!route.about.empty()) quoted_key("about", route.about);
            if (route.priority != Route{}.priority) quoted_key("priority", name_of(route.priority));
            if (!route.playbook.empty()) quoted_key("playbook", route.playbook);
            if (route.repeats > 0) key("repeats", fmt::to_string(route.repeats));
            for (const RouteStep& step : route.steps) route_step(step);
            if (name != policy.routes.rbegin()->first) line("");
        }
    }

    void route_step(const RouteStep& step)
    {
        std::vector<UserId> people;
        std::vector<GroupId> groups;
        std::vector<ChannelId> channels;
        for (const RouteTarget& target : step.targets) {
            if (const auto* person = std::get_if<UserId>(&target))
                people.push_back(*person);
            else if (const auto* group = std::get_if<GroupId>(&target))
                groups.push_back(*group);
            else
                channels.push_back(std::get<ChannelId>(target));
        }
        line("  [[route.step]]");
        if (step.delay > Duration{0})
            line(fmt::format("  delay = {}", quoted(to_text(step.delay, TimeBase::wall_clock))));
        if (!people.empty()) ids("  ", "people", people);
        if (!groups.empty()) ids("  ", "groups", groups);
        if (!channels.empty()) ids("  ", "channels", channels);
        if (!step.rotations.empty()) line(fmt::format("  rotations = {}", quoted_list(step.rotations)));
    }

    const PolicyAnnotations& annotations_;
    std::string text_;
};

}  // namespace

std::string to_text(const PolicyDocument& document, const PolicyAnnotations& annotations)
{
    return PolicyWriter{annotations}.write(document);
}

}  // namespace ackd
