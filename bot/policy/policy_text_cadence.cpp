#include "bot/policy/policy_text_cadence.hpp"

#include "bot/calendar_text.hpp"
#include "bot/policy/policy_text.hpp"
#include "bot/policy/policy_values.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

std::optional<std::chrono::local_days> parse_start(const std::string& text, std::string& wrong)
{
    auto day = parse_date(text);
    if (!day)
        wrong = fmt::format("starts is a day such as \"2026-01-05\", between 2000 and 2200, unlike \"{}\"",
                            text);
    return day;
}

}  // namespace

void add_cadence_keys(TomlReader& toml,
                      const toml::node& node,
                      Cadence& cadence,
                      std::vector<TomlReader::Key>& keys)
{
    if (const toml::table* table = node.as_table())
        cadence.starts = parse_date((*table)["starts"].value_exact<std::string>().value_or(""));
    keys.push_back(toml.text("zone", cadence.zone, problem_of_zone));
    keys.push_back(toml.parsed_text("starts", cadence.starts, parse_start));
    keys.push_back(
        toml.parsed_text("on_holiday", cadence.on_holiday, [](const std::string& text, std::string& wrong) {
            return parse_on_holiday(text, wrong);
        }));
    keys.push_back({"every", [&toml, &cadence](const toml::node& every) {
                        const auto text = every.value_exact<std::string>();
                        std::string wrong = "every is a text in quotes";
                        const auto read = text ? parse_cadence(*text, cadence.starts, wrong) : std::nullopt;
                        if (!read) return toml.problem(every.source(), wrong);
                        cadence.days = read->days;
                        cadence.at = read->at;
                    }});
}

std::string problem_of_missing_cadence(const toml::node& node, std::string_view what, const std::string& name)
{
    const toml::table* table = node.as_table();
    if (table != nullptr && table->contains("every")) return "";
    return fmt::format("{} \"{}\" says when: every = \"every second monday 10:00\"", what, name);
}

void write_cadence(PolicyLines& lines, const Cadence& cadence)
{
    lines.quoted_key("every", to_text(cadence));
    if (!cadence.zone.empty()) lines.quoted_key("zone", cadence.zone);
    if (cadence.starts) lines.quoted_key("starts", date_text(*cadence.starts));
    lines.quoted_key("on_holiday", name_of(cadence.on_holiday));
}

}  // namespace ackd
