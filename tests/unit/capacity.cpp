// Capacity, as people meet it: a signal, who is asked because of it, what makes room, and what waits
// meanwhile.
#include "bot/capacity/capacity_table.hpp"
#include "tests/unit/incident_desk.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

CapacityContract contract()
{
    CapacityContract made;
    made.team = "platform";
    made.functions = {{"engineering", {UserId{"Udi"}}, {}}, {"product", {UserId{"Ueve"}}, {}}};
    made.route = "leads";
    return made;
}

Settings contracted()
{
    Settings settings = straight_settings();
    Team platform;
    platform.name = "platform";
    platform.channel = ChannelId{"Cplatform"};
    platform.members = {UserId{"Ubo"}, UserId{"Ucy"}};
    platform.leads = {UserId{"Udi"}};
    settings.teams = {platform};
    settings.capacity = {contract()};
    Route leads;
    leads.name = "leads";
    leads.steps.emplace_back().targets = {UserId{"Ufay"}};
    settings.routes.emplace("leads", leads);
    settings.dead_letter_owner = UserId{"Ugil"};
    return settings;
}

/// It is Monday, 2 March 2026, 10:00 UTC. Bo and Cy are platform, Di answers for engineering, Eve for
/// product.
struct Office : Workspace {
    explicit Office(Settings settings = contracted()) : Workspace(std::move(settings))
    {
        join("Ueve", "Eve");
        join("Ufay", "Fay");
        join("Ugil", "Gil");
    }

    void capacity(const char* person, const std::string& typed) { command(person, "/capacity", rich(typed)); }

    /// The message that asks somebody, newest first.
    [[nodiscard]] SeenMessage question_to(const char* person) const
    {
        SeenMessage found;
        for (const SeenMessage& message : to(person)) {
            if (message.first.kind == NoticeKind::escalation) found = message;
        }
        return found;
    }

    /// Presses one of the four, and says it in the form.
    void answers(const char* person,
                 const char* relief,
                 const std::string& words,
                 const char* instance = "V1")
    {
        const SeenMessage message = question_to(person);
        for (const Action& action : message.now.sections.front().actions) {
            if (action.name != "make_room" || !action.value.ends_with(relief)) continue;
            ActionTaken taken;
            taken.person = UserId{person};
            taken.name = action.name;
            taken.value = action.value;
            taken.message = message.ref;
            taken.trigger = "T1";
            take(taken);
            submit(person, words, instance);
            return;
        }
        FAIL("nobody asked " << person);
    }
    void submit(const char* person, const std::string& words, const char* instance = "V1")
    {
        FormSubmitted submitted;
        submitted.name = forms.back().name;
        submitted.instance = instance;
        submitted.context = forms.back().context;
        submitted.person = UserId{person};
        submitted.values.fields = {FieldValue{"words", {}, words, std::nullopt}};
        take(submitted);
    }

    [[nodiscard]] CapacitySignal signal(std::int64_t id = 1)
    {
        return CapacityTable{*connection}.find(CapacitySignalId{id}).value();
    }
    /// The message of the team's signal.
    [[nodiscard]] std::string board() const
    {
        return in("Cplatform").empty() ? "" : text_of(in("Cplatform").back().now);
    }
};

}  // namespace

TEST_CASE(
    "capacity: two minutes after a team says so, each function is asked, and the team's channel shows it")
{
    Office office;
    office.capacity("Ubo", "at platform until friday because two releases at once");
    CHECK(
        office.answer() ==
        "🔴 platform is at capacity, until Fri 17:00 (your time).\n"
        "In two minutes these are asked what changes, and one of four answers is due within 8 working hours: "
        "engineering (Di) · product (Eve).\n"
        "~ Meanwhile what is asked for this week, or to be known, waits, and interruptions are half as many.\n"
        "~ It ends by itself then, or now: `/capacity ok platform`\n");
    CHECK(office.board().empty());
    CHECK(office.to("Udi").empty());
    office.advance(2min);
    CHECK(
        text_of(office.question_to("Udi").now) ==
        "🔴 platform is at capacity. What changes, for engineering?\n"
        "~ Bo said so for platform, {2026-03-02 10:00 UTC}\n"
        "> two releases at once\n"
        "⏳ product: Eve is asked; an answer is expected by {2026-03-03 10:02 UTC}\n"
        "~ One of four answers, by {2026-03-03 10:02 UTC}.\n"
        "~ If it stays open: Fay is asked on Tue 10:02 (your time).\n"
        "[Drop …] [Move …] [Lend …] [Accept it …] [Not me] [⋯: Why did I get this | Time line | Less like this]\n");
    CHECK(office.board() == "🔴 platform is at capacity, until {2026-03-06 17:00 UTC}\n"
                            "> two releases at once\n"
                            "⏳ engineering: Di is asked; an answer is expected by {2026-03-03 10:02 UTC}\n"
                            "⏳ product: Eve is asked; an answer is expected by {2026-03-03 10:02 UTC}\n"
                            "~ What is asked for this week, or to be known, waits meanwhile.\n"
                            "[We have room again]\n");

    office.advance(1h);
    office.answers("Udi", "drop", "the importer");
    CHECK(office.problems.empty());
    office.advance(1min);
    CHECK(has(office.board(), "✅ engineering: drops the importer (Di)\n⏳ product: Eve is asked"));
    CHECK(office.signal().state == CapacityState::asked);
    office.answers("Ueve", "accept", "the fair is on Friday");
    office.advance(1min);
    CHECK(has(office.board(), "✅ product: accepts it: the fair is on Friday (Eve)"));
    CHECK(office.signal().state == CapacityState::relieved);
    CHECK(office.request(1).state == RequestState::complete);
    CHECK(office.request(2).state == RequestState::complete);

    office.advance_to(utc("2026-03-06 17:00"));
    CHECK_FALSE(office.signal().is_in_force);
    office.advance_to(utc("2026-03-09 11:30"));
    const SeenMessage question = office.last_to("Ubo");
    CHECK(text_of(question.now) ==
          "platform was at capacity, and there were answers a week ago. Did it help?\n"
          "[Yes] [In part] [No]\n");
    office.press("Ubo", question, "did_it_help", "");
    CHECK(office.signal().helped == Helped::yes);
    office.capacity("Uann", "platform");
    CHECK(has(office.answer(), "Until now, half of the signals had their answers within 63 minutes:"));
    CHECK(has(office.answer(),
              "engineering: drops the importer · product: accepts it: the fair is on Friday · it helped"));
}

TEST_CASE("capacity: what is taken back within two minutes was never heard of")
{
    Office office;
    for (int times = 0; times < 5; ++times) {
        office.capacity("Ubo", "at platform");
        office.advance(5s);
        office.capacity("Ubo", "ok platform");
        office.advance(5s);
    }
    office.advance(1h);
    CHECK(office.board().empty());
    CHECK(office.to("Udi").empty());
    CHECK(office.count("SELECT count(*) FROM requests") == 0);
    office.capacity("Ubo", "ok platform");
    CHECK(office.answer() == "🟢 platform had room already: nothing was said before.\n");
}

TEST_CASE("capacity: said again and by others, it is one signal, and nobody is asked twice")
{
    Office office;
    for (int times = 0; times < 10; ++times) office.capacity(times % 2 == 0 ? "Ubo" : "Ucy", "at platform");
    office.advance(10min);
    office.capacity("Ucy", "at platform until thursday");
    CHECK(office.count("SELECT count(*) FROM capacity_signals") == 1);
    CHECK(office.count("SELECT count(*) FROM requests") == 2);
    CHECK(office.signal().until == utc("2026-03-05 17:00"));
    CHECK(asked(office, "Udi") == "10:02");
}

TEST_CASE(
    "capacity: without an answer the reminder comes in the middle, then the route, then somebody decides")
{
    Office office;
    office.capacity("Ubo", "at platform until tuesday");
    office.advance_to(utc("2026-03-02 16:59"));
    CHECK(asked(office, "Udi") == "10:02 14:02");
    CHECK(office.to("Ufay").empty());
    office.advance_to(utc("2026-03-03 10:05"));
    CHECK(asked(office, "Ufay") == "10:02");
    CHECK(has(office.board(),
              "⏳ engineering: Fay is asked; the answer is missing since {2026-03-03 10:02 UTC}"));
    office.capacity("Ucy", "platform");
    office.advance_to(utc("2026-03-03 16:00"));
    office.capacity("Ucy", "platform");
    CHECK(has(office.answer(), "~ 2 unanswered, since 6 hours"));

    // Its time runs out; what was asked is owed all the same, until somebody decides.
    office.advance_to(utc("2026-03-03 17:30"));
    CHECK_FALSE(office.signal().is_in_force);
    CHECK(office.signal().state == CapacityState::asked);
    office.advance_to(utc("2026-03-04 12:00"));
    CHECK(office.signal().state == CapacityState::over);
    CHECK(has(office.board(), "⚪ engineering: no answer; Gil decides what happens"));

    SUBCASE("an answer that comes after all counts")
    {
        office.answers("Ufay", "lend", "Cy to web, until April");
        office.advance(1min);
        CHECK(office.problems.empty());
        CHECK(has(office.board(), "lends Cy to web, until April (Fay)"));
    }
    SUBCASE("said once more it is a new signal: everybody is asked again")
    {
        office.capacity("Ubo", "at platform until friday");
        office.advance(2min);
        CHECK(office.count("SELECT count(*) FROM capacity_signals") == 2);
        CHECK(office.count("SELECT count(*) FROM requests") == 4);
    }
}

TEST_CASE(
    "capacity: \"Got it\", a date and ✅ are no answers; only one of the four is, and without it the route follows")
{
    Office office;
    office.capacity("Ubo", "at platform");
    office.advance(2min);
    office.answers("Ueve", "accept", "the fair");
    SUBCASE("by reaction")
    {
        office.react("Udi", office.question_to("Udi").ref, "white_check_mark");
    }
    SUBCASE("by command")
    {
        office.ackd("Udi", "done 1");
    }
    SUBCASE("with a date")
    {
        office.ackd("Udi", "promise 1 friday 15:00");
    }
    CHECK(office.states(1) == "Udi received");
    office.advance(1min);
    CHECK(has(office.board(), "⏳ engineering: Di has it; an answer is expected by"));
    CHECK(has(text_of(office.question_to("Udi").now), "✅ You have it.\n"));
    CHECK(has(text_of(office.question_to("Udi").now), "[Drop …] [Move …] [Lend …] [Accept it …] [Undo]"));
    office.advance(5h);
    CHECK(has(said_to(office, "Udi"), "Is this still with you?"));
    CHECK(has(said_to(office, "Udi"), "[Drop …] [Move …] [Lend …] [Accept it …] [Can't"));
    CHECK(asked(office, "Ufay").empty());
    office.advance_to(utc("2026-03-03 10:30"));
    CHECK(asked(office, "Ufay") != "");
    CHECK(has(office.board(), "⏳ engineering: Fay is asked; the answer is missing since"));
}

TEST_CASE(
    "capacity: two signals of a team at once are one, whatever their level, and room again ends all of it")
{
    Office office;
    office.capacity("Ubo", "at platform until tomorrow 12:00");
    office.advance_to(utc("2026-03-03 12:30"));
    CHECK(office.signal().state == CapacityState::asked);
    office.capacity("Ubo", "near platform until friday");
    office.capacity("Ubo", "at platform until friday");
    office.advance(5min);
    CHECK(office.count("SELECT count(*) FROM requests") == 2);
    office.capacity("Ubo", "near platform until friday");
    office.capacity("Ubo", "ok platform");
    CHECK(office.count("SELECT count(*) FROM capacity_signals WHERE is_in_force = 1 OR state = 2") == 0);
    CHECK(office.count("SELECT count(*) FROM obligations WHERE state IN (1, 2, 6)") == 0);
}

TEST_CASE("capacity: what nobody had to answer is over when its time is")
{
    Office office;
    office.capacity("Uann", "at until tomorrow 12:00");
    office.advance_to(utc("2026-03-03 12:01"));
    CHECK(office.signal().state == CapacityState::over);
    office.capacity("Uann", "");
    CHECK(has(office.answer(), "🟢 You: nothing said, so there is room"));
}

TEST_CASE("capacity: what was taken back in time stands in no history and makes nothing urgent")
{
    Office office;
    office.capacity("Ubo", "at platform");
    office.capacity("Ubo", "ok platform");
    office.capacity("Ucy", "at platform");
    office.advance(1h);
    CHECK(office.count("SELECT count(*) FROM capacity_signals") == 1);
    CHECK_FALSE(office.signal(2).is_urgent);
}

TEST_CASE("capacity: two who speak for themselves make it urgent for both")
{
    Office office;
    office.capacity("Ubo", "at");
    office.advance(1h);
    office.capacity("Ucy", "at");
    CHECK(office.signal(1).is_urgent);
    CHECK(office.signal(2).is_urgent);
}

TEST_CASE("capacity: an ask does not wait past the date by which it is needed, nor for who merely leads")
{
    Office office;
    office.capacity("Ubo", "at platform until wednesday");
    office.advance(10min);
    office.ack("Uann", "@Ubo !week by thursday please read");
    CHECK(office.count("SELECT count(*) FROM capacity_queue") == 1);
    office.capacity("Ubo", "at platform until friday");
    CHECK(office.count("SELECT count(*) FROM capacity_queue") == 0);
    office.ack("Uann", "@Udi !week please read");
    CHECK(office.count("SELECT count(*) FROM capacity_queue") == 0);
}

TEST_CASE("capacity: what was answered is out of the queue at once")
{
    Office office;
    office.capacity("Ubo", "at platform until friday");
    office.advance(10min);
    office.ack("Uann", "@Ubo !week please read the plan");
    office.ackd("Ubo", "got 3");
    office.capacity("Ubo", "");
    CHECK_FALSE(has(office.answer(), "Waiting until you have room"));
}

TEST_CASE("capacity: the reason is kept with the signal alone")
{
    Office office;
    office.capacity("Ubo", "at because of something private");
    office.advance(3min);
    CHECK(office.count("SELECT count(*) FROM requests WHERE text LIKE '%private%'") == 0);
    CHECK(has(said_to(office, "Udi"), "> of something private"));
}

TEST_CASE("capacity: a guest sees how it stands with their own team, and no other")
{
    Office office;
    office.join("Uguest", "Gus", "Etc/UTC", MemberKind::guest);
    office.capacity("Uguest", "platform");
    CHECK(office.answer() == "How much room platform has is shown to members of this workspace.\n");
}

TEST_CASE(
    "capacity: a form that is sent twice answers once, and one that comes too late says who has answered")
{
    Office office;
    office.capacity("Ubo", "at platform");
    office.advance(2min);
    office.answers("Udi", "drop", "   ");
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front().explanation == "Say it in a line: others go by it.");
    office.submit("Udi", "the importer");
    CHECK(office.problems.empty());
    office.submit("Udi", "the importer");
    CHECK(office.problems.empty());
    CHECK(office.count("SELECT count(*) FROM journal WHERE fact = 'capacity_answered'") == 1);
    office.submit("Ucy", "the importer");
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front().explanation == "Di has answered already: drops the importer.");
}

TEST_CASE("capacity: who is not asked cannot answer in somebody else's place")
{
    Office office;
    office.capacity("Ubo", "at platform");
    office.advance(2min);
    office.answers("Udi", "drop", "");
    office.submit("Ucy", "the importer");
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front().explanation == "You were not among those asked, so nothing needs doing.");
}

TEST_CASE("capacity: room again calls off what was asked, and whoever was asked sees it")
{
    Office office;
    office.capacity("Ubo", "at platform");
    office.advance(10min);
    office.press("Ucy", office.in("Cplatform").back(), "have_room");
    CHECK(office.answer() ==
          "🟢 platform has room again. What waited begins now; nobody is asked for relief any more.\n");
    office.advance(1min);
    CHECK(has(text_of(office.question_to("Udi").now), "No longer needed"));
    CHECK(has(office.board(), "🟢 platform has room again, since {2026-03-02 10:10 UTC}"));
    CHECK(has(office.board(), "⚪ engineering: no longer needed"));
    office.advance(72h);
    CHECK(asked(office, "Udi") == "10:02");
}

TEST_CASE("capacity: only people of a team speak for it")
{
    Office office;
    office.capacity("Uann", "at platform");
    CHECK(office.answer() ==
          "People of platform say how much room platform has.\nTry: `/capacity platform`\n");
    CHECK(office.count("SELECT count(*) FROM capacity_signals") == 0);
    office.capacity("Udi", "at platform");
    CHECK(office.count("SELECT count(*) FROM capacity_signals") == 1);
    office.advance(10min);
    office.press("Uann", office.in("Cplatform").back(), "have_room");
    CHECK(office.answer() == "People of platform can say that.\n");
}

TEST_CASE("capacity: a second voice within two days makes it urgent, and what is open is due sooner")
{
    Office office;
    office.capacity("Ubo", "at platform");
    office.advance(1h);
    CHECK_FALSE(office.signal().is_urgent);
    SUBCASE("for the team")
    {
        office.capacity("Ucy", "at platform");
    }
    SUBCASE("or for themselves")
    {
        office.capacity("Ucy", "at");
    }
    CHECK(office.signal().is_urgent);
    office.advance_to(utc("2026-03-02 14:05"));
    CHECK(asked(office, "Ufay") == "14:02");
    CHECK(has(office.board(), "the answer is missing since {2026-03-02 14:02 UTC}"));
}

TEST_CASE("capacity: a team without a contract has its leads answer; somebody alone, those of their teams")
{
    Settings settings = contracted();
    settings.capacity.clear();
    Office office{settings};
    office.capacity("Ubo", "at");
    CHECK(has(office.answer(), "is due within 8 working hours: lead (Di)."));
    office.advance(2min);
    CHECK(has(text_of(office.question_to("Udi").now), "🔴 Bo is at capacity. What changes, for lead?"));
    CHECK(has(said_to(office, "Ubo"), "🔴 Bo is at capacity, until"));
    office.answers("Udi", "move", "the review to next week");
    CHECK(office.signal().state == CapacityState::relieved);
}

TEST_CASE("capacity: who is in no team is spared all the same, and nobody has to answer")
{
    Office office;
    office.capacity("Uann", "at until friday");
    CHECK(has(office.answer(), "You are in no team here, so nobody has to answer. What can wait does."));
    office.advance(10min);
    CHECK(office.count("SELECT count(*) FROM requests") == 0);
    office.ack("Ubo", "@Uann !week please read");
    CHECK(has(said_to(office, "Ubo"),
              "🔴 Ann is at capacity. This waits until Fri 17:00 (your time), as number 1."));
}

TEST_CASE(
    "capacity: what is not urgent waits for whoever has no room, in order, and begins when there is some")
{
    Office office;
    office.capacity("Ubo", "at platform until friday");
    office.advance(10min);
    office.ack("Uann", "@Ubo !week please read the plan");
    CHECK(said_to(office, "Uann") ==
          "🔴 Bo is at capacity. This waits until Fri 17:00 (your time), as number 1.\n"
          "> please read the plan\n"
          "~ It begins by itself then, or as soon as there is room. What cannot wait: `/ack @name !today …`\n"
          "[⋯: Who has answered | Time line | Withdraw]\n");
    office.ack("Uann", "@Ubo !week and the other plan");
    office.advance(5s);
    CHECK(has(said_to(office, "Uann"), "as number 2."));
    office.ack("Uann", "@Ubo !today this one cannot wait");
    office.capacity("Ubo", "");
    CHECK(has(office.answer(),
              "Waiting until you have room, in this order (2):\n"
              "~ 1. #3 · Ann · please read the plan\n"
              "~ 2. #4 · Ann · and the other plan\n"));
    const auto started = [&](std::int64_t request) {
        return office.table().of_request(RequestId{request}).front().started_at;
    };
    CHECK(started(3) == utc("2026-03-06 17:00"));
    CHECK(started(5) == office.clock.now());

    SUBCASE("by itself")
    {
        office.advance_to(utc("2026-03-06 17:01"));
        CHECK(started(3) == utc("2026-03-06 17:00"));
        CHECK(office.count("SELECT count(*) FROM capacity_queue") == 0);
    }
    SUBCASE("because there is room again")
    {
        office.advance_to(utc("2026-03-03 12:00"));
        office.capacity("Ucy", "ok platform");
        CHECK(started(3) == utc("2026-03-03 12:00"));
        CHECK(started(4) == utc("2026-03-03 12:00"));
        CHECK(office.count("SELECT count(*) FROM capacity_queue") == 0);
    }
    SUBCASE("later, when there is none for longer")
    {
        office.capacity("Ucy", "at platform until 2026-03-12");
        CHECK(started(3) == utc("2026-03-12 17:00"));
    }
    SUBCASE("and when both the team and the person have none, when the last of the two has")
    {
        office.capacity("Ubo", "at until 2026-03-10");
        CHECK(started(3) == utc("2026-03-10 17:00"));
        office.capacity("Ubo", "ok platform");
        CHECK(started(3) == utc("2026-03-10 17:00"));
        office.capacity("Ubo", "ok");
        CHECK(started(3) == office.clock.now());
    }
    SUBCASE("what was answered meanwhile waits no more")
    {
        office.ackd("Ubo", "got 3");
        office.capacity("Ucy", "ok platform");
        CHECK(office.count("SELECT count(*) FROM capacity_queue") == 0);
        CHECK(office.states(3) == "Ubo received");
    }
}

TEST_CASE("capacity: more than three signals in thirty days are told to the leads, as news of the system")
{
    Office office;
    for (int times = 0; times < 4; ++times) {
        CHECK(said_to(office, "Udi").find("4 times") == std::string::npos);
        office.capacity("Ubo", "at platform");
        office.advance(1h);
        office.capacity("Ubo", "ok platform");
        office.advance(23h);
    }
    bool was_told = false;
    for (const SeenMessage& message : office.to("Udi"))
        was_told = was_told ||
                   has(text_of(message.first), "platform was at capacity 4 times in thirty days.");
    CHECK(was_told);
}

TEST_CASE("capacity: being close to it is seen by who looks, and does nothing else")
{
    Office office;
    office.capacity("Ubo", "near until friday because of the fair");
    office.advance(1h);
    CHECK(office.to("Udi").empty());
    office.ack("Uann", "@Ubo !week please read");
    CHECK(office.count("SELECT count(*) FROM capacity_queue") == 0);
    office.capacity("Ubo", "");
    CHECK(has(office.answer(), "🟡 You are close to capacity, until Fri 17:00 (your time): of the fair"));
    office.advance_to(utc("2026-03-06 17:00"));
    CHECK(office.signal().state == CapacityState::over);
}

TEST_CASE("capacity: when the team's channel takes nothing, who gave the signal has the message instead")
{
    Office office;
    office.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->channel != ChannelId{"Cplatform"}) return std::nullopt;
        return Fault{FaultKind::permanent, "not_in_channel"};
    };
    office.capacity("Ubo", "at platform");
    office.advance(3min);
    CHECK(has(said_to(office, "Ubo"), "🔴 platform is at capacity"));
}

TEST_CASE("capacity: a contract that is taken out of the policy leaves what was asked with its leads' clocks")
{
    Office office;
    office.capacity("Ubo", "at platform");
    office.advance(2min);
    office.engine.replace_settings(straight_settings());
    office.advance(48h);
    CHECK(office.states(1).find("open") == std::string::npos);
    office.capacity("Ubo", "ok");
}

TEST_CASE("capacity: how long relief took is told from signal to signal; who still waits counts until now")
{
    Settings settings = contracted();
    settings.shows_pictures = true;
    Office office{settings};
    const auto say_and_answer = [&](const char* instance) {
        office.capacity("Ubo", "at platform");
        office.advance(2min);
        office.advance(1h);
        office.answers("Udi", "drop", "the importer", instance);
        office.answers("Ueve", "drop", "the exporter", instance);
        office.advance(1min);
        office.capacity("Ubo", "ok platform");
    };
    say_and_answer("V1");
    office.capacity("Uann", "platform");
    CHECK_FALSE(has_chart(office.Workspace::answers.back().notice));
    office.advance_to(utc("2026-03-09 10:00"));
    say_and_answer("V2");
    office.advance_to(utc("2026-03-11 10:00"));
    office.capacity("Ubo", "at platform");
    office.advance(30h);
    office.capacity("Uann", "platform");
    CHECK(has(office.answer(), "Hours from each signal to its relief: ▁▁█ 2 2 30+"));
    const auto& line = office.Workspace::answers.back().notice.sections.back().lines.at(1);
    REQUIRE(line.chart.has_value());
    CHECK(line.chart->unit == "hours until relief");
    CHECK(line.chart->columns ==
          std::vector<ChartColumn>{{"2 Mar", 2, false}, {"9 Mar", 2, false}, {"11 Mar", 30, true}});
    office.advance(48h);
    office.capacity("Uann", "platform");
    CHECK(has(office.answer(), "Days from each signal to its relief: ▂▂█ 1 1 4+"));
}

TEST_CASE("capacity: whoever answered or said so, and is forgotten, is named by the message no more")
{
    Office office;
    office.capacity("Ubo", "at platform until friday because two releases at once");
    office.advance(3min);
    office.answers("Udi", "drop", "the importer");
    office.advance(1min);
    REQUIRE(has(office.board(), "✅ engineering: drops the importer (Di)"));
    office.ackd("Udi", "forget");
    SeenMessage question;
    question.now = office.Workspace::answers.back().notice;
    office.press("Udi", question, "forget_me");
    office.advance(12min);
    CHECK(has(office.board(), "✅ engineering: drops the importer (somebody who left no trace here)"));
}
