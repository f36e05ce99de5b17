// A kept answer is offered to whoever asks the same, alone, and what they say of it counts.
#include "bot/answers/answer_offers.hpp"
#include "tests/unit/kept_answers_office.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

using namespace ackd;

namespace {

struct Folder {
    StorageFolder folder;
};

class OffersOffice : Folder, public AnswersOffice {
public:
    OffersOffice() : AnswersOffice(straight_settings(), folder.file("state.db")) { keep(); }

    /// As whoever watches the channel's questions does; from beside, so that the engine finds what it did.
    bool offered(const char* asker,
                 const std::string& text = "how can I rotate the staging password?",
                 const char* channel = "Cwork")
    {
        const std::size_t before = answers.size();
        ++asked;
        offer(MessageRef{ChannelId{channel}, "950." + std::to_string(asked)}, asker, text);
        return answers.size() > before;
    }
    void offer(const MessageRef& asked_in, const char* asker, const std::string& text)
    {
        storage::Connection beside{folder.file("state.db"), storage::OpenMode::existing_only};
        {
            HandlerState state{beside, "Etc/UTC", 1};
            const Settings settings;
            HandlerContext context = state.at(clock.now(), settings);
            storage::Transaction transaction{beside};
            offer_kept_answer(context, asked_in, UserId{asker}, rich(text));
            transaction.commit();
        }
        turn();
    }
    void say(const char* person, const char* what) { press(person, last_answer(), what); }

    int asked = 0;
};

}  // namespace

TEST_CASE("offered answer: who asks the same is offered it, alone, with who answered and when")
{
    OffersOffice office;
    REQUIRE(office.offered("Udi"));
    CHECK(office.answers.back().person == UserId{"Udi"});
    CHECK(office.Workspace::answer() == "Answered on Mon 2 Mar by Bo:\n"
                                        "> Run rotate-secret from the ops box. #secrets (open→)\n"
                                        "~ It was asked then: How do I rotate the staging password?\n"
                                        "Did it help?\n"
                                        "~ Only you see this; what you choose is counted without your name.\n"
                                        "[It helped] [It did not]\n");
    CHECK_FALSE(office.offered("Ucy", "who has the key of the bike room?"));
}

TEST_CASE("offered answer: nobody is offered the same twice, and its author never")
{
    OffersOffice office;
    REQUIRE(office.offered("Udi"));
    CHECK_FALSE(office.offered("Udi"));
    CHECK(office.offered("Ucy"));
    CHECK_FALSE(office.offered("Ubo"));
    CHECK_FALSE(office.offered("Ustranger"));
}

TEST_CASE("offered answer: a question gets one offer")
{
    OffersOffice office;
    for (const char* asker : {"Udi", "Ucy"})
        office.offer(
            MessageRef{ChannelId{"Cwork"}, "960.1"}, asker, "how can I rotate the staging password?");
    CHECK(office.count("SELECT count(*) FROM kept_answer_offers") == 1);
    CHECK(office.answers.back().person == UserId{"Udi"});
}

TEST_CASE("offered answer: of a private channel in it alone; to a guest of their channel alone")
{
    OffersOffice office;
    office.join("Uguest", "Guest", "Etc/UTC", MemberKind::guest);
    CHECK_FALSE(office.offered("Uguest", "how can I rotate the staging password?", "Cops"));
    CHECK(office.offered("Uguest"));
    office.take(ConversationsListed{
        {{ChannelId{"Cwork"}, "work", false, true}, {ChannelId{"Cops"}, "ops", false, false}}});
    CHECK_FALSE(office.offered("Udi", "how can I rotate the staging password?", "Cops"));
    CHECK(office.offered("Udi"));
}

TEST_CASE("offered answer: what is said of it counts once, and nobody's name is kept with it")
{
    OffersOffice office;
    REQUIRE(office.offered("Udi"));
    const SeenMessage offer = office.last_answer();
    office.press("Udi", offer, "it_helped");
    CHECK(has(office.Workspace::answer(), "✅ Noted. Thank you."));
    office.press("Udi", offer, "it_did_not");
    CHECK(has(office.Workspace::answer(), "You have said so already."));
    office.press("Ucy", offer, "it_did_not");
    CHECK(has(office.Workspace::answer(), "This is over"));
    CHECK(office.count("SELECT helped FROM kept_answers") == 1);
    CHECK(office.count("SELECT not_helped FROM kept_answers") == 0);
    CHECK(office.count("SELECT count(*) FROM journal WHERE fact = 'answer_helped' AND actor != 'ackd'") == 0);
}

TEST_CASE("offered answer: three times in vain it is offered no more, and still found")
{
    OffersOffice office;
    for (const char* person : {"Ueve", "Ufay", "Ugus", "Uhal"}) office.join(person, person);
    for (const char* person : {"Ueve", "Ufay", "Ugus"}) {
        REQUIRE(office.offered(person));
        office.say(person, "it_did_not");
    }
    CHECK_FALSE(office.offered("Uhal"));
    CHECK(has(office.found("Uhal"), "rotate-secret"));
}

TEST_CASE("offered answer: what is not agreed to, or is over, is offered to nobody")
{
    OffersOffice office;
    office.found("Ubo");
    const SeenMessage found = office.last_answer();
    REQUIRE(office.offered("Udi"));
    const SeenMessage offer = office.last_answer();
    office.press("Ubo", found, "not_any_more");
    CHECK_FALSE(office.offered("Ucy"));
    CHECK(office.count("SELECT count(*) FROM kept_answer_offers") == 0);
    office.press("Udi", offer, "it_helped");
    CHECK(has(office.Workspace::answer(), "This is over"));
}
