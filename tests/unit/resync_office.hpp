// Two teams with a resync every Monday at 11:00, and how their people take part.
//
// It is Monday, 2 March 2026, 10:00 UTC. Bo leads platform, Cy leads mobile; Fay is on the route. What was
// answered is posted a working day later, on Tuesday at 11:00.
#pragma once

#include "bot/cadence/cadence_handlers.hpp"
#include "bot/resync/resync_table.hpp"
#include "tests/unit/incident_desk.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace ackd {

inline Team team_of_two(const char* name, const char* lead, const char* member)
{
    Team made;
    made.name = name;
    made.members = {UserId{lead}, UserId{member}};
    made.leads = {UserId{lead}};
    return made;
}

inline Settings resynced(const char* every = "every monday 11:00")
{
    Settings settings = straight_settings();
    settings.teams = {team_of_two("platform", "Ubo", "Upat"), team_of_two("mobile", "Ucy", "Umia")};
    Resync product;
    product.name = "product";
    product.teams = {"platform", "mobile"};
    product.channel = ChannelId{"Cleads"};
    std::string problem;
    product.cadence =
        parse_cadence(every, std::chrono::local_days{std::chrono::year{2026} / 3 / 2}, problem).value();
    product.route = "heads";
    settings.resyncs = {product};
    Route heads;
    heads.name = "heads";
    heads.steps.emplace_back().delay = std::chrono::hours{16};
    heads.steps.back().targets = {UserId{"Ufay"}};
    settings.routes.emplace("heads", heads);
    settings.dead_letter_owner = UserId{"Ugil"};
    return settings;
}

struct ResyncOffice : Workspace {
    explicit ResyncOffice(Settings settings = resynced(), const std::string& path = ":memory:")
        : Workspace(std::move(settings), utc("2026-03-02 10:00"), path)
    {
        for (const auto& [id, name] : {std::pair{"Ubo", "Bo"},
                                       std::pair{"Ucy", "Cy"},
                                       std::pair{"Upat", "Pat"},
                                       std::pair{"Umia", "Mia"},
                                       std::pair{"Ufay", "Fay"},
                                       std::pair{"Ugil", "Gil"}})
            join(id, name);
        advance(std::chrono::minutes{2});
    }

    struct Said {
        std::string priorities = "keep it running";
        std::string waits_for{};
        std::string owes{};
        std::string surprises{};
        std::string risks{};
    };

    /// And lets what is to be posted pass: a channel takes one message a second.
    void advance_past(Instant then)
    {
        advance_to(then);
        advance(std::chrono::seconds{10});
    }

    /// Presses "Answer …" on the newest message that has it, and says this.
    void answers(const char* person, const Said& said)
    {
        const std::vector<SeenMessage> theirs = to(person);
        for (auto found = theirs.rbegin(); found != theirs.rend(); ++found) {
            const SeenMessage& message = *found;
            for (const Section& section : message.now.sections) {
                for (const Action& action : section.actions) {
                    if (action.name != "resync_answer") continue;
                    opens(person, message, action);
                    submit(person, said);
                    return;
                }
            }
        }
        FAIL("nobody asked " << person);
    }
    void opens(const char* person, const SeenMessage& message, const Action& action)
    {
        ActionTaken taken;
        taken.person = UserId{person};
        taken.name = action.name;
        taken.value = action.value;
        taken.message = message.ref;
        taken.trigger = "T1";
        take(taken);
    }
    void submit(const char* person, const Said& said)
    {
        submit_fields(person,
                      {{"priorities", said.priorities},
                       {"waits_for", said.waits_for},
                       {"owes", said.owes},
                       {"surprises", said.surprises},
                       {"risks", said.risks}});
    }
    void submit_fields(const char* person, const std::vector<std::pair<std::string, std::string>>& fields)
    {
        FormSubmitted submitted;
        submitted.name = forms.back().name;
        submitted.instance = "V" + std::to_string(++instances);
        submitted.context = forms.back().context;
        submitted.person = UserId{person};
        for (const auto& [name, text] : fields)
            submitted.values.fields.push_back(FieldValue{name, {}, text, std::nullopt});
        take(submitted);
    }

    void resync(const char* person, const std::string& typed) { command(person, "/resync", rich(typed)); }
    void surprise(const char* person, const std::string& typed) { command(person, "/surprise", rich(typed)); }

    /// What the channel shows: the message, and the lines below it.
    [[nodiscard]] std::string board() const
    {
        std::string text;
        for (const SeenMessage& message : in("Cleads")) {
            if (message.thread.empty()) text = text_of(message.now);
        }
        return text;
    }
    [[nodiscard]] std::vector<std::string> below() const
    {
        std::vector<std::string> lines;
        for (const SeenMessage& message : in("Cleads")) {
            if (!message.thread.empty()) lines.push_back(text_of(message.now));
        }
        return lines;
    }
    /// The newest message that asks somebody about a divergence: it is important, and not urgent, so that it
    /// stands in their digest.
    [[nodiscard]] SeenMessage question_to(const char* person) const
    {
        SeenMessage found;
        for (const SeenMessage& message : to(person)) {
            if (text_of(message.now).find("[We agree now]") != std::string::npos) found = message;
        }
        return found;
    }
    [[nodiscard]] Divergence divergence(std::int64_t id = 1)
    {
        return ResyncTable{*connection}.find(DivergenceId{id}).value();
    }
    [[nodiscard]] std::vector<EndedOccurrence> occurrences()
    {
        return CadenceTable{*connection}.newest({CadenceUse::resync, "product"}, 100);
    }

    int instances = 0;
};

}  // namespace ackd
