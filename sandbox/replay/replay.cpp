#include "sandbox/replay/replay.hpp"

#include "sandbox/model/message_markup.hpp"
#include "sandbox/model/slack_objects.hpp"

#include <algorithm>
#include <cctype>

namespace sandbox {
namespace {

constexpr std::chrono::milliseconds tick_every{10};
constexpr std::chrono::milliseconds quiet_before_end{1000};
constexpr std::chrono::milliseconds try_again_after{250};
constexpr int tries_max = 240;
constexpr const char* request_emoji = "incoming_envelope";
constexpr const char* button_start = "got_it";

/// A name as a handle: lower-case, nothing but letters, digits and dashes.
std::string handle_of(const std::string& name)
{
    std::string handle;
    for (const char c : name) {
        const auto lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        handle += (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') ? lower : '-';
    }
    return handle.empty() ? "somebody" : handle.substr(0, 60);
}

std::string channel_name_of(const chat_logs::ChatLog& log)
{
    const std::string name = handle_of(log.team_domain) + "-" + handle_of(log.channel_name);
    return name.substr(0, 80);
}

bool is_card(const Message& message)
{
    return message.from_app && text_member(message.metadata, "event_type") == "ackd_card";
}

/// The first button for acknowledging, or "".
std::string button_of(const Json& blocks)
{
    if (!blocks.is_array()) return {};
    for (const Json& block : blocks) {
        const Json& elements = member(block, "elements");
        if (!elements.is_array()) continue;
        for (const Json& element : elements) {
            const std::string id = text_member(element, "action_id");
            if (text_member(element, "type") == "button" && id.rfind(button_start, 0) == 0) return id;
        }
    }
    return {};
}

}  // namespace

Replay::Replay(SandboxCore& core,
               chat_logs::ChatLog log,
               ReplayOptions options,
               std::function<void()> finished)
    : core_(core),
      log_(std::move(log)),
      options_(options),
      finished_(std::move(finished)),
      random_(options.seed)
{}

void Replay::start()
{
    create_people();
    plan_requests();
    // Setting up is nothing the app should hear of.
    [[maybe_unused]] const auto set_up = core_.workspace.take_events();
    const auto has_socket = [this]() -> Json { return core_.hub.open_sockets() > 0 ? Json(true) : Json(); };
    const auto begin = [this](const Json&) {
        started_at_ = core_.wall();
        posted_at_ = started_at_;
        core_.agenda.at(started_at_, [this](WallInstant now) { tick(now); });
    };
    core_.waiting.wait(
        has_socket, [] { return Json(); }, std::chrono::hours{24 * 365}, core_.wall(), begin);
}

void Replay::create_people()
{
    constexpr const char* zones[] = {"America/New_York",
                                     "Europe/Berlin",
                                     "America/Los_Angeles",
                                     "Asia/Tokyo",
                                     "Europe/London",
                                     "Asia/Kolkata",
                                     "America/Sao_Paulo",
                                     "Australia/Sydney"};
    std::vector<std::string> names;
    const auto add_name = [&](const std::string& name) {
        if (people_.emplace(name, UserId{}).second) names.push_back(name);
    };
    for (const chat_logs::ChatLogMessage& message : log_.messages) {
        add_name(message.user);
        for (const std::string& name : chat_logs::mentioned_names(message.text)) add_name(name);
    }
    std::vector<UserId> members{core_.workspace.team().bot_user};
    for (std::size_t number = 0; number < names.size(); ++number) {
        Json fields{
            {"name", handle_of(names[number])}, {"real_name", names[number]}, {"tz", zones[number % 8]}};
        auto added = core_.workspace.add_user(fields, core_.now());
        for (int suffix = 2; !added && suffix < 100; ++suffix) {
            fields["name"] = handle_of(names[number]) + std::to_string(suffix);
            added = core_.workspace.add_user(fields, core_.now());
        }
        if (!added) continue;
        people_[names[number]] = *added;
        members.push_back(*added);
    }
    const auto made = core_.workspace.add_channel(
        ChannelId{}, channel_name_of(log_), ChannelKind::open, members.back(), core_.now());
    if (!made) return;
    channel_ = *made;
    core_.workspace.settle_members(channel_, members);
}

void Replay::plan_requests()
{
    std::vector<std::size_t> with_mention;
    for (std::size_t at = 0; at < log_.messages.size(); ++at) {
        for (const std::string& name : chat_logs::mentioned_names(log_.messages[at].text)) {
            if (name == log_.messages[at].user) continue;
            with_mention.push_back(at);
            break;
        }
    }
    for (std::size_t number = 0; number < options_.requests && !log_.messages.empty(); ++number) {
        Request request{};
        request.way = number % 2 == 0 && !with_mention.empty() ? Way::reaction : Way::command;
        if (request.way == Way::reaction) {
            const auto chosen = with_mention.begin() +
                                static_cast<std::ptrdiff_t>(random_.below(with_mention.size()));
            request.after = *chosen;
            with_mention.erase(chosen);
        } else {
            request.after = random_.below(log_.messages.size());
        }
        const chat_logs::ChatLogMessage& message = log_.messages[request.after];
        request.asker = people_[message.user];
        if (request.way == Way::reaction) {
            for (const std::string& name : chat_logs::mentioned_names(message.text))
                if (people_[name] != request.asker) request.asked.push_back(people_[name]);
        } else {
            auto asked = people_.begin();
            std::advance(asked, static_cast<std::ptrdiff_t>(random_.below(people_.size())));
            if (asked->second == request.asker)
                asked = asked == people_.begin() ? std::prev(people_.end()) : people_.begin();
            request.asked.push_back(asked->second);
            request.token = "replay request " + std::to_string(number + 1);
        }
        requests_.push_back(std::move(request));
    }
    std::stable_sort(requests_.begin(), requests_.end(), [](const Request& left, const Request& right) {
        return left.after < right.after;
    });
}

std::string Replay::wire_text(const std::string& text) const
{
    std::string wire;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.compare(at, 2, "<@") == 0 ? text.find('>', at) : std::string::npos;
        const std::string inside = end == std::string::npos ? std::string{}
                                                            : text.substr(at + 2, end - at - 2);
        const auto person = people_.find(inside.substr(0, inside.find('|')));
        if (inside.empty() || person == people_.end()) {
            wire += text[at++];
            continue;
        }
        wire += "<@" + person->second.value + ">";
        at = end + 1;
    }
    return core_.workspace.wire_text(first_characters(wire, 40'000), Wire::plain);
}

void Replay::tick(WallInstant now)
{
    post_due(now);
    notice_cards();
    acknowledge_due(now);
    core_.settle();
    if (is_done(now) || timed_out_) {
        ended_at_ = now;
        finished_();
        return;
    }
    timed_out_ = posted_ == log_.messages.size() && now - posted_at_ > options_.give_up_after;
    core_.agenda.at(now + tick_every, [this](WallInstant later) { tick(later); });
}

void Replay::post_due(WallInstant now)
{
    const double passed = std::chrono::duration<double>(now - started_at_).count();
    const auto due = static_cast<std::size_t>(passed * options_.messages_per_second) + 1;
    while (posted_ < std::min(due, log_.messages.size())) {
        const chat_logs::ChatLogMessage& message = log_.messages[posted_];
        PostDraft draft;
        draft.channel = channel_;
        draft.user = people_[message.user];
        draft.text = wire_text(message.text);
        if (draft.text.empty()) draft.text = "(file)";
        const auto ts = core_.workspace.post(std::move(draft), core_.now());
        if (ts) {
            while (next_request_ < requests_.size() && requests_[next_request_].after == posted_)
                make_request(next_request_++, *ts, now);
        }
        ++posted_;
        posted_at_ = now;
    }
}

void Replay::make_request(std::size_t number, Ts posted, WallInstant now)
{
    Request& request = requests_[number];
    request.made = true;
    if (request.way == Way::reaction) {
        request.source = posted;
        const std::string ts = posted.text();
        request.token = "p" + ts.substr(0, ts.find('.')) + ts.substr(ts.find('.') + 1);
        [[maybe_unused]] const auto reacted = core_.workspace.react(
            channel_, posted, request.asker, request_emoji, core_.now());
    } else {
        const User* asker = core_.workspace.find_user(request.asker);
        const User* asked = core_.workspace.find_user(request.asked.front());
        ++answers_awaited_;
        core_.interactions.command(*core_.workspace.find_channel(channel_),
                                   *asker,
                                   "/ack",
                                   "@" + asked->name + " please read this: " + request.token,
                                   CommandDefinition{},
                                   [this](const Json& answer) {
                                       --answers_awaited_;
                                       if (member(answer, "ok") != Json(true)) ++commands_unanswered_;
                                   });
    }
    for (const UserId& person : request.asked) {
        if (!random_.happens(options_.share_that_acks)) continue;
        const auto kind = static_cast<Ack::Kind>(random_.below(3));
        const std::chrono::milliseconds later{500 + static_cast<std::int64_t>(random_.below(2500))};
        acks_.push_back(Ack{number, person, kind, now + later});
    }
}

void Replay::notice_cards()
{
    const Channel* channel = core_.workspace.find_channel(channel_);
    if (channel == nullptr) return;
    for (auto at = channel->messages.upper_bound(noticed_); at != channel->messages.end(); ++at) {
        noticed_ = at->first;
        const Message& message = at->second;
        if (!is_card(message)) continue;
        // A token may be the beginning of another one ("request 1", "request 12"): the longest match is
        // meant.
        const std::string shown = message.text + "\n" + visible_text(message.blocks);
        Request* meant = nullptr;
        for (Request& request : requests_) {
            if (!request.made || request.card.micros != 0) continue;
            const bool matches = shown.find(request.token) != std::string::npos ||
                                 (message.thread && request.way == Way::reaction &&
                                  *message.thread == request.source);
            if (matches && (meant == nullptr || meant->token.size() < request.token.size())) meant = &request;
        }
        if (meant != nullptr) meant->card = message.ts;
    }
}

void Replay::acknowledge_due(WallInstant now)
{
    std::vector<Ack> due;
    std::erase_if(acks_, [&](const Ack& ack) {
        if (ack.due_at <= now) due.push_back(ack);
        return ack.due_at <= now;
    });
    for (Ack& ack : due) {
        if (acknowledge(ack)) continue;
        ack.due_at = now + try_again_after;
        if (++ack.tries < tries_max)
            acks_.push_back(ack);
        else
            ++acks_impossible_;
    }
}

bool Replay::acknowledge(const Ack& ack)
{
    const Request& request = requests_[ack.request];
    const bool has_card = request.card.micros != 0;
    if (ack.kind == Ack::Kind::button) {
        const Message* card = has_card ? core_.workspace.find_message(channel_, request.card) : nullptr;
        const std::string button = card == nullptr ? std::string{} : button_of(card->blocks);
        if (button.empty()) return false;
        ControlChoice choice;
        choice.action_id = button;
        ++answers_awaited_;
        core_.interactions.press_message(*core_.workspace.find_channel(channel_),
                                         request.card,
                                         *core_.workspace.find_user(ack.person),
                                         choice,
                                         [this](const Json& answer) {
                                             --answers_awaited_;
                                             ++(member(answer, "ok") == Json(true) ? acks_by_button_
                                                                                   : acks_impossible_);
                                         });
        return true;
    }
    if (request.way == Way::command && !has_card) return false;
    const Ts target = request.way == Way::reaction ? request.source : request.card;
    const char* emoji = ack.kind == Ack::Kind::eyes ? "eyes" : "white_check_mark";
    const auto reacted = core_.workspace.react(channel_, target, ack.person, emoji, core_.now());
    ++(reacted ? acks_by_reaction_ : acks_impossible_);
    return true;
}

bool Replay::is_done(WallInstant now) const
{
    if (posted_ < log_.messages.size() || !acks_.empty() || answers_awaited_ > 0) return false;
    if (core_.hub.unconfirmed() > 0) return false;
    // What the app does on its own account (updating a card) comes after the confirmation.
    return now - std::max(core_.last_activity, posted_at_) >= quiet_before_end &&
           report().cards >= requests_.size();
}

}  // namespace sandbox
