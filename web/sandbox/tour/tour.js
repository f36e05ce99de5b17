// The tour's strip below the top bar: the step, what to do, and a ring around where. It notices by itself when a step is
// done, and can be skipped, ended and begun again; how far it came is kept in this browser.
import { html, useEffect, useRef, useState } from "../view.js";
import { set_teammates, set_time } from "../actions.js";
import { suggest_draft } from "../drafts.js";
import { Markup } from "../markup_view.js";
import { go } from "../route.js";
import { store, use_store } from "../store.js";
import { nothing_observed } from "./observations.js";
import { keep_progress, kept_progress } from "./progress.js";
import { Ring } from "./ring.js";
import { open_part, people_of_tour, steps } from "./steps.js";

const pause_after_step_ms = 1600;

const person_named = (state, name) => Object.values(state.people).find((person) => person.name === name);
const channel_named = (state, name) => Object.values(state.channels).find((channel) => channel.name === name);

/// What a part says may depend on what was seen.
const told = (words, seen) => (typeof words === "function" ? words(seen) : words);

/// Nobody acts by themselves and no time runs away while somebody reads.
function hold_still() {
    take_over(true);
    set_time({ scale: 1 });
}

function take_over(is_on) {
    for (const name of people_of_tour) {
        const person = person_named(store.state, name);
        if (person && store.state.teammates.people[person.id]) set_teammates({ user: person.id, take_over: is_on });
    }
}

export function Tour({ route, on_panel, on_end }) {
    const [at, set_at] = useState(() => Math.min(kept_progress()?.at ?? 0, steps.length));
    const observations = use_store((state) => state.observations);
    const people = use_store((state) => state.people);
    const is_playable = people_of_tour.every((name) => person_named({ people }, name));

    useEffect(() => {
        store.apply({ type: "tour", observations: { ...nothing_observed, ...kept_progress()?.observations } });
        hold_still();
        return () => store.apply({ type: "tour", observations: null });
    }, []);
    useEffect(() => {
        if (observations) keep_progress({ at, observations });
    }, [at, observations]);

    const end = () => {
        keep_progress(null);
        take_over(false);
        on_end();
    };
    const restart = () => {
        store.apply({ type: "tour", observations: nothing_observed });
        hold_still();
        set_at(0);
    };
    if (!observations) return null;
    const buttons = html`<button type="button" class="quiet" onClick=${restart}>Begin again</button>
        <button type="button" class="quiet" onClick=${end}>End the tour</button>`;
    if (!is_playable) return html`<${Strip} title="The tour plays in the built-in workspace" text="Start ackd-sandbox without a workspace of your own to see it." buttons=${html`<button type="button" class="quiet" onClick=${end}>End the tour</button>`} />`;
    if (at >= steps.length) {
        return html`<${Strip} title="That was the main job" text="Asked, nudged, promised, escalated, stood down; nothing lost. Now try what you like: everything here is yours to break." buttons=${buttons} />`;
    }
    return html`<${Step} key=${at} at=${at} seen=${observations} route=${route} on_panel=${on_panel} on_next=${() => set_at(at + 1)} buttons=${buttons} />`;
}

function Strip({ number, title, text, buttons, children }) {
    return html`<section class="tour" aria-label="Tour">
        <div class="tour-words">
            <h2>${number && html`<span class="tour-number">${number} of ${steps.length}</span>`} ${title}</h2>
            <p>${text}</p>
            ${children}
        </div>
        <div class="tour-buttons">${buttons}</div>
    </section>`;
}

function Step({ at, seen, route, on_panel, on_next, buttons }) {
    const step = steps[at];
    const people = use_store((state) => state.people);
    const view = { person: people[route.person]?.name, place: route.place };
    const part = open_part(step, seen, view);
    const is_done = useRef(false);
    is_done.current = is_done.current || part === null;
    useEffect(() => {
        if (!is_done.current) return undefined;
        const timer = setTimeout(on_next, pause_after_step_ms);
        return () => clearTimeout(timer);
    }, [is_done.current]);
    const show = () => {
        const place = part.place === "general" ? channel_named(store.state, "general")?.id : part.place;
        const person = part.person && person_named(store.state, part.person)?.id;
        if (person || place) go({ ...(person && { person }), ...(place && { place }), thread: null });
        if (part.panel) on_panel(part.panel);
        if (part.type) suggest_draft(person, place, told(part.type, seen));
    };
    const needs_showing = part && (part.person || part.place || part.panel || part.type);
    return html`
        <${Strip}
            number=${at + 1}
            title=${step.title}
            text=${step.text}
            buttons=${html`
                ${needs_showing && !is_done.current && html`<button type="button" class="primary" onClick=${show}>${part.type ? "Type it for me" : "Take me there"}</button>`}
                <button type="button" class="plain" onClick=${on_next}>${is_done.current ? "Next" : "Skip"}</button>
                ${buttons}
            `}
        >
            <ol class="tour-parts">
                ${step.parts.map((each) => {
                    const is_over = is_done.current || each.is_done(seen, view);
                    const look = is_over ? "is-over" : each === part ? "is-open" : "";
                    return html`<li class=${look}><span aria-hidden="true">${is_over ? "✅" : "○"}</span> <span><${Markup} text=${told(each.words, seen)} />${is_over && html`<span class="unseen"> done</span>`}</span></li>`;
                })}
            </ol>
            <p class="unseen" role="status">${is_done.current ? "Done." : told(part.words, seen).replace(/[*_`]/g, "")}</p>
        <//>
        ${part && !is_done.current && html`<${Ring} target=${part.target(seen)} />`}
    `;
}
