#include "adapters/slack/form_rendering.hpp"

#include "adapters/slack/block_building.hpp"
#include "adapters/slack/mrkdwn.hpp"

#include <algorithm>
#include <utility>

namespace ackd::slack {
namespace {

using Json = BlockJson;

constexpr std::size_t label_max = 2000;
constexpr std::size_t problem_max = 300;  // Slack names no limit; more would not fit a phone
constexpr int typed_length_max = 3000;

Json texts(const std::vector<std::string>& list)
{
    Json array = Json::array();
    for (const std::string& text : list) array.push_back(text);
    return array;
}

/// Those of the options that are chosen at first.
Json initial_options(const Json& options, const std::vector<std::string>& values)
{
    Json chosen = Json::array();
    for (const Json& option : options) {
        const std::string& value = option["value"].get_ref<const std::string&>();
        if (std::find(values.begin(), values.end(), value) != values.end()) chosen.push_back(option);
    }
    return chosen;
}

/// Conversations that a card can be shown in.
Json channels_only()
{
    return {{"include", Json::array({"public", "private"})}, {"exclude_bot_users", true}};
}

Json element_of(const FormField& field)
{
    Json element{{"action_id", "value"}};
    switch (field.kind) {
        case FieldKind::people:
            element["type"] = "multi_users_select";
            if (!field.initial.empty()) element["initial_users"] = texts(field.initial);
            break;
        case FieldKind::channels:
            element["type"] = "multi_conversations_select";
            element["filter"] = channels_only();
            if (!field.initial.empty()) element["initial_conversations"] = texts(field.initial);
            break;
        case FieldKind::channel:
            element["type"] = "conversations_select";
            element["filter"] = channels_only();
            if (field.initial.empty())
                element["default_to_current_conversation"] = true;
            else
                element["initial_conversation"] = field.initial.front();
            break;
        case FieldKind::choices: {
            element["type"] = "multi_static_select";
            element["options"] = options_of(field.choices);
            Json chosen = initial_options(element["options"], field.initial);
            if (!chosen.empty()) element["initial_options"] = std::move(chosen);
            break;
        }
        case FieldKind::choice: {
            element["type"] = "static_select";
            element["options"] = options_of(field.choices);
            const Json chosen = initial_options(element["options"], field.initial);
            if (!chosen.empty()) element["initial_option"] = chosen.front();
            break;
        }
        case FieldKind::text:
            element["type"] = "plain_text_input";
            element["multiline"] = true;
            element["max_length"] = field.length_max > 0 ? std::min(field.length_max, typed_length_max)
                                                         : typed_length_max;
            if (!field.initial.empty()) element["initial_value"] = valid_utf8(field.initial.front());
            break;
        case FieldKind::instant: element["type"] = "datetimepicker"; break;
    }
    return element;
}

}  // namespace

std::string render_form(const Form& form, std::string_view workspace_url)
{
    Json blocks = Json::array();
    append_lines(blocks, form.introduction, {workspace_url});
    for (const FormField& field : form.fields) {
        Json block{{"type", "input"},
                   {"block_id", field.name},
                   {"label", plain_object(field.label, label_max)},
                   {"element", element_of(field)},
                   {"optional", field.is_optional}};
        if (!field.hint.empty()) block["hint"] = plain_object(field.hint, label_max);
        blocks.push_back(std::move(block));
    }
    return text_of_json({{"type", "modal"},
                         {"callback_id", form.name},
                         {"private_metadata", form.context},
                         {"title", plain_object(form.title, view_title_max)},
                         {"submit", plain_object(form.submit_label, view_title_max)},
                         {"close", plain_object("Cancel", view_title_max)},
                         {"blocks", std::move(blocks)}});
}

std::string render_problems(const FormProblems& problems)
{
    Json errors = Json::object();
    for (const FormProblem& problem : problems) {
        if (!errors.contains(problem.field)) errors[problem.field] = cut_to(problem.explanation, problem_max);
    }
    return text_of_json({{"response_action", "errors"}, {"errors", std::move(errors)}});
}

}  // namespace ackd::slack
