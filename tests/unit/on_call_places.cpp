// Where the chat shows who is on call: a channel's topic and a user group, kept in step with the rotation.
#include "bot/policy/policy_handlers.hpp"
#include "bot/policy/policy_text.hpp"
#include "bot/rotations/on_call_place.hpp"
#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/rotation_examples.hpp"
#include "tests/unit/storage_file.hpp"

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const ChannelId ops{"Cops"};
const GroupId on_call_group{"Soncall"};

/// Ann, Bo and Cy take turns day by day, at 9:00 UTC; it is Monday, 10:00: Ann is on. Di leads.
Rotation shown_rotation()
{
    Rotation rotation = rotation_of("ops", {"Uann", "Ubo", "Ucy"});
    rotation.topic = ops;
    rotation.group = on_call_group;
    rotation.leads = people_named({"Udi"});
    return rotation;
}

Settings with_rotation(const Rotation& rotation)
{
    Settings settings = straight_settings();
    settings.rotations = {rotation};
    return settings;
}

/// On from 10:00 to 12:00, each day of the week by another.
Rotation of_some_hours()
{
    Rotation rotation = shown_rotation();
    std::string wrong;
    rotation.parts.front().hours = parse_work_week("Mon-Sun 10:00-12:00", wrong);
    return rotation;
}

struct Office : Workspace {
    explicit Office(const Settings& settings, const std::string& path = ":memory:")
        : Workspace(settings, utc("2026-03-02 10:00"), path)
    {
        // Written before anybody looks: people add to it.
        topics[ops] += " | Build, run";
        advance(1min);
    }
    /// All that the group was filled with, in order.
    std::string group()
    {
        std::string text;
        for (const auto& filled : groups_filled[on_call_group]) {
            text += text.empty() ? "" : "; ";
            for (const UserId& person : filled) text += person.value + " ";
        }
        return text;
    }
    std::size_t times_told(const char* person, const std::string& words) const
    {
        std::size_t count = 0;
        for (const SeenMessage& seen : to(person))
            count += text_of(seen.first).find(words) != std::string::npos ? 1 : 0;
        return count;
    }
};

/// Its policy is changed by another program.
struct SharedOffice {
    SharedOffice() : path(folder.file("ackd.db")), office(with_rotation(shown_rotation()), path) {}

    void apply(const Policy& policy)
    {
        storage::Connection own{path, storage::OpenMode::existing_only};
        HandlerState state{own, settings.default_zone, 1};
        storage::Transaction transaction{own};
        HandlerContext context = state.at(office.clock.now(), settings);
        keep_policy(context, policy, {UserId{"operator:ann"}, PolicySource::file, ""});
        (void)take_up_policy(context, settings);
        transaction.commit();
        office.advance(1min);
    }

    Settings settings = with_rotation(shown_rotation());
    StorageFolder folder;
    std::string path;
    Office office;
};

std::optional<EffectOutcome> refused(const Delivery& delivery, const Fault& fault)
{
    if (std::holds_alternative<SetTopicPart>(delivery.effect)) return fault;
    return std::nullopt;
}

}  // namespace

TEST_CASE("places: the topic and the group show who is on, and follow each hand-over")
{
    Office office{with_rotation(shown_rotation())};
    CHECK(office.topics[ops] == "On call (ops): Ann | Build, run");
    CHECK(office.group() == "Uann ");
    office.advance_to(utc("2026-03-03 09:01"));
    CHECK(office.topics[ops] == "On call (ops): Bo | Build, run");
    CHECK(office.group() == "Uann ; Ubo ");
}

TEST_CASE("places: between hand-overs nothing is written, and what people write stays until the next")
{
    Office office{with_rotation(shown_rotation())};
    CHECK(office.topic_parts.size() == 1);
    office.topics[ops] = "Gone fishing";
    office.advance_to(utc("2026-03-03 08:59"));
    CHECK(office.topic_parts.size() == 1);
    CHECK(office.topics[ops] == "Gone fishing");
    office.advance_to(utc("2026-03-03 09:01"));
    CHECK(office.topics[ops] == "On call (ops): Bo | Gone fishing");
    CHECK(office.topic_parts.size() == 2);
}

TEST_CASE("places: who takes a shift is shown at once, and so is who is on again")
{
    Office office{with_rotation(shown_rotation())};
    office.command("Ubo", "/oncall", Workspace::rich("take until 18:00"));
    CHECK(office.topics[ops] == "On call (ops): Bo | Build, run");
    office.advance_to(utc("2026-03-02 18:01"));
    CHECK(office.topics[ops] == "On call (ops): Ann | Build, run");
    CHECK(office.group() == "Uann ; Ubo ; Uann ");
}

TEST_CASE("places: what was late on its way shows who is on when it leaves")
{
    Office office{with_rotation(shown_rotation())};
    bool is_down = true;
    office.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        return is_down ? refused(delivery, {FaultKind::temporary, "no way"}) : std::nullopt;
    };
    office.advance_to(utc("2026-03-03 09:01"));
    office.command("Ucy", "/oncall", Workspace::rich("take until 18:00"));
    is_down = false;
    const std::size_t before = office.topic_parts.size();
    office.advance(10min);
    CHECK(office.topics[ops] == "On call (ops): Cy | Build, run");
    CHECK(office.topic_parts.size() == before + 1);
}

TEST_CASE("places: when nobody is on the topic says so, and the group keeps who was in it")
{
    Office office{with_rotation(of_some_hours())};
    CHECK(office.topics[ops] == "On call (ops): Ann | Build, run");
    office.advance_to(utc("2026-03-02 12:01"));
    CHECK(office.topics[ops] == "On call (ops): nobody now | Build, run");
    CHECK(office.group() == "Uann ");
    office.advance_to(utc("2026-03-03 10:01"));
    CHECK(office.topics[ops] == "On call (ops): Bo | Build, run");
    CHECK(office.group() == "Uann ; Ubo ");
    CHECK(office.times_told("Udi", "keeps who was on before: a group cannot be empty") >= 1);
}

TEST_CASE("places: who has left is not shown")
{
    Office office{with_rotation(shown_rotation())};
    office.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
    office.advance_to(utc("2026-03-03 09:01"));
    CHECK(office.topics[ops] == "On call (ops): nobody now | Build, run");
    CHECK(office.group() == "Uann ");
}

TEST_CASE("places: who has not been listed yet is waited for, as long as a listing takes")
{
    Rotation rotation = shown_rotation();
    rotation.parts.front().people = people_named({"Uzoe"});
    Office office{with_rotation(rotation)};
    CHECK(office.topic_parts.empty());
    office.join("Uzoe", "Zoë");
    office.advance(1min);
    CHECK(office.topics[ops] == "On call (ops): Zoë |  | Build, run");

    Office never{with_rotation(rotation)};
    never.advance(11min);
    CHECK(never.topic_parts.back().part.says == "nobody now");
    CHECK(never.group() == "");
}

TEST_CASE("places: what the chat refuses is told to the leads once, and tried each hour until it works")
{
    Office office{with_rotation(shown_rotation())};
    bool is_refused = true;
    int tried = 0;
    office.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        auto outcome = refused(delivery, {FaultKind::configuration, "missing_scope: ask somebody"});
        tried += outcome ? 1 : 0;
        return is_refused ? outcome : std::nullopt;
    };
    office.advance_to(utc("2026-03-04 11:00"));
    CHECK(tried > 20);
    CHECK(tried < 30);
    const std::string told =
        "The topic of #Cops does not show who is on call for ops: ackd is not allowed to "
        "change it.";
    CHECK(office.times_told("Udi", told) == 1);
    CHECK(office.count("SELECT count(*) FROM journal WHERE fact = 'on_call_not_shown'") == 1);
    CHECK(office.count("SELECT count(*) FROM journal WHERE fact = 'not_delivered'") == 0);
    // The group is another place.
    CHECK(office.group() == "Uann ; Ubo ; Ucy ");

    is_refused = false;
    office.advance(61min);
    CHECK(office.topics[ops] == "On call (ops): Cy | Build, run");
    const int by_then = tried;
    office.advance(5h);
    CHECK(tried == by_then);

    // Refused again is news again.
    is_refused = true;
    office.advance_to(utc("2026-03-06 11:00"));
    CHECK(office.times_told("Udi", told) == 2);
}

TEST_CASE("places: why it is refused decides what the lead reads")
{
    struct Row {
        FaultKind kind;
        const char* told;
    };
    const Row rows[] = {
        {FaultKind::not_a_member, "ackd is not in that channel. Inviting it there is enough."},
        {FaultKind::conflict, "there is no room left in it. With a shorter text around it there is."},
        {FaultKind::permanent, "the chat does not take it."},
    };
    for (const Row& row : rows) {
        CAPTURE(row.told);
        Office office{with_rotation(shown_rotation())};
        office.instead = [&](const Delivery& delivery) { return refused(delivery, {row.kind, "no"}); };
        office.advance_to(utc("2026-03-04 11:00"));
        CHECK(office.times_told("Udi", row.told) == 1);
        CHECK(office.times_told("Udi", "/oncall ops says") == 1);
    }
}

TEST_CASE("places: a start changes nothing in them")
{
    const Settings settings = with_rotation(shown_rotation());
    Office office{settings};
    const std::size_t before = office.topic_parts.size();
    RecordingPort port;
    Engine again{*office.connection, settings, office.clock, port, 2};
    again.start();
    std::vector<Input> inputs;
    std::vector<EffectSettled> settled;
    for (int turn = 0; turn < 5; ++turn) again.cycle(inputs, settled);
    for (const Delivery& delivery : port.deliveries) {
        CHECK_FALSE(std::holds_alternative<SetTopicPart>(delivery.effect));
        CHECK_FALSE(std::holds_alternative<SetGroupMembers>(delivery.effect));
    }
    CHECK(office.topic_parts.size() == before);
}

TEST_CASE("places: what the policy does not name any more is cleared, and what is new is filled")
{
    SharedOffice shared;
    Rotation moved = shown_rotation();
    moved.topic = ChannelId{"Cplatform"};
    moved.group = GroupId{};
    shared.apply(with_rotation(moved));
    CHECK(shared.office.topics[ops] == "Build, run");
    CHECK(shared.office.topics[ChannelId{"Cplatform"}] == "On call (ops): Ann");
    shared.office.advance_to(utc("2026-03-03 09:01"));
    CHECK(shared.office.topics[ops] == "Build, run");
    CHECK(shared.office.topics[ChannelId{"Cplatform"}] == "On call (ops): Bo");
    CHECK(shared.office.group() == "Uann ");

    shared.apply(straight_settings());
    CHECK(shared.office.topics[ChannelId{"Cplatform"}] == "");
}

TEST_CASE("places: they are written in the policy, and a group shows one rotation only")
{
    const std::string one = "[[rotation]]\nname = \"a\"\npeople = [\"U1\"]\nstarts = \"2026-01-05\"\n";
    const std::string other = "[[rotation]]\nname = \"b\"\npeople = [\"U1\"]\nstarts = \"2026-01-05\"\n";
    const auto read = read_policy(one + "topic = \"C1\"\ngroup = \"S1\"\n" + other + "topic = \"C1\"\n");
    CHECK(read.problems.empty());
    REQUIRE(read.document.policy.rotations.size() == 2);
    CHECK(read.document.policy.rotations.front().topic == ChannelId{"C1"});
    CHECK(read.document.policy.rotations.front().group == GroupId{"S1"});
    CHECK(read.document.policy.rotations.back().topic == ChannelId{"C1"});

    const auto twice = read_policy(one + "group = \"S1\"\n" + other + "group = \"S1\"\n");
    REQUIRE(twice.problems.size() == 1);
    CHECK(twice.problems.front().what ==
          "group \"S1\" is who is on call for \"a\": it cannot be who is on call for \"b\" as well");
}

TEST_CASE("places: other turns by the policy are shown when it is in force; other changes of it are not")
{
    SharedOffice shared;
    Settings settings = with_rotation(shown_rotation());
    settings.price_shown_from = 3;
    shared.office.topics[ops] = "Gone fishing";
    shared.apply(settings);
    CHECK(shared.office.topics[ops] == "Gone fishing");
    settings.rotations.front().parts.front().people = people_named({"Ucy", "Uann"});
    shared.apply(settings);
    CHECK(shared.office.topics[ops] == "On call (ops): Cy | Gone fishing");
    CHECK(shared.office.group() == "Uann ; Ucy ");
}
