// Resync, as people meet it: who is asked, what is posted, where teams differ, and how that ends.
#include "bot/cadence/cadence_handlers.hpp"
#include "bot/policy/policy_handlers.hpp"
#include "tests/unit/resync_office.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

using Office = ResyncOffice;

}  // namespace

TEST_CASE("resync: its leads are asked in private when it comes round, and what all say is posted at its end")
{
    Office office;
    CHECK(office.to("Ubo").empty());
    office.advance_past(utc("2026-03-02 11:00"));
    CHECK(
        text_of(office.last_to("Ubo").now) ==
        "Resync product: where does platform stand? A few lines, by Tue 11:00 (your time).\n"
        "~ With platform, mobile. What all say is posted then, and where teams differ is settled between two.\n"
        "[Answer …]\n");
    CHECK(office.to("Ucy").size() == 1);
    CHECK(office.to("Upat").empty());
    office.answers("Ubo", {.priorities = "the importer\n- billing", .risks = "one person knows the cluster"});
    CHECK(office.problems.empty());
    office.answers("Ucy", {.priorities = "login", .surprises = "the store refused us"});
    CHECK(office.board().empty());
    office.advance_past(utc("2026-03-03 11:00"));
    CHECK(office.board() == "Resync product: 2 of 2 teams answered. Asked {2026-03-02 11:00 UTC}\n"
                            "~ Next: {2026-03-09 11:00 UTC} · every monday 11:00\n"
                            "----\n"
                            "Between those who answered, nothing differs.\n"
                            "----\n"
                            "Surprises a week, of all these teams: ▁▁▁▁▁▁▁█ 0 0 0 0 0 0 0 1\n"
                            "~ mobile: the store refused us\n"
                            "----\n"
                            "*platform*\n"
                            "1. the importer\n"
                            "2. billing\n"
                            "~ Risk: one person knows the cluster\n"
                            "----\n"
                            "*mobile*\n"
                            "1. login\n");
    CHECK(office.below().empty());
}

TEST_CASE("resync: where the chat fetches pictures, the surprises of eight weeks are one")
{
    Settings settings = resynced();
    settings.shows_pictures = true;
    Office office{settings};
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {.surprises = "the cluster was full"});
    office.advance_past(utc("2026-03-03 11:00"));
    const auto charts_of = [&] {
        std::vector<Chart> charts;
        const std::vector<SeenMessage> messages = office.in("Cleads");
        for (const Section& section : messages.front().now.sections) {
            for (const Line& line : section.lines) {
                if (line.chart) charts.push_back(*line.chart);
            }
        }
        return charts;
    };
    const auto charts = charts_of();
    REQUIRE(charts.size() == 1);
    CHECK(charts.front().title == "Surprises a week, of all these teams");
    CHECK(charts.front().unit == "surprises, by week");
    CHECK_FALSE(charts.front().limit.has_value());
    REQUIRE(charts.front().columns.size() == 8);
    CHECK(charts.front().columns.front() == ChartColumn{"6 Jan", 0, false});
    CHECK(charts.front().columns.back() == ChartColumn{"24 Feb", 1, false});
    // An answer that comes late draws the message again, with the picture.
    office.answers("Ucy", {.surprises = "the store refused us"});
    office.advance(10s);
    CHECK(charts_of().front().columns.back().value == 2);
}

TEST_CASE("resync: who has not answered is reminded once, in the digest, and a late answer is added in place")
{
    Office office;
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {.priorities = "the importer"});
    office.advance_past(utc("2026-03-02 17:00"));
    CHECK(text_of(office.last_to("Ucy").now).find("mobile has not said yet where it stands") !=
          std::string::npos);
    const std::size_t messages = office.to("Ucy").size();
    CHECK(office.to("Ubo").size() == 1);
    office.advance_past(utc("2026-03-03 12:00"));
    CHECK(office.to("Ucy").size() == messages);
    CHECK(office.board().starts_with("Resync product: 1 of 2 teams answered. Asked {2026-03-02 11:00 UTC}\n"
                                     "~ Not yet: mobile. It is added here when it comes.\n"));
    office.answers("Ucy", {.priorities = "login"});
    CHECK(office.board().find("2 of 2 teams answered") != std::string::npos);
    CHECK(office.board().find("1. login") != std::string::npos);
    CHECK(office.in("Cleads").size() == 1);
}

TEST_CASE("resync: where nobody answers, it says so, and the next round asks anew")
{
    Office office;
    office.advance_past(utc("2026-03-03 11:00"));
    CHECK(office.board() == "Resync product: 0 of 2 teams answered. Asked {2026-03-02 11:00 UTC}\n"
                            "~ Not yet: platform, mobile. It is added here when it comes.\n"
                            "~ Next: {2026-03-09 11:00 UTC} · every monday 11:00\n");
    office.advance_past(utc("2026-03-09 11:00"));
    const auto boards = office.in("Cleads");
    REQUIRE(boards.size() == 1);
    CHECK(text_of(boards.front().now) ==
          "Resync product: 0 of 2 teams answered. Asked {2026-03-02 11:00 UTC}\n"
          "~ Without an answer: platform, mobile.\n");
    CHECK(text_of(office.last_to("Ubo").first).starts_with("Resync product: where does platform stand?"));
    CHECK(office.count("SELECT count(*) FROM resync_rounds") == 2);
}

TEST_CASE("resync: a round that is over is not answered any more: a sentence says so, and no form is opened")
{
    Office office;
    office.advance_past(utc("2026-03-02 11:00"));
    const SeenMessage asked = office.last_to("Ubo");
    const Action answer = asked.now.sections.front().actions.front();
    office.opens("Ubo", asked, answer);
    REQUIRE(office.forms.size() == 1);
    office.advance_past(utc("2026-03-09 11:00"));
    office.opens("Ubo", asked, answer);
    CHECK(office.forms.size() == 1);
    CHECK(office.answer().starts_with("This round is over. Next: Mon 16 Mar 11:00 (your time)"));
    CHECK(office.answer().ends_with(". (What came of it→)\n"));
    // The form was open before, and is sent now.
    office.submit("Ubo", {});
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front().explanation.starts_with("This round is over."));
    // Somebody who leads nothing has no say.
    office.opens("Upat", office.last_to("Ubo"), answer);
    CHECK(office.answer() == "Leads of platform answer this.\n");
}

TEST_CASE("resync: the form begins with what was said last time, and with who waits for the team")
{
    Office office;
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo",
                   {.priorities = "the importer",
                    .waits_for = "mobile: login by friday",
                    .surprises = "the cluster was full"});
    office.advance_past(utc("2026-03-05 10:00"));
    office.surprise("Upat", "half of us were ill");
    office.advance_past(utc("2026-03-09 11:00"));
    const SeenMessage asked = office.last_to("Ubo");
    office.opens("Ubo", asked, asked.now.sections.front().actions.front());
    const Form& form = office.forms.back();
    REQUIRE(form.fields.size() == 5);
    CHECK(form.fields[0].initial == std::vector<std::string>{"the importer"});
    CHECK(form.fields[1].initial == std::vector<std::string>{"mobile: login by 2026-03-06"});
    CHECK(form.fields[3].initial.empty());
    Notice introduction;
    introduction.sections.emplace_back().lines = form.introduction;
    CHECK(text_of(introduction) ==
          "What platform does, and what it needs. It begins with what was said last time.\n"
          "~ Said since: the cluster was full\n"
          "~ Said since: half of us were ill\n");
    const SeenMessage other = office.last_to("Ucy");
    office.opens("Ucy", other, other.now.sections.front().actions.front());
    introduction.sections.front().lines = office.forms.back().introduction;
    CHECK(text_of(introduction) == "What mobile does, and what it needs. One line for each thing.\n"
                                   "~ platform waits for mobile: login by 2026-03-06\n");
}

TEST_CASE("resync: what is not understood stays in the form, at its field, and nothing is kept")
{
    Office office;
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {.priorities = "", .waits_for = "mobil: login"});
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front().field == "waits_for");
    CHECK(office.problems.front().explanation == "There is no team \"mobil\". Did you mean mobile?");
    office.submit("Ubo", {.priorities = " "});
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front().field == "priorities");
    CHECK(office.count("SELECT count(*) FROM resync_answers") == 0);
    // Somebody who leads nothing has no say, however they came by the form.
    office.submit("Upat", {.priorities = "mine"});
    CHECK(office.problems.front().explanation == "Leads of platform answer this.");
}

TEST_CASE("resync: a divergence is one line below, and is asked of the leads of both until one settles it")
{
    Office office;
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {.priorities = "the importer"});
    office.answers("Ucy", {.priorities = "login", .waits_for = "platform: tokens by friday"});
    office.advance_past(utc("2026-03-03 11:00"));
    REQUIRE(office.below().size() == 1);
    CHECK(office.below().front() == "mobile waits for platform: tokens by 6 Mar. platform does not name it.\n"
                                    "~ ⏳ the leads of both settle it\n");
    CHECK(office.in("Cleads").back().thread == office.in("Cleads").front().ref.stamp);
    office.advance_past(utc("2026-03-03 13:00"));
    for (const char* lead : {"Ubo", "Ucy"}) {
        CAPTURE(lead);
        const std::string asked = text_of(office.question_to(lead).now);
        CHECK(
            asked.find(
                "> mobile waits for platform: tokens by 6 Mar. platform does not name it.\n[Got it] [We agree "
                "now] [It may stay different …]") != std::string::npos);
    }
    office.press("Ubo", office.question_to("Ubo"), "done");
    CHECK(office.divergence().state == DivergenceState::reconciled);
    CHECK(office.divergence().ended_by == UserId{"Ubo"});
    CHECK(office.below().front().find("✅ they agree now (Bo)") != std::string::npos);
    CHECK(office.board().find("✅ they agree now (Bo)") != std::string::npos);
    CHECK(office.states(office.divergence().request.value) == "Ucy integrated");
    // They agree, whatever the lists say: neither a later answer nor the next round asks again.
    office.answers("Ubo", {.priorities = "the importer", .risks = "none"});
    office.advance_past(utc("2026-03-09 11:00"));
    office.answers("Ubo", {.priorities = "the importer"});
    office.answers("Ucy", {.priorities = "login", .waits_for = "platform: tokens by 2026-03-06"});
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.count("SELECT count(*) FROM divergences") == 1);
    CHECK(office.board().find("Between those who answered, nothing differs.") != std::string::npos);
}

TEST_CASE("resync: a difference may be accepted, with a name and a reason, and is not raised again")
{
    Office office;
    const Office::Said mobile{.priorities = "login", .waits_for = "platform: tokens"};
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {});
    office.answers("Ucy", mobile);
    office.advance_past(utc("2026-03-03 11:00"));
    office.advance_past(utc("2026-03-03 13:00"));
    const SeenMessage asked = office.question_to("Ucy");
    REQUIRE_FALSE(asked.now.sections.empty());
    const auto& actions = asked.now.sections.back().actions;
    const auto accept = std::find_if(
        actions.begin(), actions.end(), [](const Action& each) { return each.name == "accept_difference"; });
    REQUIRE(accept != actions.end());
    office.opens("Ucy", asked, *accept);
    office.submit_fields("Ucy", {{"words", " "}});
    CHECK(office.problems.front().explanation == "Say it in a line: others go by it.");
    office.submit_fields("Ucy", {{"words", "we go without until summer"}});
    CHECK(office.problems.empty());
    CHECK(office.divergence().state == DivergenceState::accepted);
    CHECK(office.below().front().find("✅ may stay so, Cy: we go without until summer") != std::string::npos);
    // The form is sent once more, and somebody else comes too late.
    office.submit_fields("Ucy", {{"words", "we go without until summer"}});
    CHECK(office.problems.empty());
    office.submit_fields("Ubo", {{"words", "no"}});
    CHECK(office.problems.front().explanation == "Cy has settled it already.");
    const std::size_t forms = office.forms.size();
    office.opens("Ubo", asked, *accept);
    CHECK(office.answer() == "Cy has settled it already. (How it ended→)\n");
    CHECK(office.forms.size() == forms);

    office.advance_past(utc("2026-03-09 11:00"));
    office.answers("Ubo", {});
    office.answers("Ucy", mobile);
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.count("SELECT count(*) FROM divergences") == 1);
}

TEST_CASE("resync: where both say the same by now, nobody is asked any more")
{
    Office office;
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {});
    office.answers("Ucy", {.priorities = "login", .waits_for = "platform: tokens by friday"});
    office.advance_past(utc("2026-03-03 11:00"));
    CHECK(office.divergence().state == DivergenceState::open);
    // Named by then, with another date: it is the same divergence.
    office.answers("Ubo", {.priorities = "x y", .owes = "mobile: tokens by 2026-03-20"});
    CHECK(office.divergence().state == DivergenceState::open);
    CHECK(office.divergence().difference.kind == DivergenceKind::dates_differ);
    CHECK(office.count("SELECT count(*) FROM divergences") == 1);
    office.answers("Ubo", {.priorities = "x y", .owes = "mobile: tokens by friday"});
    CHECK(office.divergence().state == DivergenceState::agreed);
    CHECK(office.board().find("✅ both say the same by now") != std::string::npos);
    CHECK(office.count("SELECT count(*) FROM obligations WHERE state IN (1, 2, 6)") == 0);
}

TEST_CASE("resync: what its leads do not settle goes along the route, and is a dead letter in the end")
{
    Office office;
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {});
    office.answers("Ucy", {.priorities = "login", .waits_for = "platform: tokens"});
    office.advance_past(utc("2026-03-20 17:00"));
    CHECK(text_of(office.question_to("Ufay").first).find("mobile waits for platform: tokens.") !=
          std::string::npos);
    office.advance_past(utc("2026-06-30 17:00"));
    CHECK(office.divergence().state == DivergenceState::given_up);
    CHECK(office.count("SELECT count(*) FROM obligations WHERE state = 7") == 1);
    // It is known, and not raised each week.
    CHECK(office.count("SELECT count(*) FROM divergences") == 1);
    // It can still be settled, by whoever was asked.
    office.ackd("Ubo", "done 1");
    CHECK(office.answer() == "Noted: they agree now.\n");
    CHECK(office.divergence().state == DivergenceState::reconciled);
}

TEST_CASE("resync: paused, resumed, left out and begun now, by leads of teams that take part")
{
    Office office;
    office.resync("Upat", "skip");
    CHECK(office.answer() == "Leads of the teams that take part, and admins, can do this.\n");
    office.resync("Ubo", "skip");
    CHECK(
        office.answer() ==
        "product: the one of Mon 11:00 (your time) is left out. Next: Mon 9 Mar 11:00 (your time) · every monday "
        "11:00 (Etc/UTC) · one is left out before.\n");
    office.advance_past(utc("2026-03-02 12:00"));
    CHECK(office.to("Ubo").empty());
    office.resync("Ubo", "pause until 2026-03-17");
    CHECK(office.answer().starts_with(
        "product: Paused until Tue 17 Mar 17:00 (your time). Next: Mon 23 Mar 11:00"));
    office.advance_past(utc("2026-03-16 12:00"));
    CHECK(office.to("Ubo").empty());
    office.resync("Ubo", "resume");
    CHECK(office.answer().starts_with("product: Next: Mon 23 Mar 11:00"));
    office.resync("Ubo", "now product");
    CHECK(office.answer().starts_with("product has begun."));
    CHECK(office.to("Ubo").size() == 1);
    office.resync("Ubo", "now");
    CHECK(office.answer() == "product is asked already, until Tue 12:00 (your time).\n");
    CHECK(office.count("SELECT count(*) FROM resync_rounds") == 1);
    const auto ended = office.occurrences();
    REQUIRE(ended.size() == 3);
    CHECK(ended[0].end == OccurrenceEnd::ran);
    CHECK(ended[1].end == OccurrenceEnd::paused);
    CHECK(ended[2].end == OccurrenceEnd::skipped);
}

TEST_CASE("resync: the App Home says when what comes round comes next, to people of its teams")
{
    Office office;
    HomeOpened opened;
    opened.person = UserId{"Upat"};
    office.take(opened);
    CHECK(text_of(office.homes.at(UserId{"Upat"}).back())
              .find("Resync product · Next: Mon 11:00 (your time) · every monday "
                    "11:00 (Etc/UTC)") != std::string::npos);
    opened.person = UserId{"Ufay"};
    office.take(opened);
    CHECK(text_of(office.homes.at(UserId{"Ufay"}).back()).find("Resync") == std::string::npos);
}

TEST_CASE("resync: words that say nothing are answered with a line that would")
{
    Office office;
    office.resync("Ubo", "pause until never");
    CHECK(office.answer() ==
          "I did not understand until when: \"never\".\nTry: `/resync pause product until monday`\n");
    office.resync("Ubo", "dance");
    CHECK(office.answer() == "I do not know \"dance\".\nTry: `/resync skip product`\n");
    office.resync("Ubo", "");
    CHECK(office.answer().starts_with(
        "*product* · platform, mobile\nNext: Mon 11:00 (your time) · every monday 11:00 "
        "(Etc/UTC)\n"));
}

TEST_CASE("resync: a change of its time counts from then on, and what is gone from the policy begins anew")
{
    StorageFolder folder;
    Office office{resynced(), folder.file("ackd.db")};
    storage::Connection own{folder.file("ackd.db"), storage::OpenMode::existing_only};
    office.advance_past(utc("2026-03-02 11:30"));
    CHECK(office.occurrences().size() == 1);
    // To an hour that is over today: it is not late for that.
    Policy changed = resynced("every weekday 09:00");
    const auto take_up = [&](const Policy& policy) {
        HandlerState state{own, "Etc/UTC", 1};
        Settings settings = resynced();
        HandlerContext context = state.at(office.clock.now(), settings);
        storage::Transaction transaction{own};
        keep_policy(context, policy, {UserId{"operator:ann"}, PolicySource::file, ""});
        transaction.commit();
        office.turn();
        office.advance(1s);
    };
    take_up(changed);
    CHECK(office.occurrences().size() == 1);
    office.advance_past(utc("2026-03-03 09:00"));
    CHECK(office.occurrences().size() == 2);
    changed.resyncs.clear();
    take_up(changed);
    office.advance_past(utc("2026-03-10 12:00"));
    CHECK(office.occurrences().size() == 2);
    take_up(resynced("every weekday 09:00"));
    CHECK(office.occurrences().size() == 2);
    office.advance_past(utc("2026-03-11 09:00"));
    CHECK(office.occurrences().size() == 3);
}

TEST_CASE("resync: who is at work when it is over, or has answered for the team, is not asked any more")
{
    Settings settings = resynced();
    settings.resyncs.front().answers_within = 2h;
    settings.teams.front().leads = {UserId{"Ubo"}, UserId{"Usyd"}};
    Office office{settings};
    office.join("Usyd", "Syd", "Australia/Sydney");
    office.advance_past(utc("2026-03-02 11:00"));
    CHECK(office.to("Ubo").size() == 1);
    office.answers("Ubo", {.priorities = "the importer"});
    office.advance_past(utc("2026-03-03 06:00"));
    CHECK(office.to("Usyd").empty());
}

TEST_CASE("resync: whoever settled a divergence and is forgotten is named by no message of it any more")
{
    Office office;
    const Office::Said mobile{.priorities = "login", .waits_for = "platform: tokens by friday"};
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {});
    office.answers("Ucy", mobile);
    office.advance_past(utc("2026-03-03 12:00"));
    office.resync("Ubo", "now");
    office.answers("Ubo", {});
    office.answers("Ucy", mobile);
    office.advance_past(utc("2026-03-04 13:00"));
    // It was open when the second round was posted: the messages of both name who settles it.
    office.press("Ubo", office.question_to("Ubo"), "done");
    office.advance(10s);
    const auto named = [&](const std::string& name) {
        const auto messages = office.in("Cleads");
        return std::count_if(messages.begin(), messages.end(), [&](const SeenMessage& message) {
            return has(text_of(message.now), "✅ they agree now (" + name + ")");
        });
    };
    CHECK(named("Bo") == 3);
    office.ackd("Ubo", "forget");
    SeenMessage question;
    question.now = office.Workspace::answers.back().notice;
    office.press("Ubo", question, "forget_me");
    office.advance(2min);
    REQUIRE(office.count("SELECT count(*) FROM divergences WHERE ended_by = 'Ubo'") == 0);
    CHECK(named("Bo") == 0);
    CHECK(named("somebody who left no trace here") == 3);
}

TEST_CASE("resync: a round that was never posted is not posted because somebody of it is forgotten")
{
    Office office;
    office.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->channel != ChannelId{"Cleads"}) return std::nullopt;
        return Fault{FaultKind::not_a_member, "not_in_channel"};
    };
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {});
    office.answers("Ucy", {.priorities = "login", .waits_for = "platform: tokens by friday"});
    office.advance_past(utc("2026-03-03 13:00"));
    office.press("Ubo", office.question_to("Ubo"), "done");
    REQUIRE(office.divergence().ended_by == UserId{"Ubo"});
    office.advance_past(utc("2026-03-09 12:00"));
    office.instead = nullptr;
    REQUIRE(office.count("SELECT count(*) FROM resync_rounds WHERE state = 3 AND stamp = ''") == 1);
    office.ackd("Ubo", "forget");
    SeenMessage question;
    question.now = office.Workspace::answers.back().notice;
    office.press("Ubo", question, "forget_me");
    office.advance(2min);
    REQUIRE(office.count("SELECT count(*) FROM divergences WHERE ended_by = 'Ubo'") == 0);
    CHECK(office.in("Cleads").empty());
}

TEST_CASE("resync: who is forgotten is named in nothing that a team said lately")
{
    Office office;
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {.priorities = "the importer, with Mia", .risks = "only Mia knows it"});
    office.answers("Ucy", {});
    office.advance_past(utc("2026-03-03 11:00"));
    REQUIRE(has(office.board(), "the importer, with Mia"));
    office.ackd("Umia", "forget");
    SeenMessage question;
    question.now = office.Workspace::answers.back().notice;
    office.press("Umia", question, "forget_me");
    office.advance(2min);
    CHECK(has(office.board(), "the importer, with somebody"));
    CHECK_FALSE(has(office.board(), "Mia"));
}

TEST_CASE(
    "resync: what is gone from the policy asks nobody any more, and what stood there is said to be over")
{
    StorageFolder folder;
    Office office{resynced(), folder.file("ackd.db")};
    office.advance_past(utc("2026-03-02 11:00"));
    office.answers("Ubo", {});
    office.answers("Ucy", {.priorities = "login", .waits_for = "platform: tokens"});
    office.advance_past(utc("2026-03-03 11:00"));
    CHECK(office.divergence().state == DivergenceState::open);
    storage::Connection own{folder.file("ackd.db"), storage::OpenMode::existing_only};
    HandlerState state{own, "Etc/UTC", 1};
    Settings settings = resynced();
    HandlerContext context = state.at(office.clock.now(), settings);
    Policy without = settings;
    without.resyncs.clear();
    {
        storage::Transaction transaction{own};
        keep_policy(context, without, {UserId{"operator:ann"}, PolicySource::file, ""});
        transaction.commit();
    }
    office.turn();
    office.advance(1min);
    CHECK(office.divergence().state == DivergenceState::dropped);
    CHECK(office.count("SELECT count(*) FROM obligations WHERE state IN (1, 2, 6)") == 0);
    CHECK(office.count("SELECT count(*) FROM resync_rounds WHERE state != 3") == 0);
}

TEST_CASE(
    "resync: asks that are open between two teams are counted where each has five people, and nobody is named")
{
    Settings settings = resynced();
    for (const char* more : {"U1", "U2", "U3"}) {
        settings.teams[0].members.emplace_back(more);
        settings.teams[1].members.emplace_back(std::string{more} + "m");
    }
    Office office{settings};
    for (const char* more : {"U1", "U2", "U3", "U1m", "U2m", "U3m"}) office.join(more, more);
    office.ack("Umia", "@Upat !week !done please look at the tokens");
    office.ackd("Upat", "got 1");
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.board().find(
              "*Asked between teams, and open for more than a week*\n~ mobile of platform: 1, the "
              "oldest since 8 days") != std::string::npos);
    CHECK(office.board().find("Pat") == std::string::npos);

    Office small;
    small.ack("Umia", "@Upat !week !done please look at the tokens");
    small.ackd("Upat", "got 1");
    small.advance_past(utc("2026-03-10 11:00"));
    CHECK(small.board().find("Asked between teams") == std::string::npos);
}

TEST_CASE("surprise: noted for the team, without a name; a team is asked for where it is not clear")
{
    Settings settings = resynced();
    settings.teams.push_back(team_of_two("data", "Umia", "Udi"));
    Office office{settings};
    office.surprise("Upat", "the cluster was full a week early");
    CHECK(office.answer() ==
          "Noted for platform, without your name. The next resync and the next retro show it.\n");
    CHECK(office.count("SELECT count(*) FROM surprises WHERE team = 'platform'") == 1);
    office.surprise("Umia", "nobody told us");
    CHECK(office.answer().starts_with("Whose surprise is it? You are in mobile, data."));
    office.surprise("Umia", "data: nobody told us");
    CHECK(office.answer().starts_with("Noted for data"));
    office.surprise("Umia", "platform: it broke");
    CHECK(office.answer().starts_with("People of platform say what surprised them."));
    office.surprise("Ufay", "well");
    CHECK(office.answer().starts_with("A surprise is a team's, and you are in none that I know of."));
    office.surprise("Upat", " ");
    CHECK(office.answer().starts_with("What was it? A line is enough."));
}

TEST_CASE("surprise: when they rise, a shorter cadence is proposed, and nothing is changed")
{
    Office office{resynced("every second monday 11:00")};
    for (int count = 0; count < 4; ++count) office.surprise("Upat", "one more");
    office.advance_past(utc("2026-03-17 11:00"));
    CHECK(office.board().find(
              "They have become more. Meeting more often may help, in ackd's policy: `every = \"every "
              "monday 11:00\"`") != std::string::npos);
}
