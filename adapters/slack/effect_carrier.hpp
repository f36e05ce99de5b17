// Carries out Deliveries through the Web API: one Delivery in, exactly one EffectOutcome out.
//
// A post in doubt is looked for first, by the outbox id it carries in its metadata and in the id of its first
// block (see message_rendering.hpp), among our own messages of the conversation since shortly before it was
// intended. While that cannot be found out, the outcome stays `unknown`.
//
// Slack refuses a message whose picture it cannot fetch, or could not just now. What is refused for good and
// has a chart is carried out once more, with words in the picture's place; what was in doubt, or has failed
// before, is said in words from the start: nothing said is lost to how it looks.
#pragma once

#include "adapters/slack/chat_place.hpp"
#include "adapters/slack/own_identity.hpp"
#include "adapters/slack/slack_api.hpp"
#include "bot/clock.hpp"
#include "bot/effect.hpp"

#include <string>

namespace ackd::slack {

class EffectCarrier {
public:
    /// All of them outlive it; `charts` null: charts are told in words.
    EffectCarrier(SlackApi& api,
                  const OwnIdentity& identity,
                  const Clock& clock,
                  const pictures::ChartLinks* charts)
        : api_(api), identity_(identity), clock_(clock), charts_(charts)
    {}

    /// `delivery` must outlive the task.
    [[nodiscard]] Task<EffectOutcome> carry_out(const Delivery& delivery);

private:
    [[nodiscard]] bool tries_picture(const Delivery& delivery) const;
    [[nodiscard]] Task<EffectOutcome> carry_out_at(ChatPlace place, const Delivery& delivery);
    [[nodiscard]] Task<EffectOutcome> post(ChatPlace place,
                                           const Delivery& delivery,
                                           const PostMessage& effect);
    [[nodiscard]] Task<Result<std::string>> find_conversation(const PostMessage& effect);
    /// The stamp of the post, or empty: it is not there.
    [[nodiscard]] Task<Result<std::string>> find_post(const Delivery& delivery,
                                                      std::string channel,
                                                      std::string thread);
    [[nodiscard]] Task<EffectOutcome> update(ChatPlace place,
                                             const Delivery& delivery,
                                             const UpdateMessage& effect);
    [[nodiscard]] Task<EffectOutcome> reply(ChatPlace place,
                                            const Delivery& delivery,
                                            const EphemeralReply& effect);
    [[nodiscard]] Task<EffectOutcome> fetch(const Delivery& delivery, const FetchMessage& effect);
    [[nodiscard]] Task<EffectOutcome> list_members(const Delivery& delivery,
                                                   const ListChannelMembers& effect);

    [[nodiscard]] Task<EffectOutcome> publish(ChatPlace place,
                                              const Delivery& delivery,
                                              const PublishHome& effect);
    [[nodiscard]] Task<EffectOutcome> open_view(const Delivery& delivery,
                                                std::string trigger,
                                                std::string view);
    [[nodiscard]] Task<EffectOutcome> set_topic_part(const Delivery& delivery, const SetTopicPart& effect);
    [[nodiscard]] Task<EffectOutcome> set_group_members(const Delivery& delivery,
                                                        const SetGroupMembers& effect);
    [[nodiscard]] Task<EffectOutcome> read_history(const ReadHistory& effect);

    [[nodiscard]] FetchedMessage fetched_from(JsonValue message) const;
    void note_metadata(JsonValue message);

    SlackApi& api_;
    const OwnIdentity& identity_;
    const Clock& clock_;
    const pictures::ChartLinks* charts_;
    bool metadata_missing_logged_ = false;
};

}  // namespace ackd::slack
