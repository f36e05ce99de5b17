// The reactions below a message, and the menu of those to add.
import { html, names, useState } from "./view.js";
import { react } from "./actions.js";
import { emoji_character, emoji_matching } from "./emoji.js";
import { Emoji } from "./markup_view.js";
import { Picker } from "./picker.js";
import { plain_string } from "./plain_text.js";
import { store } from "./store.js";

const all_emoji_count = 400;
const first_offered = ["white_check_mark", "eyes", "incoming_envelope", "+1", "tada", "heart", "joy", "thinking_face"];

export function Reactions({ message, channel, me }) {
    const [problem, set_problem] = useState("");
    if (!message.reactions?.length) return null;
    const toggle = async (reaction) => {
        const answer = await react(channel, message.ts, me.id, reaction.name, reaction.users.includes(me.id));
        set_problem(answer.ok ? "" : answer.words);
    };
    return html`<div class="reactions">
        ${message.reactions.map((reaction) => {
            const is_mine = reaction.users.includes(me.id);
            const who = reaction.users.map((id) => plain_string(store.state.people[id]?.name ?? id)).join(", ");
            return html`<button
                key=${reaction.name}
                type="button"
                class=${names("reaction", is_mine && "mine")}
                aria-pressed=${is_mine}
                title=${`${who}: :${reaction.name}:`}
                onClick=${() => toggle(reaction)}
            >
                <${Emoji} name=${reaction.name} /> ${reaction.users.length}<span class="unseen">, from ${who}</span>
            </button>`;
        })}
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </div>`;
}

function emoji_options() {
    const rest = emoji_matching("", all_emoji_count).map(([name]) => name).filter((name) => !first_offered.includes(name));
    return [...first_offered, ...rest].map((name) => ({
        value: name,
        label: name.replaceAll("_", " "),
        sought_as: name,
        picture: emoji_character(name),
    }));
}

/// A button with the menu of all emoji.
export function EmojiPicker({ label, look, caption, on_choose }) {
    return html`<${Picker} label=${label} title=${label} look=${look} caption=${caption} options=${emoji_options()} on_choose=${([name]) => on_choose(name)} />`;
}
