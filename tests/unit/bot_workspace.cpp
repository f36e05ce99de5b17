#include "tests/unit/bot_workspace.hpp"

#include "storage/migrations.hpp"
#include "tests/unit/notice_text.hpp"

#include <algorithm>

namespace ackd {

Settings straight_settings()
{
    Settings settings;
    settings.price_shown_from = 0;
    for (PriorityPolicy& each : settings.delivery.by_priority) {
        each.asks_asker = false;
        each.lets_go_after.reset();
    }
    return settings;
}

void RecordingPort::confirm(std::vector<Confirmation> list)
{
    for (Confirmation& confirmation : list) confirmations.push_back(std::move(confirmation));
}

void RecordingPort::deliver(std::vector<Delivery> list)
{
    for (Delivery& delivery : list) deliveries.push_back(std::move(delivery));
}

Workspace::Workspace(Settings chosen, Instant start, const std::string& path)
    : clock(start), connection(migrated(path)), engine(*connection, std::move(chosen), clock, port, 1)
{
    engine.start();
    join("Uann", "Ann");
    join("Ubo", "Bo");
    join("Ucy", "Cy");
    join("Udi", "Di");
}

Workspace::~Workspace() = default;

void Workspace::join(const char* id, const char* name, const char* zone, MemberKind kind, bool deactivated)
{
    take(MemberChanged{Member{UserId{id}, name, zone, kind, deactivated}});
}

void Workspace::take(InputBody body, std::string key)
{
    Input input;
    input.key = std::move(key);
    input.received_at = clock.now();
    input.receipt.connection = 1;
    input.receipt.wants_answer = true;
    input.body = std::move(body);
    std::vector<Input> inputs;
    inputs.push_back(std::move(input));
    const std::size_t confirmed = port.confirmations.size();
    const UserId person = actor_of(inputs.front().body);
    engine.cycle(inputs, settled);
    for (std::size_t index = confirmed; index < port.confirmations.size(); ++index) {
        const InputAnswer& answer = port.confirmations[index].answer;
        if (const auto* notice = std::get_if<Notice>(&answer)) answers.push_back({person, *notice});
        const auto* refused = std::get_if<FormProblems>(&answer);
        problems = refused != nullptr ? *refused : FormProblems{};
    }
    settle_all();
}

void Workspace::command(const char* person, const char* command_name, RichText text)
{
    CommandGiven given;
    given.command = command_name;
    given.text = std::move(text);
    given.person = UserId{person};
    given.channel = ChannelId{"Cwork"};
    take(given);
}

void Workspace::ack(const char* person, const std::string& typed)
{
    command(person, "/ack", rich(typed));
}

void Workspace::ackd(const char* person, const std::string& typed)
{
    command(person, "/ackd", rich(typed));
}

void Workspace::press(const char* person,
                      const SeenMessage& message,
                      const char* name,
                      const std::string& choice)
{
    ActionTaken taken;
    taken.name = name;
    taken.value = value_behind(message.now, name, choice);
    if (taken.value.empty()) FAIL("no such control: ", name, " ", choice, " on\n", text_of(message.now));
    taken.person = UserId{person};
    taken.message = message.ref;
    taken.on_ephemeral = !message.ref.exists();  // an answer for one person alone has no stamp
    take(taken);
}

void Workspace::react(
    const char* person, const MessageRef& message, const char* emoji, bool added, const char* author)
{
    take(ReactionChanged{message, UserId{person}, UserId{author}, emoji, added});
}

void Workspace::advance_to(Instant then)
{
    while (engine.next_wake() <= then) {
        clock.advance_to(engine.next_wake());
        turn();
    }
    clock.advance_to(then);
    turn();
}

void Workspace::advance(Duration duration)
{
    advance_to(clock.now() + duration);
}

void Workspace::turn()
{
    std::vector<Input> none;
    engine.cycle(none, settled);
    settle_all();
}

std::vector<SeenMessage> Workspace::to(const char* person) const
{
    std::vector<SeenMessage> list;
    for (const SeenMessage& post : posts) {
        if (post.person.value == person) list.push_back(post);
    }
    return list;
}

SeenMessage Workspace::last_to(const char* person) const
{
    const auto list = to(person);
    if (list.empty()) FAIL("nothing was sent to ", person);
    return list.back();
}

std::vector<SeenMessage> Workspace::in(const char* channel) const
{
    std::vector<SeenMessage> list;
    for (const SeenMessage& post : posts) {
        if (post.person.empty() && post.ref.channel.value == channel) list.push_back(post);
    }
    return list;
}

SeenMessage Workspace::card() const
{
    for (auto post = posts.rbegin(); post != posts.rend(); ++post) {
        if (post->now.kind == NoticeKind::card) return *post;
    }
    FAIL("there is no card");
    return {};
}

std::string Workspace::answer() const
{
    return answers.empty() ? "" : text_of(answers.back().notice);
}

ObligationTable Workspace::table()
{
    return ObligationTable{*connection};
}

Request Workspace::request(std::int64_t id)
{
    return table().find(RequestId{id}).value();
}

std::string Workspace::states(std::int64_t request)
{
    std::string text;
    for (const Obligation& obligation : table().of_request(RequestId{request})) {
        text += (text.empty() ? "" : ", ") + obligation.debtor.value + " " +
                std::string{name_of(obligation.state)};
    }
    return text;
}

std::string Workspace::facts(std::int64_t request)
{
    std::string text;
    storage::JournalTable journal{*connection};
    journal.for_each_of_request(request, [&](const storage::JournalEntry& entry) {
        if (entry.fact == "delivered" || entry.fact == "card_posted") return;
        text += (text.empty() ? "" : " ") + entry.fact;
    });
    return text;
}

std::unique_ptr<storage::Connection> Workspace::migrated(const std::string& path)
{
    auto fresh = std::make_unique<storage::Connection>(path, storage::OpenMode::create);
    storage::migrate(*fresh);
    return fresh;
}

UserId Workspace::actor_of(const InputBody& body)
{
    if (const auto* given = std::get_if<CommandGiven>(&body)) return given->person;
    if (const auto* taken = std::get_if<ActionTaken>(&body)) return taken->person;
    if (const auto* submitted = std::get_if<FormSubmitted>(&body)) return submitted->person;
    return {};
}

void Workspace::settle_all()
{
    // Posts to one conversation are a second apart: the clock stands still, so they wait for the next
    // turn.
    while (!port.deliveries.empty()) {
        std::vector<Delivery> batch = std::move(port.deliveries);
        port.deliveries.clear();
        for (const Delivery& delivery : batch)
            settled.push_back(EffectSettled{delivery.id, outcome_of(delivery)});
        std::vector<Input> none;
        engine.cycle(none, settled);
    }
}

EffectOutcome Workspace::outcome_of(const Delivery& delivery)
{
    if (instead) {
        if (auto outcome = instead(delivery)) return *outcome;
    }
    if (const auto* post = std::get_if<PostMessage>(&delivery.effect)) {
        SeenMessage seen;
        seen.ref = MessageRef{post->person.empty() ? post->channel : ChannelId{"D" + post->person.value},
                              std::to_string(1000 + posts.size()) + ".000001"};
        seen.person = post->person;
        seen.thread = post->thread;
        seen.first = seen.now = post->notice;
        seen.posted_at = clock.now();
        posts.push_back(seen);
        return Posted{seen.ref, false};
    }
    if (const auto* update = std::get_if<UpdateMessage>(&delivery.effect)) {
        for (SeenMessage& post : posts) {
            if (post.ref != update->message) continue;
            post.now = update->notice;
            ++post.updates;
        }
        return Done{};
    }
    if (const auto* reply = std::get_if<EphemeralReply>(&delivery.effect)) {
        answers.push_back(SeenAnswer{reply->person, reply->notice});
        return Done{};
    }
    if (const auto* fetch = std::get_if<FetchMessage>(&delivery.effect)) {
        const auto found = messages.find(fetch->message);
        if (found == messages.end()) return Fault{FaultKind::not_found, "message_not_found"};
        return found->second;
    }
    if (const auto* home = std::get_if<PublishHome>(&delivery.effect)) {
        homes[home->person].push_back(home->notice);
        return Done{};
    }
    if (const auto* dialog = std::get_if<OpenDialog>(&delivery.effect)) {
        dialogs.push_back(dialog->notice);
        return Done{};
    }
    if (const auto* outside = std::get_if<TellOutside>(&delivery.effect)) {
        told_outside.push_back(*outside);
        return Done{};
    }
    if (const auto* topic = std::get_if<SetTopicPart>(&delivery.effect)) {
        topic_parts.push_back(*topic);
        std::string& present = topics[topic->channel];
        present = with_part(present, topic->part, 250).value();
        return Done{};
    }
    if (const auto* group = std::get_if<SetGroupMembers>(&delivery.effect)) {
        groups_filled[group->group].push_back(group->members);
        return Done{};
    }
    if (const auto* form = std::get_if<OpenForm>(&delivery.effect)) {
        forms.push_back(form->form);
        return Done{};
    }
    const auto& list = std::get<ListChannelMembers>(delivery.effect);
    const auto found = members.find(list.channel);
    if (found == members.end()) return Fault{FaultKind::not_a_member, "channel_not_found"};
    return ChannelMembers{found->second};
}

std::int64_t Workspace::count(const char* sql)
{
    storage::Statement row = connection->prepare(sql);
    row.step();
    return row.column_int(0);
}

RichText Workspace::rich(const std::string& typed)
{
    RichText text;
    std::string words;
    const auto flush = [&] {
        if (!words.empty()) text.push_back(Words{std::move(words)});
        words.clear();
    };
    std::size_t at = 0;
    while (at < typed.size()) {
        const auto end = std::min(typed.find(' ', at), typed.size());
        const std::string word = typed.substr(at, end - at);
        if (word.starts_with("@U")) {
            flush();
            text.push_back(Mention{UserId{word.substr(1)}});
        } else if (word.starts_with("@&G")) {
            flush();
            text.push_back(GroupMention{GroupId{word.substr(2)}});
        } else if (word.starts_with("#C")) {
            flush();
            text.push_back(ChannelName{ChannelId{word.substr(1)}});
        } else {
            words += word;
        }
        if (end < typed.size()) words += ' ';
        at = end + 1;
    }
    flush();
    return text;
}

Settings with_route(const std::vector<std::string>& steps)
{
    Settings settings = straight_settings();
    Route route;
    route.name = "default";
    for (const std::string& target : steps) {
        RouteStep& step = route.steps.emplace_back();
        if (target.starts_with("U"))
            step.targets.emplace_back(UserId{target});
        else if (target.starts_with("G"))
            step.targets.emplace_back(GroupId{target});
        else if (!target.empty())
            step.targets.emplace_back(ChannelId{target});
    }
    settings.routes.emplace("default", route);
    return settings;
}

}  // namespace ackd
