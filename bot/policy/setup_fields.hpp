// The fields that the forms of `/ackd setup` are made of, and what was entered in them; and the parts that
// have a file of their own (setup_team.cpp, setup_route.cpp, setup_channel.cpp, setup_rotation.cpp). Pure.
#pragma once

#include "bot/form.hpp"
#include "bot/policy/policy_text.hpp"
#include "bot/policy/setup_form.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

inline constexpr const char* week_hint = "Such as Mon-Fri 9-17, or Mon-Thu 8-16; Fri 8-13";
inline constexpr const char* holidays_hint = "Names of holiday calendars, with commas between them";

class FormMaker {
public:
    FormMaker(Form& form, const std::vector<UserGroup>& groups) : form_(form), groups_(groups) {}

    void text(
        std::string name, std::string label, std::string value, std::string hint, bool is_optional = false);
    /// Many of something, one a line: as long as a field may be.
    void lines(
        std::string name, std::string label, std::string value, std::string hint, bool is_optional = false);
    void people(std::string name, std::string label, const std::vector<UserId>& ids);
    void channels(std::string name, std::string label, const std::vector<ChannelId>& ids);
    void channel(std::string name, std::string label, const ChannelId& id, bool is_optional = true);
    /// Left out where there are none to choose from.
    void groups(std::string name, std::string label, const std::vector<GroupId>& ids);
    /// One of them.
    void choice(std::string name, std::string label, std::vector<Choice> choices, std::string chosen);

private:
    FormField& add(std::string name, FieldKind kind, std::string label, bool is_optional);

    Form& form_;
    const std::vector<UserGroup>& groups_;
};

/// Takes the fields of one form; what is wrong is noted at its field.
class FormTaker {
public:
    FormTaker(const FormValues& values, FormProblems& problems) : values_(values), problems_(problems) {}

    void problem(const std::string& field, std::string explanation);
    /// Without white space around it.
    [[nodiscard]] std::string text(const std::string& field) const;
    template <class Id>
    [[nodiscard]] std::vector<Id> ids(const std::string& field) const
    {
        return ids_of<Id>(values_.of(field));
    }
    /// Of a choice; empty: none was made.
    [[nodiscard]] std::string chosen(const std::string& field) const;
    void number(const std::string& field, int& target, int least, int most);
    void zone(const std::string& field, std::string& target, bool is_optional);
    [[nodiscard]] std::optional<WorkWeek> week(const std::string& field);
    /// Of something new.
    [[nodiscard]] std::string name(const std::string& what, bool is_taken_by_other);

private:
    const FormValues& values_;
    FormProblems& problems_;
};

/// "de-by, de-be"
[[nodiscard]] std::vector<std::string> names_in_text(std::string_view text);
/// One a line; empty ones are left out.
[[nodiscard]] std::vector<std::string> lines_in_text(std::string_view text);

void team_fields(FormMaker& make, const Team& team);
void take_team(FormTaker& take, const SetupPart& part, Policy& policy);

void route_fields(FormMaker& make, const Route& route);
void take_route(FormTaker& take, const SetupPart& part, Policy& policy);

void rotation_fields(FormMaker& make, const Rotation& rotation, const PeopleCalled& called);
void take_rotation(FormTaker& take, const SetupPart& part, Policy& policy, const PeopleCalled& called);

void channel_fields(FormMaker& make, const SetupPart& part, const Policy& policy);
void take_channel(FormTaker& take, const SetupPart& part, Policy& policy);

}  // namespace ackd
