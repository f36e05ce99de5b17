// What the menus of Block Kit offer and what is chosen in them at first. Pure, but for the state it is given.

/// [{value, label, description, group}] of any select, overflow, checkboxes or radio buttons.
export function options_of(element, state, me) {
    const kind = element.type.replace(/^multi_/, "");
    if (kind === "users_select") return people_options(state);
    if (kind === "conversations_select" || kind === "channels_select") {
        return place_options(state, me, kind === "channels_select" ? { include: ["public"] } : element.filter);
    }
    const groups = element.option_groups ?? [{ options: element.options ?? [] }];
    return groups.flatMap((group) =>
        group.options.map((option) => ({
            value: option.value,
            label: option.text?.text ?? "",
            text: option.text,
            description: option.description?.text,
            group: group.label?.text,
        })),
    );
}

function people_options(state) {
    return Object.values(state.people)
        .filter((person) => !person.is_deactivated && person.id !== "USLACKBOT")
        .map((person) => ({ value: person.id, label: person.real_name || person.name, description: `@${person.name}` }))
        .sort((a, b) => a.label.localeCompare(b.label));
}

function place_options(state, me, filter = {}) {
    const kinds = filter.include ?? ["public", "private", "im"];
    return Object.values(state.channels)
        .filter((channel) => kinds.includes(channel.kind) && !channel.is_archived)
        .filter((channel) => channel.kind === "public" || channel.members.includes(me.id) || channel.with === me.id)
        .filter((channel) => channel.kind !== "im" || (channel.with === me.id && !filter.exclude_bot_users))
        .map((channel) => ({ value: channel.id, label: channel.kind === "im" ? state.app.name : `#${channel.name}` }))
        .sort((a, b) => a.label.localeCompare(b.label));
}

/// What an element's value is before anybody touched it: null, text, a number, or a list.
export function initial_value(element, here = null) {
    if (element.initial_option) return element.initial_option.value;
    if (element.initial_options) return element.initial_options.map((option) => option.value);
    for (const [key, value] of Object.entries(element)) {
        if (key.startsWith("initial_")) return value;
    }
    if (element.default_to_current_conversation && here) return element.type.startsWith("multi_") ? [here] : here;
    return is_list(element) ? [] : null;
}

export function is_list(element) {
    return element.type.startsWith("multi_") || element.type === "checkboxes";
}

const selects = ["static_select", "users_select", "conversations_select", "channels_select"];

export function is_select(element) {
    return selects.includes(element.type.replace(/^multi_/, ""));
}
