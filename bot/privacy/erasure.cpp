#include "bot/privacy/erasure.hpp"

#include "bot/capacity/capacity_handlers.hpp"
#include "bot/capacity/capacity_table.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/lower_case.hpp"
#include "bot/notice_json.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "storage/forgotten_table.hpp"
#include "storage/scrub.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace ackd {

namespace {

/// Cards and messages about what ended longer ago than this are left as they are in the chat.
constexpr std::chrono::days drawn_again_for{30};

bool is_letter_or_digit(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || (static_cast<unsigned char>(letter) & 0x80U) != 0;
}

/// In stored JSON, `\n` before an id is the letter n: only capitals and digits belong to a longer id on that
/// side.
bool is_part_of_id(char letter)
{
    return (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
}

template <class IsWhole>
std::string replaced(
    std::string_view text, std::string_view wanted, std::string_view other, bool folds_case, IsWhole is_whole)
{
    std::string result;
    const auto same = [folds_case](char left, char right) {
        return folds_case ? lower_case(left) == lower_case(right) : left == right;
    };
    for (auto from = text.begin(); !wanted.empty();) {
        const auto found = std::search(from, text.end(), wanted.begin(), wanted.end(), same);
        result.append(from, found);
        if (found == text.end()) return result;
        const auto after = found + static_cast<std::ptrdiff_t>(wanted.size());
        const bool whole = is_whole(found == text.begin() ? '\0' : found[-1],
                                    after == text.end() ? '\0' : *after);
        if (whole)
            result += other;
        else
            result.append(found, after);
        from = after;
    }
    return std::string{text};
}

std::vector<std::string> texts_of(storage::Statement& rows)
{
    std::vector<std::string> texts;
    while (rows.step()) texts.push_back(rows.column_string(0));
    return texts;
}

/// Their conversation with ackd, and where else they asked that is no channel with a name.
std::vector<std::string> conversations_of(HandlerContext& context, const UserId& person)
{
    storage::Statement rows = context.connection.prepare(
        R"(SELECT channel FROM sent_messages WHERE person = $1
            UNION
            SELECT subject_channel FROM requests AS asked
            WHERE creditor = $1
              AND NOT EXISTS (SELECT 1 FROM conversations WHERE id = subject_channel AND name != '')
              AND NOT EXISTS (SELECT 1 FROM requests AS others
                              WHERE others.subject_channel = asked.subject_channel AND others.creditor != $1))");
    rows.bind(1, person.value);
    return texts_of(rows);
}

/// Requests whose card or messages may show them.
std::vector<RequestId> to_draw_again(HandlerContext& context, const UserId& person)
{
    storage::Statement rows = context.connection.prepare(
        R"(SELECT id FROM requests
            WHERE (creditor = $1 OR id IN (SELECT request_id FROM obligations WHERE debtor = $1 OR holder = $1))
              AND (closed_at_us IS NULL OR closed_at_us >= $2)
            ORDER BY id)");
    rows.bind_all(person.value, to_microseconds(context.now - drawn_again_for));
    std::vector<RequestId> ids;
    while (rows.step()) ids.push_back(RequestId{rows.column_int(0)});
    return ids;
}

/// Signals of teams whose message says what they answered, or that they said so.
std::vector<CapacitySignalId> signals_naming(HandlerContext& context, const UserId& person)
{
    storage::Statement rows = context.connection.prepare(
        R"(SELECT id FROM capacity_signals
            WHERE stamp != '' AND team != ''
              AND ((person = $1 AND began_at_us >= $2)
                OR id IN (SELECT signal_id FROM capacity_questions
                          WHERE answered_by = $1 AND answered_at_us >= $2))
            ORDER BY id)");
    rows.bind_all(person.value, to_microseconds(context.now - drawn_again_for));
    std::vector<CapacitySignalId> ids;
    while (rows.step()) ids.push_back(CapacitySignalId{rows.column_int(0)});
    return ids;
}

void drop_what_is_theirs_alone(HandlerContext& context,
                               const UserId& person,
                               const std::vector<std::string>& conversations)
{
    const auto drop = [&](const char* sql, const std::string& value) {
        context.connection.prepare(sql).bind(1, value).run();
    };
    for (const std::string& conversation :
         {conversation_of(person), screen_of(person), "home:" + person.value})
        drop("DELETE FROM outbox WHERE conversation = $1", conversation);
    for (const std::string& conversation : conversations) {
        drop("DELETE FROM outbox WHERE conversation = $1", conversation);
        drop("DELETE FROM conversations WHERE id = $1", conversation);
    }
    drop("DELETE FROM homes WHERE person = $1", person.value);
    drop("DELETE FROM nudge_samples WHERE sent_id IN (SELECT id FROM sent_messages WHERE person = $1)",
         person.value);
    drop("DELETE FROM sent_messages WHERE person = $1", person.value);
    drop("DELETE FROM tax_days WHERE person = $1", person.value);
    drop("DELETE FROM early_answers WHERE person = $1", person.value);
    drop("DELETE FROM known_reactions WHERE person = $1", person.value);
    drop("DELETE FROM user_group_members WHERE member_id = $1", person.value);
    drop("DELETE FROM breakers WHERE subject = $1", person.value);
    drop("DELETE FROM interruptions WHERE person = $1", person.value);
    drop("DELETE FROM preferences WHERE person = $1", person.value);
    drop("DELETE FROM digests WHERE person = $1", person.value);
    drop("DELETE FROM digest_entries WHERE person = $1", person.value);
    drop("DELETE FROM personal_hours WHERE person = $1", person.value);
    drop("DELETE FROM do_not_disturb WHERE person = $1", person.value);
    drop("DELETE FROM do_not_disturb_past WHERE person = $1", person.value);
    drop("DELETE FROM hand_overs WHERE absence_id IN (SELECT id FROM absences WHERE person = $1)",
         person.value);
    drop("DELETE FROM absences WHERE person = $1", person.value);
    drop("DELETE FROM read_back_turns WHERE person = $1", person.value);
    drop("DELETE FROM questions WHERE asker = $1", person.value);
    drop("UPDATE questions SET first_asked = '' WHERE first_asked = $1", person.value);
    drop("DELETE FROM kept_answers WHERE author = $1", person.value);
    drop("DELETE FROM kept_answer_offers WHERE person = $1", person.value);
    drop("UPDATE kept_answers SET question = '', asker = '' WHERE asker = $1", person.value);
    drop("DELETE FROM shift_overrides WHERE person = $1", person.value);
    drop("DELETE FROM shift_swaps WHERE owner = $1 OR asked = $1", person.value);
    drop("DELETE FROM hand_over_notes WHERE author = $1", person.value);
    drop("DELETE FROM told_rotation_findings WHERE person = $1", person.value);
    drop("DELETE FROM capacity_signals WHERE person = $1 AND team = ''", person.value);
    drop("DELETE FROM capacity_voices WHERE person = $1", person.value);
    drop("DELETE FROM capacity_queue WHERE person = $1", person.value);
    // What was said without a name is nobody's: it cannot be found.
    drop("DELETE FROM retro_signed WHERE person = $1", person.value);
    drop("DELETE FROM retro_entries WHERE person = $1", person.value);
    drop("DELETE FROM retro_votes WHERE person = $1", person.value);
    drop("UPDATE retro_rounds SET facilitator = '' WHERE facilitator = $1", person.value);
    // The words and the views of a probe are of who asked it. An answer is nobody's: it cannot be found.
    drop("DELETE FROM drift_probes WHERE asker = $1", person.value);
    drop("DELETE FROM drift_asked WHERE person = $1", person.value);
    drop("DELETE FROM drift_turns WHERE person = $1", person.value);
    drop("UPDATE absences SET delegate = '' WHERE delegate = $1", person.value);
    drop("DELETE FROM forgettings WHERE person = $1", person.value);
}

std::vector<TextColumn> text_columns(storage::Connection& connection, std::set<std::string>& names)
{
    std::vector<TextColumn> columns;
    storage::Statement rows = connection.prepare(
        R"(SELECT m.name, c.name
            FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
            WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT LIKE 'sqlite_%'
              AND m.name NOT IN ('journal', 'pseudonyms')
            ORDER BY m.name, c.name)");
    while (rows.step()) {
        const std::string_view table = *names.insert(rows.column_string(0)).first;
        columns.push_back({table, *names.insert(rows.column_string(1)).first});
    }
    return columns;
}

void update_column(storage::Connection& connection, const TextColumn& column)
{
    std::string sql = "UPDATE \"";
    sql.append(column.table).append("\" SET \"").append(column.column);
    sql.append("\" = forgotten(\"").append(column.column).append("\") WHERE forgotten(\"");
    sql.append(column.column).append("\") != \"").append(column.column).append("\"");
    connection.execute(sql);
}

/// In every text of it, but not in the names of its members.
nlohmann::json with_name_replaced_in(const nlohmann::json& value, const std::string& name)
{
    if (value.is_string()) return with_name_replaced(value.get<std::string>(), name);
    if (!value.is_structured()) return value;
    nlohmann::json replaced = value;
    for (auto& part : replaced) part = with_name_replaced_in(part, name);
    return replaced;
}

/// Notices that wait for somebody's digest are JSON.
std::string words_replaced(std::string_view text, const std::string& name)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_structured() || with_name_replaced(text, name) == text)
        return with_name_replaced(text, name);
    return with_name_replaced_in(json, name).dump();
}

/// Whole rows of the outbox that speak of them to others: what is kept for somebody is worded anew, what was
/// for the moment is dropped.
void clear_notices(HandlerContext& context, const std::string& name)
{
    struct Row {
        std::int64_t id;
        OutboxKind kind;
        std::string payload;
    };
    std::vector<Row> named;
    {
        storage::Statement rows = context.connection.prepare(
            "SELECT id, kind, payload FROM outbox WHERE payload != '' ORDER BY id");
        while (rows.step()) {
            if (with_name_replaced(rows.column_text(2), name) == rows.column_text(2)) continue;
            named.push_back(
                {rows.column_int(0), static_cast<OutboxKind>(rows.column_int(1)), rows.column_string(2)});
        }
    }
    for (const Row& row : named) {
        if (row.kind != OutboxKind::for_asker) {
            const bool is_words = row.kind == OutboxKind::reply || row.kind == OutboxKind::dialog ||
                                  row.kind == OutboxKind::form;
            if (is_words) context.outbox.remove(OutboxId{row.id});
            continue;
        }
        Notice notice = notice_from_text(row.payload);
        notice.summary = with_name_replaced(notice.summary, name);
        for (Section& section : notice.sections) {
            for (Line& line : section.lines) {
                for (Span& span : line.text) {
                    if (auto* words = std::get_if<Words>(&span))
                        words->text = with_name_replaced(words->text, name);
                    if (auto* strong = std::get_if<Strong>(&span))
                        strong->text = with_name_replaced(strong->text, name);
                    if (auto* code = std::get_if<Code>(&span))
                        code->text = with_name_replaced(code->text, name);
                }
            }
            for (Action& action : section.actions) action.label = with_name_replaced(action.label, name);
        }
        context.connection.prepare("UPDATE outbox SET payload = $1 WHERE id = $2")
            .bind_all(to_text(notice), row.id)
            .run();
    }
}

}  // namespace

const std::vector<TextColumn>& columns_of_words()
{
    static const std::vector<TextColumn> columns{{"requests", "text"},
                                                 {"poisoned_inputs", "error"},
                                                 {"digest_entries", "notice"},
                                                 {"sent_messages", "news"},
                                                 {"absences", "reason"},
                                                 {"policies", "note"},
                                                 {"read_backs", "correction"},
                                                 {"read_back_words", "words"},
                                                 {"kept_answers", "question"},
                                                 {"kept_answers", "answer"},
                                                 {"kept_answers", "tags"},
                                                 {"hand_over_notes", "note"},
                                                 {"capacity_signals", "reason"},
                                                 {"capacity_questions", "words"},
                                                 {"wip_items", "title"},
                                                 {"wip_items", "let_in_because"},
                                                 {"resync_answers", "priorities"},
                                                 {"resync_answers", "surprises"},
                                                 {"resync_answers", "risks"},
                                                 {"resync_dependencies", "what"},
                                                 {"divergences", "what"},
                                                 {"divergences", "other_what"},
                                                 {"divergences", "words"},
                                                 {"surprises", "text"},
                                                 {"retro_sealed", "text"},
                                                 {"retro_signed", "text"},
                                                 {"retro_entries", "text"},
                                                 {"retro_themes", "title"},
                                                 {"retro_actions", "text"},
                                                 {"drift_probes", "question"},
                                                 {"drift_views", "text"},
                                                 {"policy_findings", "finding"},
                                                 {"alerts", "title"},
                                                 {"alerts", "detail"},
                                                 {"alerts", "labels"}};
    return columns;
}

std::string with_id_replaced(std::string_view text, std::string_view id, std::string_view other)
{
    return replaced(text, id, other, false, [](char before, char after) {
        return !is_part_of_id(before) && !is_letter_or_digit(after);
    });
}

std::string with_name_replaced(std::string_view text, std::string_view name)
{
    return replaced(text, name, "somebody", true, [](char before, char after) {
        return !is_letter_or_digit(before) && !is_letter_or_digit(after);
    });
}

void erase_person(HandlerContext& context, const UserId& person)
{
    storage::Connection& connection = context.connection;
    const std::string token = context.pseudonyms.token_of(storage::PseudonymKind::person, person.value);
    const auto member = context.directory.find(person);
    const std::string name = member ? member->name : std::string{};
    const std::vector<std::string> conversations = conversations_of(context, person);
    const std::vector<RequestId> drawn_again = to_draw_again(context, person);
    std::vector<CapacitySignal> signals;
    for (const CapacitySignalId id : signals_naming(context, person)) {
        auto signal = CapacityTable{context.connection}.find(id);
        // What stands in their own conversation with ackd goes with it.
        const bool is_theirs = std::find(conversations.begin(),
                                         conversations.end(),
                                         signal->message.channel.value) != conversations.end();
        if (!is_theirs) signals.push_back(*std::move(signal));
    }

    end_own_signals(context, person);
    drop_what_is_theirs_alone(context, person, conversations);
    connection.prepare("UPDATE requests SET text = $1 WHERE creditor = $2 AND text != ''")
        .bind_all(erased_text, person.value)
        .run();
    connection
        .prepare(R"(UPDATE read_backs SET correction = $1
            WHERE correction != '' AND request_id IN (SELECT id FROM requests WHERE creditor = $2))")
        .bind_all(erased_text, person.value)
        .run();

    // Every text of every table, so that none is left out, and none has to be remembered here when it is
    // added.
    std::set<std::string> names;
    const std::vector<TextColumn> columns = text_columns(connection, names);
    const auto replace_everywhere = [&](const std::string& id, const std::string& other) {
        connection.define("forgotten",
                          [&](std::string_view text) { return with_id_replaced(text, id, other); });
        for (const TextColumn& column : columns) update_column(connection, column);
    };
    replace_everywhere(person.value, token);
    for (const std::string& conversation : conversations) {
        replace_everywhere(conversation,
                           context.pseudonyms.token_of(storage::PseudonymKind::conversation, conversation));
        context.pseudonyms.forget(conversation);
    }
    if (!name.empty()) {
        connection.define("forgotten", [&](std::string_view text) { return words_replaced(text, name); });
        for (const TextColumn& column : columns_of_words()) update_column(connection, column);
        clear_notices(context, name);
    }
    connection.define("forgotten", [](std::string_view text) { return std::string{text}; });
    context.kept_answers.index().lose_words();
    context.kept_answers.index().make_anew_when_outdated();

    Member nobody;
    nobody.id = UserId{token};
    nobody.name = nobodys_name;
    nobody.deactivated = true;
    context.directory.save(nobody);
    context.pseudonyms.forget(person.value);
    storage::ForgottenTable{connection}.add(person.value);
    record(context, bot_actor, RequestId{}, ObligationId{}, "person_forgotten", {{"person", token}});

    context.outbox.moved();
    context.has_new_policy = true;
    for (const RequestId id : drawn_again) {
        const auto request = context.obligations.find(id);
        redraw_card(context, *request);
        for (const Obligation& obligation : context.obligations.of_request(id))
            refresh_messages(context, *request, obligation.id);
    }
    for (const CapacitySignal& signal : signals) redraw_capacity(context, signal);
    redraw_what_names(context, nobody.id, context.now - drawn_again_for);
    storage::want_scrub(connection);
    context.upkeep.is_scrub_wanted = true;
    context.remarks.emplace_back("event=person_forgotten");
}

}  // namespace ackd
