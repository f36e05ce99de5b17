// `/retro`: when the next one is, notes on any day, and what was said before.
#include "bot/cadence/cadence_handlers.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/roles.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/retro/retro_notices.hpp"
#include "bot/retro/retro_people.hpp"
#include "bot/retro/retro_phrase.hpp"
#include "bot/retro/retro_table.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr int found_max = 10;
/// Of one message of an export.
constexpr std::size_t message_bytes_max = 8'000;
constexpr std::size_t message_lines_max = 40;

/// What somebody may see and speak of.
struct Reach {
    std::vector<const Retro*> retros;
    std::vector<std::string> names;
};

Reach reach_of(HandlerContext& context, const UserId& person)
{
    Reach reach;
    reach.retros = retros_of(context, person);
    for (const Retro* retro : reach.retros) reach.names.push_back(retro->name);
    return reach;
}

Notice no_retro_reply(HandlerContext& context)
{
    Notice notice = plain_reply(
        context.settings.retros.empty()
            ? "No team here has retros yet."
            : "You are in no team that has a retro, and what is said there is for its people.");
    notice.sections.front().lines.push_back(
        small_line(RichText{Words{"A team has one by "}, Code{"[[retro]]"}, Words{" of the policy."}}));
    return notice;
}

/// The retro that is meant; the answer where that cannot be told. `line`: what was typed, with a place for
/// its name.
struct Meant {
    const Retro* retro = nullptr;
    std::optional<Notice> answer;
};

Meant meant(HandlerContext& context,
            const Reach& reach,
            const std::string& name,
            const std::string& before,
            const std::string& after)
{
    if (name.empty() && reach.retros.size() == 1) return {reach.retros.front(), std::nullopt};
    if (name.empty())
        return {
            nullptr,
            absence_mistake_reply(fmt::format("Which retro? You are in {}.", fmt::join(reach.names, ", ")),
                                  before + reach.names.front() + after)};
    const auto found = std::find(reach.names.begin(), reach.names.end(), name);
    if (found != reach.names.end())
        return {reach.retros[static_cast<std::size_t>(found - reach.names.begin())], std::nullopt};
    if (const Retro* other = retro_named(context, name))
        return {nullptr, plain_reply(fmt::format("The retro {} is for people of {}.", name, other->team))};
    return {nullptr,
            absence_mistake_reply(fmt::format("There is no retro \"{}\".", shortened(name, 80)),
                                  before + reach.names.front() + after)};
}

/// The newest one of which anything can be seen.
std::optional<RetroRound> round_to_export(HandlerContext& context,
                                          const Retro& retro,
                                          const std::optional<int>& number)
{
    const RetroTable table{context.connection};
    if (number) return table.find(retro, *number);
    for (const RetroRound& round : table.newest(retro, 2)) {
        if (round.state != RetroState::open) return round;
    }
    return std::nullopt;
}

Notice export_round(HandlerContext& context, const UserId& person, const RetroRound& round)
{
    std::vector<Notice> parts;
    std::size_t bytes = 0;
    for (std::string& line : retro_markdown(context, round)) {
        const bool is_full = parts.empty() || bytes + line.size() > message_bytes_max ||
                             parts.back().sections.front().lines.size() >= message_lines_max;
        if (is_full) {
            Notice& part = parts.emplace_back(plain_reply(fmt::format("Retro {}", name_of(round))));
            part.kind = NoticeKind::for_asker;
            part.sections.front().lines.clear();
            bytes = 0;
        }
        bytes += line.size();
        parts.back().sections.front().lines.push_back(plain_line(std::move(line)));
    }
    for (const Notice& part : parts) context.outbox.add(private_message(context, person, part));
    return plain_reply(fmt::format("Retro {} comes as {}, in Markdown.",
                                   name_of(round),
                                   parts.size() == 1 ? std::string{"a direct message"}
                                                     : fmt::format("{} direct messages", parts.size())));
}

struct Commander {
    HandlerContext& context;
    const UserId& person;
    const Reach& reach;

    Notice operator()(const ShowRetros& show) const
    {
        if (show.retro.empty()) return retros_reply(context, reach.retros, person);
        const Meant found = meant(context, reach, show.retro, "/retro ", "");
        return found.answer ? *found.answer : retros_reply(context, {found.retro}, person);
    }
    Notice operator()(const NoteForRetro& note) const
    {
        const Meant found = meant(context, reach, note.retro, "/retro note ", ": " + note.text);
        return found.answer ? *found.answer : take_retro_note(context, *found.retro, person, note.text);
    }
    Notice operator()(const FindInRetros& wanted) const
    {
        std::vector<std::string> words;
        for (std::size_t at = 0; at < wanted.words.size();) {
            const std::size_t end = std::min(wanted.words.find(' ', at), wanted.words.size());
            if (end > at) words.push_back(wanted.words.substr(at, end - at));
            at = end + 1;
        }
        std::vector<RetroFound> found;
        for (const Retro* retro : reach.retros) {
            if (!wanted.retro.empty() && retro->name != wanted.retro) continue;
            auto more = RetroTable{context.connection}.search(*retro, words, found_max);
            found.insert(found.end(), more.begin(), more.end());
        }
        std::stable_sort(found.begin(), found.end(), [](const RetroFound& one, const RetroFound& other) {
            return one.opened_at > other.opened_at;
        });
        if (found.size() > static_cast<std::size_t>(found_max)) found.resize(found_max);
        return retro_found_reply(context, person, wanted.words, found);
    }
    Notice operator()(const ExportRetro& wanted) const
    {
        const std::string after = wanted.number ? fmt::format(" {}", *wanted.number) : std::string{};
        const Meant found = meant(context, reach, wanted.retro, "/retro export ", after);
        if (found.answer) return *found.answer;
        const auto round = round_to_export(context, *found.retro, wanted.number);
        if (!round)
            return plain_reply(
                wanted.number
                    ? fmt::format("I know of no round {} of {}.", *wanted.number, found.retro->name)
                    : fmt::format("{} has no round yet that could be exported.", found.retro->name));
        if (round->state == RetroState::open)
            return plain_reply(fmt::format("{} takes answers until {}: nobody sees them before.",
                                           name_of(*round),
                                           your_time(context, person, round->closes_at)));
        return export_round(context, person, *round);
    }
    Notice operator()(const ChangeRetroCadence& change) const
    {
        const Meant found = meant(
            context, reach, change.retro, "/retro ", fmt::format(" {}", fmt::join(change.words, " ")));
        if (found.answer) return *found.answer;
        // Nobody's time to answer ends early.
        const auto live = RetroTable{context.connection}.live(found.retro->name);
        if (change.words.front() == "now" && live && live->state == RetroState::open &&
            live->closes_at > context.now)
            return plain_reply(fmt::format("{} takes answers until {}: the next one can begin after that.",
                                           name_of(*live),
                                           your_time(context, person, live->closes_at)));
        for (const CadenceInPolicy& it : cadences_of(context.settings)) {
            if (it.key != CadenceKey{CadenceUse::retro, found.retro->name}) continue;
            if (auto answer = change_cadence(context, it, person, change.words)) return *answer;
        }
        return retros_reply(context, {found.retro}, person);
    }
    Notice operator()(const RetroMistake& mistake) const
    {
        return absence_mistake_reply(mistake.problem, mistake.corrected);
    }
};

}  // namespace

Notice handle_retro_command(HandlerContext& context, const CommandGiven& given)
{
    if (!may_start(context.directory.find(given.person)))
        return plain_reply(
            "I do not know you as a member of this workspace, and retros are for the people of its teams.");
    const Reach reach = reach_of(context, given.person);
    if (reach.retros.empty()) return no_retro_reply(context);
    // Of retros that others have, only the names are known here: so that what is said of them is clear.
    std::vector<std::string> names;
    for (const Retro& retro : context.settings.retros) names.push_back(retro.name);
    const std::string typed = plain_text(context, given.text);
    return std::visit(Commander{context, given.person, reach}, parse_retro_phrase(typed, names));
}

}  // namespace ackd
