#include "bot/wip/wip_handlers.hpp"

#include "bot/capacity/capacity_handlers.hpp"
#include "bot/commands/ack_command.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/chart_lines.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/notice_parts.hpp"
#include "bot/delivery/wanted_form.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/roles.hpp"
#include "bot/trimmed.hpp"
#include "bot/wip/wip_notices.hpp"
#include "bot/wip/wip_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr const char* reason_field = "reason";

void record_item(HandlerContext& context,
                 const UserId& actor,
                 const WipItem& item,
                 std::string_view fact,
                 std::string_view detail = "")
{
    record(context,
           actor,
           RequestId{},
           ObligationId{},
           fact,
           {{"item", std::to_string(item.id.value)},
            {"state", std::string{name_of(item.state)}},
            {"unplanned", item.is_unplanned ? "yes" : ""},
            {"why", std::string{detail}}});
}

bool is_of(HandlerContext& context, const UserId& person, const std::string& team)
{
    const auto teams = context.directory.teams_of(person);
    return std::any_of(teams.begin(), teams.end(), [&](const Team& each) { return each.name == team; }) ||
           may(context.settings, context.directory, person, Permission::change_policy);
}

/// When it has aged: after so much of the working time of whoever has it.
Instant ages_at(HandlerContext& context, const WipItem& item)
{
    return context.directory.working_hours_of(item.person)
        .add_working_time(context.now, wip_limit_of(context, item.team).ages_after);
}

void note_level(HandlerContext& context, const std::string& team)
{
    const WipTable table{context.connection};
    table.note_level(team, workspace_clock(context).day(context.now), table.running_of(team));
}

/// Something was said of it.
void keep(HandlerContext& context, WipItem item)
{
    item.due_at = item.state == WipState::running ? std::optional{ages_at(context, item)} : std::nullopt;
    WipTable{context.connection}.save(item);
    note_level(context, item.team);
}

WipStart room_for(HandlerContext& context, const UserId& person, const std::string& team)
{
    const WipTable table{context.connection};
    return may_start_work(wip_limit_of(context, team),
                          table.running_of(team),
                          table.running_of(team, person),
                          table.open_count(team));
}

WipItem begin(HandlerContext& context,
              const UserId& person,
              const NewWork& work,
              const UserId& let_in_by = {},
              const std::string& because = "")
{
    WipItem item;
    item.team = work.team;
    item.person = person;
    item.title = shortened(work.title, wip_title_max);
    item.is_unplanned = work.is_unplanned;
    item.started_at = context.now;
    item.due_at = ages_at(context, item);
    item.let_in_by = let_in_by;
    item.let_in_because = because;
    WipTable{context.connection}.insert(item);
    note_level(context, item.team);
    record_item(context, person, item, let_in_by.empty() ? "wip_started" : "wip_let_in");
    return item;
}

Notice begun_reply(HandlerContext& context, const WipItem& item)
{
    return team_wip_reply(
        context, item.person, item.team, fmt::format("✅ #{} {} is in progress.", item.id.value, item.title));
}

/// The team that is meant where none is named; the answer where that cannot be told.
std::optional<Notice> find_team(HandlerContext& context,
                                const UserId& person,
                                NewWork& work,
                                const char* verb)
{
    if (!work.team.empty()) {
        if (is_of(context, person, work.team)) return std::nullopt;
        return plain_reply(fmt::format("People of {} begin work of {}.", work.team, work.team));
    }
    const auto teams = context.directory.teams_of(person);
    if (teams.empty()) return plain_reply("You are in no team here, and work in progress is a team's.");
    if (teams.size() == 1) {
        work.team = teams.front().name;
        return std::nullopt;
    }
    std::vector<std::string> names;
    names.reserve(teams.size());
    for (const Team& team : teams) names.push_back(team.name);
    return absence_mistake_reply(fmt::format("Which team? You are in {}.", fmt::join(names, ", ")),
                                 fmt::format("/wip {} {} {}", verb, names.front(), work.title));
}

Notice start(HandlerContext& context, const UserId& person, const NewWork& work)
{
    const WipStart room = room_for(context, person, work.team);
    if (room == WipStart::has_room) return begun_reply(context, begin(context, person, work));
    record(context,
           person,
           RequestId{},
           ObligationId{},
           "wip_refused",
           {{"why",
             room == WipStart::team_is_full     ? "team"
             : room == WipStart::person_is_full ? "person"
                                                : "open"}});
    return wip_refused_reply(context, person, work, room);
}

Notice force(HandlerContext& context, const UserId& person, const NewWork& work, const std::string& because)
{
    const Team* team = team_named(context, work.team);
    if (!may(context.settings, context.directory, person, Permission::change_team, team))
        return plain_reply(refusal_words(context.settings, context.directory, Permission::change_team, team));
    if (room_for(context, person, work.team) == WipStart::too_many_open)
        return wip_refused_reply(context, person, work, WipStart::too_many_open);
    return begun_reply(
        context,
        begin(context, person, work, person, shortened(because, static_cast<std::size_t>(wip_reason_max))));
}

std::string_view fact_of(WipEvent event)
{
    switch (event) {
        case WipEvent::finish: return "wip_finished";
        case WipEvent::pause: return "wip_paused";
        case WipEvent::resume: return "wip_resumed";
        case WipEvent::drop: return "wip_dropped";
    }
    return "?";
}

std::string words_of(const WipItem& item, WipEvent event)
{
    switch (event) {
        case WipEvent::finish: return fmt::format("✅ #{} {} is done.", item.id.value, item.title);
        case WipEvent::pause: return fmt::format("#{} {} is paused.", item.id.value, item.title);
        case WipEvent::resume: return fmt::format("✅ #{} {} goes on.", item.id.value, item.title);
        case WipEvent::drop: return fmt::format("#{} {} is dropped.", item.id.value, item.title);
    }
    return "";
}

/// Theirs, or of a team of theirs.
bool may_change(HandlerContext& context, const UserId& person, const WipItem& item)
{
    return item.person == person || is_of(context, person, item.team);
}

/// Whose work somebody else has spoken of reads so.
void tell_owner(HandlerContext& context, const UserId& person, const WipItem& item, WipEvent event)
{
    if (item.person.empty() || item.person == person) return;
    Notice notice = plain_reply(
        fmt::format("{} ({})", words_of(item, event), context.directory.name_of(person)));
    notice.kind = NoticeKind::for_asker;
    put_into_digest(context, item.person, notice);
}

/// Nothing: it was done. Else why not.
std::optional<Notice> change(HandlerContext& context, const UserId& person, WipItem item, WipEvent event)
{
    if (!may_change(context, person, item))
        return plain_reply(fmt::format("People of {} can say that.", item.team));
    const auto state = next_state(item.state, event);
    if (!state)
        return team_wip_reply(context,
                              person,
                              item.team,
                              fmt::format("#{} is {} already.", item.id.value, name_of(item.state)));
    if (event == WipEvent::resume) {
        const WipStart room = room_for(context, item.person, item.team);
        if (room == WipStart::team_is_full || room == WipStart::person_is_full)
            return team_wip_reply(
                context,
                person,
                item.team,
                fmt::format("There is no room for #{} yet: something has to end or pause first.",
                            item.id.value));
    }
    item.state = *state;
    if (*state == WipState::done || *state == WipState::dropped) item.ended_at = context.now;
    keep(context, item);
    record_item(context, person, item, fact_of(event));
    tell_owner(context, person, item, event);
    return std::nullopt;
}

Notice unknown_item()
{
    return plain_reply("I know of nothing in progress with this number.");
}

Notice change_by_number(HandlerContext& context,
                        const UserId& person,
                        WipItemId id,
                        const std::optional<WipEvent>& event)
{
    const auto item = WipTable{context.connection}.find(id);
    if (!item) return unknown_item();
    if (event) {
        if (auto refused = change(context, person, *item, *event)) return *refused;
        return team_wip_reply(context, person, item->team, words_of(*item, *event));
    }
    if (!may_change(context, person, *item))
        return plain_reply(fmt::format("People of {} can say that.", item->team));
    WipItem known = *item;
    // What came from elsewhere is with whoever speaks of it first.
    if (known.person.empty()) known.person = person;
    if (known.state == WipState::running) keep(context, known);
    return plain_reply(fmt::format("✅ #{} {} is {}.", known.id.value, known.title, name_of(known.state)));
}

/// One makes room for the other: both happen, or neither.
Notice make_room(
    HandlerContext& context, const UserId& person, WipItemId id, const NewWork& work, WipEvent how)
{
    const auto item = WipTable{context.connection}.find(id);
    if (!item) return unknown_item();
    if (item->team != work.team)
        return plain_reply(
            fmt::format("#{} is in progress in {}, not in {}.", id.value, item->team, work.team));
    if (!is_of(context, person, work.team))
        return plain_reply(fmt::format("People of {} can say that.", work.team));
    // Pressed once more, or ended by somebody else meanwhile: nothing begins because of it.
    if (item->state != WipState::running)
        return team_wip_reply(
            context,
            person,
            work.team,
            fmt::format("#{} is {} already: nothing was begun for it.", id.value, name_of(item->state)));
    const WipTable table{context.connection};
    const WipStart room = may_start_work(wip_limit_of(context, work.team),
                                         table.running_of(work.team) - 1,
                                         table.running_of(work.team, person) -
                                             (item->person == person ? 1 : 0),
                                         table.open_count(work.team) - (how == WipEvent::finish ? 1 : 0));
    if (room != WipStart::has_room) return wip_refused_reply(context, person, work, room);
    if (auto refused = change(context, person, *item, how)) return *refused;
    return start(context, person, work);
}

std::optional<WipItemId> item_in(std::string_view value)
{
    const auto space = std::min(value.find(' '), value.size());
    if (!value.starts_with('w')) return std::nullopt;
    const auto number = parse_whole_number<std::int64_t>(value.substr(1, space - 1));
    return number ? std::optional{WipItemId{*number}} : std::nullopt;
}

std::optional<WipEvent> event_of(const std::string& name)
{
    if (name == action::wip_done) return WipEvent::finish;
    if (name == action::wip_pause) return WipEvent::pause;
    if (name == action::wip_resume) return WipEvent::resume;
    if (name == action::wip_drop) return WipEvent::drop;
    return std::nullopt;
}

}  // namespace

WipLimit wip_limit_of(HandlerContext& context, const std::string& team)
{
    for (const WipLimit& limit : context.settings.wip) {
        if (limit.team == team) return limit;
    }
    WipLimit none;
    none.team = team;
    return none;
}

Notice handle_wip_command(HandlerContext& context, const CommandGiven& given)
{
    if (!may_start(context.directory.find(given.person)))
        return plain_reply("I do not know you as a member of this workspace.");
    const std::vector<std::string> words = typed_words(context, given);
    std::vector<std::string> teams;
    for (const Team& team : context.settings.teams) teams.push_back(team.name);
    const WipPhrase phrase = parse_wip_phrase(words, teams);
    if (const auto* mistake = std::get_if<WipMistake>(&phrase))
        return absence_mistake_reply(mistake->problem, mistake->corrected);
    if (const auto* show = std::get_if<ShowWip>(&phrase)) {
        const auto theirs = context.directory.teams_of(given.person);
        if (!show->team.empty() && is_guest_beside(context, given.person, show->team))
            return plain_reply(
                fmt::format("What {} has in progress is shown to members of this workspace.", show->team));
        if (!show->team.empty()) return team_wip_reply(context, given.person, show->team);
        if (theirs.size() == 1) return team_wip_reply(context, given.person, theirs.front().name);
        return wip_overview_reply(context, theirs);
    }
    if (const auto* changed = std::get_if<ChangeWip>(&phrase))
        return change_by_number(context, given.person, changed->item, changed->event);
    if (const auto* trade = std::get_if<TradeWip>(&phrase)) {
        NewWork work = trade->work;
        const auto item = WipTable{context.connection}.find(trade->item);
        if (work.team.empty() && item) work.team = item->team;
        return make_room(context, given.person, trade->item, work, WipEvent::pause);
    }
    StartWip wanted = std::get<StartWip>(phrase);
    const char* verb = wanted.is_forced ? "force" : "start";
    if (auto refused = find_team(context, given.person, wanted.work, verb)) return *refused;
    return wanted.is_forced ? force(context, given.person, wanted.work, wanted.because)
                            : start(context, given.person, wanted.work);
}

bool is_wip_action(const ActionTaken& taken)
{
    return taken.name.starts_with("wip_");
}

std::optional<Notice> take_wip_action(HandlerContext& context, const ActionTaken& taken)
{
    if (taken.name == action::wip_let_in) {
        want_form(context, taken, let_in_form_name);
        return std::nullopt;
    }
    const auto id = item_in(taken.value);
    if (!id) return unknown_item();
    if (taken.name == action::wip_finish_for || taken.name == action::wip_trade) {
        const auto space = taken.value.find(' ');
        const auto work = space == std::string::npos
                              ? std::nullopt
                              : new_work_in(std::string_view{taken.value}.substr(space + 1));
        if (!work) return unknown_item();
        return make_room(context,
                         taken.person,
                         *id,
                         *work,
                         taken.name == action::wip_trade ? WipEvent::pause : WipEvent::finish);
    }
    return change_by_number(context, taken.person, *id, event_of(taken.name));
}

bool is_let_in_row(const OutboxRow& row)
{
    return is_wanted(let_in_form_name, row);
}

OpenForm let_in_form_in(HandlerContext&, const OutboxRow& row)
{
    const WantedForm wanted = wanted_form_in(let_in_form_name, row);
    Form form;
    form.name = let_in_form_name;
    form.context = wanted.about;
    form.title = "Over the limit";
    form.submit_label = "Let it in";
    const auto work = new_work_in(form.context);
    form.introduction.push_back(plain_line(work ? work->title : std::string{}));
    form.fields.push_back({.name = reason_field,
                           .kind = FieldKind::text,
                           .label = "Why does it not wait?",
                           .hint = "It stands with it, with your name.",
                           .length_max = wip_reason_max});
    return OpenForm{wanted.trigger, std::move(form)};
}

FormProblems take_let_in_form(HandlerContext& context, const FormSubmitted& submitted)
{
    // The answer to the first submission may have been lost: then the form is sent again.
    const std::string form_key = "form:" + submitted.instance;
    if (context.seen.contains(form_key)) return {};
    const auto work = new_work_in(submitted.context);
    if (!work) return {{reason_field, "I do not know this any more."}};
    const std::string because{trimmed(submitted.values.of(reason_field).text)};
    if (because.empty()) return {{reason_field, "Say it in a line: it stands with it."}};
    const Team* team = team_named(context, work->team);
    if (!may(context.settings, context.directory, submitted.person, Permission::change_team, team))
        return {{reason_field,
                 refusal_words(context.settings, context.directory, Permission::change_team, team)}};
    if (room_for(context, submitted.person, work->team) == WipStart::too_many_open)
        return {{reason_field, "So much is open already that nobody can read the list. Drop some first."}};
    static_cast<void>(context.seen.insert(form_key));
    static_cast<void>(begin(context, submitted.person, *work, submitted.person, because));
    return {};
}

void take_reported_work(HandlerContext& context,
                        const AlertSource& source,
                        const std::vector<AlertReport>& reports)
{
    const WipTable table{context.connection};
    for (const AlertReport& report : reports) {
        const bool is_issue = std::any_of(report.labels.begin(), report.labels.end(), [](const auto& label) {
            return label.first == "issue";
        });
        if (!is_issue) continue;
        const auto known = table.newest_of(source.name, report.key);
        const bool is_open = known && !known->ended_at;
        if (report.status == AlertStatus::resolved) {
            if (!is_open) continue;
            WipItem done = *known;
            done.state = WipState::done;
            done.ended_at = context.now;
            keep(context, done);
            record_item(context, bot_actor, done, "wip_finished", "source");
            continue;
        }
        if (is_open || table.open_count(source.work_of) >= wip_open_max) continue;
        WipItem item;
        item.team = source.work_of;
        item.title = shortened(report.title, wip_title_max);
        item.started_at = context.now;
        item.due_at = ages_at(context, item);
        item.source = source.name;
        item.source_key = report.key;
        item.link = report.link;
        table.insert(item);
        note_level(context, item.team);
        record_item(context, bot_actor, item, "wip_started", "source");
    }
}

void handle_wip_due(HandlerContext& context, WipItemId id)
{
    const auto item = WipTable{context.connection}.find(id);
    std::vector<UserId> readers{item->person};
    if (item->person.empty() || !is_present(context.directory.find(item->person))) {
        const Team* team = team_named(context, item->team);
        readers = team == nullptr ? std::vector<UserId>{}
                                  : people_with(Role::lead, context.settings, context.directory, team);
        if (readers.empty()) readers = people_with(Role::admin, context.settings, context.directory);
    }
    for (const UserId& reader : readers)
        put_into_digest(context, reader, wip_aged_notice(context, reader, *item));
    keep(context, *item);
}

}  // namespace ackd
