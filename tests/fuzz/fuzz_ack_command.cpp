// What is typed behind /ack, as Slack escapes it.
#include "adapters/slack/mrkdwn.hpp"
#include "bot/commands/ack_command.hpp"
#include "storage/migrations.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <memory>

using namespace ackd;

namespace {

class Colleagues {
public:
    Colleagues() : connection_(":memory:", storage::OpenMode::create)
    {
        storage::migrate(connection_);
        directory = std::make_unique<Directory>(connection_, "Etc/UTC");
        directory->save(Member{UserId{"U1"}, "Ann", "Etc/UTC", MemberKind::person, false});
        directory->save(Member{UserId{"U2"}, "ben", "Europe/Berlin", MemberKind::person, false});
        directory->save(UserGroup{GroupId{"S1"}, "leads", {UserId{"U1"}}, false});
    }

private:
    storage::Connection connection_;

public:
    std::unique_ptr<Directory> directory;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Colleagues team;
    const WorkingHours hours{"Europe/Berlin"};
    constexpr Instant now{std::chrono::seconds{1'700'000'000}};
    const RichText typed = slack::parse_mrkdwn(fuzz::text_of(data, size), "https://team.example.test/");
    const auto outcome = parse_ack_command(typed, *team.directory, hours, now);
    if (const auto* mistake = std::get_if<CommandMistake>(&outcome)) {
        fuzz::expect(!mistake->explanation.empty(), "a mistake is explained");
    } else {
        const auto& command = std::get<Ask>(outcome);
        fuzz::expect(!command.people.empty() || !command.groups.empty() || !command.channels.empty(),
                     "somebody is asked");
        fuzz::expect(!command.due_at || *command.due_at > now, "a date is ahead");
        fuzz::expect(command.quorum != Quorum::k_of_n || command.needed > 0, "k is a number of people");
    }
    (void)typed_again(typed, *team.directory);
    return 0;
}
