#include "tests/bench/web_api_answers.hpp"

#include "tests/bench/sample_envelopes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ackd::bench {

namespace {

constexpr int page_size = 500;
/// The stamps of what the daemon posts begin here: apart from those of the chatter.
constexpr std::int64_t first_own_stamp = 90'000'000'000;

}  // namespace

std::string_view form_field(std::string_view form, std::string_view name)
{
    for (std::size_t at = 0; at < form.size();) {
        const std::string_view field = form.substr(at, form.find('&', at) - at);
        if (field.starts_with(name) && field.substr(name.size()).starts_with('='))
            return field.substr(name.size() + 1);
        at += field.size() + 1;
    }
    return {};
}

std::string conversation_with(std::string_view person)
{
    return fmt::format("D{}", person.substr(1));
}

std::string person_with(std::string_view conversation)
{
    return fmt::format("U{}", conversation.substr(1));
}

WebApiAnswers::WebApiAnswers(Workspace workspace, std::string socket_url)
    : workspace_(workspace), socket_url_(std::move(socket_url))
{}

std::string WebApiAnswers::answer(std::string_view method, std::string_view form)
{
    ++calls_;
    if (method == "apps.connections.open") return fmt::format(R"({{"ok":true,"url":"{}"}})", socket_url_);
    if (method == "auth.test") {
        return R"({"ok":true,"url":"https://bench.slack.com/","team":"Bench","user":"ackd","team_id":"T0BENCH0001",)"
               R"("user_id":"UBOT0000001","bot_id":"B0BENCH0001","app_id":"A0BENCH0001","is_enterprise_install":false})";
    }
    if (method.starts_with("/response/")) {
        if (responded_) responded_(method);
        return "ok";
    }
    if (method == "users.list") return users(form);
    if (method == "usergroups.list") return groups();
    if (method == "chat.postMessage") {
        const std::string given = stamp(first_own_stamp + ++posts_);
        if (posted_) posted_(form, given);
        return fmt::format(
            R"({{"ok":true,"channel":"{}","ts":"{}","message":{{"ts":"{}","metadata":{{"event_type":"ackd"}}}}}})",
            form_field(form, "channel"),
            given,
            given);
    }
    if (method == "chat.update") {
        ++updates_;
        return fmt::format(R"({{"ok":true,"channel":"{}","ts":"{}","text":""}})",
                           form_field(form, "channel"),
                           form_field(form, "ts"));
    }
    if (method == "conversations.open") {
        return fmt::format(R"({{"ok":true,"channel":{{"id":"{}"}}}})",
                           conversation_with(form_field(form, "users")));
    }
    if (method == "conversations.members") {
        return fmt::format(R"({{"ok":true,"members":["{}"],"response_metadata":{{"next_cursor":""}}}})",
                           person_id(0));
    }
    return R"({"ok":true})";
}

std::string WebApiAnswers::users(std::string_view form) const
{
    int first = 0;
    const std::string_view cursor = form_field(form, "cursor");
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), first);
    const int end = std::min(first + page_size, workspace_.people);
    std::string members;
    for (int number = first; number < end; ++number) {
        if (number > first) members += ',';
        members += fmt::format(
            R"({{"id":"{}","team_id":"T0BENCH0001","name":"person{}","deleted":false,"real_name":"Person {}",)"
            R"("tz":"{}","tz_offset":3600,"profile":{{"display_name":"person {}"}},"is_bot":false}})",
            person_id(number),
            number,
            number,
            workspace_.zone_of(number),
            number);
    }
    return fmt::format(R"({{"ok":true,"members":[{}],"response_metadata":{{"next_cursor":"{}"}}}})",
                       members,
                       end < workspace_.people ? std::to_string(end) : "");
}

std::string WebApiAnswers::groups() const
{
    std::string listed;
    for (int group = 0; group < workspace_.groups; ++group) {
        std::string members;
        for (int place = 0; place < workspace_.group_size; ++place) {
            members += fmt::format(
                R"({}"{}")", place > 0 ? "," : "", person_id(workspace_.member(group, place)));
        }
        listed += fmt::format(R"({}{{"id":"{}","handle":"group{}","date_delete":0,"users":[{}]}})",
                              group > 0 ? "," : "",
                              group_id(group),
                              group,
                              members);
    }
    return fmt::format(R"({{"ok":true,"usergroups":[{}]}})", listed);
}

}  // namespace ackd::bench
