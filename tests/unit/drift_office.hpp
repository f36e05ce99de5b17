// A team of nine, of which somebody wants to know how alike it sees something.
#pragma once

#include "bot/delivery/action_names.hpp"
#include "bot/drift/drift_table.hpp"
#include "tests/unit/incident_desk.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ackd {

inline Settings with_platform(const char* channel = "Cplatform")
{
    Settings settings = straight_settings();
    Team platform;
    platform.name = "platform";
    platform.channel = ChannelId{channel};
    for (const char* id : {"Ubo", "Ucy", "Udi", "Ueve", "Ufay", "Ugil", "Uhal", "Uida", "Ujo"})
        platform.members.emplace_back(id);
    platform.leads = {UserId{"Uann"}};
    settings.teams = {platform};
    return settings;
}

inline Settings with_members(std::vector<UserId> members)
{
    Settings settings = with_platform();
    settings.teams.front().members = std::move(members);
    return settings;
}

/// What is entered in the form.
struct EnteredDrift {
    std::string question = "What comes first this month?";
    std::string holds = "migration";
    std::string others = "onboarding\nincident debt";
    std::optional<Instant> until{};
    std::string team{};
};

/// It is Monday, 2 March 2026, 10:00 UTC. Ann leads platform, of which there are nine people.
struct DriftOffice : Workspace {
    explicit DriftOffice(Settings settings = with_platform(), const std::string& path = ":memory:")
        : Workspace(std::move(settings), utc("2026-03-02 10:00"), path)
    {
        for (const auto& [id, name] : {std::pair{"Ueve", "Eve"},
                                       std::pair{"Ufay", "Fay"},
                                       std::pair{"Ugil", "Gil"},
                                       std::pair{"Uhal", "Hal"},
                                       std::pair{"Uida", "Ida"},
                                       std::pair{"Ujo", "Jo"}})
            join(id, name);
    }

    /// True: a form was opened.
    bool drift(const char* person, const std::string& typed = "", const char* trigger = "T1")
    {
        CommandGiven given;
        given.command = "/drift";
        given.text = rich(typed);
        given.person = UserId{person};
        given.channel = ChannelId{"Cwork"};
        given.trigger = trigger;
        const std::size_t opened = forms.size();
        take(given);
        return forms.size() > opened;
    }
    void submits(const char* person, const EnteredDrift& asked, const char* instance = "")
    {
        FormSubmitted submitted;
        submitted.name = forms.back().name;
        submitted.instance = *instance != '\0' ? instance : "V" + std::to_string(++instances);
        submitted.context = forms.back().context;
        submitted.person = UserId{person};
        const auto add = [&](const char* field, const std::string& text) {
            submitted.values.fields.push_back(FieldValue{field, {}, text, std::nullopt});
        };
        add("question", asked.question);
        add("holds", asked.holds);
        add("others", asked.others);
        if (asked.until) submitted.values.fields.push_back(FieldValue{"until", {}, "", asked.until});
        if (!asked.team.empty())
            submitted.values.fields.push_back(FieldValue{"team", {asked.team}, "", std::nullopt});
        take(submitted);
        probes = count("SELECT coalesce(max(id), 0) FROM drift_probes");
    }
    /// By form, and everybody at work has it.
    void asks(const char* person, const EnteredDrift& asked = {})
    {
        REQUIRE(drift(person));
        submits(person, asked);
        CHECK(problems.empty());
        advance(std::chrono::seconds{10});
    }

    /// The message with the buttons of the newest probe; nothing: they were not asked.
    [[nodiscard]] std::optional<SeenMessage> question_to(const std::string& person) const
    {
        std::optional<SeenMessage> found;
        const std::string newest = std::to_string(probes) + " ";
        for (const SeenMessage& message : to(person.c_str())) {
            for (const Section& section : message.now.sections) {
                if (!section.actions.empty() && section.actions.front().name == action::drift_answer &&
                    section.actions.front().value.starts_with(newest))
                    found = message;
            }
        }
        return found;
    }
    /// Who was picked, in the order of their ids.
    [[nodiscard]] std::vector<std::string> picked() const
    {
        std::vector<std::string> people;
        for (const char* id : {"Uann", "Ubo", "Ucy", "Udi", "Ueve", "Ufay", "Ugil", "Uhal", "Uida", "Ujo"}) {
            if (question_to(id)) people.emplace_back(id);
        }
        return people;
    }
    void taps(const std::string& person, const std::string& label)
    {
        const auto message = question_to(person);
        REQUIRE(message);
        for (const Action& action : message->now.sections.front().actions) {
            if (action.label == label) return taps_value(person, action.value, message->ref);
        }
        FAIL("no button " << label);
    }
    void taps_value(const std::string& person, const std::string& value, const MessageRef& message = {})
    {
        ActionTaken taken;
        taken.person = UserId{person};
        taken.name = action::drift_answer;
        taken.value = value;
        taken.message = message;
        take(taken);
    }
    /// As many of those who were picked as there are labels, and a message's time after them.
    void all_tap(const std::vector<std::string>& labels)
    {
        const auto people = picked();
        REQUIRE(labels.size() <= people.size());
        for (std::size_t index = 0; index < labels.size(); ++index) taps(people[index], labels[index]);
        advance(std::chrono::seconds{10});
    }

    [[nodiscard]] std::string board(const char* channel = "Cplatform") const
    {
        const auto posted = in(channel);
        return posted.empty() ? "" : text_of(posted.back().now);
    }
    [[nodiscard]] DriftProbe probe(std::int64_t id = 1)
    {
        return DriftTable{*connection}.find(DriftProbeId{id}).value();
    }
    [[nodiscard]] std::string problem() const
    {
        return problems.empty() ? "" : problems.front().field + ": " + problems.front().explanation;
    }

    int instances = 0;
    std::int64_t probes = 0;
};

}  // namespace ackd
