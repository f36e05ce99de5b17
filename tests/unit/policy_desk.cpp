// What a command of the operator writes beside a daemon that goes on.
#include "bot/cli/policy_desk.hpp"

#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

using namespace ackd;

TEST_CASE("policy desk: what somebody else committed since it was opened does not stand in its way")
{
    StorageFolder folder;
    cli::PolicyDesk desk{folder.path(), cli::DeskMode::write};
    {
        storage::Connection other{folder.file("ackd.db"), storage::OpenMode::existing_only};
        storage::Transaction transaction{other};
        HandlerState state{other, "Etc/UTC", 1};
        const Settings settings;
        HandlerContext context = state.at(utc("2026-03-02 10:00"), settings);
        record(context, bot_actor, RequestId{}, ObligationId{}, "caught_up");
        transaction.commit();
    }
    storage::Transaction transaction{desk.connection()};
    HandlerContext context = desk.context(utc("2026-03-02 10:01")).value();
    record(context, bot_actor, RequestId{}, ObligationId{}, "alert_key_added");
    transaction.commit();
    CHECK(storage::JournalTable{desk.connection()}.length() == 2);
    CHECK(storage::JournalTable{desk.connection()}.find_break() == 0);
}
