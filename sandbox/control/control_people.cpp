#include "sandbox/control/control_api.hpp"
#include "sandbox/sandbox_core.hpp"

namespace sandbox {

void ControlApi::user(const Json& body, const Done& done)
{
    Json fields = body;
    const User* known = nullptr;
    if (!sandbox::member(body, "user").is_null()) {
        const auto named = user_in(body);
        if (!named) return done(control_failure(named.error()));
        known = *named;
        fields.erase("user");
    } else if (const std::string id = text_member(body, "id"); !id.empty()) {
        known = core_.workspace.find_user(UserId{id});
    } else if (const std::string name = text_member(body, "name"); !name.empty()) {
        known = core_.workspace.find_user_named(name);
    }
    const auto result = known == nullptr ? core_.workspace.add_user(fields, core_.now())
                                         : core_.workspace.change_user(known->id, fields, core_.now());
    if (!result) return done(control_failure(result.error()));
    done({{"ok", true}, {"user", result->value}, {"created", known == nullptr}});
}

void ControlApi::channel(const Json& body, const Done& done)
{
    const Instant now = core_.now();
    if (!sandbox::member(body, "channel").is_null()) {
        const auto known = channel_in(body);
        if (!known) return done(control_failure(known.error()));
        const ChannelId id = (*known)->id;
        if (!sandbox::member(body, "rename").is_null()) {
            const auto renamed = core_.workspace.rename(id, text_member(body, "rename"), now);
            if (!renamed) return done(control_failure(Refusal{"rename: " + renamed.error().error}));
        }
        if (sandbox::member(body, "archive") == Json(true)) {
            const auto by = optional_user_in(body, "by");
            if (!by) return done(control_failure(by.error()));
            const auto archived = core_.workspace.archive(
                id, *by == nullptr ? (*known)->creator : (*by)->id, now);
            if (!archived) return done(control_failure(archived.error()));
        }
        if (!sandbox::member(body, "topic").is_null()) {
            const auto by = optional_user_in(body, "by");
            if (!by) return done(control_failure(by.error()));
            const auto changed = core_.workspace.change_topic(
                id,
                *by == nullptr ? (*known)->creator : (*by)->id,
                core_.workspace.wire_text(text_member(body, "topic"), Wire::mention_names),
                now);
            if (!changed) return done(control_failure(changed.error()));
        }
        return done({{"ok", true}, {"channel", id.value}});
    }
    const auto name = text_in(body, "name");
    if (!name) return done(control_failure(name.error()));
    auto members = users_in(body, "members");
    if (!members) return done(control_failure(members.error()));
    const bool is_private = sandbox::member(body, "private") == Json(true);
    const UserId bot = core_.workspace.team().bot_user;
    const bool takes_bot = std::erase(*members, bot) > 0;
    const UserId creator = members->empty() ? UserId{"USLACKBOT"} : members->front();
    const auto made = core_.workspace.add_channel(ChannelId{text_member(body, "id")},
                                                  *name,
                                                  is_private ? ChannelKind::restricted : ChannelKind::open,
                                                  creator,
                                                  now);
    if (!made) return done(control_failure(made.error()));
    core_.workspace.set_topic(*made, text_member(body, "topic"), text_member(body, "purpose"));
    core_.workspace.settle_members(*made, *members);
    // The app is invited like anybody, so that it hears of its new channel.
    if (takes_bot) {
        const auto joined = core_.workspace.join(*made, bot, creator, now);
        if (!joined) return done(control_failure(joined.error()));
    }
    done({{"ok", true}, {"channel", made->value}});
}

void ControlApi::member(const Json& body, const Done& done)
{
    const auto target = channel_in(body);
    if (!target) return done(control_failure(target.error()));
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const auto inviter = optional_user_in(body, "inviter");
    if (!inviter) return done(control_failure(inviter.error()));
    const bool leaves = sandbox::member(body, "leave") == Json(true);
    const auto changed = leaves ? core_.workspace.leave((*target)->id, (*person)->id, core_.now())
                                : core_.workspace.join((*target)->id,
                                                       (*person)->id,
                                                       *inviter == nullptr ? UserId{} : (*inviter)->id,
                                                       core_.now());
    if (!changed) return done(control_failure(changed.error()));
    done({{"ok", true}, {"changed", *changed}});
}

void ControlApi::group(const Json& body, const Done& done)
{
    const auto handle = text_in(body, "handle");
    if (!handle) return done(control_failure(handle.error()));
    if (handle->empty()) return done(control_failure(Refusal{"handle is empty"}));
    auto users = users_in(body, "users");
    if (!users) return done(control_failure(users.error()));
    std::optional<std::vector<UserId>> members;
    if (!sandbox::member(body, "users").is_null()) members = std::move(*users);
    std::optional<bool> disabled;
    if (const Json& value = sandbox::member(body, "disabled"); value.is_boolean())
        disabled = value.get<bool>();
    const auto made = core_.workspace.set_group(GroupId{text_member(body, "id")},
                                                handle->substr(handle->front() == '@' ? 1 : 0),
                                                text_member(body, "name"),
                                                members,
                                                disabled,
                                                core_.now());
    if (!made) return done(control_failure(made.error()));
    done({{"ok", true}, {"group", made->value}});
}

}  // namespace sandbox
