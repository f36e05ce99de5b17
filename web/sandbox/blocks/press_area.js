// Around controls that act at once: asks for confirmation where the app wants it, waits for the app, and shows below
// what went wrong. Gives its controls `press(element, selected)` and what is busy.
import { html, use_id, useRef, useState } from "../view.js";
import { Dialog } from "../dialog.js";
import { TextObject } from "../markup_view.js";

export function PressArea({ surface, block, draw }) {
    const [busy, set_busy] = useState(null);
    const [problem, set_problem] = useState("");
    const [asked, set_asked] = useState(null);
    const is_gone = useRef(false);

    const act = async (element, selected) => {
        set_busy(element.action_id);
        set_problem("");
        const answer = await surface.press({
            action_id: element.action_id,
            block_id: block.block_id,
            ...(element.value !== undefined && { value: element.value }),
            ...(selected !== undefined && { selected }),
        });
        if (is_gone.current) return;
        set_busy(null);
        if (!answer.ok) set_problem(answer.words);
    };
    const press = (element, selected) => {
        if (busy) return;
        if (element.confirm) set_asked({ element, selected });
        else act(element, selected);
    };
    return html`
        ${draw({ press, busy })}
        ${busy && html`<p class="waiting" role="status">Waiting for the app …</p>`}
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
        ${asked &&
        html`<${Confirmation}
            confirm=${asked.element.confirm}
            on_answer=${(is_confirmed) => {
                set_asked(null);
                if (is_confirmed) act(asked.element, asked.selected);
            }}
        />`}
    `;
}

function Confirmation({ confirm, on_answer }) {
    const id = use_id("confirmation");
    return html`
        <${Dialog} class="confirmation" label_id=${id} on_close=${() => on_answer(false)}>
            <h2 id=${id}><${TextObject} text=${confirm.title} /></h2>
            <div class="markup" dir="auto"><${TextObject} text=${confirm.text} /></div>
            <footer>
                <button type="button" class="plain" onClick=${() => on_answer(false)}><${TextObject} text=${confirm.deny} /></button>
                <button
                    type="button"
                    class=${confirm.style === "danger" ? "danger" : "primary"}
                    data-focus-first
                    onClick=${() => on_answer(true)}
                >
                    <${TextObject} text=${confirm.confirm} />
                </button>
            </footer>
        <//>
    `;
}
