#include "adapters/slack/payload_decoder.hpp"

#include "adapters/slack/event_decoder.hpp"
#include "adapters/slack/interaction_decoder.hpp"

#include <fmt/format.h>

#include <utility>

namespace ackd::slack {
namespace {

constexpr std::size_t actions_max = 25;

/// Collects the Inputs of one payload.
class PayloadReader {
public:
    PayloadReader(PayloadSource source, std::vector<Input>& inputs)
        : source_(std::move(source)), inputs_(inputs)
    {}

    void read_event(JsonValue payload, const OwnIdentity& identity)
    {
        if (text_of(payload, "type") == "app_rate_limited") {
            decoded_.concern = AdapterConcern::events_rate_limited;
            add(own_key(), NothingToDo{});
            return;
        }
        const std::string_view id = text_of(payload, "event_id");
        std::string key = id.empty() || id.size() > id_length_max ? own_key() : std::string{id};
        // Some payloads are the bare event.
        DecodedEvent event = decode_event(member_of(payload, "event").value_or(payload), identity);
        decoded_.problem = std::move(event.problem);
        decoded_.concern = event.concern;
        decoded_.concerned = std::move(event.concerned);
        add(event.key.empty() ? std::move(key) : std::move(event.key), std::move(event.body));
    }

    void read_interaction(DecodedInteraction interaction)
    {
        decoded_.problem = std::move(interaction.problem);
        if (interaction.bodies.empty()) interaction.bodies.emplace_back(NothingToDo{});
        if (interaction.bodies.size() > actions_max) interaction.bodies.resize(actions_max);
        for (std::size_t at = 0; at < interaction.bodies.size(); ++at) {
            std::string key = at == 0 ? own_key() : fmt::format("{}:{}", own_key(), at);
            // Asked again, it gets the same answer again: what is to be corrected must not be lost.
            if (std::holds_alternative<FormSubmitted>(interaction.bodies[at])) key.clear();
            add(std::move(key), std::move(interaction.bodies[at]));
        }
    }

    void read_nothing() { add(own_key(), NothingToDo{}); }

    DecodedPayload finish()
    {
        // Slack shows what comes with the confirmation of a command or a form, and nothing else.
        const InputBody& last = inputs_.back().body;
        const bool is_answerable = std::holds_alternative<CommandGiven>(last) ||
                                   std::holds_alternative<FormSubmitted>(last);
        source_.receipt.wants_answer = source_.receipt.wants_answer && is_answerable;
        inputs_.back().receipt = std::move(source_.receipt);
        return std::move(decoded_);
    }

private:
    [[nodiscard]] std::string own_key() const { return fmt::format("{}:{}", source_.way, source_.id); }

    void add(std::string key, InputBody body)
    {
        Input& input = inputs_.emplace_back();
        input.key = std::move(key);
        input.received_at = source_.at;
        input.body = std::move(body);
    }

    PayloadSource source_;
    std::vector<Input>& inputs_;
    DecodedPayload decoded_;
};

}  // namespace

DecodedPayload decode_payload(PayloadKind kind,
                              JsonValue payload,
                              PayloadSource source,
                              const OwnIdentity& identity,
                              std::vector<Input>& inputs)
{
    PayloadReader reader{std::move(source), inputs};
    switch (kind) {
        case PayloadKind::event: reader.read_event(payload, identity); break;
        case PayloadKind::command: reader.read_interaction(decode_command(payload, identity)); break;
        case PayloadKind::interaction: reader.read_interaction(decode_interaction(payload, identity)); break;
    }
    return reader.finish();
}

void confirm_only(PayloadSource source, std::vector<Input>& inputs)
{
    PayloadReader reader{std::move(source), inputs};
    reader.read_nothing();
    [[maybe_unused]] const DecodedPayload nothing = reader.finish();
}

}  // namespace ackd::slack
