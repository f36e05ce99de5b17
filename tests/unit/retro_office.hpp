// A team with a retro every second Monday at 11:00, and how its people take part.
//
// It is Monday, 2 March 2026, 10:00 UTC. Bo and Cy take turns, Ann leads the team. The window is open for
// three working days: until Thursday 11:00, with a reminder on Wednesday 11:00.
#pragma once

#include "bot/delivery/action_names.hpp"
#include "bot/retro/retro_table.hpp"
#include "tests/unit/incident_desk.hpp"

#include <string>
#include <vector>

namespace ackd {

inline Retro platform_retro()
{
    using namespace std::chrono_literals;
    Retro retro;
    retro.name = "platform";
    retro.team = "platform";
    std::string problem;
    retro.cadence = parse_cadence("every second monday 11:00",
                                  std::chrono::local_days{std::chrono::year{2026} / 3 / 2},
                                  problem)
                        .value();
    retro.facilitators = {UserId{"Ubo"}, UserId{"Ucy"}};
    return retro;
}

inline Settings with_retro(const Retro& retro = platform_retro())
{
    Settings settings = straight_settings();
    Team platform;
    platform.name = "platform";
    platform.channel = ChannelId{"Cplatform"};
    platform.members = {UserId{"Ubo"}, UserId{"Ucy"}, UserId{"Udi"}, UserId{"Ueve"}, UserId{"Ufay"}};
    platform.leads = {UserId{"Uann"}};
    settings.teams = {platform};
    settings.retros = {retro};
    settings.dead_letter_owner = UserId{"Ugil"};
    return settings;
}

struct RetroOffice : Workspace {
    explicit RetroOffice(Settings settings = with_retro(), const std::string& path = ":memory:")
        : Workspace(std::move(settings), utc("2026-03-02 10:00"), path)
    {
        join("Ueve", "Eve");
        join("Ufay", "Fay");
        join("Ugil", "Gil");
    }

    void retro(const char* person, const std::string& typed) { command(person, "/retro", rich(typed)); }

    /// Presses this button of a round, wherever it stands; "5 voting" where it says more than the round.
    void presses(const char* person, const char* name, const std::string& value = "1")
    {
        ActionTaken taken;
        taken.person = UserId{person};
        taken.name = name;
        taken.value = value;
        taken.message = MessageRef{ChannelId{"Cplatform"}, "1000.000001"};
        taken.trigger = "T1";
        const std::size_t opened = forms.size();
        take(taken);
        has_opened = forms.size() > opened;
    }
    /// Sends the form that was opened last.
    void sends(const char* person, std::vector<FieldValue> fields, const char* instance = "V1")
    {
        sends_again(person, forms.back(), std::move(fields), instance);
    }
    void sends_again(const char* person,
                     const Form& form,
                     std::vector<FieldValue> fields,
                     const char* instance = "V1")
    {
        FormSubmitted submitted;
        submitted.name = form.name;
        submitted.instance = instance;
        submitted.context = form.context;
        submitted.person = UserId{person};
        submitted.values.fields = std::move(fields);
        take(submitted);
    }
    static FieldValue text(const std::string& field, const std::string& said)
    {
        return FieldValue{field, {}, said, std::nullopt};
    }
    static FieldValue chosen(const std::string& field, std::vector<std::string> values)
    {
        return FieldValue{field, std::move(values), "", std::nullopt};
    }

    /// One answer to the first question.
    void answers(const char* person, const std::string& said, const std::string& round = "1")
    {
        presses(person, action::retro_answer, round);
        sends(person, {text("q1", said), text("q2", "")});
    }
    /// Themes, one a line.
    void groups(const char* person, const std::string& said, const std::string& round = "1")
    {
        presses(person, action::retro_group, round);
        if (has_opened) sends(person, {text("themes", said)});
    }
    void votes(const char* person, std::vector<std::string> themes, const std::string& round = "1")
    {
        presses(person, action::retro_vote, round);
        if (has_opened) sends(person, {chosen("themes", std::move(themes))});
    }
    void takes_on(const char* person,
                  const std::string& said,
                  const char* owner,
                  Instant by,
                  const char* instance = "V9",
                  const std::string& round = "1")
    {
        presses(person, action::retro_act, round);
        if (!has_opened) return;
        sends(person, {text("text", said), chosen("owner", {owner}), FieldValue{"by", {}, "", by}}, instance);
    }

    [[nodiscard]] RetroTable retros() { return RetroTable{*connection}; }
    [[nodiscard]] RetroRound round(std::int64_t id = 1) { return retros().find(RetroRoundId{id}).value(); }
    /// The number of the answer with these words.
    [[nodiscard]] int number_of_answer(const std::string& said, std::int64_t id = 1)
    {
        for (const RetroEntry& entry : retros().entries_of(RetroRoundId{id})) {
            if (entry.text == said) return entry.number;
        }
        return 0;
    }
    /// The message of the newest round.
    [[nodiscard]] std::string board() const
    {
        return in("Cplatform").empty() ? "" : text_of(last_board().now);
    }
    [[nodiscard]] SeenMessage last_board() const
    {
        SeenMessage found;
        for (const SeenMessage& message : in("Cplatform")) {
            if (message.first.kind == NoticeKind::retro) found = message;
        }
        return found;
    }

    /// Whether the last press opened a form.
    bool has_opened = false;
};

/// " 3 1": their numbers, as a line of themes has them.
inline std::string numbers_of(RetroOffice& office, const std::vector<std::string>& said)
{
    std::string text;
    for (const std::string& each : said) text += " " + std::to_string(office.number_of_answer(each));
    return text;
}

/// As far as the window's close, with three answers and a note.
struct ClosedOffice : RetroOffice {
    explicit ClosedOffice(Settings settings = with_retro()) : RetroOffice(std::move(settings))
    {
        retro("Udi", "note the flaky test came back");
        advance_to(utc("2026-03-02 12:00"));
        answers("Ubo", "deploys take an hour");
        answers("Ucy", "nobody reviews on Fridays");
        answers("Ueve", "deploys fail twice a week");
        advance_to(utc("2026-03-05 11:01"));
    }
};

/// And as far as the voting.
struct GroupedOffice : ClosedOffice {
    explicit GroupedOffice(Settings settings = with_retro()) : ClosedOffice(std::move(settings))
    {
        groups("Ubo",
               "Deploys:" + numbers_of(*this, {"deploys take an hour", "deploys fail twice a week"}) +
                   "\nReviews:" + numbers_of(*this, {"nobody reviews on Fridays"}));
        advance(std::chrono::minutes{1});
    }
};

}  // namespace ackd
