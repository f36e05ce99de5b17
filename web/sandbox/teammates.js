// People whom the sandbox plays, each in their own manner; the visitor may take over any of them.
import { html, useState } from "./view.js";
import { set_teammates } from "./actions.js";
import { Avatar } from "./avatar.js";
import { Name, Plain } from "./plain_text.js";
import { be } from "./route.js";
import { use_store } from "./store.js";

export function Teammates() {
    const teammates = use_store((state) => state.teammates);
    const people = use_store((state) => state.people);
    const [problem, set_problem] = useState("");
    const set = async (body) => {
        const answer = await set_teammates(body);
        set_problem(answer.ok ? "" : answer.words);
    };
    const mates = Object.entries(teammates.people);
    return html`<div class="teammates">
        <label class="switch-line">
            <input type="checkbox" role="switch" checked=${teammates.is_active} onChange=${(event) => set({ active: event.target.checked })} />
            <span><strong>Teammates answer by themselves</strong><small>Each as it is their nature. Whom you take over does only what you do.</small></span>
        </label>
        ${mates.length === 0 && html`<p class="nothing">Nobody of this workspace is played by the sandbox.</p>`}
        <ul>
            ${mates.map(([id, mate]) => {
                const person = people[id];
                const name = person?.name ?? id;
                return html`<li key=${id} class="teammate">
                    <${Avatar} person=${person} />
                    <span class="teammate-words">
                        <strong><${Name} text=${name} /></strong> <span class="badge">${mate.temperament.replace("_", " ")}</span>
                        <small dir="auto"><${Plain} text=${mate.words} /></small>
                    </span>
                    <button type="button" class="plain" onClick=${() => be(id)} aria-label=${`Be ${name}`}>Be</button>
                    <label class="take-over">
                        <input type="checkbox" role="switch" checked=${mate.is_taken_over} aria-label=${`Take over ${name}`} onChange=${(event) => set({ user: id, take_over: event.target.checked })} />
                        <small>taken over</small>
                    </label>
                </li>`;
            })}
        </ul>
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </div>`;
}
