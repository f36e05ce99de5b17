#include "bot/policy/policy_lines.hpp"
#include "bot/policy/policy_text.hpp"
#include "bot/policy/policy_text_capacity.hpp"
#include "bot/policy/policy_text_destinations.hpp"
#include "bot/policy/policy_text_resync.hpp"
#include "bot/policy/policy_text_retro.hpp"
#include "bot/policy/policy_text_rotations.hpp"
#include "bot/policy/policy_text_routes.hpp"
#include "bot/policy/policy_text_sources.hpp"
#include "bot/policy/policy_text_wip.hpp"
#include "bot/policy/policy_values.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

class PolicyWriter : private PolicyLines {
public:
    explicit PolicyWriter(const PolicyAnnotations& annotations) : PolicyLines(annotations) {}

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
        write_rotations(*this, policy.rotations);
        write_destinations(*this, policy.destinations);
        write_sources(*this, policy.sources);
        write_capacity(*this, policy.capacity);
        write_wip(*this, policy.wip);
        write_resyncs(*this, policy.resyncs);
        write_retros(*this, policy.retros);
        write_routes(*this, policy.routes);
        return take();
    }

private:
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
        if (!history().empty()) {
            line("# Changed last:");
            for (const std::string& change : history()) line("#   " + comment_text(change));
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
            "# The route of a request that names none, and who owns what nobody answered (left out: who asked). Whoever");
        line("# is on call in the rotation `triage` looks through it once a week (left out: who owns it).");
        line("[escalation]");
        quoted_key("default_route", policy.default_route);
        if (!policy.dead_letter_owner.empty()) id("dead_letter_owner", policy.dead_letter_owner);
        if (!policy.triage_rotation.empty()) quoted_key("triage", policy.triage_rotation);
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
        quoted_key("off_hours", to_text(values.off_hours));
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
};

}  // namespace

std::string to_text(const PolicyDocument& document, const PolicyAnnotations& annotations)
{
    return PolicyWriter{annotations}.write(document);
}

}  // namespace ackd
