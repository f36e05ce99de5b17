// Forms: what somebody is asked to fill in, in front of what they are looking at. A typed value like a
// Notice; how it looks in a particular chat is the adapter's business.
//
// Nothing of an open form is remembered: what it is about travels with it (`context`) and comes back with
// what was entered, so a form opened before a restart can be submitted after it. A form with problems stays
// open with everything that was typed.
#pragma once

#include "bot/notice.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

enum class FieldKind {
    people,
    channels,  ///< any number of them
    channel,   ///< one
    choices,   ///< any number of `FormField::choices`
    choice,    ///< one of them
    text,      ///< several lines
    instant,   ///< a day and a time of day, in the time zone of who fills it in
};

struct FormField {
    std::string name;  ///< comes back with what was entered; unique in its form
    FieldKind kind = FieldKind::text;
    std::string label;
    std::string hint{};  ///< below the field, small
    bool is_optional = false;
    std::vector<Choice> choices{};
    /// What is there before anything is entered: ids of people or channels, values of choices, a text.
    std::vector<std::string> initial{};
    int length_max = 0;  ///< of a text, in characters
};

struct Form {
    std::string name;  ///< says which form it is when it comes back
    std::string title;
    std::string submit_label;
    std::string context;  ///< comes back as it is; at most 3,000 bytes
    std::vector<Line> introduction;
    std::vector<FormField> fields;
};

/// What was entered in one field.
struct FieldValue {
    std::string field;
    std::vector<std::string> chosen;  ///< ids of people or channels, values of choices
    std::string text;
    std::optional<Instant> at;
    friend bool operator==(const FieldValue&, const FieldValue&) = default;
};

/// Ids, as FormField::initial has them.
template <class Id>
[[nodiscard]] std::vector<std::string> texts_of(const std::vector<Id>& ids)
{
    std::vector<std::string> texts;
    for (const Id& id : ids) texts.push_back(id.value);
    return texts;
}
/// What was chosen, as ids.
template <class Id>
[[nodiscard]] std::vector<Id> ids_of(const FieldValue& value)
{
    return {value.chosen.begin(), value.chosen.end()};
}

/// What was entered in a form. A field that is not there, or was left empty, is empty.
struct FormValues {
    std::vector<FieldValue> fields;

    [[nodiscard]] const FieldValue& of(std::string_view field) const
    {
        static const FieldValue nothing;
        for (const FieldValue& value : fields) {
            if (value.field == field) return value;
        }
        return nothing;
    }
    friend bool operator==(const FormValues&, const FormValues&) = default;
};

/// Why a form cannot be taken as it is, shown at the field. The form stays open.
struct FormProblem {
    std::string field;
    std::string explanation;
    friend bool operator==(const FormProblem&, const FormProblem&) = default;
};
using FormProblems = std::vector<FormProblem>;

}  // namespace ackd
