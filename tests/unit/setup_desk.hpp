// `/ackd setup` as tests use it: a form is opened, filled in and sent.
#pragma once

#include "bot/policy/policy_handlers.hpp"
#include "bot/policy/setup_form.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

namespace ackd {

/// Ann is the only admin, Bo leads the team web.
inline Settings with_web()
{
    Settings settings = straight_settings();
    settings.admins = {UserId{"Uann"}};
    Team web;
    web.name = "web";
    web.members = {UserId{"Ucy"}};
    web.leads = {UserId{"Ubo"}};
    settings.teams.push_back(web);
    return settings;
}

/// What the person would send who changes nothing in the form.
inline FormValues values_of(const Form& form)
{
    FormValues values;
    for (const FormField& field : form.fields) {
        FieldValue& value = values.fields.emplace_back();
        value.field = field.name;
        if (field.kind == FieldKind::text)
            value.text = field.initial.empty() ? "" : field.initial.front();
        else
            value.chosen = field.initial;
    }
    return values;
}

inline FieldValue& field_of(FormValues& values, const std::string& name)
{
    for (FieldValue& value : values.fields) {
        if (value.field == name) return value;
    }
    FAIL("no such field: ", name);
    return values.fields.front();
}

/// Ann, Bo and Cy are there; two are called Di, and nobody else has a name.
inline PeopleCalled called()
{
    PeopleCalled called;
    called.name_of = [](const UserId& id) {
        if (id.value == "Uann") return std::string{"Ann"};
        if (id.value == "Ubo") return std::string{"Bo"};
        if (id.value == "Ucy") return std::string{"Cy"};
        return id.value == "Udi" || id.value == "Udo" ? std::string{"Di"} : id.value;
    };
    called.who_is = [](const std::string& typed) -> std::optional<UserId> {
        if (typed == "Ann") return UserId{"Uann"};
        if (typed == "Bo") return UserId{"Ubo"};
        if (typed == "Cy") return UserId{"Ucy"};
        return std::nullopt;
    };
    return called;
}

inline void submit(Workspace& workspace,
                   const char* person,
                   const Form& form,
                   const FormValues& values,
                   const std::string& instance)
{
    workspace.take(FormSubmitted{form.name, instance, form.context, UserId{person}, values});
}

inline Form opened(Workspace& workspace, const char* person, const std::string& part)
{
    CommandGiven given;
    given.command = "/ackd";
    given.text = Workspace::rich("setup " + part);
    given.person = UserId{person};
    given.channel = ChannelId{"Cwork"};
    given.trigger = "trigger";
    const std::size_t before = workspace.forms.size();
    workspace.take(given);
    if (workspace.forms.size() == before) FAIL("no form was opened: ", workspace.answer());
    return workspace.forms.back();
}

inline std::int64_t version_of(Workspace& workspace)
{
    return PolicyTable{*workspace.connection}.newest_version();
}

}  // namespace ackd
