#include "sandbox/model/user_fields.hpp"

#include "sandbox/model/time_zone_labels.hpp"

#include <algorithm>

namespace sandbox {
namespace {

constexpr std::size_t text_bytes_max = 1000;
constexpr std::size_t name_bytes_max = 80;
constexpr std::int64_t unix_seconds_max = 4'102'444'800;  ///< 2100

Refusal invalid(std::string why)
{
    return Refusal{"invalid_user", {std::move(why)}};
}

std::string* text_field(User& user, const std::string& key)
{
    if (key == "real_name") return &user.real_name;
    if (key == "display_name") return &user.display_name;
    if (key == "email") return &user.email;
    if (key == "title") return &user.title;
    if (key == "status_text") return &user.status_text;
    if (key == "status_emoji") return &user.status_emoji;
    if (key == "tz_label") return &user.tz_label;
    if (key == "locale") return &user.locale;
    if (key == "bot_id") return &user.bot_id;
    if (key == "team_id") return &user.team_id;
    return nullptr;
}

bool* flag_field(User& user, const std::string& key)
{
    if (key == "is_bot") return &user.is_bot;
    if (key == "is_admin") return &user.is_admin;
    if (key == "is_owner") return &user.is_owner;
    if (key == "is_restricted") return &user.is_restricted;
    if (key == "is_ultra_restricted") return &user.is_ultra_restricted;
    if (key == "is_stranger") return &user.is_stranger;
    if (key == "deleted") return &user.deleted;
    if (key == "dnd_enabled") return &user.dnd_enabled;
    return nullptr;
}

std::int64_t* instant_field(User& user, const std::string& key)
{
    if (key == "next_dnd_start_ts") return &user.next_dnd_start;
    if (key == "next_dnd_end_ts") return &user.next_dnd_end;
    if (key == "snooze_until_ts") return &user.snooze_until;
    return nullptr;
}

bool is_handle(const std::string& name)
{
    return !name.empty() && name.size() <= name_bytes_max &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
           });
}

}  // namespace

Outcome<User> with_fields(User user, const Json& fields)
{
    if (!fields.is_object()) return invalid("a user is an object");
    for (const auto& [key, value] : fields.items()) {
        if (key == "id") continue;
        if (key == "name") {
            if (!value.is_string() || !is_handle(value.get<std::string>()))
                return invalid("name: lower-case letters, digits, '.', '_' and '-', at most 80");
            user.name = value.get<std::string>();
        } else if (key == "tz") {
            if (!value.is_string() || value.get<std::string>().size() > name_bytes_max)
                return invalid("tz: the name of a time zone");
            user.tz = value.get<std::string>();
            if (const auto zone = find_time_zone(user.tz)) {
                user.tz_label = zone->label;
                user.tz_offset_seconds = zone->offset_seconds;
            }
        } else if (key == "tz_offset") {
            if (!value.is_number_integer() || value.get<std::int64_t>() < -54000 ||
                value.get<std::int64_t>() > 54000)
                return invalid("tz_offset: seconds from UTC");
            user.tz_offset_seconds = value.get<int>();
        } else if (std::string* text = text_field(user, key)) {
            if (!value.is_string() || value.get<std::string>().size() > text_bytes_max)
                return invalid(key + ": text of at most 1000 bytes");
            *text = value.get<std::string>();
        } else if (bool* flag = flag_field(user, key)) {
            if (!value.is_boolean()) return invalid(key + ": true or false");
            *flag = value.get<bool>();
        } else if (std::int64_t* instant = instant_field(user, key)) {
            if (!value.is_number_integer() || value.get<std::int64_t>() < 0 ||
                value.get<std::int64_t>() > unix_seconds_max)
                return invalid(key + ": Unix seconds");
            *instant = value.get<std::int64_t>();
        } else {
            return invalid(key + ": no such field of a user");
        }
    }
    // tz_offset and tz_label given together with tz win over the table, whatever the order of the members.
    if (member(fields, "tz_offset").is_number_integer())
        user.tz_offset_seconds = fields["tz_offset"].get<int>();
    if (member(fields, "tz_label").is_string()) user.tz_label = fields["tz_label"].get<std::string>();
    if (user.name.empty()) return invalid("name is missing");
    if (user.dnd_enabled && user.next_dnd_end <= user.next_dnd_start)
        return invalid("dnd_enabled: next_dnd_start_ts and, after it, next_dnd_end_ts");
    if (user.real_name.empty()) user.real_name = user.name;
    return user;
}

}  // namespace sandbox
