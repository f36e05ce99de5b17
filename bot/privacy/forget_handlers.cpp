#include "bot/privacy/forget_handlers.hpp"

#include "bot/commands/entry_points.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/rule_review.hpp"
#include "bot/people/member_handlers.hpp"
#include "bot/privacy/erasure.hpp"
#include "bot/privacy/privacy_notices.hpp"
#include "bot/privacy/retention.hpp"
#include "bot/rotations/rotation_table.hpp"
#include "bot/threads/question_handlers.hpp"
#include "storage/forgotten_table.hpp"
#include "storage/scrub.hpp"

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// How long the neutral lines may take before they are given up: the chat may be away.
constexpr Duration told_within = 10min;
/// Of the messages that somebody has in front of them, so many are brought up to date.
constexpr int messages_max = 500;
constexpr std::chrono::days messages_of{30};
constexpr int all = 1'000'000;

std::optional<Instant> next_forgetting(storage::Connection& connection)
{
    storage::Statement row = connection.prepare("SELECT min(asked_at_us) FROM forgettings");
    if (!row.step() || row.column_is_null(0)) return std::nullopt;
    return from_microseconds(row.column_int(0)) + told_within;
}

void refresh_what_they_see(HandlerContext& context, const UserId& person)
{
    storage::Statement rows = context.connection.prepare(
        "SELECT id FROM sent_messages WHERE person = $1 AND sent_at_us >= $2 ORDER BY id DESC LIMIT $3");
    rows.bind_all(person.value, to_microseconds(context.now - messages_of), messages_max);
    while (rows.step())
        context.outbox.add(refresh_of(*context.sent_messages.find(rows.column_int(0)), context.now));
    redraw_home(context, person);
}

bool is_told(HandlerContext& context, const UserId& person)
{
    storage::Statement row = context.connection.prepare(
        "SELECT 1 FROM outbox WHERE conversation IN ($1, $2, $3) LIMIT 1");
    row.bind_all(conversation_of(person), screen_of(person), "home:" + person.value);
    return !row.step();
}

/// Asking what is known, or to be forgotten again, is no use of ackd.
bool is_about_privacy(const CommandGiven& given)
{
    if (given.command == ask_command || given.text.empty()) return false;
    const auto* words = std::get_if<Words>(&given.text.front());
    if (words == nullptr) return false;
    const std::string verb = words->text.substr(0, words->text.find(' '));
    return verb == "me" || verb == "export" || verb == "forget" || verb == "help";
}

void welcome_back(HandlerContext& context, const UserId& person)
{
    if (is_being_forgotten(context, person) ||
        !storage::ForgottenTable{context.connection}.remove(person.value))
        return;
    // Their name and time zone come with the next listing; until then they can ask and answer.
    Member member;
    member.id = person;
    context.directory.save(member);
}

struct Sieve {
    HandlerContext& context;

    bool operator()(CommandGiven& given) const
    {
        if (!is_about_privacy(given)) welcome_back(context, given.person);
        return true;
    }
    bool operator()(ActionTaken& taken) const
    {
        welcome_back(context, taken.person);
        return true;
    }
    bool operator()(ShortcutUsed& used) const
    {
        welcome_back(context, used.person);
        return true;
    }
    bool operator()(FormSubmitted& submitted) const
    {
        welcome_back(context, submitted.person);
        return true;
    }
    bool operator()(MemberChanged& changed) const { return !is_forgotten(context, changed.member.id); }
    bool operator()(MembersListed& listed) const
    {
        std::erase_if(listed.members, [&](const Member& member) { return is_forgotten(context, member.id); });
        return true;
    }
    bool operator()(GroupChanged& changed) const
    {
        leave_out_forgotten(context, changed.group.members);
        return true;
    }
    bool operator()(GroupsListed& listed) const
    {
        for (UserGroup& group : listed.groups) leave_out_forgotten(context, group.members);
        return true;
    }
    bool operator()(DoNotDisturbChanged& changed) const { return !is_forgotten(context, changed.person); }
    bool operator()(DoNotDisturbListed& listed) const
    {
        std::erase_if(listed.people, [&](const DoNotDisturbChanged& changed) {
            return is_forgotten(context, changed.person);
        });
        return true;
    }
    bool operator()(HomeOpened& opened) const { return !is_forgotten(context, opened.person); }
    bool operator()(ReactionChanged& reaction) const { return !is_forgotten(context, reaction.person); }
    bool operator()(MessagePosted& posted) const { return !is_forgotten(context, posted.author); }
    bool operator()(ChannelJoined& joined) const
    {
        if (is_forgotten(context, joined.inviter)) joined.inviter = {};
        return !is_forgotten(context, joined.person);
    }
    template <class Other>
    bool operator()(Other&) const
    {
        return true;
    }
};

}  // namespace

bool is_being_forgotten(HandlerContext& context, const UserId& person)
{
    storage::Statement row = context.connection.prepare("SELECT 1 FROM forgettings WHERE person = $1");
    row.bind(1, person.value);
    return row.step();
}

bool is_forgotten(HandlerContext& context, const UserId& person)
{
    if (person.empty()) return false;
    return is_being_forgotten(context, person) ||
           storage::ForgottenTable{context.connection}.contains(person.value);
}

void leave_out_forgotten(HandlerContext& context, std::vector<UserId>& people)
{
    std::erase_if(people, [&](const UserId& person) { return is_forgotten(context, person); });
}

void end_what_concerns(HandlerContext& context, const UserId& person)
{
    Member member = context.directory.find(person).value_or(Member{});
    member.id = person;
    if (!member.deactivated) {
        context.directory.save(member);
        member.deactivated = true;
        handle_member(context, member);
    }
    for (Request& request : context.obligations.open_by_creditor(person, all))
        withdraw(context, request, bot_actor, EndCause::creditor_gone);
    leave_read_backs(context, person);
    leave_questions(context, person);
}

Notice begin_forgetting(HandlerContext& context, const UserId& person)
{
    if (is_being_forgotten(context, person)) return forgetting_begun_reply();
    if (storage::ForgottenTable{context.connection}.contains(person.value)) return forgotten_already_reply();
    // What was about to be sent to them is not needed any more.
    context.connection.prepare("DELETE FROM outbox WHERE conversation = $1 AND state = 1")
        .bind(1, conversation_of(person))
        .run();
    context.connection.prepare("INSERT INTO forgettings (person, asked_at_us) VALUES ($1, $2)")
        .bind_all(person.value, to_microseconds(context.now))
        .run();
    end_what_concerns(context, person);
    refresh_what_they_see(context, person);
    context.outbox.moved();
    context.upkeep.forget_by = next_forgetting(context.connection);
    return forgetting_begun_reply();
}

void continue_forgetting(HandlerContext& context)
{
    if (!context.upkeep.forget_by) return;
    std::vector<UserId> told;
    {
        storage::Statement rows = context.connection.prepare(
            "SELECT person, asked_at_us FROM forgettings ORDER BY asked_at_us, person");
        while (rows.step()) {
            UserId person{rows.column_string(0)};
            if (context.now >= from_microseconds(rows.column_int(1)) + told_within ||
                is_told(context, person))
                told.push_back(std::move(person));
        }
    }
    for (const UserId& person : told) {
        // What they asked of others in the meantime ends as well.
        end_what_concerns(context, person);
        erase_person(context, person);
    }
    context.upkeep.forget_by = next_forgetting(context.connection);
}

Notice forgotten_notice(NoticeKind kind)
{
    Notice notice = forgotten_line();
    notice.kind = kind;
    return notice;
}

bool concerns_the_known(HandlerContext& context, InputBody& body)
{
    return std::visit(Sieve{context}, body);
}

Upkeep load_upkeep(storage::Connection& connection, const RetentionPolicy& kept, Instant now)
{
    Upkeep upkeep;
    upkeep.forget_by = next_forgetting(connection);
    upkeep.is_scrub_wanted = storage::is_scrub_wanted(connection);
    upkeep.is_log_stale = storage::is_empty_log_wanted(connection);
    upkeep.sweep_at = next_sweep(connection, kept, now);
    upkeep.rules_at = next_rule_review(connection, now);
    upkeep.rotations_at = RotationTable{connection}.earliest_due();
    return upkeep;
}

}  // namespace ackd
