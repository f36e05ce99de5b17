// What can be done with a message: it appears beside the one that the pointer or the keyboard is at.
import { html, useState } from "./view.js";
import { delete_message, react, use_shortcut } from "./actions.js";
import { Picker } from "./picker.js";
import { EmojiPicker } from "./reactions.js";
import { open_thread } from "./route.js";
import { store } from "./store.js";

const quick = [
    { name: "white_check_mark", character: "✅", label: "React: done" },
    { name: "eyes", character: "👀", label: "React: I have it" },
    { name: "incoming_envelope", character: "📨", label: "React: ask for acknowledgement" },
];

export function MessageTools({ message, channel, me, thread, on_edit }) {
    const [problem, set_problem] = useState("");
    const tell = (answer) => set_problem(answer.ok ? "" : answer.words);
    const add = async (name) => {
        const is_there = message.reactions?.some((each) => each.name === name && each.users.includes(me.id));
        tell(await react(channel, message.ts, me.id, name, is_there));
    };
    const is_mine = message.user === me.id && !message.from_app;
    const shortcuts = store.state.app.shortcuts.filter((shortcut) => shortcut.type === "message");
    const options = [
        ...shortcuts.map((each) => ({ value: `shortcut ${each.callback_id}`, label: each.name, description: each.description })),
        ...(is_mine ? [{ value: "edit", label: "Edit" }, { value: "delete", label: "Delete", look: "danger-text" }] : []),
    ];
    const do_more = async ([choice]) => {
        if (choice === "edit") on_edit(message.ts);
        else if (choice === "delete") tell(await delete_message(channel, message.ts));
        else tell(await use_shortcut({ user: me.id, callback_id: choice.slice(9), channel, ts: message.ts }));
    };
    return html`<div class="tools" role="group" aria-label="Do something with this message">
        ${!message.ephemeral &&
        html`
            ${quick.map(({ name, character, label }) => html`<button key=${name} type="button" class="quiet icon" title=${label} aria-label=${label} onClick=${() => add(name)}><span aria-hidden="true">${character}</span></button>`)}
            <${EmojiPicker} label="React with another emoji" look="quiet icon" caption="☺" on_choose=${add} />
            ${!thread && html`<button type="button" class="quiet icon" title="Reply in a thread" aria-label="Reply in a thread" onClick=${() => open_thread(message.thread_ts ?? message.ts)}><span aria-hidden="true">💬</span></button>`}
            ${options.length > 0 && html`<${Picker} label="More" title="More" look="quiet icon" caption="⋯" options=${options} on_choose=${do_more} />`}
        `}
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </div>`;
}
