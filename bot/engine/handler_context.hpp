// What a handler works with: the state of the running transaction and the time it runs at. Handlers load,
// apply a pure rule, save, write the journal and put effects into the outbox; they never perform I/O.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/delivery/obligation_table.hpp"
#include "bot/delivery/sent_message_table.hpp"
#include "bot/people/directory.hpp"
#include "bot/settings.hpp"
#include "storage/journal_table.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

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
