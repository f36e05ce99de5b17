// What a half-typed name could become. Pure: (text, caret, state, me) → what to offer, or null.
import { emoji_matching } from "./emoji.js";

const offered_max = 8;
const emoji_characters_min = 2;

/// {from, to, kind, options: [{value: what is put there, label, description}]}
export function completions(text, caret, state, me) {
    const before = text.slice(0, caret);
    const [, slash] = /^(\/[\w-]*)$/.exec(before) ?? [];
    if (slash !== undefined) return offer(0, caret, "command", commands_beginning(slash, state));
    const [, sign, name] = /(?:^|[\s(])([@#:])([\p{L}\p{N}_.+-]*)$/u.exec(before) ?? [];
    if (sign === undefined) return null;
    const from = caret - name.length - 1;
    const sought = name.toLowerCase();
    if (sign === "@") return offer(from, caret, "person", people_and_groups(sought, state));
    if (sign === "#") return offer(from, caret, "channel", channels(sought, state, me));
    return sought.length < emoji_characters_min ? null : offer(from, caret, "emoji", emoji(sought));
}

function offer(from, to, kind, options) {
    return options.length ? { from, to, kind, options: options.slice(0, offered_max) } : null;
}

function commands_beginning(typed, state) {
    return state.app.commands
        .filter(({ command }) => command.startsWith(typed))
        .map(({ command, description }) => ({ value: `${command} `, label: command, description }));
}

function people_and_groups(sought, state) {
    const people = Object.values(state.people)
        .filter((person) => !person.is_deactivated && person.id !== "USLACKBOT")
        .map((person) => ({ value: `@${person.name} `, label: `@${person.name}`, description: person.real_name }));
    const groups = Object.values(state.groups)
        .filter((group) => !group.is_disabled)
        .map((group) => ({ value: `@${group.handle} `, label: `@${group.handle}`, description: `${group.name}, ${group.members.length} people` }));
    const everybody = [{ value: "@here ", label: "@here", description: "Everybody here" }];
    const fits = ({ label, description }) =>
        label.slice(1).toLowerCase().includes(sought) || description.toLowerCase().split(" ").some((word) => word.startsWith(sought));
    const is_early = ({ label }) => label.slice(1).toLowerCase().startsWith(sought);
    return [...people, ...groups, ...everybody].filter(fits).sort((a, b) => is_early(b) - is_early(a));
}

function channels(sought, state, me) {
    return Object.values(state.channels)
        .filter((channel) => channel.kind !== "im" && (channel.kind === "public" || channel.members.includes(me.id)))
        .filter((channel) => channel.name.includes(sought) && !channel.is_archived)
        .map((channel) => ({ value: `#${channel.name} `, label: `#${channel.name}`, description: channel.topic }));
}

function emoji(sought) {
    return emoji_matching(sought, offered_max).map(([name, character]) => ({
        value: `:${name}: `, label: `:${name}:`, description: character,
    }));
}

/// How the command that the text begins with is used: its entry, undefined for an unknown one, null for no command.
export function command_of(text, state) {
    const [, typed] = /^(\/\S+)/.exec(text) ?? [];
    if (typed === undefined) return null;
    const known = state.app.commands.find(({ command }) => command === typed);
    return known ?? (state.app.takes_any_command ? { command: typed, description: "" } : undefined);
}
