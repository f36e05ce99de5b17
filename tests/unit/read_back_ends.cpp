// Read-back, what comes in between: acks that are taken back, people who leave, things that happen twice or
// too late; and what cannot be asked for.
#include "tests/unit/read_back_office.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// Bo has said it back, and Ann has not judged it.
struct SaidBack : ReadBackOffice {
    explicit SaidBack(Settings settings = straight_settings()) : ReadBackOffice(std::move(settings))
    {
        ask_and_ack();
        press("Ubo", card(), "say_back");
        submit("Ubo", "I hold my release");
        advance(5s);
        REQUIRE(holds("hold my release"));
    }
    void check_deleted()
    {
        advance(5s);
        CHECK_FALSE(holds("hold my release"));
        for (const SeenMessage& message : posts)
            CHECK(text_of(message.now).find("hold my release") == std::string::npos);
    }
};

}  // namespace

TEST_CASE("read-back: who takes their ack back has said nothing back, and it waits until they have it again")
{
    SaidBack office;
    office.ackd("Ubo", "undo 1");
    office.check_deleted();
    CHECK(office.state() == "waiting");
    office.ackd("Ubo", "got 1");
    CHECK(office.state() == "running");
}

TEST_CASE("read-back: who is asked and can't after all has no turn any more")
{
    ReadBackOffice office;
    office.ack("Uann", "@Ubo @Ucy @Udi !2 !readback no deploys before Friday");
    office.press("Ubo", office.card(), "got_it");
    office.press("Ucy", office.card(), "got_it");
    office.advance_to(utc("2026-03-02 10:31"));
    const std::string picked = office.picked();
    office.ackd(picked.c_str(), "cant 1 blocked");
    office.advance(5s);
    CHECK(text_of(office.last_to(picked.c_str()).now).find("[Say it back]") == std::string::npos);
    CHECK(office.count("SELECT count(*) FROM read_back_turns WHERE state != 3") == 0);
}

TEST_CASE("read-back: what is withdrawn ends it, and what was said is deleted")
{
    SaidBack office;
    office.ackd("Uann", "withdraw 1");
    CHECK(office.state() == "called off");
    office.check_deleted();
    CHECK(office.said_on_card().find("said back") == std::string::npos);
}

TEST_CASE("read-back: when its subject is deleted it ends, also where everybody has done it")
{
    ReadBackOffice office;
    office.ack("Uann", "@Ubo !readback no deploys before Friday");
    office.press("Ubo", office.card(), "done");
    office.press("Ubo", office.card(), "say_back");
    office.submit("Ubo", "I hold my release");
    office.take(MessageDeleted{office.card().ref});
    CHECK(office.state() == "called off");
    CHECK_FALSE(office.holds("hold my release"));
}

TEST_CASE(
    "read-back: when who was asked leaves, it waits for who answers instead; when who asked leaves, it ends")
{
    ReadBackOffice office;
    office.ask_and_ack();
    office.advance_to(utc("2026-03-02 10:31"));
    const std::string first = office.picked();
    office.join(first.c_str(), "Gone", "Etc/UTC", MemberKind::person, true);
    office.advance(5s);
    CHECK(office.state() == "waiting");
    CHECK(office.count("SELECT count(*) FROM read_back_turns WHERE state != 3") == 0);
    office.join("Uann", "Ann", "Etc/UTC", MemberKind::person, true);
    CHECK(office.state() == "called off");
}

TEST_CASE("read-back: when who asked leaves after all have done it, nobody is asked about it any more")
{
    ReadBackOffice office;
    office.ack("Uann", "@Ubo !readback no deploys before Friday");
    office.press("Ubo", office.card(), "done");
    office.join("Uann", "Ann", "Etc/UTC", MemberKind::person, true);
    CHECK(office.state() == "called off");
    office.advance_to(utc("2026-03-03 10:00"));
    CHECK(office.to("Ubo").empty());
}

TEST_CASE("read-back: an edit in substance asks again, and what was said of the earlier text is deleted")
{
    SaidBack office;
    office.connection->execute("UPDATE requests SET is_own_post = 0");
    office.take(
        MessageEdited{office.request().subject, UserId{"Uann"}, Workspace::rich("no deploys"), "9.9"});
    SeenMessage question;
    question.now = office.answers.back().notice;
    office.press("Uann", question, "ask_again");
    CHECK(office.state() == "waiting");
    office.check_deleted();
}

TEST_CASE("read-back: handed over, it is said back by who has it now")
{
    ReadBackOffice office;
    office.ack("Uann", "@Ubo !readback no deploys before Friday");
    office.press("Udi", office.card(), "got_it");  // an offer to cover
    office.press("Ubo", office.card(), "got_it");
    office.advance_to(utc("2026-03-02 10:31"));
    CHECK(office.picked() == "Ubo");
    const auto obligation = office.table().of_request(RequestId{1}).front();
    ActionTaken taken;
    taken.name = "let_cover";
    taken.value = "o" + std::to_string(obligation.id.value) + " Udi";
    taken.person = UserId{"Ubo"};
    taken.message = office.card().ref;
    office.take(taken);
    office.advance(5s);
    CHECK(office.states() == "Ubo delegated, Udi received");
    CHECK(text_of(office.last_to("Ubo").now).starts_with("Nothing is left to do here."));
    office.advance_to(utc("2026-03-02 11:05"));
    CHECK(office.picked() == "Udi");
}

TEST_CASE("read-back: of two who press at once the first has it, and the other is thanked")
{
    ReadBackOffice office;
    office.ask_and_ack();
    const SeenMessage card = office.card();
    office.advance(2s);
    const SeenMessage drawn = office.card();
    office.press("Ubo", drawn, "say_back");
    office.press("Ucy", drawn, "say_back");
    CHECK(office.forms.size() == 1);
    CHECK(office.answer() == "Somebody else says it back already. Thank you; nothing for you to do.\n");
    office.press("Udi", drawn, "say_back");
    CHECK(office.answer() == "Those who have received it can say it back.\n");
    office.press("Uann", drawn, "say_back");
    CHECK(office.answer() == "You asked this yourself: somebody who received it says it back.\n");
}

TEST_CASE(
    "read-back: who has the form open twice, or for long, says it once, and is told when it is too late")
{
    ReadBackOffice office;
    office.ask_and_ack();
    office.press("Ubo", office.card(), "say_back");
    const Form form = office.forms.back();
    // The half hour of a volunteer is over, and somebody was picked.
    office.advance_to(utc("2026-03-02 10:31"));
    REQUIRE(office.picked() == "Ucy");
    office.forms.push_back(form);
    office.submit("Ubo", "late line");
    REQUIRE(office.problems.size() == 1);
    CHECK(
        office.problems.front().explanation ==
        "Somebody else says it back already. Thank you; nothing for you to do. Nothing of what you wrote is "
        "kept.");
    CHECK_FALSE(office.holds("late line"));

    office.press("Ucy", office.last_to("Ucy"), "say_back");
    office.submit("Ucy", "in time", "V2");
    office.submit("Ucy", "in time", "V2");
    CHECK(office.problems.empty());
    CHECK(office.to("Uann").size() == 1);
    office.submit("Ucy", "in time", "V3");
    CHECK(office.problems.front().explanation == "You have said it back already.");
    office.press("Uann", office.last_to("Uann"), "thats_it");
    office.submit("Ucy", "after the end", "V4");
    CHECK(office.problems.front().explanation ==
          "This is over: nothing is left to say back. Thank you. Nothing of what you wrote is kept.");
    CHECK_FALSE(office.holds("after the end"));
}

TEST_CASE("read-back: it is judged once, by who asked")
{
    SaidBack office;
    const SeenMessage question = office.last_to("Uann");
    office.press("Ucy", question, "thats_it");
    CHECK(office.answer() == "Only Ann can say whether that is it.\n");
    office.press("Uann", question, "not_quite");
    office.press("Uann", question, "thats_it");
    office.press("Uann", question, "thats_it");
    CHECK(office.answer() == "This is judged already, or over.\n");
    office.press("Uann", question, "not_quite");
    CHECK(office.answer() == "This is judged already, or over.\n");
    office.submit("Uann", "a correction", "V2");
    CHECK(office.problems.front().explanation == "This is judged already, or over: nobody is asked again.");
    CHECK(office.states() == "Ubo received, Ucy received");
    CHECK(office.facts().ends_with("read_back_given read_back_right"));
}

TEST_CASE("read-back: a line is a line: not empty, and not more than fits one")
{
    ReadBackOffice office;
    office.ask_and_ack();
    office.press("Ubo", office.card(), "say_back");
    office.submit("Ubo", " \n ");
    CHECK(office.problems.front().explanation == "Say it in a line.");
    office.submit("Ubo", std::string(201, 'x'));
    CHECK(office.problems.front().explanation == "That is more than 200 characters.");
    std::string umlauts;
    for (int count = 0; count < 200; ++count) umlauts += "ü";
    office.submit("Ubo", umlauts);
    CHECK(office.problems.empty());
}

TEST_CASE("read-back: a question that cannot be delivered is put to somebody else")
{
    ReadBackOffice office;
    office.ask_and_ack();
    std::string unreachable;
    office.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || value_behind(post->notice, "not_now").empty() || !unreachable.empty())
            return std::nullopt;
        unreachable = post->person.value;
        return Fault{FaultKind::permanent, "account_inactive"};
    };
    office.advance_to(utc("2026-03-02 10:32"));
    REQUIRE_FALSE(unreachable.empty());
    CHECK_FALSE(office.picked().empty());
    CHECK(office.picked() != unreachable);
}

TEST_CASE("read-back: an ✅ on the question is no answer to what was asked")
{
    ReadBackOffice office;
    office.ask_and_ack();
    office.advance_to(utc("2026-03-02 10:31"));
    const std::string picked = office.picked();
    office.react(picked.c_str(), office.last_to(picked.c_str()).ref, "white_check_mark");
    CHECK(office.states() == "Ubo received, Ucy received");
}

TEST_CASE("read-back: forgotten, nobody finds what they said, that they were asked, or what they corrected")
{
    SaidBack office;
    office.connection->execute("UPDATE read_backs SET correction = 'ask Bo about Monday'");
    const auto forget = [&](const char* person) {
        office.ackd(person, "forget");
        SeenMessage question;
        question.now = office.answers.back().notice;
        office.press(person, question, "forget_me");
        office.advance(2min);
    };
    forget("Ubo");
    office.check_deleted();
    CHECK(office.count("SELECT count(*) FROM read_back_turns") == 0);
    CHECK(office.holds("ask somebody about Monday"));
    forget("Uann");
    CHECK_FALSE(office.holds("about Monday"));
}

TEST_CASE("read-back: what one said is in one's own export while it waits, and in nobody else's")
{
    SaidBack office;
    office.ackd("Ubo", "export");
    office.advance(5s);
    std::string exported;
    for (const SeenMessage& message : office.to("Ubo")) exported += text_of(message.now);
    CHECK(exported.find("\"what\":\"say_back\"") != std::string::npos);
    CHECK(exported.find("I hold my release") != std::string::npos);
    office.ackd("Ucy", "export");
    office.advance(5s);
    for (const SeenMessage& message : office.to("Ucy"))
        CHECK(text_of(message.now).find("hold my release") == std::string::npos);
}

TEST_CASE("read-back: what was said is not in the database's file nor its log once it is judged")
{
    const StorageFolder folder;
    const std::string path = folder.file("state.db");
    const auto is_there = [&] {
        bool found = false;
        for (const auto& entry :
             std::filesystem::directory_iterator{std::filesystem::path{path}.parent_path()})
            found = found || bytes_of(entry.path().string()).find("hold my release") != std::string::npos;
        return found;
    };
    Workspace plain{straight_settings(), utc("2026-03-02 10:00"), path};
    plain.ack("Uann", "@Ubo !readback no deploys before Friday");
    plain.press("Ubo", plain.card(), "got_it");
    plain.advance(2s);
    plain.press("Ubo", plain.card(), "say_back");
    FormSubmitted submitted;
    submitted.name = plain.forms.back().name;
    submitted.instance = "V1";
    submitted.context = plain.forms.back().context;
    submitted.person = UserId{"Ubo"};
    submitted.values.fields = {
        FieldValue{plain.forms.back().fields.front().name, {}, "I hold my release", {}}};
    plain.take(submitted);
    CHECK(is_there());
    plain.press("Uann", plain.last_to("Uann"), "thats_it");
    plain.advance(5s);
    CHECK_FALSE(is_there());
    CHECK(plain.count("SELECT count(*) FROM settings WHERE name = 'empty_log_wanted'") == 0);
}

TEST_CASE("/ack !readback: what cannot be is answered, with the command as it could be")
{
    ReadBackOffice office;
    struct Row {
        const char* typed;
        const char* answer;
    };
    const Row rows[] = {
        {"@Ubo !week !readback please read",
         "Only what is for now or for today is said back.\nTry: `/ack @Bo !today !readback please read`\n"},
        {"@Ubo !readback !fyi please read",
         "Only what is for now or for today is said back.\nTry: `/ack @Bo !readback !today please read`\n"},
        {"@Ubo !readback=2 please read",
         "Two are to say it back, and only 1 person must answer.\nTry: `/ack @Bo !readback please read`\n"},
        {"@Ubo @Ucy !any !readback=2 please read",
         "Two are to say it back, and only 1 person must answer.\n"
         "Try: `/ack @Bo @Cy !any !readback please read`\n"},
        {"@Uann !readback please read",
         "Nobody but you is asked, so nobody could say it back.\nTry: `/ack @Ann please read`\n"},
        {"@Ubo !readback=3 please read",
         "I did not understand \"!readback=3\".\nTry: `/ack @Bo !readback=2 please read`\n"},
        {"@Ubo !readbak please read",
         "I did not understand \"!readbak\".\nTry: `/ack @Bo !readback please read`\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        office.ack("Uann", row.typed);
        CHECK(office.answer() == row.answer);
    }
    CHECK(office.count("SELECT count(*) FROM requests") == 0);
}

TEST_CASE("/ack !readback: five a week, those for two counting twice, and then when the next is possible")
{
    ReadBackOffice office;
    for (int number = 0; number < 2; ++number) {
        office.ack("Uann", "@Ubo @Ucy !readback=2 please read");
        office.advance(1h);
    }
    office.ack("Uann", "@Ubo @Ucy !readback=2 please read");
    CHECK(
        office.answer() ==
        "At most 5 people in seven days say something back to you, and they have been asked for. The next time "
        "that two are possible is Mon 9 Mar 10:00 (your time).\nTry: `/ack @Bo @Cy please read`\n");
    office.ack("Uann", "@Ubo @Ucy !readback please read");
    CHECK(office.count("SELECT count(*) FROM read_backs") == 3);
    office.ack("Uann", "@Ubo !readback please read");
    CHECK(office.answer().find("The next time that it is possible is Mon 9 Mar 10:00 (your time).") !=
          std::string::npos);
    office.ack("Ubo", "@Ucy !readback please read");
    CHECK(office.count("SELECT count(*) FROM read_backs") == 4);
    office.advance_to(utc("2026-03-09 10:00"));
    office.ack("Uann", "@Ubo @Ucy !readback=2 please read");
    CHECK(office.count("SELECT count(*) FROM read_backs") == 5);
}

TEST_CASE("/ack !readback: a team can have none of it, or change how long whoever likes goes first")
{
    Settings settings = straight_settings();
    settings.read_back.a_week = 0;
    ReadBackOffice office{settings};
    office.ack("Uann", "@Ubo !readback please read");
    CHECK(office.answer() ==
          "Your team has switched off that anything is said back.\nTry: `/ack @Bo please read`\n");
    settings.read_back = {1, 2h};
    office.engine.replace_settings(settings);
    office.ack("Uann", "@Ubo @Ucy !readback=2 please read");
    CHECK(office.answer() ==
          "At most 1 person in seven days says it back.\nTry: `/ack @Bo @Cy !readback please read`\n");
    office.ask_and_ack();
    office.advance_to(utc("2026-03-02 11:59"));
    CHECK(office.picked().empty());
    office.advance_to(utc("2026-03-02 12:01"));
    CHECK_FALSE(office.picked().empty());
}
