#include "bot/answers/kept_answer_table.hpp"

#include "bot/instant_columns.hpp"

namespace ackd {

namespace {

#define KEPT_COLUMNS                                                                                         \
    "SELECT id, state, channel, stamp, question_stamp, author, keeper, asker, question, answer, tags, "      \
    "answer_edited, question_edited, proposed_at_us, said_at_us, kept_at_us, recheck_at_us, expires_at_us, " \
    "due_at_us, ended_at_us, helped, not_helped, question_sent_id FROM kept_answers "

KeptAnswer read_row(const storage::Statement& row)
{
    KeptAnswer answer;
    answer.id = KeptAnswerId{row.column_int(0)};
    answer.state = static_cast<KeptState>(row.column_int(1));
    answer.message = MessageRef{ChannelId{row.column_string(2)}, row.column_string(3)};
    answer.question_stamp = row.column_string(4);
    answer.author = UserId{row.column_string(5)};
    answer.keeper = UserId{row.column_string(6)};
    answer.asker = UserId{row.column_string(7)};
    answer.question = row.column_string(8);
    answer.answer = row.column_string(9);
    answer.tags = row.column_string(10);
    answer.answer_edited = row.column_string(11);
    answer.question_edited = row.column_string(12);
    answer.proposed_at = from_microseconds(row.column_int(13));
    answer.said_at = from_microseconds(row.column_int(14));
    answer.kept_at = to_instant(row.column_optional_int(15));
    answer.recheck_at = to_instant(row.column_optional_int(16));
    answer.expires_at = to_instant(row.column_optional_int(17));
    answer.due_at = to_instant(row.column_optional_int(18));
    answer.ended_at = to_instant(row.column_optional_int(19));
    answer.helped = static_cast<int>(row.column_int(20));
    answer.not_helped = static_cast<int>(row.column_int(21));
    answer.question_sent_id = row.column_int(22);
    return answer;
}

/// What the index is made of has changed in a way that leaves words behind in it.
bool loses_words(const KeptAnswer& before, const KeptAnswer& after)
{
    if (!is_found(before.state)) return false;
    return !is_found(after.state) || before.question != after.question || before.answer != after.answer ||
           before.tags != after.tags;
}

}  // namespace

KeptAnswerId KeptAnswerTable::insert(const KeptAnswer& answer)
{
    connection_
        .prepare("DELETE FROM kept_answers WHERE channel = $1 AND stamp = $2 AND ended_at_us IS NOT NULL")
        .bind_all(answer.message.channel.value, answer.message.stamp)
        .run();
    connection_
        .prepare(R"(INSERT INTO kept_answers (state, channel, stamp, keeper, proposed_at_us, due_at_us)
            VALUES ($1, $2, $3, $4, $5, $6))")
        .bind_all(static_cast<int>(answer.state),
                  answer.message.channel.value,
                  answer.message.stamp,
                  answer.keeper.value,
                  to_microseconds(answer.proposed_at),
                  to_column(answer.due_at))
        .run();
    return KeptAnswerId{connection_.last_insert_id()};
}

void KeptAnswerTable::save(const KeptAnswer& before, const KeptAnswer& after)
{
    connection_
        .prepare(R"(UPDATE kept_answers
            SET state = $1, question_stamp = $2, author = $3, keeper = $4, asker = $5, question = $6,
                answer = $7, tags = $8, answer_edited = $9, question_edited = $10, said_at_us = $11,
                kept_at_us = $12, recheck_at_us = $13, expires_at_us = $14, due_at_us = $15,
                ended_at_us = $16, helped = $17, not_helped = $18, question_sent_id = $19
            WHERE id = $20)")
        .bind_all(static_cast<int>(after.state),
                  after.question_stamp,
                  after.author.value,
                  after.keeper.value,
                  after.asker.value,
                  after.question,
                  after.answer,
                  after.tags,
                  after.answer_edited,
                  after.question_edited,
                  to_microseconds(after.said_at),
                  to_column(after.kept_at),
                  to_column(after.recheck_at),
                  to_column(after.expires_at),
                  to_column(after.due_at),
                  to_column(after.ended_at),
                  after.helped,
                  after.not_helped,
                  after.question_sent_id,
                  after.id.value)
        .run();
    if (is_over(after.state)) {
        connection_.prepare("DELETE FROM kept_answer_offers WHERE kept_answer_id = $1")
            .bind(1, after.id.value)
            .run();
    }
    if (loses_words(before, after))
        index_.lose_words();
    else if (is_found(after.state) && !is_found(before.state))
        index_.add(after.id);
}

void KeptAnswerTable::remove(const KeptAnswer& answer)
{
    connection_.prepare("DELETE FROM kept_answers WHERE id = $1").bind(1, answer.id.value).run();
    if (is_found(answer.state)) index_.lose_words();
}

std::optional<KeptAnswer> KeptAnswerTable::find(KeptAnswerId id) const
{
    storage::Statement row = connection_.prepare(KEPT_COLUMNS "WHERE id = $1");
    row.bind(1, id.value);
    return row.step() ? std::optional{read_row(row)} : std::nullopt;
}

std::optional<KeptAnswer> KeptAnswerTable::find_by_message(const MessageRef& message) const
{
    storage::Statement row = connection_.prepare(KEPT_COLUMNS "WHERE channel = $1 AND stamp = $2");
    row.bind_all(message.channel.value, message.stamp);
    return row.step() ? std::optional{read_row(row)} : std::nullopt;
}

std::vector<KeptAnswer> KeptAnswerTable::with_text_of(const MessageRef& message) const
{
    std::vector<KeptAnswer> answers;
    storage::Statement rows = connection_.prepare(
        KEPT_COLUMNS "WHERE channel = $1 AND (stamp = $2 OR (question_stamp = $2 AND question_stamp != '')) "
                     "AND ended_at_us IS NULL ORDER BY id");
    rows.bind_all(message.channel.value, message.stamp);
    while (rows.step()) answers.push_back(read_row(rows));
    return answers;
}

std::optional<KeptAnswer> KeptAnswerTable::find_by_question_sent(std::int64_t sent_id) const
{
    storage::Statement row = connection_.prepare(KEPT_COLUMNS "WHERE question_sent_id = $1");
    row.bind(1, sent_id);
    return row.step() ? std::optional{read_row(row)} : std::nullopt;
}

std::vector<KeptAnswerId> KeptAnswerTable::due(Instant now, int count_max) const
{
    std::vector<KeptAnswerId> ids;
    storage::Statement rows = connection_.prepare(
        R"(SELECT id FROM kept_answers WHERE due_at_us IS NOT NULL AND due_at_us <= $1
            ORDER BY due_at_us, id LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    while (rows.step()) ids.push_back(KeptAnswerId{rows.column_int(0)});
    return ids;
}

std::optional<Instant> KeptAnswerTable::earliest_due() const
{
    storage::Statement row = connection_.prepare(
        "SELECT min(due_at_us) FROM kept_answers WHERE due_at_us IS NOT NULL");
    row.step();
    return to_instant(row.column_optional_int(0));
}

void KeptAnswerTable::postpone(KeptAnswerId id, Instant until)
{
    connection_.prepare("UPDATE kept_answers SET due_at_us = $1 WHERE id = $2")
        .bind_all(to_microseconds(until), id.value)
        .run();
}

bool KeptAnswerTable::add_offer(const AnswerOffer& offer)
{
    connection_
        .prepare(R"(INSERT INTO kept_answer_offers (kept_answer_id, person, channel, stamp, offered_at_us)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING)")
        .bind_all(offer.answer.value,
                  offer.person.value,
                  offer.question.channel.value,
                  offer.question.stamp,
                  to_microseconds(offer.offered_at))
        .run();
    return connection_.changed_rows() > 0;
}

std::optional<AnswerOffer> KeptAnswerTable::offer_of(KeptAnswerId answer, const UserId& person) const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT channel, stamp, offered_at_us, is_judged FROM kept_answer_offers
            WHERE kept_answer_id = $1 AND person = $2)");
    row.bind_all(answer.value, person.value);
    if (!row.step()) return std::nullopt;
    return AnswerOffer{answer,
                       person,
                       MessageRef{ChannelId{row.column_string(0)}, row.column_string(1)},
                       from_microseconds(row.column_int(2)),
                       row.column_int(3) != 0};
}

void KeptAnswerTable::mark_judged(const AnswerOffer& offer)
{
    connection_
        .prepare("UPDATE kept_answer_offers SET is_judged = 1 WHERE kept_answer_id = $1 AND person = $2")
        .bind_all(offer.answer.value, offer.person.value)
        .run();
}

}  // namespace ackd
