#include "bot/cli/deadletters_command.hpp"

#include "bot/cli/policy_desk.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/escalation/triage_handlers.hpp"
#include "bot/escalation/triage_rules.hpp"
#include "bot/escalation/triage_table.hpp"
#include "bot/people/local_time.hpp"

#include <date/date.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <utility>

namespace ackd::cli {

namespace {

using Json = nlohmann::ordered_json;

/// One, with what is told of its request.
struct ListedLetter {
    DeadLetter letter;
    Request request;
    bool is_settled = false;
};

std::vector<ListedLetter> listed(HandlerContext& context)
{
    std::vector<ListedLetter> list;
    for (DeadLetter& letter : TriageTable{context.connection}.all()) {
        auto request = context.obligations.find(letter.request);
        if (!request) continue;
        const bool settled = is_settled(context, letter);
        list.push_back({std::move(letter), std::move(*request), settled});
    }
    return list;
}

bool waits(const ListedLetter& each)
{
    return !each.letter.cause && !each.is_settled;
}

std::string route_of(const ListedLetter& each)
{
    return each.request.route.name.empty() ? "no route" : "route " + each.request.route.name;
}

/// "wrong place", "no cause yet", "answered after all"
std::string standing_of(const ListedLetter& each)
{
    if (each.letter.cause) return std::string{words_of(*each.letter.cause)};
    return each.is_settled ? "settled without one" : "no cause yet";
}

/// By cause and route.
std::map<std::pair<TriageCause, std::string>, int> counts_of(const std::vector<ListedLetter>& list)
{
    std::map<std::pair<TriageCause, std::string>, int> counts;
    for (const ListedLetter& each : list) {
        if (!each.letter.caused_at || each.letter.cause == TriageCause::needs_none) continue;
        ++counts[{*each.letter.cause, each.request.route.name}];
    }
    return counts;
}

std::string json_time(Instant at)
{
    return date::format("%FT%TZ", date::floor<std::chrono::seconds>(at));
}

Json json_of(const ListedLetter& each)
{
    Json object;
    object["number"] = each.letter.id.value;
    object["request"] = each.request.id.value;
    object["given_up_at"] = json_time(each.letter.given_up_at);
    object["route"] = each.request.route.name;
    object["priority"] = priority_words(each.request.priority);
    object["cause"] = each.letter.cause ? Json(name_of(*each.letter.cause)) : Json(nullptr);
    object["waits"] = waits(each);
    object["excerpt"] = shortened(each.request.text, excerpt_max);
    return object;
}

void print_as_json(const std::vector<ListedLetter>& list, bool all)
{
    Json object;
    object["dead_letters"] = Json::array();
    for (const ListedLetter& each : list) {
        if (all || waits(each)) object["dead_letters"].push_back(json_of(each));
    }
    object["counts"] = Json::array();
    for (const auto& [kind, count] : counts_of(list)) {
        object["counts"].push_back(
            {{"cause", name_of(kind.first)}, {"route", kind.second}, {"count", count}});
    }
    fmt::print("{}\n", object.dump(2, ' ', false, Json::error_handler_t::replace));
}

void print_as_text(const std::vector<ListedLetter>& list, bool all)
{
    bool is_empty = true;
    for (const ListedLetter& each : list) {
        if (!all && !waits(each)) continue;
        is_empty = false;
        const std::string& text = each.request.text;
        fmt::print("{} · {} · {} · {} · given up {} · {}\n  {}\n",
                   each.letter.id.value,
                   number_of(each.request.id),
                   route_of(each),
                   priority_words(each.request.priority),
                   utc_text(each.letter.given_up_at),
                   standing_of(each),
                   text.empty() ? "(its words are no longer kept)" : shortened(text, excerpt_max));
    }
    if (is_empty) fmt::print("No dead letter{}.\n", all ? "" : " waits for a cause");
    const auto counts = counts_of(list);
    if (counts.empty()) return;
    fmt::print("\nCauses of the last {} days:\n", causes_kept_for.count());
    for (const auto& [kind, count] : counts) {
        fmt::print("  {} · {}: {}\n",
                   words_of(kind.first),
                   kind.second.empty() ? "no route" : "route " + kind.second,
                   count);
    }
}

TriageCause cause_typed(const std::string& typed)
{
    if (const auto cause = triage_cause_named(typed)) return *cause;
    std::vector<std::string> names;
    for (const TriageCause cause : nameable_causes) names.emplace_back(name_of(cause));
    const auto near = nearest_word(typed, names);
    throw Refusal{fmt::format("\"{}\" is no cause{} The causes: {}.\n",
                              typed,
                              near ? fmt::format("; did you mean {}?", *near) : ".",
                              fmt::join(names, ", "))};
}

}  // namespace

int list_dead_letters(const DeadlettersCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::look};
        auto context = desk.context(desk_time(options.clock_scale, options.clock_origin));
        const auto list = context ? listed(*context) : std::vector<ListedLetter>{};
        if (options.as_json)
            print_as_json(list, options.all);
        else
            print_as_text(list, options.all);
        return exit_done;
    });
}

int name_dead_letter_cause(const DeadlettersCommandOptions& options)
{
    return tell_outcome([&] {
        const TriageCause cause = cause_typed(options.cause);
        PolicyDesk desk{options.state_directory, DeskMode::write};
        storage::Transaction transaction{desk.connection()};
        HandlerContext context = desk.context(desk_time(options.clock_scale, options.clock_origin)).value();
        const TriageTable table{desk.connection()};
        const auto letter = table.find(ObligationId{options.number});
        if (!letter) {
            throw Refusal{fmt::format("There is no dead letter {}: `ackd deadletters --all` lists them.\n",
                                      options.number)};
        }
        if (is_settled(context, *letter))
            throw Refusal{fmt::format("{} was settled meanwhile: it needs no cause.\n", options.number)};
        const std::string route = context.obligations.find(letter->request)->route.name;
        const auto proposed_before = table.proposed_at(route, cause);
        name_cause(context, *letter, cause, operator_name());
        const bool is_proposed = table.proposed_at(route, cause) != proposed_before;
        transaction.commit();
        fmt::print("{}: {}.\n", options.number, words_of(cause));
        if (is_proposed) {
            const TriageProposal proposal = proposal_for(cause, route);
            fmt::print("Three times within a month on {}. {} {}\n",
                       route.empty() ? "no route" : "route " + route,
                       proposal.words,
                       proposal.command);
        }
        return exit_done;
    });
}

}  // namespace ackd::cli
