// The app's own place, with two tabs: its Home for the person, and their messages.
import { html, useEffect, useState } from "./view.js";
import { open_app, press, read_home } from "./actions.js";
import { Avatar } from "./avatar.js";
import { Blocks } from "./blocks/blocks.js";
import { AppMessages } from "./conversation.js";
import { Name } from "./plain_text.js";
import { dm_of, open_place } from "./route.js";
import { use_store } from "./store.js";

export function AppPlace({ me, place }) {
    const app = use_store((state) => state.app);
    const bot = use_store((state) => state.people[state.app.user]);
    const channel = use_store((state) => dm_of(state, me.id));
    const generation = use_store((state) => state.generation);
    const tabs = [...(app.has_home ? [["home", "Home"]] : []), ["dm", "Messages"]];
    useEffect(() => {
        open_app(me.id, place === "home" ? "home" : "messages");
        if (place === "home") read_home(me.id);
    }, [me.id, place, generation]);
    const on_key = (event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        const other = tabs.find(([name]) => name !== place);
        if (!other) return;
        event.preventDefault();
        open_place(other[0]);
        event.currentTarget.querySelector(`[data-tab="${other[0]}"]`).focus();
    };
    return html`<section class="conversation" aria-label=${`${app.name}, the app`}>
        <header class="place-head">
            <${Avatar} person=${bot} />
            <h2><${Name} text=${app.name} /></h2>
            <span class="badge">APP</span>
            <div role="tablist" class="tabs" aria-label="Parts of the app" onKeyDown=${on_key}>
                ${tabs.map(
                    ([name, label]) => html`<button
                        key=${name}
                        type="button"
                        role="tab"
                        data-tab=${name}
                        id=${`app-tab-${name}`}
                        aria-selected=${place === name}
                        aria-controls="app-tab-panel"
                        tabindex=${place === name ? 0 : -1}
                        onClick=${() => open_place(name)}
                    >
                        ${label}
                    </button>`,
                )}
            </div>
        </header>
        <div class="tab-panel" role="tabpanel" id="app-tab-panel" aria-labelledby=${`app-tab-${place}`}>
            ${place === "home" ? html`<${Home} key=${me.id} me=${me} app=${app} />` : html`<${AppMessages} me=${me} channel=${channel} />`}
        </div>
    </section>`;
}

const patience_ms = 1500;

function Home({ me, app }) {
    const view = use_store((state) => state.homes[me.id]);
    const [is_late, set_late] = useState(false);
    useEffect(() => {
        const timer = setTimeout(() => set_late(true), patience_ms);
        return () => clearTimeout(timer);
    }, []);
    if (!view) {
        const words = is_late
            ? `${app.name} has not published a Home for ${me.name} yet. It does when it is connected and hears of this visit.`
            : "Reading …";
        return html`<p class="nothing" role="status">${words}</p>`;
    }
    const surface = { press: (action) => press({ view: "home", user: me.id, ...action }) };
    return html`<div class="home" tabindex="0" role="group" aria-label=${`Home of ${app.name} for ${me.name}`}>
        <${Blocks} blocks=${view.blocks} surface=${surface} />
    </div>`;
}
