#include "bot/answers/answer_offers.hpp"

#include "bot/answers/answer_similarity.hpp"
#include "bot/answers/kept_answer_notices.hpp"
#include "bot/answers/kept_answer_rules.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "bot/threads/question_handlers.hpp"

#include <map>
#include <vector>

namespace ackd {

namespace {

constexpr int shown_max = 5;
/// Of the best by their words, so many are looked at closely.
constexpr int candidates_max = 5;

/// Who is a guest, or of another organisation, does not see all public channels.
bool sees_public_channels(HandlerContext& context, const UserId& person)
{
    const auto member = context.directory.find(person);
    return member && member->kind == MemberKind::person;
}

/// Where the words of a question are, each looked for once.
class Places {
public:
    explicit Places(const AnswerIndex& index) : index_(index), count_(index.count()) {}

    [[nodiscard]] double weight_of(const std::string& word)
    {
        return weight_of_word(static_cast<int>(of(word).size()), count_);
    }
    [[nodiscard]] SharedWord shared(const std::string& word, KeptAnswerId answer)
    {
        const auto& places = of(word);
        const auto place = places.find(answer);
        SharedWord shared;
        shared.weight = weight_of_word(static_cast<int>(places.size()), count_);
        shared.in_kept_question = place != places.end() && place->second.in_question;
        shared.in_kept_answer = place != places.end();
        return shared;
    }

private:
    const std::map<KeptAnswerId, AnswerIndex::Place>& of(const std::string& word)
    {
        const auto known = places_.find(word);
        if (known != places_.end()) return known->second;
        return places_.emplace(word, index_.places_of(word)).first->second;
    }

    const AnswerIndex& index_;
    int count_;
    std::map<std::string, std::map<KeptAnswerId, AnswerIndex::Place>> places_;
};

double confidence_in(Places& places, const std::vector<std::string>& words, const KeptAnswer& answer)
{
    std::vector<SharedWord> shared;
    for (const std::string& word : words) shared.push_back(places.shared(word, answer.id));
    double kept_question_weight = 0.0;
    for (const std::string& word : words_of_substance(searched_words(answer.question)))
        kept_question_weight += places.weight_of(word);
    return confidence_of(shared, kept_question_weight);
}

}  // namespace

Notice find_answers(HandlerContext& context,
                    const UserId& person,
                    const ChannelId& channel,
                    const std::string& typed)
{
    const std::vector<std::string> all = searched_words(typed);
    const std::vector<std::string> words = words_of_substance(all);
    const AnswerScope scope{sees_public_channels(context, person), channel};
    std::vector<KeptAnswer> found;
    for (const KeptAnswerId id :
         context.kept_answers.index().best(words.empty() ? all : words, scope, shown_max))
        found.push_back(*context.kept_answers.find(id));
    return found_notice(context, person, typed, found);
}

std::optional<KeptAnswer> similar_answer(HandlerContext& context,
                                         const ChannelId& channel,
                                         const RichText& question)
{
    const AnswerIndex& index = context.kept_answers.index();
    const auto words = words_of_substance(searched_words(plain_text(context, question)));
    Places places{index};
    std::optional<KeptAnswer> best;
    double best_confidence = 0.0;
    for (const KeptAnswerId id : index.best(words, AnswerScope{true, channel}, candidates_max)) {
        KeptAnswer answer = *context.kept_answers.find(id);
        if (!may_be_offered(answer)) continue;
        const double confidence = confidence_in(places, words, answer);
        if (confidence < offered_from(answer) || confidence <= best_confidence) continue;
        best_confidence = confidence;
        best = std::move(answer);
    }
    return best;
}

void offer_kept_answer(HandlerContext& context,
                       const MessageRef& question,
                       const UserId& asker,
                       const RichText& text)
{
    if (!may_start(context.directory.find(asker)) || is_forgotten(context, asker)) return;
    const auto answer = similar_answer(context, question.channel, text);
    if (!answer || answer->author == asker) return;
    if (answer->message.channel != question.channel && !sees_public_channels(context, asker)) return;
    if (!context.kept_answers.add_offer({answer->id, asker, question, context.now, false})) return;
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "answer_offered",
           {{"answer", std::to_string(answer->id.value)}});
    EphemeralReply reply;
    reply.channel = question.channel;
    reply.person = asker;
    reply.notice = offer_notice(context, asker, *answer);
    answer_alone(context, reply, OutboxLane::ordinary);
}

Notice judge_offer(HandlerContext& context, const KeptAnswer& answer, const UserId& person, bool has_helped)
{
    const auto offer = context.kept_answers.offer_of(answer.id, person);
    if (!offer) return plain_reply("This is over: nothing is left to say about it.");
    if (offer->is_judged) return plain_reply("You have said so already. Thank you.");
    context.kept_answers.mark_judged(*offer);
    KeptAnswer next = answer;
    ++(has_helped ? next.helped : next.not_helped);
    context.kept_answers.save(answer, next);
    if (has_helped) {
        record(context,
               bot_actor,
               RequestId{},
               ObligationId{},
               "answer_helped",
               {{"answer", std::to_string(answer.id.value)}});
        // What they asked is answered, then: nobody else need be asked.
        if (auto question = context.questions.find(offer->question))
            end_question(context,
                         *question,
                         {QuestionOutcome::answered_elsewhere, person, AnswerSign::none, context.now});
        return plain_reply("✅ Noted. Thank you.");
    }
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "answer_did_not_help",
           {{"answer", std::to_string(answer.id.value)}});
    return plain_reply("Noted: it is offered less readily. Your question stays as it is.");
}

}  // namespace ackd
