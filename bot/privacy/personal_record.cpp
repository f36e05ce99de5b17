#include "bot/privacy/personal_record.hpp"

#include "bot/delivery/action_names.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "bot/privacy/privacy_notices.hpp"

#include <date/date.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace ackd {

namespace {

using Json = nlohmann::ordered_json;

/// A message holds 50 blocks of 3,000 characters; these are easier to read and to copy.
constexpr std::size_t message_bytes_max = 8'000;
constexpr std::size_t message_lines_max = 40;

enum class FieldKind { text, number, instant };

struct Field {
    const char* name;
    FieldKind kind = FieldKind::text;
};

/// A kind of record: the rows that have the person's id ($1), or their token ($1 as well, where `by_token`).
struct RecordKind {
    const char* what;
    const char* sql;
    std::vector<Field> fields;
    bool by_token = false;
};

const std::vector<RecordKind>& record_kinds()
{
    using enum FieldKind;
    static const std::vector<RecordKind> kinds{
        {"person",
         "SELECT id, name, time_zone, kind, deactivated FROM members WHERE id = $1",
         {{"id"}, {"name"}, {"time_zone"}, {"kind", number}, {"deactivated", number}}},
        {"group",
         R"(SELECT user_groups.id, handle FROM user_groups
            JOIN user_group_members ON group_id = user_groups.id
            WHERE member_id = $1 ORDER BY handle)",
         {{"id"}, {"handle"}}},
        {"asked_by_me",
         R"(SELECT id, state, priority, subject_channel, subject_stamp, thread, text, asked_at_us, due_at_us,
            closed_at_us FROM requests WHERE creditor = $1 ORDER BY id)",
         {{"request", number},
          {"state", number},
          {"priority", number},
          {"channel"},
          {"stamp"},
          {"thread"},
          {"text"},
          {"asked_at", instant},
          {"due_at", instant},
          {"closed_at", instant}}},
        {"asked_of_me",
         R"(SELECT requests.id, obligations.id, creditor, text, obligations.state, way, cause, started_at_us,
            received_at_us, integrated_at_us, promised_at_us FROM obligations
            JOIN requests ON requests.id = request_id
            WHERE debtor = $1 OR holder = $1 ORDER BY obligations.id)",
         {{"request", number},
          {"obligation", number},
          {"asked_by"},
          {"text"},
          {"state", number},
          {"way", number},
          {"cause", number},
          {"asked_at", instant},
          {"received_at", instant},
          {"integrated_at", instant},
          {"promised_at", instant}}},
        {"named_in",
         R"(SELECT id FROM requests WHERE (instr(audience, '"' || $1 || '"') > 0 OR instr(route, '"' || $1 || '"') > 0)
            ORDER BY id)",
         {{"request", number}}},
        {"called_in",
         "SELECT obligation_id, step, declined FROM calls WHERE target = $1 ORDER BY obligation_id, step",
         {{"obligation", number}, {"step", number}, {"declined", number}}},
        {"offered",
         "SELECT request_id, offered_at_us FROM covers WHERE person = $1 ORDER BY request_id",
         {{"request", number}, {"offered_at", instant}}},
        {"dead_letter",
         R"(SELECT obligation_id, request_id, cause, created_at_us, answered_at_us FROM dead_letters
            WHERE owner = $1 ORDER BY obligation_id)",
         {{"obligation", number},
          {"request", number},
          {"cause", number},
          {"created_at", instant},
          {"answered_at", instant}}},
        {"dead_letters_to_look_through",
         "SELECT week, made_at_us FROM triage_rounds WHERE triager = $1 ORDER BY week",
         {{"week", number}, {"asked_at", instant}}},
        {"decides_without_an_answer",
         "SELECT request_id, state FROM silence_clauses WHERE decider = $1 ORDER BY request_id",
         {{"request", number}, {"state", number}}},
        {"objected",
         "SELECT request_id, state FROM silence_clauses WHERE objector = $1 ORDER BY request_id",
         {{"request", number}, {"state", number}}},
        {"message_to_me",
         "SELECT channel, stamp, kind, sent_at_us, news FROM sent_messages WHERE person = $1 ORDER BY id",
         {{"channel"}, {"stamp"}, {"kind", number}, {"sent_at", instant}, {"news"}}},
        {"reaction",
         R"(SELECT channel, stamp, emoji, is_there, known_at_us FROM known_reactions WHERE person = $1
            ORDER BY known_at_us)",
         {{"channel"}, {"stamp"}, {"emoji"}, {"is_there", number}, {"known_at", instant}}},
        {"early_answer",
         "SELECT channel, stamp, emoji, given_at_us FROM early_answers WHERE person = $1 ORDER BY given_at_us",
         {{"channel"}, {"stamp"}, {"emoji"}, {"given_at", instant}}},
        {"correction",
         R"(SELECT request_id, correction FROM read_backs JOIN requests ON id = request_id
            WHERE creditor = $1 AND correction != '' ORDER BY request_id)",
         {{"request", number}, {"text"}}},
        {"say_back",
         R"(SELECT request_id, state, asked_at_us, until_us, words FROM read_back_turns
            LEFT JOIN read_back_words ON turn_id = id WHERE person = $1 ORDER BY id)",
         {{"request", number}, {"state", number}, {"asked_at", instant}, {"until", instant}, {"text"}}},
        {"question",
         R"(SELECT channel, stamp, asked_at_us, outcome, request_id FROM questions WHERE asker = $1
            ORDER BY asked_at_us, id)",
         {{"channel"}, {"stamp"}, {"asked_at", instant}, {"outcome", number}, {"request", number}}},
        {"alerts_taken",
         "SELECT id, source, taken_at_us FROM alert_groups WHERE taken_by = $1 ORDER BY id",
         {{"group", number}, {"source"}, {"taken_at", instant}}},
        {"alert_resolved",
         "SELECT source, title, resolved_at_us FROM alerts WHERE resolved_by = $1 ORDER BY id",
         {{"source"}, {"title"}, {"resolved_at", instant}}},
        {"source_muted",
         R"(SELECT name, muted_from_us, muted_until_us FROM alert_sources WHERE muted_by = $1
            UNION SELECT source, muted_from_us, muted_until_us FROM alert_groups WHERE muted_by = $1
            ORDER BY 2, 1)",
         {{"source"}, {"from", instant}, {"until", instant}}},
        {"passed_over_when_called",
         "SELECT misses, tries_at_us FROM breakers WHERE subject = $1",
         {{"calls_without_answer", number}, {"until", instant}}},
        {"question_to_me",
         "SELECT channel, stamp, asked_at_us FROM questions WHERE first_asked = $1 ORDER BY asked_at_us, id",
         {{"channel"}, {"stamp"}, {"asked_at", instant}}},
        {"kept_answer",
         R"(SELECT id, state, channel, stamp, question, answer, tags, kept_at_us, recheck_at_us, expires_at_us
            FROM kept_answers WHERE author = $1 ORDER BY id)",
         {{"number", number},
          {"state", number},
          {"channel"},
          {"stamp"},
          {"question"},
          {"answer"},
          {"tags"},
          {"kept_at", instant},
          {"recheck_at", instant},
          {"expires_at", instant}}},
        {"wanted_kept",
         "SELECT id, state, channel, stamp, proposed_at_us FROM kept_answers WHERE keeper = $1 ORDER BY id",
         {{"number", number}, {"state", number}, {"channel"}, {"stamp"}, {"proposed_at", instant}}},
        {"question_of_kept_answer",
         R"(SELECT id, channel, question_stamp, question FROM kept_answers WHERE asker = $1 ORDER BY id)",
         {{"number", number}, {"channel"}, {"stamp"}, {"question"}}},
        {"offered_answer",
         R"(SELECT kept_answer_id, channel, stamp, offered_at_us, is_judged FROM kept_answer_offers
            WHERE person = $1 ORDER BY kept_answer_id)",
         {{"number", number}, {"channel"}, {"stamp"}, {"offered_at", instant}, {"is_judged", number}}},
        {"interruptions",
         "SELECT day, spent FROM interruptions WHERE person = $1",
         {{"day", number}, {"spent", number}}},
        {"tax",
         R"(SELECT day, messages, interruptions, taps_asked, taps_made FROM tax_days WHERE person = $1
            ORDER BY day)",
         {{"day", number},
          {"messages", number},
          {"interruptions", number},
          {"taps_asked", number},
          {"taps_made", number}}},
        {"watched_nudge",
         R"(SELECT obligation_id, rule, nudge_samples.sent_at_us, is_asked FROM nudge_samples
            JOIN sent_messages ON sent_messages.id = sent_id WHERE person = $1 ORDER BY sent_id, obligation_id)",
         {{"obligation", number}, {"rule"}, {"sent_at", instant}, {"asks", number}}},
        {"preferences", "SELECT telling FROM preferences WHERE person = $1", {{"telling", number}}},
        {"digest",
         "SELECT due_at_us, made_at_us FROM digests WHERE person = $1",
         {{"due_at", instant}, {"made_at", instant}}},
        {"waits_for_the_digest",
         R"(SELECT obligation_id, step, attempt, notice, added_at_us FROM digest_entries WHERE person = $1
            ORDER BY id)",
         {{"obligation", number}, {"step", number}, {"attempt", number}, {"notice"}, {"added_at", instant}}},
        {"hours", "SELECT hours FROM personal_hours WHERE person = $1", {{"hours"}}},
        {"do_not_disturb",
         "SELECT from_us, until_us FROM do_not_disturb WHERE person = $1",
         {{"from", instant}, {"until", instant}}},
        {"do_not_disturb_past",
         "SELECT from_us, until_us FROM do_not_disturb_past WHERE person = $1 ORDER BY from_us",
         {{"from", instant}, {"until", instant}}},
        {"absence",
         "SELECT from_us, until_us, delegate, reason FROM absences WHERE person = $1 ORDER BY from_us",
         {{"from", instant}, {"until", instant}, {"delegate"}, {"reason"}}},
        {"deputy_of",
         "SELECT person, from_us, until_us FROM absences WHERE delegate = $1 ORDER BY from_us",
         {{"person"}, {"from", instant}, {"until", instant}}},
        {"took_a_shift",
         R"(SELECT rotation, from_us, until_us, source, made_at_us FROM shift_overrides WHERE person = $1
            ORDER BY id)",
         {{"rotation"}, {"from", instant}, {"until", instant}, {"source", number}, {"made_at", instant}}},
        {"was_relieved",
         R"(SELECT rotation, from_us, until_us, source, made_at_us FROM shift_overrides
            WHERE instead_of = $1 OR made_by = $1 ORDER BY id)",
         {{"rotation"}, {"from", instant}, {"until", instant}, {"source", number}, {"made_at", instant}}},
        {"offered_a_shift",
         R"(SELECT rotation, asked, from_us, until_us, state, offered_at_us FROM shift_swaps WHERE owner = $1
            ORDER BY id)",
         {{"rotation"},
          {"asked"},
          {"from", instant},
          {"until", instant},
          {"state", number},
          {"offered_at", instant}}},
        {"was_offered_a_shift",
         R"(SELECT rotation, owner, from_us, until_us, state, offered_at_us FROM shift_swaps WHERE asked = $1
            ORDER BY id)",
         {{"rotation"},
          {"owner"},
          {"from", instant},
          {"until", instant},
          {"state", number},
          {"offered_at", instant}}},
        {"hand_over_note",
         "SELECT rotation, note, written_at_us FROM hand_over_notes WHERE author = $1 ORDER BY rotation",
         {{"rotation"}, {"text"}, {"written_at", instant}}},
        {"told_about_a_rotation",
         R"(SELECT kind, rotation, other, begins, length_us FROM told_rotation_findings WHERE person = $1
            ORDER BY rotation, begins, kind)",
         {{"kind", number}, {"rotation"}, {"other"}, {"begins", number}, {"length", number}}},
        {"said_capacity",
         R"(SELECT team, level, reason, began_at_us, until_us, helped FROM capacity_signals WHERE person = $1
            ORDER BY id)",
         {{"team"},
          {"level", number},
          {"reason"},
          {"began_at", instant},
          {"until", instant},
          {"helped", number}}},
        {"joined_in_saying_capacity",
         "SELECT signal_id, said_at_us FROM capacity_voices WHERE person = $1 ORDER BY signal_id",
         {{"signal", number}, {"said_at", instant}}},
        {"made_room",
         R"(SELECT request_id, function, answer, words, answered_at_us FROM capacity_questions
            WHERE answered_by = $1 ORDER BY request_id)",
         {{"request", number}, {"function"}, {"answer", number}, {"text"}, {"answered_at", instant}}},
        {"waits_until_there_is_room",
         "SELECT obligation_id FROM capacity_queue WHERE person = $1 ORDER BY obligation_id",
         {{"obligation", number}}},
        {"work_in_progress",
         R"(SELECT id, team, title, state, is_unplanned, started_at_us, ended_at_us FROM wip_items
            WHERE person = $1 ORDER BY id)",
         {{"number", number},
          {"team"},
          {"title"},
          {"state", number},
          {"unplanned", number},
          {"started_at", instant},
          {"ended_at", instant}}},
        {"let_in_over_the_limit",
         "SELECT id, let_in_because FROM wip_items WHERE let_in_by = $1 ORDER BY id",
         {{"number", number}, {"reason"}}},
        {"answered_in_resyncs",
         R"(SELECT round_id, team, answered_at_us, priorities, surprises, risks FROM resync_answers
            WHERE person = $1 ORDER BY round_id, team)",
         {{"round", number}, {"team"}, {"answered_at", instant}, {"priorities"}, {"surprises"}, {"risks"}}},
        {"settled_divergences",
         R"(SELECT id, team, other, state, words, ended_at_us FROM divergences WHERE ended_by = $1 ORDER BY id)",
         {{"number", number}, {"team"}, {"other"}, {"state", number}, {"text"}, {"ended_at", instant}}},
        {"facilitated_retros",
         "SELECT retro, number, opened_at_us, ended_at_us FROM retro_rounds WHERE facilitator = $1 ORDER BY id",
         {{"retro"}, {"round", number}, {"opened_at", instant}, {"ended_at", instant}}},
        {"answered_in_retros",
         R"(SELECT rounds.retro, rounds.number, entries.question, entries.text FROM retro_entries AS entries
            JOIN retro_rounds AS rounds ON rounds.id = entries.round_id
            WHERE entries.person = $1 ORDER BY rounds.id, entries.number)",
         {{"retro"}, {"round", number}, {"question", number}, {"text"}}},
        {"answers_in_retros",
         "SELECT retro, round_id, question, text FROM retro_signed WHERE person = $1 ORDER BY round_id, question",
         {{"retro"}, {"round", number}, {"question", number}, {"text"}}},
        {"voted_in_retros",
         "SELECT round_id, theme FROM retro_votes WHERE person = $1 ORDER BY round_id, theme",
         {{"round", number}, {"theme", number}}},
        {"drift_probes_of_mine",
         "SELECT team, question, state, asked_at_us, closes_at_us FROM drift_probes WHERE asker = $1 ORDER BY id",
         {{"team"}, {"question"}, {"state", number}, {"asked_at", instant}, {"until", instant}}},
        {"picked_for_a_drift_probe",
         "SELECT probe_id, has_answered FROM drift_asked WHERE person = $1 ORDER BY probe_id",
         {{"probe", number}, {"answered", number}}},
        {"picked_lately", "SELECT asked_at_us FROM drift_turns WHERE person = $1", {{"asked_at", instant}}},
        {"home", "SELECT opened_at_us FROM homes WHERE person = $1", {{"opened_at", instant}}},
        {"about_to_be_sent",
         R"(SELECT id, kind, payload, created_at_us FROM outbox
            WHERE conversation IN ('@' || $1, 'screen:' || $1, 'home:' || $1) ORDER BY id)",
         {{"number", number}, {"kind", number}, {"content"}, {"created_at", instant}}},
        {"in_the_journal",
         R"(SELECT sequence, recorded_at_us, request_id, obligation_id, fact FROM journal
            WHERE actor = $1 OR instr(detail, $1) > 0 ORDER BY sequence)",
         {{"sequence", number},
          {"recorded_at", instant},
          {"request", number},
          {"obligation", number},
          {"fact"}},
         true},
    };
    return kinds;
}

Json value_in(const storage::Statement& row, int column, FieldKind kind)
{
    if (row.column_is_null(column)) return nullptr;
    if (kind == FieldKind::text) return row.column_string(column);
    if (kind == FieldKind::number) return row.column_int(column);
    return date::format("%FT%TZ",
                        std::chrono::floor<std::chrono::seconds>(from_microseconds(row.column_int(column))));
}

/// A backtick would end the fixed-width face in which the line is sent.
std::string line_of(const Json& record)
{
    std::string line;
    for (const char letter : record.dump(-1, ' ', false, Json::error_handler_t::replace)) {
        if (letter == '`')
            line += "\\u0060";
        else
            line += letter;
    }
    return line;
}

std::int64_t count(HandlerContext& context, const char* sql, const std::string& value)
{
    storage::Statement row = context.connection.prepare(sql);
    row.bind(1, value);
    row.step();
    return row.column_int(0);
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many)
{
    return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace

std::vector<std::string> personal_record(HandlerContext& context, const UserId& person)
{
    std::vector<std::string> lines;
    // Whoever is in no fact gets no token for having asked.
    storage::Statement known = context.connection.prepare("SELECT token FROM pseudonyms WHERE original = $1");
    known.bind(1, person.value);
    const std::string token = known.step() ? known.column_string(0) : std::string{};
    if (!token.empty()) lines.push_back(line_of(Json{{"what", "token"}, {"token", token}}));
    for (const RecordKind& kind : record_kinds()) {
        if (kind.by_token && token.empty()) continue;
        storage::Statement rows = context.connection.prepare(kind.sql);
        rows.bind(1, kind.by_token ? token : person.value);
        while (rows.step()) {
            Json record{{"what", kind.what}};
            int column = 0;
            for (const Field& field : kind.fields) record[field.name] = value_in(rows, column++, field.kind);
            lines.push_back(line_of(record));
        }
    }
    return lines;
}

Notice me_reply(HandlerContext& context, const UserId& person)
{
    if (is_forgotten(context, person)) return forgotten_already_reply();
    const auto of = [&](const char* sql) { return count(context, sql, person.value); };
    const std::int64_t asked = of("SELECT count(*) FROM requests WHERE creditor = $1");
    const std::int64_t asked_open = of(
        "SELECT count(*) FROM requests WHERE creditor = $1 AND closed_at_us IS NULL");
    const std::int64_t owed = of("SELECT count(*) FROM obligations WHERE debtor = $1");
    const std::int64_t owed_open = of(
        "SELECT count(*) FROM obligations WHERE debtor = $1 AND state IN (1, 2, 6) AND due_at_us IS NOT NULL");
    const std::int64_t messages = of("SELECT count(*) FROM sent_messages WHERE person = $1");
    const std::int64_t reactions = of("SELECT count(*) FROM known_reactions WHERE person = $1");

    Notice notice = plain_reply("What ackd has of you");
    Section& section = notice.sections.front();
    section.lines.front() = plain_line(RichText{Strong{"What ackd has of you"}});
    const auto member = context.directory.find(person);
    if (member) {
        section.lines.push_back(
            plain_line(fmt::format("Your id, your name ({}) and your time zone ({}), from Slack.",
                                   member->name.empty() ? "none" : member->name,
                                   member->time_zone.empty() ? "none" : member->time_zone)));
    }
    section.lines.push_back(plain_line(fmt::format("Asked by you: {}, {} open. Asked of you: {}, {} open.",
                                                   counted(asked, "request", "requests"),
                                                   asked_open,
                                                   counted(owed, "answer", "answers"),
                                                   owed_open)));
    section.lines.push_back(
        plain_line(fmt::format("Where its messages to you are: {}. Reactions of yours that "
                               "counted: {}.",
                               counted(messages, "place", "places"),
                               reactions)));
    const std::int64_t kept = of("SELECT count(*) FROM kept_answers WHERE author = $1 AND state IN (2, 3)");
    if (kept > 0) {
        section.lines.push_back(plain_line(
            fmt::format("Answers of yours that are kept with your consent: {}. Each is taken out with its "
                        "button Not any more, where it is found.",
                        kept)));
    }
    storage::Statement first = context.connection.prepare(
        R"(SELECT min(at) FROM (SELECT min(asked_at_us) AS at FROM requests WHERE creditor = $1
            UNION ALL SELECT min(started_at_us) FROM obligations WHERE debtor = $1))");
    first.bind(1, person.value);
    if (first.step() && !first.column_is_null(0)) {
        section.lines.push_back(
            plain_line("The oldest of it is from " +
                       your_time(context, person, from_microseconds(first.column_int(0))) + "."));
    }
    section.lines.push_back(small_line(fmt::format(
        "When something is over: the words of it go after {} days; the time of day of an answer after one "
        "day, the day after {} days. That it was asked and answered stays. Nobody but you sees figures "
        "about you.",
        context.settings.retention.texts.count(),
        context.settings.retention.days_of_answers.count())));
    section.actions.push_back(button(action::export_me, "Export", "me"));
    section.actions.push_back(button(action::forget_me_question, "Forget me", "me", ActionStyle::danger));
    return notice;
}

Notice export_record(HandlerContext& context, const UserId& person)
{
    if (is_forgotten(context, person)) return forgotten_already_reply();
    const std::vector<std::string> lines = personal_record(context, person);
    std::vector<Notice> parts;
    std::size_t bytes = 0;
    for (const std::string& line : lines) {
        const bool is_full = parts.empty() || bytes + line.size() > message_bytes_max ||
                             parts.back().sections.front().lines.size() >= message_lines_max;
        if (is_full) {
            Notice& part = parts.emplace_back(plain_reply("What ackd has of you"));
            part.kind = NoticeKind::for_asker;
            part.sections.front().lines.clear();
            bytes = 0;
        }
        parts.back().sections.front().lines.push_back(plain_line(RichText{Code{line}}));
        bytes += line.size();
    }
    for (std::size_t index = 0; index < parts.size(); ++index) {
        Notice& part = parts[index];
        auto& said = part.sections.front().lines;
        said.insert(said.begin(),
                    small_line(fmt::format("What ackd has of you, one JSON object a line: message {} of {}",
                                           index + 1,
                                           parts.size())));
        context.outbox.add(private_message(context, person, part));
    }
    return plain_reply(
        fmt::format("It comes as {}: one JSON object a line, {} in all.",
                    counted(static_cast<std::int64_t>(parts.size()), "direct message", "direct messages"),
                    lines.size()));
}

}  // namespace ackd
