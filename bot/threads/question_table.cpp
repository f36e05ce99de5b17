#include "bot/threads/question_table.hpp"

#include "bot/instant_columns.hpp"

#include <algorithm>
#include <cmath>

namespace ackd {

namespace {

#define QUESTION_COLUMNS                                                                                     \
    "SELECT id, channel, stamp, thread, asker, asked_at_us, waits_since_us, signals, state, outcome, sign, " \
    "because, due_at_us, answered_at_us, ended_at_us, request_id, first_asked FROM questions "

Question question_in(const storage::Statement& row)
{
    Question question;
    question.id = QuestionId{row.column_int(0)};
    question.message = MessageRef{ChannelId{row.column_string(1)}, row.column_string(2)};
    question.thread = row.column_string(3);
    question.asker = UserId{row.column_string(4)};
    question.asked_at = from_microseconds(row.column_int(5));
    question.waits_since = from_microseconds(row.column_int(6));
    question.signals = static_cast<SignalSet>(row.column_int(7));
    question.state = static_cast<QuestionState>(row.column_int(8));
    question.outcome = static_cast<QuestionOutcome>(row.column_int(9));
    question.sign = static_cast<AnswerSign>(row.column_int(10));
    question.because = static_cast<AskedBecause>(row.column_int(11));
    question.due_at = to_instant(row.column_optional_int(12));
    question.answered_at = to_instant(row.column_optional_int(13));
    question.ended_at = to_instant(row.column_optional_int(14));
    question.request = RequestId{row.column_optional_int(15).value_or(0)};
    question.first_asked = UserId{row.column_string(16)};
    return question;
}

std::optional<Question> one(storage::Statement& row)
{
    if (!row.step()) return std::nullopt;
    return question_in(row);
}

std::vector<Question> all(storage::Statement& rows)
{
    std::vector<Question> questions;
    while (rows.step()) questions.push_back(question_in(rows));
    return questions;
}

std::optional<std::int64_t> to_column(RequestId id)
{
    return id.exists() ? std::optional{id.value} : std::nullopt;
}

/// By the name under which it is stored.
std::optional<QuestionSignal> signal_named(std::string_view name)
{
    for (std::size_t index = 0; index < question_signal_count; ++index) {
        const auto signal = static_cast<QuestionSignal>(index);
        if (name_of(signal) == name) return signal;
    }
    return std::nullopt;
}

}  // namespace

bool QuestionTable::insert(Question& question)
{
    connection_
        .prepare(R"(INSERT INTO questions
            (channel, stamp, thread, asker, asked_at_us, waits_since_us, signals, state, outcome, sign, because,
                due_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, $9)
            ON CONFLICT (channel, stamp) DO NOTHING)")
        .bind_all(question.message.channel.value,
                  question.message.stamp,
                  question.thread,
                  question.asker.value,
                  to_microseconds(question.asked_at),
                  to_microseconds(question.waits_since),
                  static_cast<std::int64_t>(question.signals),
                  static_cast<int>(question.state),
                  ackd::to_column(question.due_at))
        .run();
    if (connection_.changed_rows() == 0) return false;
    question.id = QuestionId{connection_.last_insert_id()};
    return true;
}

void QuestionTable::save(const Question& question)
{
    connection_
        .prepare(
            R"(UPDATE questions SET waits_since_us = $1, signals = $2, state = $3, outcome = $4, sign = $5,
                because = $6, due_at_us = $7, answered_at_us = $8, ended_at_us = $9, request_id = $10,
                first_asked = $11
            WHERE id = $12)")
        .bind_all(to_microseconds(question.waits_since),
                  static_cast<std::int64_t>(question.signals),
                  static_cast<int>(question.state),
                  static_cast<int>(question.outcome),
                  static_cast<int>(question.sign),
                  static_cast<int>(question.because),
                  ackd::to_column(question.due_at),
                  ackd::to_column(question.answered_at),
                  ackd::to_column(question.ended_at),
                  to_column(question.request),
                  question.first_asked.value,
                  question.id.value)
        .run();
}

std::optional<Question> QuestionTable::find(QuestionId id) const
{
    storage::Statement row = connection_.prepare(QUESTION_COLUMNS "WHERE id = $1");
    row.bind(1, id.value);
    return one(row);
}

std::optional<Question> QuestionTable::find(const MessageRef& message) const
{
    storage::Statement row = connection_.prepare(QUESTION_COLUMNS "WHERE channel = $1 AND stamp = $2");
    row.bind_all(message.channel.value, message.stamp);
    return one(row);
}

std::optional<Question> QuestionTable::find(RequestId request) const
{
    storage::Statement row = connection_.prepare(QUESTION_COLUMNS "WHERE request_id = $1");
    row.bind(1, request.value);
    return one(row);
}

std::vector<Question> QuestionTable::in_thread(const ChannelId& channel, const std::string& thread) const
{
    // Two parts, each by an index of its own.
    storage::Statement rows = connection_.prepare(
        QUESTION_COLUMNS "WHERE channel = $1 AND stamp = $2 UNION ALL " QUESTION_COLUMNS
                         "WHERE channel = $1 AND thread = $2 AND thread != '' ORDER BY 3");
    rows.bind_all(channel.value, thread);
    return all(rows);
}

std::vector<Question> QuestionTable::open(const ChannelId& channel, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        QUESTION_COLUMNS "WHERE state != 3 AND channel = $1 ORDER BY asked_at_us, id LIMIT $2");
    rows.bind_all(channel.value, count_max);
    return all(rows);
}

std::vector<Question> QuestionTable::open_of(const UserId& asker) const
{
    storage::Statement rows = connection_.prepare(QUESTION_COLUMNS
                                                  "WHERE asker = $1 AND state != 3 ORDER BY asked_at_us, id");
    rows.bind(1, asker.value);
    return all(rows);
}

std::vector<Question> QuestionTable::ended(const ChannelId& channel, Instant since) const
{
    storage::Statement rows = connection_.prepare(
        QUESTION_COLUMNS "WHERE state = 3 AND ended_at_us >= $1 AND channel = $2 ORDER BY ended_at_us, id");
    rows.bind_all(to_microseconds(since), channel.value);
    return all(rows);
}

std::optional<Instant> QuestionTable::earliest_due() const
{
    storage::Statement row = connection_.prepare(
        "SELECT min(due_at_us) FROM questions WHERE due_at_us IS NOT NULL");
    row.step();
    return to_instant(row.column_optional_int(0));
}

std::vector<QuestionId> QuestionTable::due(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT id FROM questions WHERE due_at_us <= $1 ORDER BY due_at_us, id LIMIT $2");
    rows.bind_all(to_microseconds(now), count_max);
    std::vector<QuestionId> ids;
    while (rows.step()) ids.push_back(QuestionId{rows.column_int(0)});
    return ids;
}

void QuestionTable::postpone(QuestionId id, Instant until)
{
    connection_.prepare("UPDATE questions SET due_at_us = $1 WHERE id = $2 AND state != 3")
        .bind_all(to_microseconds(until), id.value)
        .run();
}

QuestionId QuestionTable::last_turn_of(const UserId& person) const
{
    storage::Statement row = connection_.prepare(
        "SELECT max(id) FROM questions WHERE first_asked = $1 AND first_asked != ''");
    row.bind(1, person.value);
    row.step();
    return QuestionId{row.column_optional_int(0).value_or(0)};
}

SignalWeights QuestionTable::weights_of(const ChannelId& channel) const
{
    SignalWeights weights = default_signal_weights();
    for (const Lesson& lesson : lessons_of(channel)) {
        const float change = static_cast<float>(lesson.change) / 100.0F;
        weights.adjust(lesson.signal, weights.of(lesson.signal) + change);
    }
    return weights;
}

std::vector<QuestionTable::Lesson> QuestionTable::lessons_of(const ChannelId& channel) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT signal, hundredths FROM channel_weights WHERE channel = $1 ORDER BY signal");
    rows.bind(1, channel.value);
    std::vector<Lesson> lessons;
    while (rows.step()) {
        const auto signal = signal_named(rows.column_text(0));
        if (signal) lessons.push_back({*signal, static_cast<int>(rows.column_int(1))});
    }
    return lessons;
}

void QuestionTable::learn(const ChannelId& channel, QuestionSignal signal, int change)
{
    constexpr int bound = static_cast<int>(SignalWeights::bound * 100.0F);
    int known = 0;
    for (const Lesson& lesson : lessons_of(channel)) {
        if (lesson.signal == signal) known = lesson.change;
    }
    connection_
        .prepare(R"(INSERT INTO channel_weights (channel, signal, hundredths) VALUES ($1, $2, $3)
            ON CONFLICT (channel, signal) DO UPDATE SET hundredths = excluded.hundredths)")
        .bind_all(channel.value, std::string{name_of(signal)}, std::clamp(known + change, -bound, bound))
        .run();
}

void QuestionTable::forget_lessons(const ChannelId& channel)
{
    connection_.prepare("DELETE FROM channel_weights WHERE channel = $1").bind(1, channel.value).run();
}

}  // namespace ackd
