// Kept answers: who wants one kept, whose word it needs, who finds it and where, and how it ends.
#include "tests/unit/kept_answers_office.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("kept answer: 📌 on somebody's answer asks its author, and nothing is found without their word")
{
    AnswersOffice office;
    office.pin("Ucy", office.answer);
    CHECK(
        text_of(office.last_to("Ubo").now) ==
        "Cy would like to keep your answer, so that it is found when somebody asks the same.\n"
        "> Run rotate-secret from the ops box. #secrets (open→)\n"
        "~ Whoever asks the same here can find it then, with your name and the day.\n"
        "~ Nothing can be found without your word. Without one by Mon 9 Mar 10:00 (your time) it is dropped.\n"
        "[Keep it] [Not this one]\n");
    CHECK(has(office.found(), "Nothing that is kept fits \"password\"."));
    office.press("Ubo", office.last_to("Ubo"), "keep_it");
    CHECK(text_of(office.last_to("Ubo").now) ==
          "✅ Your answer is kept.\n"
          "> Run rotate-secret from the ops box. #secrets (open→)\n"
          "~ Whoever asks the same here can find it then, with your name and the day.\n"
          "[Not any more]\n");
    CHECK(office.found() == "*How do I rotate the staging password?*\n"
                            "> Run rotate-secret from the ops box. #secrets (open→)\n"
                            "~ Bo, Mon 2 Mar · #secrets\n");
    CHECK(office.kept_facts() == "answer_proposed answer_agreed");
    // Who wanted it is not interrupted for that.
    CHECK(office.to("Ucy").empty());
    office.advance_to(utc("2026-03-02 13:00"));
    CHECK(has(text_of(office.last_to("Ucy").now),
              "Bo agreed: the answer that you wanted kept is found from now on."));
}

TEST_CASE("kept answer: its author alone says so, and may take it out wherever it is found")
{
    AnswersOffice office;
    office.pin("Ucy", office.answer);
    const SeenMessage asked = office.last_to("Ubo");
    office.press("Udi", asked, "keep_it");
    CHECK(office.Workspace::answer() == "Only Bo can say that.\n");
    CHECK(office.state() == "proposed");
    office.press("Ubo", asked, "keep_it");
    CHECK_FALSE(has(office.found("Udi"), "[Not any more]"));
    CHECK(has(office.found("Ubo"), "[Not any more]"));
    office.press("Ubo", office.last_answer(), "not_any_more");
    CHECK(has(office.Workspace::answer(), "it is not found any more"));
    CHECK(office.state() == "removed");
    CHECK(has(office.found(), "Nothing that is kept fits"));
    CHECK(has(text_of(office.last_to("Ubo").now), "nothing of it is left here"));
    office.press("Ubo", asked, "keep_it");
    CHECK(has(office.Workspace::answer(), "This is over"));
}

TEST_CASE("kept answer: refused, nothing of it is left, and nobody asks its author again")
{
    AnswersOffice office;
    office.pin("Ucy", office.answer);
    office.press("Ubo", office.last_to("Ubo"), "not_this_one");
    CHECK(office.state() == "refused");
    CHECK(office.count("SELECT count(*) FROM kept_answers WHERE question || answer || tags != ''") == 0);
    CHECK(has(text_of(office.last_to("Ubo").now), "nothing of it is left here"));
    const auto asked = office.to("Ubo").size();
    office.pin("Udi", office.answer);
    office.shortcut("Udi", office.answer, "Ubo");
    CHECK(has(text_of(office.dialogs.back()), "Its author would rather not have it kept."));
    office.advance(2s);
    CHECK(office.to("Ubo").size() == asked);
    office.advance_to(utc("2026-03-02 13:00"));
    CHECK(
        has(text_of(office.last_to("Ucy").now), "Bo would rather not have the answer kept that you chose."));
    // They themselves may change their mind.
    office.pin("Ubo", office.answer);
    CHECK(office.state() == "kept");
}

TEST_CASE("kept answer: one's own is kept at once, with the way back in the digest")
{
    AnswersOffice office;
    office.shortcut("Ubo", office.answer, "Ubo");
    CHECK(has(text_of(office.dialogs.back()), "Noted: it is kept"));
    CHECK(office.kept() == 1);
    CHECK(office.to("Ubo").empty());
    office.advance_to(utc("2026-03-02 13:00"));
    CHECK(has(text_of(office.last_to("Ubo").now), "Your answer is kept"));
    office.press("Ubo", office.last_to("Ubo"), "not_any_more");
    CHECK(office.kept() == 0);
}

TEST_CASE("kept answer: the shortcut asks the author as well, and says what stands in the way")
{
    AnswersOffice office;
    office.shortcut("Ucy", office.answer, "Ubo");
    CHECK(has(text_of(office.dialogs.back()), "Noted: its author is asked."));
    CHECK(office.to("Ubo").size() == 1);
    office.shortcut("Udi", office.answer, "Ubo");
    CHECK(has(text_of(office.dialogs.back()), "Its author is asked already."));
    office.press("Ubo", office.last_to("Ubo"), "keep_it");
    office.shortcut("Udi", office.answer, "Ubo");
    CHECK(has(text_of(office.dialogs.back()), "It is kept already."));
    office.shortcut("Udi", MessageRef{ChannelId{"Delsewhere"}, "1.1"}, "Ubo");
    CHECK(has(text_of(office.dialogs.back()), "I am not in this conversation."));
    office.shortcut("Ustranger", office.question, "Uann");
    CHECK(has(text_of(office.dialogs.back()), "I do not know you as a member"));
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 1);
}

TEST_CASE("kept answer: 📌 in a direct message, by a stranger or on a bot's message keeps nothing")
{
    AnswersOffice office;
    const MessageRef direct{ChannelId{"DUbo"}, "1.1"};
    office.says(direct, "", "Ubo", "between us");
    office.pin("Ucy", direct);
    office.pin("Ustranger", office.answer);
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 0);
    const MessageRef by_bot{ChannelId{"Cwork"}, "901.1"};
    office.says(by_bot, "", "Urobot", "build passed", true);
    office.pin("Ucy", by_bot);
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 0);
    CHECK(office.kept_facts() == "answer_proposed answer_lapsed");
    office.advance_to(utc("2026-03-02 13:00"));
    CHECK(has(text_of(office.last_to("Ucy").now), "nobody could agree to it"));
}

TEST_CASE("kept answer: the 📌 taken back before consent drops it; by somebody else, or later, it does not")
{
    AnswersOffice office;
    office.pin("Ucy", office.answer);
    office.pin("Udi", office.answer);
    office.react("Udi", office.answer, "pushpin", false);
    CHECK(office.state() == "proposed");
    office.react("Ucy", office.answer, "pushpin", false);
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 0);
    CHECK(has(text_of(office.last_to("Ubo").now), "nothing of it is left here"));
    office.pin("Ucy", office.answer);
    office.advance(2s);
    office.press("Ubo", office.last_to("Ubo"), "keep_it");
    office.react("Ucy", office.answer, "pushpin", false);
    CHECK(office.kept() == 1);
}

TEST_CASE("kept answer: off hours, or with no interruption left, the author is asked in their digest")
{
    Settings settings = straight_settings();
    settings.interruptions_per_day = 0;
    AnswersOffice office{settings};
    office.pin("Ucy", office.answer);
    CHECK(office.to("Ubo").empty());
    office.advance_to(utc("2026-03-02 13:00"));
    const SeenMessage digest = office.last_to("Ubo");
    CHECK(has(text_of(digest.now), "Cy would like to keep your answer"));
    // A digest stays where it is: it links to the answer and does not quote it.
    CHECK_FALSE(has(text_of(digest.now), "rotate-secret"));
    office.press("Ubo", digest, "keep_it");
    CHECK(has(office.Workspace::answer(), "✅ Kept"));
    CHECK(office.kept() == 1);

    AnswersOffice evening;
    evening.advance_to(utc("2026-03-02 20:00"));
    evening.pin("Ucy", evening.answer);
    CHECK(evening.to("Ubo").empty());
    evening.advance_to(utc("2026-03-03 09:30"));
    CHECK(evening.to("Ubo").size() == 1);
}

TEST_CASE("kept answer: it costs its author an interruption")
{
    AnswersOffice office;
    office.pin("Ucy", office.answer);
    CHECK(office.count("SELECT spent FROM interruptions WHERE person = 'Ubo'") == 1);
}

TEST_CASE("kept answer: without a word for five working days it is dropped, and its text is gone")
{
    AnswersOffice office;
    office.pin("Ucy", office.answer);
    office.advance_to(utc("2026-03-09 09:59"));
    CHECK(office.state() == "proposed");
    office.advance_to(utc("2026-03-09 10:01"));
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 0);
    CHECK(has(text_of(office.last_to("Ubo").now), "nothing of it is left here"));
    office.advance_to(utc("2026-03-09 13:00"));
    CHECK(has(text_of(office.last_to("Ucy").now), "nobody could agree to it, or nobody did in time"));
    CHECK(office.to("Ubo").size() == 1);
}

TEST_CASE("kept answer: the excerpt follows its message, and its question's")
{
    AnswersOffice office;
    office.keep();
    office.take(MessageEdited{
        office.answer, UserId{"Ubo"}, Workspace::rich("Use the new vault page. #vault"), "905.1"});
    office.take(MessageEdited{
        office.question, UserId{"Uann"}, Workspace::rich("How is the staging password changed?"), "905.2"});
    CHECK(office.found() == "*How is the staging password changed?*\n"
                            "> Use the new vault page. #vault (open→)\n"
                            "~ Bo, Mon 2 Mar · #vault\n");
    office.finds("Udi", "rotate-secret");
    CHECK(has(office.Workspace::answer(), "Nothing that is kept fits"));
    // Told after a newer one.
    office.take(MessageEdited{office.answer, UserId{"Ubo"}, Workspace::rich("older"), "904.1"});
    CHECK(has(office.found(), "the new vault page"));
}

TEST_CASE("kept answer: with its message, or with the question, it goes")
{
    for (const bool is_question : {false, true}) {
        CAPTURE(is_question);
        AnswersOffice office;
        office.keep();
        office.take(MessageDeleted{is_question ? office.question : office.answer});
        CHECK(office.count("SELECT count(*) FROM kept_answers") == 0);
        CHECK(has(office.found(), "Nothing that is kept fits"));
        CHECK(has(text_of(office.last_to("Ubo").now), "nothing of it is left here"));
    }
    AnswersOffice office;
    office.messages.erase(office.question);
    office.pin("Ucy", office.answer);
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 0);
}

TEST_CASE("kept answer: a message in no thread is kept as it stands")
{
    AnswersOffice office;
    office.pin("Uann", office.question);
    CHECK(office.found() == "> How do I rotate the staging password? (open→)\n~ Ann, Mon 2 Mar\n");
    CHECK(office.count("SELECT count(*) FROM kept_answers WHERE question = ''") == 1);
}

TEST_CASE("kept answer: of a private channel it is found in that channel alone")
{
    AnswersOffice office;
    const MessageRef secret{ChannelId{"Csecret"}, "900.1"};
    office.says(secret, "", "Ubo", "the password of the safe is in the drawer");
    office.pin("Ubo", secret);
    REQUIRE(office.kept() == 1);
    CHECK(has(office.found("Udi", "Cwork"), "Nothing that is kept fits"));
    CHECK(has(office.found("Udi", "Csecret"), "the safe"));
    // What is not known to be public is private.
    office.take(ConversationsListed{
        {{ChannelId{"Cwork"}, "work", false, false}, {ChannelId{"Csecret"}, "secret", false}}});
    CHECK(has(office.found("Udi", "Cwork"), "Nothing that is kept fits"));
    office.take(ConversationsListed{
        {{ChannelId{"Cwork"}, "work", false, false}, {ChannelId{"Csecret"}, "secret", false, false}}});
    CHECK(has(office.found("Udi", "Cwork"), "the safe"));
}

TEST_CASE("kept answer: a guest finds what is kept of the channel they ask in, and no more")
{
    AnswersOffice office;
    office.join("Uguest", "Guest", "Etc/UTC", MemberKind::guest);
    office.keep();
    CHECK(has(office.found("Uguest", "Cops"), "Nothing that is kept fits"));
    CHECK(has(office.found("Uguest", "Cwork"), "rotate-secret"));
}

TEST_CASE("/ackd find: at most five, the best first, and words are never a query")
{
    AnswersOffice office;
    for (int number = 0; number < 8; ++number) {
        const MessageRef message{ChannelId{"Cwork"}, "90" + std::to_string(number) + ".5"};
        office.says(message,
                    "",
                    "Ubo",
                    number == 3 ? "vpn vpn vpn on linux" : "vpn for machine " + std::to_string(number));
        office.pin("Ubo", message);
    }
    office.finds("Udi", "vpn linux");
    CHECK(office.answers.back().notice.sections.size() == 5);
    CHECK(office.Workspace::answer().starts_with("> vpn vpn vpn on linux"));
    for (const char* typed : {R"(")",
                              R"(vpn" OR answer:*)",
                              "vpn*",
                              "NEAR(vpn)",
                              "-vpn",
                              "vpn AND",
                              "^vpn",
                              "{answer}: vpn",
                              "' OR 1=1"})
    {
        CAPTURE(typed);
        office.finds("Udi", typed);
        CHECK(office.count("SELECT count(*) FROM poisoned_inputs") == 0);
        CHECK_FALSE(office.Workspace::answer().empty());
    }
    office.ackd("Udi", "find");
    CHECK(has(office.Workspace::answer(), "Try: `/ackd find vpn linux`"));
}

TEST_CASE("/ackd find: other forms of a word, accents, and how a word begins")
{
    AnswersOffice office;
    const MessageRef message{ChannelId{"Cwork"}, "901.5"};
    office.says(message, "", "Ubo", "Rechnungen prüft die Buchhaltung; deploying happens nightly");
    office.pin("Ubo", message);
    for (const char* typed : {"rechnung", "pruft", "Prüft", "deployed", "buchhalt"}) {
        CAPTURE(typed);
        office.finds("Udi", typed);
        CHECK(has(office.Workspace::answer(), "Buchhaltung"));
    }
}

TEST_CASE("kept answer: after half a year its author is asked with a digest whether it still holds")
{
    AnswersOffice office;
    office.keep();
    office.advance_to(utc("2026-09-01 09:00"));
    CHECK(office.state() == "stale");
    CHECK(has(office.found(), "being asked whether it still holds"));
    office.advance_to(utc("2026-09-01 10:00"));
    const SeenMessage digest = office.last_to("Ubo");
    CHECK(has(text_of(digest.now), "Does this answer of yours still hold?"));
    CHECK_FALSE(has(text_of(digest.now), "rotate-secret"));
    office.press("Ubo", digest, "still_holds");
    CHECK(has(office.Workspace::answer(), "kept for another year"));
    CHECK(office.state() == "kept");
    office.advance_to(utc("2027-03-15 10:00"));
    office.press("Ubo", office.last_to("Ubo"), "out_of_date");
    CHECK(office.state() == "removed");
}

TEST_CASE("kept answer: without a word it ends a year after it was last said to hold")
{
    AnswersOffice office;
    office.keep();
    office.advance_to(utc("2027-03-01 09:00"));
    CHECK(office.state() == "stale");
    office.advance_to(utc("2027-03-02 11:00"));
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 0);
    CHECK(has(office.kept_facts(), "answer_rechecked answer_outlived"));
}

TEST_CASE("kept answer: of somebody who left it stays until its end, and nobody is asked")
{
    AnswersOffice office;
    office.keep();
    office.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
    const auto messages = office.to("Ubo").size();
    office.advance_to(utc("2026-10-01 10:00"));
    CHECK(office.state() == "kept");
    CHECK(office.to("Ubo").size() == messages);
    CHECK(has(office.found(), "rotate-secret"));
    office.advance_to(utc("2027-03-03 10:00"));
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 0);
}

TEST_CASE("kept answer: a refusal is remembered for a year")
{
    AnswersOffice office;
    office.pin("Ucy", office.answer);
    office.press("Ubo", office.last_to("Ubo"), "not_this_one");
    office.advance_to(utc("2027-02-01 10:00"));
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 1);
    office.advance_to(utc("2027-03-05 10:00"));
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 0);
}

TEST_CASE("kept answer: asked off hours only by a message that was made in them")
{
    AnswersOffice office;
    office.advance_to(utc("2026-03-02 16:59"));
    office.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        if (!std::holds_alternative<PostMessage>(delivery.effect)) return std::nullopt;
        return Fault{FaultKind::temporary, "away"};
    };
    office.pin("Ucy", office.answer);
    office.advance_to(utc("2026-03-02 18:00"));
    office.instead = nullptr;
    office.advance_to(utc("2026-03-03 08:59"));
    CHECK(office.to("Ubo").empty());
    office.advance_to(utc("2026-03-03 09:01"));
    CHECK(office.to("Ubo").size() == 1);
}

TEST_CASE("kept answer: a channel that gets another id keeps its answers")
{
    AnswersOffice office;
    office.keep();
    office.take(ChannelIdChanged{ChannelId{"Cwork"}, ChannelId{"Cother"}});
    CHECK(has(office.found("Udi", "Cother"), "rotate-secret"));
    office.take(MessageDeleted{MessageRef{ChannelId{"Cother"}, office.answer.stamp}});
    CHECK(office.kept() == 0);
}

TEST_CASE("kept answer: forgetting its author erases it, from the index as well")
{
    const StorageFolder folder;
    AnswersOffice office{straight_settings(), folder.file("state.db")};
    office.keep();
    office.ackd("Ubo", "forget");
    office.press("Ubo", office.last_answer(), "forget_me");
    office.advance(2min);
    CHECK(office.count("SELECT count(*) FROM kept_answers") == 0);
    CHECK(has(office.found(), "Nothing that is kept fits"));
    for (const char* file : {"state.db", "state.db-wal"}) {
        CAPTURE(file);
        CHECK_FALSE(has(bytes_of(folder.file(file)), "password"));
    }
}

TEST_CASE("kept answer: when it is taken out, the database's files have no word of it any more")
{
    const StorageFolder folder;
    AnswersOffice office{straight_settings(), folder.file("state.db")};
    office.keep();
    office.found("Ubo");
    office.press("Ubo", office.last_answer(), "not_any_more");
    office.advance(2min);
    for (const char* file : {"state.db", "state.db-wal"}) {
        CAPTURE(file);
        const std::string bytes = bytes_of(folder.file(file));
        CHECK_FALSE(has(bytes, "rotate-secret"));
        CHECK_FALSE(has(bytes, "password"));  // as the index has it
    }
}

TEST_CASE(
    "kept answer: forgetting who asked takes the question away, and the name out of the answers of others")
{
    AnswersOffice office;
    office.says(office.answer, office.question.stamp, "Ubo", "Ann knows: run the password script");
    office.keep();
    office.ackd("Uann", "forget");
    office.press("Uann", office.last_answer(), "forget_me");
    office.advance(2min);
    CHECK(office.found() == "> somebody knows: run the password script (open→)\n~ Bo, Mon 2 Mar\n");
    office.finds("Udi", "ann");
    CHECK(has(office.Workspace::answer(), "Nothing that is kept fits"));
}

TEST_CASE("kept answer: /ackd me counts them, and the export has them")
{
    AnswersOffice office;
    office.keep();
    office.ackd("Ubo", "me");
    CHECK(has(office.Workspace::answer(), "Answers of yours that are kept with your consent: 1."));
    office.ackd("Udi", "me");
    CHECK_FALSE(has(office.Workspace::answer(), "that are kept"));
    const auto exported = [&](const char* person) {
        office.ackd(person, "export");
        office.advance(1min);
        return text_of(office.last_to(person).now);
    };
    CHECK(has(exported("Ubo"), R"("what":"kept_answer")"));
    CHECK(has(exported("Ucy"), R"("what":"wanted_kept")"));
    CHECK(has(exported("Uann"), R"("what":"question_of_kept_answer")"));
    CHECK_FALSE(has(exported("Ucy"), "rotate-secret"));
}
