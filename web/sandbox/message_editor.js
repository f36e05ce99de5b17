// A message of one's own while it is being changed: Enter saves, Escape leaves it as it was.
import { html, useLayoutEffect, useRef, useState } from "./view.js";
import { edit_message } from "./actions.js";
import { typed_text } from "./mrkdwn.js";
import { store } from "./store.js";

export function MessageEditor({ message, channel, on_end }) {
    const [text, set_text] = useState(() => typed_text(message.text, store.state));
    const [problem, set_problem] = useState("");
    const field = useRef(null);
    useLayoutEffect(() => {
        field.current.focus();
        field.current.setSelectionRange(text.length, text.length);
    }, []);
    const end = () => {
        const row = field.current.closest("[data-key]");
        on_end();
        row?.focus();
    };
    const save = async () => {
        if (!text.trim()) return set_problem("A message needs words. To take it back, delete it.");
        const answer = await edit_message(channel, message.ts, text);
        if (answer.ok) end();
        else set_problem(answer.words);
    };
    const on_key = (event) => {
        if (event.isComposing) return;
        if (event.key === "Escape") end();
        else if (event.key === "Enter" && !event.shiftKey) save();
        else return;
        event.preventDefault();
        event.stopPropagation();
    };
    return html`<div class="editor">
        <textarea ref=${field} dir="auto" rows="3" aria-label="Edit the message" value=${text} onInput=${(event) => set_text(event.target.value)} onKeyDown=${on_key}></textarea>
        <div class="row-of-buttons">
            <button type="button" class="plain" onClick=${end}>Cancel</button>
            <button type="button" class="primary" onClick=${save}>Save</button>
        </div>
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </div>`;
}
