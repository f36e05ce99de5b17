// What a handler works with: the state of the running transaction and the time it runs at. Handlers load,
// apply a pure rule, save, write the journal and put effects into the outbox; they never perform I/O.
#pragma once

#include "bot/answers/kept_answer_table.hpp"
#include "bot/catch_up/catch_up_progress.hpp"
#include "bot/catch_up/conversation_table.hpp"
#include "bot/catch_up/known_reactions.hpp"
#include "bot/courier/outbox.hpp"
#include "bot/delivery/obligation_table.hpp"
#include "bot/delivery/read_back_table.hpp"
#include "bot/delivery/sent_message_table.hpp"
#include "bot/delivery/silence_table.hpp"
#include "bot/home/home_table.hpp"
#include "bot/interruptions/interruption_table.hpp"
#include "bot/interruptions/nudge_rule_table.hpp"
#include "bot/people/absence_table.hpp"
#include "bot/people/directory.hpp"
#include "bot/privacy/upkeep.hpp"
#include "bot/settings.hpp"
#include "bot/threads/question_table.hpp"
#include "storage/journal_table.hpp"
#include "storage/pseudonym_table.hpp"
#include "storage/seen_inputs_table.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace ackd {

struct HandlerContext {
    Instant now;
    const Settings& settings;
    storage::Connection& connection;
    storage::JournalTable& journal;
    storage::PseudonymTable& pseudonyms;
    Outbox& outbox;
    Directory& directory;
    AbsenceTable& absences;
    ObligationTable& obligations;
    SilenceTable& silences;
    SentMessageTable& sent_messages;
    ConversationTable& conversations;
    KnownReactions& known_reactions;
    HomeTable& homes;
    InterruptionTable& interruptions;
    NudgeRuleTable& nudge_rules;
    ReadBackTable& read_backs;
    QuestionTable& questions;
    KeptAnswerTable& kept_answers;
    storage::SeenInputsTable& seen;
    CatchUpProgress& catch_up;
    Upkeep& upkeep;
    /// Log lines about what this transaction did; written after its commit.
    std::vector<std::string>& remarks;
    /// A handler kept a new version of the policy: it is taken up before the next input.
    bool& has_new_policy;
};

/// Everything that a HandlerContext refers to.
struct HandlerState {
    /// `seed` is for the tokens of the journal: the same seed writes the same journal.
    HandlerState(storage::Connection& connection, const std::string& default_zone, std::uint64_t seed);

    [[nodiscard]] HandlerContext at(Instant now, const Settings& settings);

    storage::Connection& connection;
    storage::JournalTable journal;
    storage::PseudonymTable pseudonyms;
    storage::SeenInputsTable seen;
    Outbox outbox;
    Directory directory;
    AbsenceTable absences;
    ObligationTable obligations;
    SilenceTable silences;
    SentMessageTable sent_messages;
    ConversationTable conversations;
    KnownReactions known_reactions;
    HomeTable homes;
    InterruptionTable interruptions;
    NudgeRuleTable nudge_rules;
    ReadBackTable read_backs;
    QuestionTable questions;
    KeptAnswerTable kept_answers;
    CatchUpProgress catch_up;
    Upkeep upkeep;
    std::vector<std::string> remarks;
    bool has_new_policy = false;
};

/// The actor of what ackd decides by itself.
inline const UserId bot_actor{"ackd"};

/// People and conversations are of their own types, because they are written as tokens
/// (storage/pseudonym_table.hpp). A text is written as it is: a word of ours, a number, never anything that
/// somebody typed or is called.
using FactValue = std::variant<std::string, UserId, ChannelId>;
using FactDetail = std::initializer_list<std::pair<std::string_view, FactValue>>;

/// Writes one fact to the journal. Empty values are left out.
void record(HandlerContext& context,
            const UserId& actor,
            RequestId request,
            ObligationId obligation,
            std::string_view fact,
            FactDetail detail = {});

}  // namespace ackd
