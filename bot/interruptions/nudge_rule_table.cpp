#include "bot/interruptions/nudge_rule_table.hpp"

#include "bot/courier/backoff.hpp"
#include "bot/instant_columns.hpp"

#include <algorithm>

namespace ackd {

namespace {

constexpr std::uint64_t bins = 16;

std::int64_t day_of(Instant at)
{
    return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

NudgeSample sample_in(const storage::Statement& row)
{
    return NudgeSample{row.column_int(0),
                       ObligationId{row.column_int(1)},
                       row.column_string(2),
                       from_microseconds(row.column_int(3)),
                       from_microseconds(row.column_int(4)),
                       row.column_int(5) != 0,
                       row.column_int(6) != 0};
}

#define SAMPLE_COLUMNS                                                                                       \
    "SELECT sent_id, obligation_id, rule, sent_at_us, ends_at_us, is_watched, is_asked FROM nudge_samples "

/// FNV-1a: no secret depends on it, because the salt goes.
std::uint64_t hash_of(std::uint64_t salt, std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ salt;
    for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    return Random{hash}.next();
}

}  // namespace

RuleStanding NudgeRuleTable::standing_of(const NudgeRule& rule) const
{
    storage::Statement row = connection_.prepare(
        "SELECT state, cause, since_us, kept_until_us FROM nudge_rules WHERE rule = $1");
    row.bind(1, to_text(rule));
    if (!row.step()) return {};
    return RuleStanding{static_cast<RuleState>(row.column_int(0)),
                        static_cast<RuleCause>(row.column_int(1)),
                        from_microseconds(row.column_int(2)),
                        to_instant(row.column_optional_int(3))};
}

void NudgeRuleTable::save(const NudgeRule& rule, const RuleStanding& standing)
{
    connection_
        .prepare(R"(INSERT INTO nudge_rules (rule, state, cause, since_us, kept_until_us)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (rule) DO UPDATE
            SET state = excluded.state, cause = excluded.cause, since_us = excluded.since_us,
                kept_until_us = excluded.kept_until_us)")
        .bind_all(to_text(rule),
                  static_cast<int>(standing.state),
                  static_cast<int>(standing.cause),
                  to_microseconds(standing.since),
                  to_column(standing.kept_until))
        .run();
}

void NudgeRuleTable::remove_standing(const std::string& rule)
{
    connection_.prepare("DELETE FROM nudge_rules WHERE rule = $1").bind(1, rule).run();
}

std::vector<std::pair<std::string, RuleStanding>> NudgeRuleTable::standings() const
{
    std::vector<std::pair<std::string, RuleStanding>> list;
    storage::Statement rows = connection_.prepare(
        "SELECT rule, state, cause, since_us, kept_until_us FROM nudge_rules ORDER BY rule");
    while (rows.step()) {
        list.emplace_back(rows.column_string(0),
                          RuleStanding{static_cast<RuleState>(rows.column_int(1)),
                                       static_cast<RuleCause>(rows.column_int(2)),
                                       from_microseconds(rows.column_int(3)),
                                       to_instant(rows.column_optional_int(4))});
    }
    return list;
}

void NudgeRuleTable::count_sent(const NudgeRule& rule, Instant now)
{
    connection_
        .prepare(R"(INSERT INTO nudge_rule_days (rule, day, sent)
            VALUES ($1, $2, 1)
            ON CONFLICT (rule, day) DO UPDATE SET sent = sent + 1)")
        .bind_all(to_text(rule), day_of(now))
        .run();
}

void NudgeRuleTable::count_case(const std::string& rule, bool has_moved, const UserId& person, Instant now)
{
    connection_
        .prepare(R"(INSERT INTO nudge_rule_days (rule, day, cases, moved)
            VALUES ($1, $2, 1, $3)
            ON CONFLICT (rule, day) DO UPDATE
            SET cases = cases + 1, moved = moved + excluded.moved)")
        .bind_all(rule, day_of(now), has_moved ? 1 : 0)
        .run();
    add_person(rule, Figure::cases, person, now);
}

void NudgeRuleTable::count_judgement(const std::string& rule,
                                     Judgement judgement,
                                     const UserId& person,
                                     Instant now)
{
    connection_
        .prepare(R"(INSERT INTO nudge_rule_days (rule, day, judged, useful)
            VALUES ($1, $2, 1, $3)
            ON CONFLICT (rule, day) DO UPDATE
            SET judged = judged + 1, useful = useful + excluded.useful)")
        .bind_all(rule, day_of(now), judgement == Judgement::useful ? 1 : 0)
        .run();
    add_person(rule, Figure::judgements, person, now);
}

RuleFigures NudgeRuleTable::figures_of(const NudgeRule& rule, Instant now) const
{
    RuleFigures figures;
    const std::string name = to_text(rule);
    storage::Statement row = connection_.prepare(
        R"(SELECT coalesce(sum(cases), 0), coalesce(sum(moved), 0), coalesce(sum(judged), 0),
                coalesce(sum(useful), 0)
            FROM nudge_rule_days
            WHERE rule = $1 AND day > $2)");
    row.bind_all(name, day_of(now - rule_window));
    row.step();
    figures.cases = static_cast<int>(row.column_int(0));
    figures.moved = static_cast<int>(row.column_int(1));
    figures.judged = static_cast<int>(row.column_int(2));
    figures.useful = static_cast<int>(row.column_int(3));
    figures.people_nudged = bins_of(name, Figure::cases);
    figures.people_judging = bins_of(name, Figure::judgements);
    return figures;
}

std::vector<std::string> NudgeRuleTable::rules_with_figures() const
{
    std::vector<std::string> rules;
    storage::Statement rows = connection_.prepare("SELECT DISTINCT rule FROM nudge_rule_days ORDER BY rule");
    while (rows.step()) rules.push_back(rows.column_string(0));
    return rules;
}

int NudgeRuleTable::sent_lately(const NudgeRule& rule, Instant now) const
{
    storage::Statement row = connection_.prepare(
        "SELECT coalesce(sum(sent), 0) FROM nudge_rule_days WHERE rule = $1 AND day > $2");
    row.bind_all(to_text(rule), day_of(now - std::chrono::days{7}));
    row.step();
    return static_cast<int>(row.column_int(0));
}

void NudgeRuleTable::let_go_of_figures(Instant now)
{
    connection_.prepare("DELETE FROM nudge_rule_days WHERE day <= $1")
        .bind(1, day_of(now - rule_window))
        .run();
    storage::Statement made = connection_.prepare(
        "SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'rule_salt_made_us'");
    if (!made.step() || from_microseconds(made.column_int(0)) > now - rule_window) return;
    made.reset();
    connection_.prepare("DELETE FROM nudge_rule_bins").run();
    connection_.prepare("DELETE FROM settings WHERE name IN ('rule_salt', 'rule_salt_made_us')").run();
}

std::uint64_t NudgeRuleTable::salt(Instant now)
{
    storage::Statement known = connection_.prepare(
        "SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'rule_salt'");
    if (known.step()) return static_cast<std::uint64_t>(known.column_int(0));
    // Of 63 bits, so that it is read back as it was written.
    const std::uint64_t salt = random_() >> 1U;
    storage::Statement insert = connection_.prepare("INSERT INTO settings (name, value) VALUES ($1, $2)");
    insert.bind_all(std::string{"rule_salt"}, std::to_string(salt)).run();
    insert.bind_all(std::string{"rule_salt_made_us"}, std::to_string(to_microseconds(now))).run();
    return salt;
}

void NudgeRuleTable::add_person(const std::string& rule, Figure figure, const UserId& person, Instant now)
{
    if (person.empty()) return;
    const std::string text = rule + (figure == Figure::cases ? " cases " : " judgements ") + person.value;
    connection_
        .prepare("INSERT INTO nudge_rule_bins (rule, figure, bin) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind_all(rule, static_cast<int>(figure), static_cast<std::int64_t>(hash_of(salt(now), text) % bins))
        .run();
}

int NudgeRuleTable::bins_of(const std::string& rule, Figure figure) const
{
    storage::Statement row = connection_.prepare(
        "SELECT count(*) FROM nudge_rule_bins WHERE rule = $1 AND figure = $2");
    row.bind_all(rule, static_cast<int>(figure));
    row.step();
    return static_cast<int>(row.column_int(0));
}

void NudgeRuleTable::add(const NudgeSample& sample)
{
    connection_
        .prepare(
            R"(INSERT INTO nudge_samples (sent_id, obligation_id, rule, sent_at_us, ends_at_us, is_watched,
                is_asked)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT DO NOTHING)")
        .bind_all(sample.sent_id,
                  sample.obligation.value,
                  sample.rule,
                  to_microseconds(sample.sent_at),
                  to_microseconds(sample.ends_at),
                  sample.is_watched ? 1 : 0,
                  sample.is_asked ? 1 : 0)
        .run();
}

std::vector<NudgeSample> NudgeRuleTable::watched(ObligationId obligation, Instant now) const
{
    std::vector<NudgeSample> samples;
    storage::Statement rows = connection_.prepare(
        SAMPLE_COLUMNS "WHERE obligation_id = $1 AND is_watched = 1 AND ends_at_us >= $2 ORDER BY sent_id");
    rows.bind_all(obligation.value, to_microseconds(now));
    while (rows.step()) samples.push_back(sample_in(rows));
    return samples;
}

std::vector<NudgeSample> NudgeRuleTable::ended(Instant now, int count_max) const
{
    std::vector<NudgeSample> samples;
    storage::Statement rows = connection_.prepare(
        SAMPLE_COLUMNS "WHERE is_watched = 1 AND ends_at_us < $1 ORDER BY ends_at_us, sent_id LIMIT $2");
    rows.bind_all(to_microseconds(now), count_max);
    while (rows.step()) samples.push_back(sample_in(rows));
    return samples;
}

void NudgeRuleTable::stop_watching(const NudgeSample& sample)
{
    const char* sql =
        sample.is_asked ? "UPDATE nudge_samples SET is_watched = 0 WHERE sent_id = $1 AND obligation_id = $2"
                        : "DELETE FROM nudge_samples WHERE sent_id = $1 AND obligation_id = $2";
    connection_.prepare(sql).bind_all(sample.sent_id, sample.obligation.value).run();
}

std::optional<NudgeSample> NudgeRuleTable::asked_by(std::int64_t sent_id) const
{
    storage::Statement row = connection_.prepare(SAMPLE_COLUMNS
                                                 "WHERE sent_id = $1 AND is_asked = 1 LIMIT 1");
    row.bind(1, sent_id);
    return row.step() ? std::optional{sample_in(row)} : std::nullopt;
}

void NudgeRuleTable::stop_asking(const NudgeSample& sample)
{
    const char* sql = sample.is_watched
                          ? "UPDATE nudge_samples SET is_asked = 0 WHERE sent_id = $1 AND obligation_id = $2"
                          : "DELETE FROM nudge_samples WHERE sent_id = $1 AND obligation_id = $2";
    connection_.prepare(sql).bind_all(sample.sent_id, sample.obligation.value).run();
}

void NudgeRuleTable::stop_asking_before(Instant sent_at)
{
    connection_.prepare("DELETE FROM nudge_samples WHERE is_asked = 1 AND is_watched = 0 AND sent_at_us < $1")
        .bind(1, to_microseconds(sent_at))
        .run();
}

}  // namespace ackd
