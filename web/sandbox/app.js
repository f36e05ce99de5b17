// The whole page: the bar above, people and places at the left, the conversation, and at the right a thread and the
// panel behind the scenes. On a phone they are drawers over the conversation.
import { html, names, useEffect, useState } from "./view.js";
import { read_forms } from "./actions.js";
import { AppPlace } from "./app_place.js";
import { Channel, Thread } from "./conversation.js";
import { lazy } from "./lazy.js";
import { PeopleRail } from "./people_rail.js";
import { Places } from "./places.js";
import { Me, dm_of, open_thread, use_route } from "./route.js";
import { store, use_store } from "./store.js";
import { TeammateNote, use_own_hands } from "./teammate_note.js";
import { TopBar } from "./top_bar.js";
import { kept_progress } from "./tour/progress.js";
import { Welcome } from "./welcome.js";

const Forms = lazy(() => import("./modal.js"), "Forms");
const SidePanel = lazy(() => import("./side_panel.js"), "SidePanel");
const Tour = lazy(() => import("./tour/tour.js"), "Tour");

export function App() {
    const generation = use_store((state) => state.generation);
    if (generation === 0) return html`<${Opening} />`;
    return html`<${Workspace} />`;
}

function Opening() {
    const link = use_store((state) => state.link);
    return html`<main class="starting" role="status">
        ${link === "lost" ? "The sandbox does not answer. It is tried again and again; is it running?" : "Opening the workspace …"}
    </main>`;
}

function Workspace() {
    const route = use_route();
    const me = use_store((state) => state.people[route.person]);
    const channel = use_store((state) => state.channels[route.place]);
    const dm = use_store((state) => dm_of(state, route.person));
    const team = use_store((state) => state.team);
    const generation = use_store((state) => state.generation);
    const has_form = use_store((state) => state.forms[route.person]?.length > 0);
    const [panel, set_panel] = useState(null);
    const [has_menu, set_menu] = useState(false);
    const [is_touring, set_touring] = useState(() => kept_progress() !== null);
    const name = channel ? `#${channel.name}` : store.state.app.name;
    useEffect(() => {
        document.title = me ? `${name}, as ${me.name} · ${team.name}` : team.name;
    }, [name, me, team]);
    use_own_hands(me);
    useEffect(() => {
        read_forms(route.person);
    }, [route.person, generation]);
    useEffect(() => {
        if (!has_menu) return undefined;
        const close = (event) => event.key === "Escape" && set_menu(false);
        addEventListener("keydown", close);
        return () => removeEventListener("keydown", close);
    }, [has_menu]);
    if (!me) return html`<main class="starting">There is nobody in this workspace to be.</main>`;
    const place = channel ?? dm;
    const close_menu = () => set_menu(false);
    return html`<${Me.Provider} value=${me}>
        <div class=${names("page", route.thread && "has-thread", panel && "has-panel", has_menu && "has-menu")}>
            <${TopBar} me=${me} panel=${panel} on_panel=${set_panel} is_touring=${is_touring} on_tour=${() => set_touring(!is_touring)} on_menu=${() => set_menu(!has_menu)} />
            ${!is_touring && html`<${Welcome} on_tour=${() => set_touring(true)} />`}
            ${is_touring && html`<${Tour} route=${route} on_panel=${set_panel} on_end=${() => set_touring(false)} />`}
            <div class="left">
                <${PeopleRail} me=${me} on_chosen=${close_menu} />
                <${Places} me=${me} place=${route.place} on_chosen=${close_menu} />
            </div>
            ${has_menu && html`<button type="button" class="curtain" aria-label="Close the menu" onClick=${close_menu}></button>`}
            <main class="middle">
                <${TeammateNote} me=${me} />
                ${channel
                    ? html`<${Channel} key=${`${channel.id} ${me.id}`} channel=${channel} me=${me} />`
                    : html`<${AppPlace} key=${me.id} me=${me} place=${route.place} />`}
            </main>
            ${route.thread && place && html`<${Thread} key=${`${place.id} ${route.thread} ${me.id}`} channel=${place} me=${me} thread=${route.thread} on_close=${() => open_thread(null)} />`}
            ${panel && html`<${SidePanel} tab=${panel} on_tab=${set_panel} on_close=${() => set_panel(null)} />`}
            ${has_form && html`<${Forms} key=${me.id} me=${me} place=${route.place} />`}
        </div>
    <//>`;
}
