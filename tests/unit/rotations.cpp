// Being on call, as people meet it: who is on, taking a shift, offering one, coming on, and what is found
// ahead.
#include "bot/rotations/rotation_calendar.hpp"
#include "bot/rotations/rotation_handlers.hpp"
#include "bot/rotations/rotation_table.hpp"
#include "bot/web/web_key_table.hpp"
#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/rotation_examples.hpp"

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Settings with_rotations(const std::vector<Rotation>& rotations)
{
    Settings settings = straight_settings();
    settings.rotations = rotations;
    return settings;
}

/// Ann, Bo and Cy take turns day by day, at 9:00 UTC. It is Monday, 2 March 2026, 10:00: Ann is on.
Settings one_rotation()
{
    return with_rotations({rotation_of("platform", {"Uann", "Ubo", "Ucy"})});
}

void oncall(Workspace& work, const char* person, const std::string& typed)
{
    work.command(person, "/oncall", Workspace::rich(typed));
}

/// The answer just given, to press its buttons.
SeenMessage answered(const Workspace& work)
{
    SeenMessage seen;
    seen.now = work.answers.back().notice;
    return seen;
}

/// Who is on by the function that routes ask.
std::string on_call(Workspace& work, const char* rotation)
{
    Settings settings = one_rotation();
    HandlerState state{*work.connection, "Etc/UTC", 1};
    HandlerContext context = state.at(work.clock.now(), settings);
    std::string text;
    for (const UserId& person : people_on_call(context, rotation, work.clock.now()))
        text += (text.empty() ? "" : " ") + person.value;
    return text;
}

bool was_told(const Workspace& work, const char* person, const std::string& words)
{
    for (const SeenMessage& seen : work.to(person)) {
        if (text_of(seen.now).find(words) != std::string::npos) return true;
    }
    return false;
}

std::size_t times_told(const Workspace& work, const char* person, const std::string& words)
{
    std::size_t count = 0;
    for (const SeenMessage& seen : work.to(person))
        count += text_of(seen.first).find(words) != std::string::npos ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("rotations: /oncall says who is on, until when, and who is next")
{
    Workspace work{one_rotation()};
    oncall(work, "Ubo", "");
    CHECK(work.answer().find("*platform* · Ann until Tue 09:00 (your time), then Bo") != std::string::npos);
    oncall(work, "Uann", "platform");
    CHECK(work.answer().find("*platform* · you until Tue 09:00 (your time), then Bo") != std::string::npos);
    CHECK(on_call(work, "platform") == "Uann");
    CHECK(on_call(work, "nothing") == "");
}

TEST_CASE("rotations: what /oncall does not understand is answered with the line that it would")
{
    Workspace work{one_rotation()};
    oncall(work, "Ubo", "tak platform");
    CHECK(work.answer().find("Try: `/oncall take`") != std::string::npos);
    oncall(work, "Ubo", "take platform until thursdya");
    CHECK(work.answer().find("Try: `/oncall take platform until thursday`") != std::string::npos);
    oncall(work, "Uann", "swap platform friday");
    CHECK(work.answer().find("Try: `/oncall swap platform @name friday`") != std::string::npos);
    Workspace none;
    oncall(none, "Ubo", "");
    CHECK(none.answer().find("There are no rotations.") != std::string::npos);
}

TEST_CASE("rotations: who takes a shift is on at once, whose it was hears of it, and it can be undone")
{
    Workspace work{one_rotation()};
    work.advance(1min);
    oncall(work, "Ubo", "take until 18:00");
    CHECK(work.answer().find("You are on in platform, until Mon 18:00 (your time). Ann hears of it.") !=
          std::string::npos);
    CHECK(on_call(work, "platform") == "Ubo");
    work.advance(1min);
    CHECK(was_told(work, "Uann", "Bo has taken platform from you, until Mon 18:00 (your time)."));
    work.press("Ubo", answered(work), "give_back_shift");
    CHECK(on_call(work, "platform") == "Uann");
    work.advance(1min);
    CHECK(was_told(work, "Uann", "Bo has undone that they took platform. On now: Ann."));
    // Nothing is left to be undone.
    work.press("Uann", work.to("Uann").at(1), "give_back_shift");
    CHECK(work.answer().find("That is over already") != std::string::npos);
}

TEST_CASE("rotations: what was taken ends by itself, and whose turn it is again is told once")
{
    Workspace work{one_rotation()};
    work.advance(1min);
    oncall(work, "Ubo", "take until 15:00");
    work.advance_to(utc("2026-03-02 16:00"));
    CHECK(on_call(work, "platform") == "Uann");
    CHECK(times_told(work, "Uann", "You are on call for platform, until Tue 09:00") ==
          2);  // at first, and again
    CHECK(times_told(work, "Ubo", "You are on call") == 0);
}

TEST_CASE("rotations: whoever is on hears it with the note, when they are at work")
{
    Workspace work{one_rotation()};
    oncall(work, "Uann", "note the disk of db3 is nearly full");
    CHECK(work.answer().find("Noted for who comes on next in platform.") != std::string::npos);
    work.advance_to(utc("2026-03-03 09:30"));
    CHECK(times_told(work, "Ubo", "You are on call for platform, until Wed 09:00") == 1);
    CHECK(was_told(work, "Ubo", "Ann left a note:"));
    CHECK(was_told(work, "Ubo", "the disk of db3 is nearly full"));
}

TEST_CASE("rotations: nobody is told off hours, unless the rotation says so")
{
    Settings settings = one_rotation();
    settings.rotations.front().hand_over = 22h;
    Workspace quiet{settings};
    quiet.advance_to(utc("2026-03-03 06:00"));
    CHECK(times_told(quiet, "Uann", "You are on call") == 0);
    quiet.advance_to(utc("2026-03-03 10:00"));
    CHECK(times_told(quiet, "Uann", "You are on call") == 1);
    settings.rotations.front().off_hours = true;
    Workspace loud{settings};
    loud.advance_to(utc("2026-03-02 22:30"));
    CHECK(times_told(loud, "Uann", "You are on call") == 1);
}

TEST_CASE("rotations: an offered shift stays with its owner until the other says yes")
{
    Workspace work{one_rotation()};
    oncall(work, "Uann", "swap @Ucy");
    CHECK(work.answer().find("Cy is asked to be on call for platform, now until Tue 09:00 (your time).") !=
          std::string::npos);
    work.advance(1min);
    CHECK(on_call(work, "platform") == "Uann");
    const SeenMessage offer = work.last_to("Ucy");
    CHECK(text_of(offer.now).find("Ann asks: can you be on call for platform, now until Tue 09:00") !=
          std::string::npos);
    work.press("Ubo", offer, "accept_shift");
    CHECK(on_call(work, "platform") == "Uann");
    work.press("Ucy", offer, "accept_shift");
    CHECK(on_call(work, "platform") == "Ucy");
    work.advance(1min);
    CHECK(was_told(work, "Uann", "✅ Cy has taken platform"));
    CHECK(was_told(work, "Ucy", "✅ You have taken platform"));
    work.advance_to(utc("2026-03-03 09:01"));
    CHECK(on_call(work, "platform") == "Ubo");
}

TEST_CASE("rotations: a day names the shift that begins on it")
{
    Workspace work{one_rotation()};
    oncall(work, "Ucy", "swap @Ubo wednesday");
    CHECK(work.answer().find("platform, Wed 09:00 until Thu 09:00 (your time)") != std::string::npos);
    oncall(work, "Ucy", "swap @Ubo wednesday");
    CHECK(work.answer().find("Bo is asked about that already.") != std::string::npos);
    oncall(work, "Ucy", "swap @Ubo tuesday");
    CHECK(work.answer().find("You have no shift of platform then") != std::string::npos);
}

TEST_CASE(
    "rotations: an offer that is declined, taken back or not answered changes nothing, and its owner hears")
{
    Workspace work{one_rotation()};
    oncall(work, "Ucy", "swap @Ubo wednesday");
    work.advance(1min);
    work.press("Ubo", work.last_to("Ubo"), "decline_shift");
    work.advance(1min);
    CHECK(was_told(work, "Ucy", "Bo cannot this time: platform"));
    oncall(work, "Ucy", "swap @Ubo wednesday");
    const SeenMessage second = answered(work);
    work.advance(1min);
    work.press("Ucy", second, "withdraw_offer");
    CHECK(work.answer().find("Taken back: platform stays with you") != std::string::npos);
    work.advance(1min);
    CHECK(was_told(work, "Ubo", "the offer was taken back"));

    oncall(work, "Ucy", "swap @Ubo wednesday");
    work.advance_to(utc("2026-03-04 12:00"));
    CHECK(times_told(work, "Ubo", "Ann asks") == 0);
    CHECK(times_told(work, "Ubo", "Cy asks: can you be on call") ==
          4);  // each offer, and one of them once more
    CHECK(was_told(work, "Ubo", "the time for an answer is over"));
    CHECK(work.count("SELECT count(*) FROM shift_swaps WHERE state = 5") == 1);
    CHECK(on_call(work, "platform") == "Ucy");
}

TEST_CASE("rotations: the form offers one's own shifts, and asks one person")
{
    Workspace work{one_rotation()};
    oncall(work, "Ucy", "");
    ActionTaken taken;
    taken.name = "offer_shift";
    taken.value = "platform";
    taken.person = UserId{"Ucy"};
    taken.message = MessageRef{ChannelId{"Cwork"}, ""};
    taken.on_ephemeral = true;
    taken.trigger = "T1";
    work.take(taken);
    REQUIRE(work.forms.size() == 1);
    FormSubmitted submitted;
    submitted.name = work.forms.back().name;
    submitted.context = work.forms.back().context;
    submitted.person = UserId{"Ucy"};
    const std::string shift = work.forms.back().fields.at(0).choices.at(0).value;
    submitted.values.fields = {{"shift", {shift}, "", {}}, {"person", {"Uann", "Ubo"}, "", {}}};
    work.take(submitted);
    REQUIRE(work.problems.size() == 1);
    CHECK(work.problems.front().explanation == "One person is asked at a time.");
    submitted.values.fields.at(1).chosen = {"Ubo"};
    work.take(submitted);
    CHECK(work.problems.empty());
    CHECK(work.answer().find("Bo is asked to be on call for platform, Wed 09:00 until Thu 09:00") !=
          std::string::npos);
}

TEST_CASE("rotations: who does not belong to a rotation takes none of its shifts")
{
    Workspace work{one_rotation()};
    oncall(work, "Udi", "take platform until 18:00");
    CHECK(work.answer().find(
              "Only those who take turns in platform, and its leads, can do this: Ann · Bo · Cy.") !=
          std::string::npos);
    CHECK(on_call(work, "platform") == "Uann");
    oncall(work, "Udi", "note platform something");
    CHECK(work.answer().find("Only those who take turns") != std::string::npos);
}

TEST_CASE("rotations: what will not work in the next days is told once, to whom it concerns and to the leads")
{
    Settings settings = with_rotations(
        {rotation_of("platform", {"Uann", "Ubo", "Ucy"}), rotation_of("web", {"Udi", "Ubo", "Uann"})});
    for (Rotation& rotation : settings.rotations) rotation.leads = {UserId{"Udi"}};
    Workspace work{settings};
    work.command("Ucy", "/out", Workspace::rich("wednesday"));
    work.advance_to(utc("2026-03-02 17:00"));
    CHECK(was_told(
        work, "Ucy", "You are on call for platform and out at the same time: Wed 09:00 until Thu 00:00"));
    CHECK(was_told(work, "Udi", "Cy is on call for platform and out at the same time"));
    CHECK(was_told(
        work, "Ubo", "You are on call for platform and web at the same time: Tue 09:00 until Wed 09:00"));
    work.advance_to(utc("2026-03-03 17:00"));
    CHECK(times_told(work, "Ucy", "You are on call for platform and out at the same time: Wed 09:00") == 1);
}

TEST_CASE("rotations: somebody who has left leaves a gap, and the leads hear of it")
{
    Settings settings = one_rotation();
    settings.rotations.front().leads = {UserId{"Udi"}};
    Workspace work{settings};
    work.join("Ucy", "Cy", "Etc/UTC", MemberKind::person, true);
    work.advance_to(utc("2026-03-02 17:00"));
    CHECK(was_told(work, "Udi", "Cy is on call for platform, and has left: Wed 09:00 until Thu 09:00"));
    CHECK(times_told(work, "Udi", "has left: Wed 09:00 until Thu 09:00") == 1);
}

TEST_CASE("rotations: after a pause only who is on now is told")
{
    Workspace work{one_rotation()};
    work.advance(1min);
    work.clock.advance_to(utc("2026-03-11 12:00"));
    work.turn();
    work.advance(1min);
    CHECK(times_told(work, "Uann", "You are on call") == 2);
    CHECK(times_told(work, "Ubo", "You are on call") == 0);
    CHECK(times_told(work, "Ucy", "You are on call") == 0);
}

TEST_CASE("rotations: a calendar that is read has what was agreed, and says whether there is anything new")
{
    Workspace work{one_rotation()};
    const WebKeyId key = WebKeyTable{*work.connection}.add(
        WebKeyUse::rotation, "platform", hash_of_web_key("one"), work.clock.now());
    const auto read = [&](const char* rotation) {
        work.take(CalendarAsked{rotation, key});
        return work.port.confirmations.back().answer;
    };
    const auto facts_before = work.count("SELECT count(*) FROM journal");
    const CalendarFeed before = std::get<CalendarFeed>(read("platform"));
    CHECK(read_duties(before.text, "Etc/UTC").duties.front().summary == "platform: Ann");
    CHECK(work.count("SELECT count(*) FROM journal") == facts_before);
    CHECK(WebKeyTable{*work.connection}.all(WebKeyUse::rotation).front().used_at == work.clock.now());

    work.advance(1min);
    CHECK(std::get<CalendarFeed>(read("platform")).version == before.version);
    oncall(work, "Ubo", "take platform until 18:00");
    const CalendarFeed after = std::get<CalendarFeed>(read("platform"));
    CHECK(after.version != before.version);
    const auto duties = read_duties(after.text, "Etc/UTC").duties;
    REQUIRE(duties.size() > 3);
    CHECK(duties[0].summary == "platform: Ann");
    CHECK(duties[1].summary == "platform: Bo");
    CHECK(duties[1].span == TimeSpan{work.clock.now(), utc("2026-03-02 18:00")});
    CHECK(duties[2].summary == "platform: Ann");

    // What the policy does not have is no calendar.
    CHECK(std::holds_alternative<std::monostate>(read("elsewhere")));
}

TEST_CASE("rotations: the App Home shows one's own next shift")
{
    Workspace work{one_rotation()};
    work.take(HomeOpened{UserId{"Ubo"}});
    REQUIRE_FALSE(work.homes[UserId{"Ubo"}].empty());
    CHECK(text_of(work.homes[UserId{"Ubo"}].back()).find("platform: Tue 09:00 until Wed 09:00 (your time)") !=
          std::string::npos);
    work.take(HomeOpened{UserId{"Udi"}});
    CHECK(text_of(work.homes[UserId{"Udi"}].back()).find("On call") == std::string::npos);
}
