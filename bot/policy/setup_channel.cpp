// The form of a watched channel.
#include "bot/policy/policy_values.hpp"
#include "bot/policy/setup_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

std::string meaning_of(WatchMode mode)
{
    switch (mode) {
        case WatchMode::off: return "Nothing: it is not watched";
        case WatchMode::mentions: return "What is put to somebody by name, or to a group";
        case WatchMode::questions: return "What is put to somebody, to a group or to the room";
        case WatchMode::all: return "All that somebody begins: it is for requests";
    }
    return "";
}

std::string label_of(const ChannelTime& time)
{
    if (time.value == &WatchedChannel::offer_after) return "The author is offered help after";
    if (time.value == &WatchedChannel::ask_after) return "Somebody hears of it after";
    return "Somebody else hears of it after";
}

}  // namespace

void channel_fields(FormMaker& make, const SetupPart& part, const Policy& policy)
{
    const WatchedChannel* known = channel_of(part, policy);
    const WatchedChannel watched = known == nullptr ? WatchedChannel{} : *known;
    if (part.name.empty()) make.channel("channel", "Channel", ChannelId{}, false);
    std::vector<Choice> modes;
    for (const WatchMode mode : all_watch_modes) {
        // What is new is to be watched.
        if (mode != WatchMode::off || known != nullptr)
            modes.push_back(Choice{meaning_of(mode), std::string{name_of(mode)}});
    }
    make.choice("watch", "What counts as a question", std::move(modes), std::string{name_of(watched.mode)});
    make.people("people", "Answered by, in turn", watched.people);
    make.groups("groups", "Answered by members of", watched.groups);
    for (const ChannelTime& time : channel_times) {
        make.text(std::string{time.key},
                  label_of(time),
                  to_text(watched.*time.value, TimeBase::working_time),
                  "Working time since the question, such as 30m, 4h or 2d");
    }
    make.text("hours",
              "Hours of the channel",
              watched.hours ? to_text(*watched.hours) : "",
              fmt::format("{}. Left empty: those of the author", week_hint),
              true);
    make.text("zone", "Time zone of these hours", watched.zone, "Such as Europe/Berlin", true);
}

void take_channel(FormTaker& take, const SetupPart& part, Policy& policy)
{
    WatchedChannel watched;
    watched.channel = ChannelId{part.name};
    if (part.name.empty()) {
        watched.channel = ChannelId{take.chosen("channel")};
        if (watched.channel.empty()) return take.problem("channel", "Choose a channel.");
    }
    const auto known = std::find_if(
        policy.channels.begin(), policy.channels.end(), [&](const WatchedChannel& each) {
            return each.channel == watched.channel;
        });
    if (part.name.empty() && known != policy.channels.end()) {
        return take.problem(
            "channel",
            "This one has its settings already. To change them: /ackd setup channel, and its name");
    }
    watched.mode = watch_mode_named(take.chosen("watch")).value_or(watched.mode);
    watched.people = take.ids<UserId>("people");
    watched.groups = take.ids<GroupId>("groups");
    Duration before{0};
    for (const ChannelTime& time : channel_times) {
        const std::string field{time.key};
        const auto parsed = parse_duration(take.text(field));
        if (!parsed || *parsed < channel_time_least || *parsed > channel_time_most) {
            take.problem(field,
                         fmt::format("\"{}\" is no duration from {} to {}. Try: {}",
                                     take.text(field),
                                     to_text(channel_time_least, TimeBase::working_time),
                                     to_text(channel_time_most, TimeBase::working_time),
                                     to_text(watched.*time.value, TimeBase::working_time)));
            continue;
        }
        if (*parsed <= before) {
            take.problem(field,
                         fmt::format("Longer than the time before it, which is {}.",
                                     to_text(before, TimeBase::working_time)));
        }
        watched.*time.value = before = *parsed;
    }
    if (!take.text("hours").empty()) watched.hours = take.week("hours");
    take.zone("zone", watched.zone, true);
    if (known != policy.channels.end())
        *known = std::move(watched);
    else
        policy.channels.push_back(std::move(watched));
}

}  // namespace ackd
