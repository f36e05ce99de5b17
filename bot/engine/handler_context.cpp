#include "bot/engine/handler_context.hpp"

#include "bot/courier/backoff.hpp"

#include <nlohmann/json.hpp>

namespace ackd {

namespace {

struct FactText {
    storage::PseudonymTable& pseudonyms;

    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const UserId& person) const
    {
        return person == bot_actor ? person.value
                                   : pseudonyms.token_of(storage::PseudonymKind::person, person.value);
    }
    std::string operator()(const ChannelId& channel) const
    {
        return pseudonyms.token_of(storage::PseudonymKind::conversation, channel.value);
    }
};

}  // namespace

HandlerState::HandlerState(storage::Connection& opened, const std::string& default_zone, std::uint64_t seed)
    : connection(opened),
      journal(opened),
      pseudonyms(opened, [random = Random{seed}]() mutable { return random.next(); }),
      seen(opened),
      outbox(opened),
      directory(opened, default_zone),
      absences(opened),
      obligations(opened),
      silences(opened),
      sent_messages(opened),
      conversations(opened),
      known_reactions(opened),
      homes(opened),
      interruptions(opened),
      nudge_rules(opened, [random = Random{~seed}]() mutable { return random.next(); }),
      read_backs(opened, [random = Random{seed ^ 0x72656164}]() mutable { return random.next(); }),
      questions(opened),
      kept_answers(opened)
{}

HandlerContext HandlerState::at(Instant now, const Settings& settings)
{
    return HandlerContext{now,           settings,      connection,      journal,       pseudonyms,
                          outbox,        directory,     absences,        obligations,   silences,
                          sent_messages, conversations, known_reactions, homes,         interruptions,
                          nudge_rules,   read_backs,    questions,       kept_answers,  seen,
                          catch_up,      upkeep,        remarks,         has_new_policy};
}

void record(HandlerContext& context,
            const UserId& actor,
            RequestId request,
            ObligationId obligation,
            std::string_view fact,
            FactDetail detail)
{
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const auto& [name, value] : detail) {
        const std::string text = std::visit(FactText{context.pseudonyms}, value);
        if (!text.empty()) object[std::string{name}] = text;
    }
    storage::JournalEntry entry;
    entry.recorded_at_us = to_microseconds(context.now);
    entry.actor = FactText{context.pseudonyms}(actor);
    entry.request_id = request.value;
    entry.obligation_id = obligation.value;
    entry.fact = fact;
    // Foreign text may hold broken UTF-8: replaced rather than refused, so that a fact is never lost to it.
    entry.detail = object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    context.journal.append(entry);
}

}  // namespace ackd
