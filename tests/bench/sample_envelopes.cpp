#include "tests/bench/sample_envelopes.hpp"

#include <fmt/format.h>

#include <array>
#include <cstring>

namespace ackd::bench {

namespace {

// The places that are written over, as they stand in a template.
constexpr std::string_view envelope_place = "00000000-0000-4000-8000-000000000000";
constexpr std::string_view event_place = "Ev0000000000";
constexpr std::string_view person_place = "U0000000000";
constexpr std::string_view channel_place = "C0000000000";
constexpr std::string_view stamp_place = "0000000000.000000";

constexpr std::array<std::string_view, 32> words{
    "the",   "release", "is",     "ready",  "after",   "review",  "please",   "look",
    "at",    "build",   "before", "noon",   "because", "we",      "promised", "it",
    "to",    "support", "and",    "nobody", "knows",   "whether", "customer", "data",
    "moved", "with",    "new",    "index",  "on",      "friday",  "evening",  "thanks"};

/// Threads of the chatter: apart from all that the benchmarks make requests about.
constexpr std::int64_t first_thread_stamp = 70'000'000'000;

/// A small fixed generator: the same words in every run.
std::uint32_t scrambled(std::uint32_t number)
{
    number ^= number >> 16;
    number *= 0x7feb352dU;
    number ^= number >> 15;
    number *= 0x846ca68bU;
    return number ^ (number >> 16);
}

std::uint32_t near_order(std::uint32_t number)
{
    constexpr std::uint32_t neighbours = 4'096;
    constexpr std::uint32_t odd = 2'741;  // times an odd number is a permutation of them
    return number / neighbours * neighbours + number * odd % neighbours;
}

std::string prose(std::uint32_t seed, std::size_t length)
{
    std::string text;
    for (std::uint32_t at = 0; text.size() < length; ++at) {
        if (at > 0) text += ' ';
        text += words[scrambled(seed * 1'000 + at) % words.size()];
    }
    return text;
}

std::vector<std::size_t> places_of(std::string_view json, std::string_view place)
{
    std::vector<std::size_t> found;
    for (auto at = json.find(place); at != std::string_view::npos; at = json.find(place, at + place.size())) {
        found.push_back(at);
    }
    return found;
}

std::string envelope_with(const std::string& event)
{
    return fmt::format(
        R"({{"envelope_id":"{}","payload":{{"token":"dZ0GkpBq6Dz9WdZVpqXj3yTn","team_id":"T0BENCH0001",)"
        R"("context_team_id":"T0BENCH0001","context_enterprise_id":null,"api_app_id":"A0BENCH0001","event":{},)"
        R"("type":"event_callback","event_id":"{}","event_time":1754300000,"authorizations":[{{"enterprise_id":null,)"
        R"("team_id":"T0BENCH0001","user_id":"UBOT0000001","is_bot":true,"is_enterprise_install":false}}],)"
        R"("is_ext_shared_channel":false,"event_context":"4-eyJldCI6Im1lc3NhZ2UiLCJ0aWQiOiJUMEJFTkNIMDAwMSIsImFpZCI6I)"
        R"(kEwQkVOQ0gwMDAxIiwiY2lkIjoiQzAxMjM0NTY3ODkifQ"}},"type":"events_api","accepts_response_payload":false,)"
        R"("retry_attempt":0,"retry_reason":""}})",
        envelope_place,
        event,
        event_place);
}

std::string message_event(std::uint32_t seed, std::size_t text_length, const std::string& thread)
{
    const std::string text = prose(seed, text_length);
    const std::string in_thread = thread.empty() ? ""
                                                 : fmt::format(R"("thread_ts":"{}","parent_user_id":"{}",)",
                                                               thread,
                                                               person_id(7));
    return fmt::format(
        R"({{"user":"{0}","type":"message","ts":"{1}","client_msg_id":"3f2a9c1e-5b7d-4e8f-9a0b-{2:012x}",)"
        R"("text":"{3}","team":"T0BENCH0001",{4}"blocks":[{{"type":"rich_text","block_id":"b{2:x}","elements":[)"
        R"({{"type":"rich_text_section","elements":[{{"type":"text","text":"{3}"}},{{"type":"user","user_id":"{5}"}},)"
        R"({{"type":"emoji","name":"rocket","unicode":"1f680"}}]}}]}}],"channel":"{6}","event_ts":"{1}",)"
        R"("channel_type":"channel"}})",
        person_place,
        stamp_place,
        seed,
        text,
        in_thread,
        person_id(seed),
        channel_place);
}

std::string reaction_event(const std::string& emoji)
{
    return fmt::format(
        R"({{"type":"reaction_added","user":"{}","reaction":"{}","item":{{"type":"message","channel":"{}","ts":"{}"}},)"
        R"("item_user":"UBOT0000001","event_ts":"1754300000.000100"}})",
        person_place,
        emoji,
        channel_place,
        stamp_place);
}

void write_hex(char* at, std::uint32_t number)
{
    constexpr const char* digits = "0123456789abcdef";
    for (int place = 7; place >= 0; --place, number >>= 4) at[place] = digits[number & 15];
}

void write_base36(char* at, std::uint32_t number, int width)
{
    constexpr const char* digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int place = width - 1; place >= 0; --place, number /= 36) at[place] = digits[number % 36];
}

void write_over(char* json, const std::vector<std::size_t>& places, std::string_view text)
{
    if (text.empty()) return;
    for (const std::size_t at : places) std::memcpy(json + at, text.data(), text.size());
}

}  // namespace

std::string person_id(std::int64_t number)
{
    return fmt::format("U{:010}", number + 1);
}

std::string channel_id(std::int64_t number)
{
    return fmt::format("C{:010}", number + 1);
}

std::string group_id(std::int64_t number)
{
    return fmt::format("S{:010}", number + 1);
}

std::string stamp(std::int64_t number)
{
    return fmt::format("17543{:05}.{:06}", number / 1'000'000, number % 1'000'000);
}

FrameTemplate::FrameTemplate(std::string json)
    : json_(std::move(json)),
      envelope_at_(places_of(json_, envelope_place)),
      event_at_(places_of(json_, event_place)),
      person_at_(places_of(json_, person_place)),
      channel_at_(places_of(json_, channel_place)),
      stamp_at_(places_of(json_, stamp_place))
{}

void FrameTemplate::append(std::string& bytes,
                           const FrameFields& fields,
                           std::uint32_t run,
                           EventIds ids) const
{
    const std::size_t begin = bytes.size();
    bytes += json_;
    char* json = bytes.data() + begin;
    // The sequence first, so that a confirmation is recognised; then what makes it look like a UUID.
    for (const std::size_t at : envelope_at_) {
        write_hex(json + at, fields.sequence);
        write_hex(json + at + 28, scrambled(fields.sequence ^ run));
    }
    const std::uint32_t order = ids == EventIds::random ? scrambled(fields.sequence)
                                                        : near_order(fields.sequence);
    for (const std::size_t at : event_at_) {
        write_base36(json + at + 2, run, 3);
        write_base36(json + at + 5, order, 7);
    }
    write_over(json, person_at_, fields.person);
    write_over(json, channel_at_, fields.channel);
    write_over(json, stamp_at_, fields.stamp);
}

std::vector<FrameTemplate> chatter_templates()
{
    std::vector<FrameTemplate> templates;
    for (std::uint32_t seed = 1; seed <= 15; ++seed) {
        const std::string thread = seed % 5 == 0 ? stamp(first_thread_stamp + seed) : "";
        templates.emplace_back(envelope_with(message_event(seed, 40 + 27 * std::size_t{seed}, thread)));
    }
    templates.emplace_back(envelope_with(reaction_event("tada")));
    return templates;
}

FrameTemplate reaction_template(const std::string& emoji)
{
    return FrameTemplate{envelope_with(reaction_event(emoji))};
}

FrameTemplate command_template(const std::string& text)
{
    return FrameTemplate{fmt::format(
        R"({{"envelope_id":"{}","payload":{{"token":"x","team_id":"T0BENCH0001","team_domain":"bench",)"
        R"("channel_id":"{}","channel_name":"general","user_id":"{}","user_name":"asker","command":"/ack","text":"{}",)"
        R"("api_app_id":"A0BENCH0001","is_enterprise_install":"false","trigger_id":"1.2.3"}},)"
        R"("type":"slash_commands","accepts_response_payload":true}})",
        envelope_place,
        channel_place,
        person_place,
        text)};
}

FrameTemplate press_template(const std::string& action,
                             const std::string& value,
                             const std::string& response_url)
{
    return FrameTemplate{fmt::format(
        R"({{"envelope_id":"{0}","payload":{{"type":"block_actions","user":{{"id":"{1}","username":"presser",)"
        R"("team_id":"T0BENCH0001"}},"api_app_id":"A0BENCH0001","token":"x","container":{{"type":"message",)"
        R"("message_ts":"{2}","channel_id":"{3}","is_ephemeral":false}},"trigger_id":"1.2.3",)"
        R"("team":{{"id":"T0BENCH0001","domain":"bench"}},"channel":{{"id":"{3}","name":"general"}},)"
        R"("message":{{"type":"message","ts":"{2}","text":"a card"}},"response_url":"{4}{0}",)"
        R"("actions":[{{"action_id":"{5}","block_id":"ackd:1","type":"button","value":"{6}",)"
        R"("action_ts":"{2}"}}]}},"type":"interactive","accepts_response_payload":true}})",
        envelope_place,
        person_place,
        stamp_place,
        channel_place,
        response_url,
        action,
        value)};
}

std::optional<std::uint32_t> sequence_in(std::string_view confirmation)
{
    constexpr std::string_view before = R"("envelope_id":")";
    const auto at = confirmation.find(before);
    if (at == std::string_view::npos || confirmation.size() < at + before.size() + 8) return std::nullopt;
    std::uint32_t number = 0;
    for (const char digit : confirmation.substr(at + before.size(), 8)) {
        const bool is_letter = digit >= 'a' && digit <= 'f';
        if (!is_letter && (digit < '0' || digit > '9')) return std::nullopt;
        number = number * 16 + static_cast<std::uint32_t>(is_letter ? digit - 'a' + 10 : digit - '0');
    }
    return number;
}

}  // namespace ackd::bench
