// What the load driver's Web API says: who is in the workspace, and that everything went well.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace ackd::bench {

struct Workspace {
    int people = 200;
    int groups = 0;
    int group_size = 0;
    /// Over how many time zones people are spread, around the globe.
    int zones = 1;

    /// The number of the person at this place of the group. Number 0 is in none: they ask.
    [[nodiscard]] std::int64_t member(std::int64_t group, std::int64_t place) const
    {
        return 1 + (group * 13 + place) % (people - 1);
    }
    /// The time zone of the person with this number.
    [[nodiscard]] const char* zone_of(std::int64_t number) const
    {
        constexpr std::array zones_of_people{"Europe/Berlin",
                                             "America/New_York",
                                             "Asia/Kolkata",
                                             "America/Los_Angeles",
                                             "Asia/Tokyo",
                                             "Australia/Sydney"};
        return zones_of_people[static_cast<std::size_t>(number % zones) % zones_of_people.size()];
    }
};

class WebApiAnswers {
public:
    WebApiAnswers(Workspace workspace, std::string socket_url);

    [[nodiscard]] std::string answer(std::string_view method, std::string_view form);

    /// A message was posted: the form as sent, and the stamp it was given.
    void on_posted(std::function<void(std::string_view form, const std::string& stamp)> listener)
    {
        posted_ = std::move(listener);
    }
    /// Something was said to a response URL.
    void on_response(std::function<void(std::string_view address)> listener)
    {
        responded_ = std::move(listener);
    }
    [[nodiscard]] std::int64_t calls() const { return calls_; }
    [[nodiscard]] std::int64_t updates() const { return updates_; }

private:
    [[nodiscard]] std::string users(std::string_view form) const;
    [[nodiscard]] std::string groups() const;

    Workspace workspace_;
    std::string socket_url_;
    std::function<void(std::string_view, const std::string&)> posted_;
    std::function<void(std::string_view)> responded_;
    std::int64_t calls_ = 0;
    std::int64_t updates_ = 0;
    std::int64_t posts_ = 0;
};

/// The direct messages with this person, and whom they are with.
[[nodiscard]] std::string conversation_with(std::string_view person);
[[nodiscard]] std::string person_with(std::string_view conversation);

/// A field of a form, still encoded; "" when it is missing.
[[nodiscard]] std::string_view form_field(std::string_view form, std::string_view name);

}  // namespace ackd::bench
