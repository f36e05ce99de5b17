// Who the visitor can be: everybody of the workspace, one click each, with what they have not read yet.
import { html, names, useState } from "./view.js";
import { Avatar } from "./avatar.js";
import { city_of } from "./moments.js";
import { Name, plain_string } from "./plain_text.js";
import { be, people_to_be } from "./route.js";
import { use_store } from "./store.js";

const filter_from = 15;

export function unread_of(unread) {
    return Object.values(unread ?? {}).reduce((sum, count) => sum + count, 0);
}

export function Unread({ count }) {
    if (!count) return null;
    return html`<span class="unread">${count > 99 ? "99+" : count}<span class="unseen"> unread</span></span>`;
}

export function PeopleRail({ me, on_chosen }) {
    const people = use_store((state) => state.people);
    const unread = use_store((state) => state.unread);
    const teammates = use_store((state) => state.teammates);
    const [typed, set_typed] = useState("");
    const all = people_to_be({ people });
    const sought = typed.trim().toLowerCase();
    const shown = all.filter((person) => `${person.name} ${person.real_name}`.toLowerCase().includes(sought));
    const choose = (id) => {
        be(id);
        on_chosen?.();
    };
    return html`<nav class="people" aria-label="Who you are">
        <h2>Be</h2>
        ${all.length >= filter_from &&
        html`<input class="filter" type="search" aria-label="Find somebody to be" placeholder="Find" value=${typed} onInput=${(event) => set_typed(event.target.value)} />`}
        <ul>
            ${shown.map((person) => {
                const mate = teammates.is_active && teammates.people[person.id];
                const plays = mate && !mate.is_taken_over ? `, played by the sandbox: ${mate.temperament}` : "";
                const title = `${plain_string(person.real_name)}, ${plain_string(person.title || "in")} ${person.title ? "in " : ""}${city_of(person.tz)}${plays}`;
                return html`<li key=${person.id}>
                    <button
                        type="button"
                        class=${names("person", person.id === me.id && "is-me")}
                        aria-current=${person.id === me.id ? "true" : undefined}
                        title=${title}
                        data-person=${person.id}
                        data-person-name=${person.name}
                        onClick=${() => choose(person.id)}
                    >
                        <span class="face"><${Avatar} person=${person} /><${Unread} count=${unread_of(unread[person.id])} /></span>
                        <span class="person-name"><${Name} text=${person.name} /></span>
                    </button>
                </li>`;
            })}
        </ul>
    </nav>`;
}
