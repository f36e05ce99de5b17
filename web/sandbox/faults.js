// Trouble at the flick of a switch: what can go wrong between a workspace and an app, goes wrong.
import { html, useState } from "./view.js";
import { cut_once, set_faults, set_offline } from "./actions.js";
import { use_store } from "./store.js";

const switches = [
    { name: "drop_event", label: "Drop", meaning: "An event is lost on its way; it is sent again after some seconds.", strength: 0.3 },
    { name: "duplicate_event", label: "Duplicate", meaning: "An event comes twice.", strength: 0.5 },
    { name: "delay_event", label: "Delay", meaning: "An event comes up to three seconds late.", strength: 0.5, with: { delay_event_ms_max: 3000 } },
    { name: "reorder_event", label: "Reorder", meaning: "An event is overtaken by the next.", strength: 0.3 },
    { name: "answer_429", label: "429", meaning: "A call is refused: too many, try again in two seconds.", strength: 0.5, with: { answer_429_retry_after: 2 } },
    { name: "answer_5xx", label: "5xx", meaning: "A call fails: the server has a problem.", strength: 0.5 },
    { name: "answer_lost_after_post", label: "Lost answer", meaning: "A call is carried out, and the app never hears so.", strength: 0.3 },
];
const strengths = [0.1, 0.3, 0.5, 1];

const probability_of = (fault) => (typeof fault === "object" ? fault?.probability : fault) ?? 0;

/// The faults as they are POSTed when one of them is changed.
export function with_fault(faults, { name, with: settings = {} }, probability) {
    const next = { ...faults };
    delete next[name];
    for (const key of Object.keys(settings)) delete next[key];
    return probability > 0 ? { ...next, [name]: probability, ...settings } : next;
}

export function Faults() {
    const faults = use_store((state) => state.faults);
    const is_offline = use_store((state) => state.offline);
    const app = use_store((state) => state.app);
    const [problem, set_problem] = useState("");
    const tell = (answer) => set_problem(answer.ok ? "" : answer.words);
    const is_any = is_offline || switches.some(({ name }) => probability_of(faults[name]) > 0);
    const all_off = async () => {
        tell(await set_faults({}));
        if (is_offline) tell(await set_offline(false));
    };
    return html`<div class="faults">
        <p class="note">Switch something on and go on as usual: ${app.name} must lose nothing and double nothing. Watch it under Wire.</p>
        <label class="switch-line" data-tour="cut">
            <input type="checkbox" role="switch" checked=${is_offline} onChange=${async (event) => tell(await set_offline(event.target.checked))} />
            <span><strong>Cut</strong><small>Every connection is cut, and no call gets through, until it is switched off.</small></span>
        </label>
        ${switches.map((each) => {
            const probability = probability_of(faults[each.name]);
            const set = async (next) => tell(await set_faults(with_fault(faults, each, next)));
            return html`<div class="switch-line" key=${each.name}>
                <input type="checkbox" role="switch" id=${`fault-${each.name}`} checked=${probability > 0} onChange=${(event) => set(event.target.checked ? each.strength : 0)} />
                <label for=${`fault-${each.name}`}><strong>${each.label}</strong><small>${each.meaning}</small></label>
                ${probability > 0 &&
                html`<select aria-label=${`How often: ${each.label}`} value=${probability} onChange=${(event) => set(Number(event.target.value))}>
                    ${[...new Set([...strengths, probability])].map((strength) => html`<option key=${strength} value=${strength}>${Math.round(strength * 100)} %</option>`)}
                </select>`}
            </div>`;
        })}
        <div class="row-of-buttons">
            <button type="button" class="plain" onClick=${async () => tell(await cut_once())}>Cut every connection once</button>
            <button type="button" class="plain" disabled=${!is_any} onClick=${all_off}>All off</button>
        </div>
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </div>`;
}
