// What a handler works with: the state of the running transaction and the time it runs at. Handlers load,
// apply a pure rule, save, write the journal and put effects into the outbox; they never perform I/O.
#pragma once

#include "bot/catch_up/catch_up_progress.hpp"
#include "bot/catch_up/conversation_table.hpp"
#include "bot/catch_up/known_reactions.hpp"
#include "bot/courier/outbox.hpp"
#include "bot/delivery/obligation_table.hpp"
#include "bot/delivery/sent_message_table.hpp"
#include "bot/home/home_table.hpp"
#include "bot/interruptions/interruption_table.hpp"
#include "bot/people/directory.hpp"
#include "bot/settings.hpp"
#include "storage/journal_table.hpp"
#include "storage/seen_inputs_table.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd {

struct HandlerContext {
    Instant now;
    const Settings& settings;
    storage::Connection& connection;
    storage::JournalTable& journal;
    Outbox& outbox;
    Directory& directory;
    ObligationTable& obligations;
    SentMessageTable& sent_messages;
    ConversationTable& conversations;
    KnownReactions& known_reactions;
    HomeTable& homes;
    InterruptionTable& interruptions;
    storage::SeenInputsTable& seen;
    CatchUpProgress& catch_up;
    /// Log lines about what this transaction did; written after its commit.
    std::vector<std::string>& remarks;
    /// A handler kept a new version of the policy: it is taken up before the next input.
    bool& has_new_policy;
};

/// Everything that a HandlerContext refers to.
struct HandlerState {
    HandlerState(storage::Connection& connection, const std::string& default_zone);

    [[nodiscard]] HandlerContext at(Instant now, const Settings& settings);

    storage::Connection& connection;
    storage::JournalTable journal;
    storage::SeenInputsTable seen;
    Outbox outbox;
    Directory directory;
    ObligationTable obligations;
    SentMessageTable sent_messages;
    ConversationTable conversations;
    KnownReactions known_reactions;
    HomeTable homes;
    InterruptionTable interruptions;
    CatchUpProgress catch_up;
    std::vector<std::string> remarks;
    bool has_new_policy = false;
};

/// The actor of what ackd decides by itself.
inline const UserId bot_actor{"ackd"};

using FactDetail = std::initializer_list<std::pair<std::string_view, std::string>>;

/// Writes one fact to the journal.
void record(HandlerContext& context,
            const UserId& actor,
            RequestId request,
            ObligationId obligation,
            std::string_view fact,
            FactDetail detail = {});

}  // namespace ackd
