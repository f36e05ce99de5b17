// The form to ask: what it is opened with, what it refuses and says about it, and that it asks exactly once
// whatever happens on its way.
#include "bot/commands/ask_form.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const MessageRef subject{ChannelId{"Cwork"}, "900.000100"};

/// A workspace whose channel #work we are in.
struct Office : Workspace {
    explicit Office(Settings settings = {}) : Workspace(std::move(settings))
    {
        take(WorkspaceKnown{"T1", UserId{"Uackd"}, "Backd"});
        take(ConversationsListed{{{ChannelId{"Cwork"}, "work", false}, {ChannelId{"Cold"}, "old", true}}});
        messages[subject] = FetchedMessage{UserId{"Uann"}, false, "", rich("@Ubo the plan is there")};
    }

    void pick_shortcut(const char* person, const std::string& text, const char* author = "Uann")
    {
        ShortcutUsed used;
        used.name = "request_acknowledgement";
        used.person = UserId{person};
        used.trigger = "trigger";
        used.message = subject;
        used.message_author = UserId{author};
        used.text = rich(text);
        used.reply_address = "https://reply.example.test/1";
        take(used);
    }
    void pick_global_shortcut(const char* person)
    {
        ShortcutUsed used;
        used.name = "ask";
        used.person = UserId{person};
        used.trigger = "trigger";
        take(used);
    }
    /// Sends the form that was opened last, with these values in place of those it was opened with.
    void submit(const char* person, const std::vector<FieldValue>& entered, const char* instance = "V1")
    {
        REQUIRE_FALSE(forms.empty());
        FormSubmitted submitted;
        submitted.name = forms.back().name;
        submitted.instance = instance;
        submitted.context = forms.back().context;
        submitted.person = UserId{person};
        for (const FormField& field : forms.back().fields) {
            FieldValue value{field.name, field.initial, "", std::nullopt};
            for (const FieldValue& other : entered) {
                if (other.field == field.name) value = other;
            }
            submitted.values.fields.push_back(value);
        }
        take(submitted);
    }
    [[nodiscard]] std::string problem() const
    {
        std::string text;
        for (const FormProblem& each : problems) text += each.field + ": " + each.explanation + "\n";
        return text;
    }
    [[nodiscard]] std::int64_t requests() { return count("SELECT count(*) FROM requests"); }
};

FieldValue chosen(const char* field, std::vector<std::string> ids)
{
    return FieldValue{field, std::move(ids), "", std::nullopt};
}

FieldValue typed(const char* field, std::string text)
{
    return FieldValue{field, {}, std::move(text), std::nullopt};
}

FieldValue moment_in(const char* field, Instant at)
{
    return FieldValue{field, {}, "", at};
}

std::vector<std::string> initial_of(const Form& form, const char* name)
{
    for (const FormField& field : form.fields) {
        if (field.name == name) return field.initial;
    }
    return {"no such field"};
}

std::string fields_of(const Form& form)
{
    std::string names;
    for (const FormField& field : form.fields) names += (names.empty() ? "" : " ") + field.name;
    return names;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("ask form: the shortcut on a message opens it for those the message mentions")
{
    Office office;
    office.take(GroupChanged{UserGroup{GroupId{"Gplatform"}, "platform", {UserId{"Ucy"}}, false}});
    office.pick_shortcut("Uann", "@Ubo @Uann read @&Gplatform this");
    REQUIRE(office.forms.size() == 1);
    const Form& form = office.forms.back();
    CHECK(form.title == "Request acknowledgement");
    CHECK(text_of(form.introduction.front().text) == "@Bo @Ann read @platform this");
    CHECK(fields_of(form) == "who groups channels quorum priority level read_back by silence decider");
    CHECK(initial_of(form, "who") == Ids{"Ubo"});  // nobody asks themselves
    CHECK(initial_of(form, "groups") == Ids{"Gplatform"});
    CHECK(initial_of(form, "channels").empty());
}

TEST_CASE("ask form: a message that mentions nobody is asked of everybody in its channel")
{
    Office office;
    office.members[ChannelId{"Cwork"}] = {UserId{"Uann"}, UserId{"Ubo"}, UserId{"Ucy"}};
    office.pick_shortcut("Uann", "the plan is there");
    CHECK(initial_of(office.forms.back(), "channels") == Ids{"Cwork"});
    CHECK(fields_of(office.forms.back()) ==
          "who channels quorum priority level read_back by silence decider");  // there are no groups
    office.submit("Uann", {});
    CHECK(office.problem().empty());
    CHECK(office.states() == "Ubo open, Ucy open");
}

TEST_CASE("ask form: filled in and sent, the card appears in the thread, and the asker alone is told")
{
    Office office;
    office.pick_shortcut("Ucy", "@Ubo the plan is there");
    office.submit("Ucy",
                  {chosen("who", {"Ubo", "Udi"}),
                   chosen("quorum", {"any"}),
                   chosen("priority", {"week"}),
                   chosen("level", {"received"}),
                   moment_in("by", utc("2026-03-05 15:00"))});
    CHECK(office.problem().empty());
    CHECK(office.states() == "Ubo open, Udi open");
    const Request request = office.request();
    CHECK(request.creditor == UserId{"Ucy"});  // who asks need not have written the message
    CHECK(request.subject == subject);
    CHECK(request.quorum == Quorum::any);
    CHECK(request.priority == Priority::week);
    CHECK(request.level == AckLevel::received);
    CHECK(request.due_at == utc("2026-03-05 15:00"));
    CHECK(office.card().thread == subject.stamp);
    CHECK(office.answers.back().person == UserId{"Ucy"});
    CHECK(
        office.answer() ==
        "📨 Asked as #1, this week, by Thu 15:00 (your time). The card in the (message's thread→) shows who has "
        "answered.\n"
        "[Withdraw]\n");
}

TEST_CASE("ask form: something new is posted in the channel that was chosen, word for word")
{
    Office office;
    office.pick_global_shortcut("Uann");
    CHECK(office.forms.back().title == "Ask for acknowledgement");
    CHECK(fields_of(office.forms.back()) ==
          "text who channels channel quorum priority level read_back by announcement silence decider");
    office.submit("Uann",
                  {typed("text", "Read <@Udi> & *answer*\nplease"),
                   chosen("who", {"Ubo"}),
                   chosen("channel", {"Cwork"})});
    CHECK(office.problem().empty());
    CHECK(office.states() == "Ubo open");
    CHECK(text_of(office.card().now).find("Read <@Udi> & *answer*\nplease") != std::string::npos);
    CHECK(office.answer().find("The card is in #Cwork") != std::string::npos);
}

TEST_CASE("ask form: /ack alone, and the button of the introduction, open it for the channel they are in")
{
    Office office;
    CommandGiven given;
    given.command = "/ack";
    given.person = UserId{"Uann"};
    given.channel = ChannelId{"Cwork"};
    given.trigger = "trigger";
    office.take(given);
    REQUIRE(office.forms.size() == 1);
    CHECK(initial_of(office.forms.back(), "channel") == Ids{"Cwork"});
    CHECK(office.answers.empty());

    office.take(ChannelJoined{ChannelId{"Cnew"}, UserId{"Uackd"}, UserId{"Ubo"}});
    const Notice introduction = office.answers.back().notice;
    ActionTaken taken;
    taken.name = "ask";
    taken.value = value_behind(introduction, "ask", "");
    taken.person = UserId{"Ubo"};
    taken.message = MessageRef{ChannelId{"Cnew"}, "950.000100"};
    taken.on_ephemeral = true;
    taken.trigger = "trigger";
    office.take(taken);
    REQUIRE(office.forms.size() == 2);
    CHECK(initial_of(office.forms.back(), "channel") == Ids{"Cnew"});

    taken.message = {};
    taken.on_ephemeral = false;
    taken.in_home = true;
    office.take(taken);
    REQUIRE(office.forms.size() == 3);
    CHECK(initial_of(office.forms.back(), "channel").empty());
}

TEST_CASE("ask form: what cannot be is said at the field, and nobody is asked")
{
    Office office;
    office.join("Urobot", "Robot", "Etc/UTC", MemberKind::bot);
    office.pick_global_shortcut("Uann");
    const FieldValue text = typed("text", "please read");
    const FieldValue who = chosen("who", {"Ubo"});
    const FieldValue channel = chosen("channel", {"Cwork"});
    struct Row {
        std::vector<FieldValue> entered;
        const char* problem;
    };
    const Row rows[] = {
        {{typed("text", " \n\t ")},
         "who: Choose at least one person, group or channel.\n"
         "channel: Choose where to post it.\n"
         "text: Say what you ask for.\n"},
        {{text, channel, chosen("who", {"Urobot"})},
         "who: Nobody can be asked: they are bots, deactivated, or an empty group.\n"},
        {{text, channel, who, chosen("quorum", {"3"})}, "quorum: You ask for 3 answers from 1 person.\n"},
        {{text, channel, who, moment_in("by", utc("2026-03-02 10:00"))},
         "by: That is past. Choose a later time, or leave it empty.\n"},
        {{text, channel, who, moment_in("by", utc("2027-03-05 10:00"))},
         "by: That is more than a year ahead.\n"},
        {{text, who, chosen("channel", {"Celsewhere"})},
         "channel: I am not in that channel, or it is archived. Choose another.\n"},
        {{text, who, chosen("channel", {"Cold"})},
         "channel: I am not in that channel, or it is archived. Choose another.\n"},
    };
    for (const Row& row : rows) {
        office.submit("Uann", row.entered);
        CHECK(office.problem() == row.problem);
        CHECK(office.requests() == 0);
    }
    // Corrected in the same form, it goes through.
    office.submit("Uann", {text, who, channel});
    CHECK(office.problem().empty());
    CHECK(office.requests() == 1);
}

TEST_CASE("ask form: sent again because its answer was lost, it asks nobody twice")
{
    Office office;
    office.pick_global_shortcut("Uann");
    const std::vector<FieldValue> entered{
        typed("text", "please read"), chosen("who", {"Ubo"}), chosen("channel", {"Cwork"})};
    office.submit("Uann", entered);
    office.submit("Uann", entered);
    CHECK(office.problem().empty());  // it closes, as it should have the first time
    CHECK(office.requests() == 1);

    // Changed meanwhile: what was typed stays where it is.
    office.submit("Uann", {entered[0], entered[2], chosen("who", {"Ubo", "Ucy"})});
    CHECK(
        office.problem() ==
        "who: This was asked already, as it stood when you sent it. To ask more, copy your text and open a new "
        "form.\n");
    CHECK(office.requests() == 1);

    office.submit("Uann", entered, "V2");  // another form with the same words is another request
    CHECK(office.requests() == 2);
}

TEST_CASE("ask form: opened before a restart, it can be sent after it")
{
    Office before;
    before.pick_shortcut("Uann", "@Ubo the plan is there");
    Office after;
    after.forms = before.forms;
    after.submit("Uann", {});
    CHECK(after.problem().empty());
    CHECK(after.states() == "Ubo open");
}

TEST_CASE("ask form: where there can be none, a dialog says why")
{
    Office office;
    office.pick_shortcut("Uann", "my card", "Uackd");
    CHECK(text_of(office.dialogs.back()) == "That message is mine. Choose the one that it is about.\n");

    office.react("Uann", subject, "incoming_envelope", true, "Uann");
    office.pick_shortcut("Uann", "@Ubo the plan is there");
    CHECK(text_of(office.dialogs.back()) ==
          "This was asked already, as #1.\n> @Bo the plan is there (open→)\n⏳ open: Bo\n");

    office.take(ChannelLeft{ChannelId{"Cwork"}, UserId{}});
    office.pick_shortcut("Uann", "@Ubo the plan is there");
    CHECK(text_of(office.dialogs.back()) ==
          "In a channel: type `/invite @ackd` there, then choose this again.\n"
          "~ I am not in this conversation, so nobody could see here who has answered.\n");
    CHECK(office.forms.empty());
}

TEST_CASE("ask form: one that did not open in time is no silence")
{
    Office office;
    office.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        if (!std::holds_alternative<OpenForm>(delivery.effect)) return std::nullopt;
        return Fault{FaultKind::permanent, "expired_trigger_id"};
    };
    office.pick_shortcut("Uann", "@Ubo the plan is there");
    CHECK(office.answer() == "The form did not open. Choose it once more.\n");
    CHECK(office.answers.back().person == UserId{"Uann"});
}

TEST_CASE("ask form: what was typed comes back when the channel cannot be read")
{
    Office office;
    office.pick_global_shortcut("Uann");
    const std::string text(1'000, 'x');
    office.submit("Uann", {typed("text", text), chosen("channels", {"Cgone"}), chosen("channel", {"Cwork"})});
    CHECK(office.problem().empty());
    office.advance(2s);
    CHECK(text_of(office.last_to("Uann").now) ==
          "Nobody was asked: the channel could not be read. Invite ackd to it and ask again.\n> " + text +
              "\n");
}

TEST_CASE("ask form: one that breaks a handler stays open with what was typed")
{
    Office office;
    office.pick_global_shortcut("Uann");
    office.connection->execute("DROP TABLE conversations");
    office.submit("Uann",
                  {typed("text", "please read"), chosen("who", {"Ubo"}), chosen("channel", {"Cwork"})});
    CHECK(
        office.problem() ==
        "text: Something went wrong here, and nothing was asked. Please copy your text, and tell whoever runs "
        "ackd.\n");
    CHECK(office.requests() == 0);
}

TEST_CASE("ask form: a context that is not ours is no crash")
{
    for (const char* context : {"", "null", "[1]", "{\"channel\":7}", "{", "\xff"}) {
        CAPTURE(context);
        const auto read = read_ask_form(
            context, FormValues{{chosen("who", {"Ubo"})}}, utc("2026-03-02 10:00"));
        REQUIRE(std::holds_alternative<FormProblems>(read));
        CHECK(std::get<FormProblems>(read).front().field == "channel");
    }
}

TEST_CASE("ask form: two who ask about the same message, or a form and the reaction, make one request")
{
    Office office;
    office.pick_shortcut("Uann", "@Ubo the plan is there");
    office.pick_shortcut("Ucy", "@Ubo the plan is there", "Uann");
    REQUIRE(office.forms.size() == 2);
    office.submit("Ucy", {}, "V2");
    CHECK(office.problem().empty());
    office.submit("Uann", {}, "V1");
    CHECK(office.problem() == "who: This was asked meanwhile, as #1. Nothing is left to do here.\n");
    office.react("Uann", subject, "incoming_envelope", true, "Uann");
    CHECK(office.requests() == 1);
}

TEST_CASE("ask form: more people than may be asked at once are refused at the field")
{
    Settings settings = straight_settings();
    settings.recipients_max = 2;
    Office office{settings};
    office.pick_shortcut("Uann", "@Ubo @Ucy @Udi read");
    office.submit("Uann", {});
    CHECK(office.problem() == "who: This would ask 3 people, and 2 is the most.\n");
    CHECK(office.requests() == 0);
}

TEST_CASE("ask form: whoever asks is not taken for everybody, and who cannot be asked is not offered")
{
    Office office;
    office.join("Urobot", "Robot", "Etc/UTC", MemberKind::bot);
    office.pick_shortcut("Uann", "@Uann can you get the team to look?");
    CHECK(initial_of(office.forms.back(), "who").empty());
    CHECK(initial_of(office.forms.back(), "channels").empty());
    office.pick_shortcut("Uann", "@Ubo @Urobot @Ubo look");
    CHECK(initial_of(office.forms.back(), "who") == Ids{"Ubo"});
}

TEST_CASE("ask form: taken, and sent again after its date has passed, it is not refused for that")
{
    Office office;
    office.pick_shortcut("Uann", "@Ubo the plan is there");
    const std::vector<FieldValue> entered{moment_in("by", utc("2026-03-02 10:30"))};
    office.submit("Uann", entered);
    office.advance(1h);
    office.submit("Uann", entered);
    CHECK(office.problem().empty());
    CHECK(office.requests() == 1);
}

TEST_CASE("ask form: whoever cannot be answered in the channel is answered by direct message")
{
    Office office;
    office.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        if (!std::holds_alternative<EphemeralReply>(delivery.effect)) return std::nullopt;
        return Fault{FaultKind::permanent, "user_not_in_channel"};
    };
    office.pick_shortcut("Uann", "@Ubo the plan is there");
    office.submit("Uann", {});
    office.advance(2s);
    CHECK(text_of(office.last_to("Uann").now).find("📨 Asked as #1") != std::string::npos);
}

TEST_CASE("ask form: how many say it back is a choice, and what cannot be is said there")
{
    Office office;
    office.pick_shortcut("Uann", "@Ubo the plan is there");
    office.submit("Uann", {{"read_back", {"1"}, "", std::nullopt}, {"priority", {"week"}, "", std::nullopt}});
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front() ==
          FormProblem{"read_back", "Only what is for now or for today is said back."});
    office.submit("Uann", {{"read_back", {"2"}, "", std::nullopt}});
    CHECK(office.problems.front() ==
          FormProblem{"read_back", "Two are to say it back, and only 1 person must answer."});
    office.submit("Uann", {{"read_back", {"1"}, "", std::nullopt}});
    CHECK(office.problems.empty());
    CHECK(office.count("SELECT count(*) FROM read_backs WHERE wanted = 1") == 1);
}
