// Above everything: the workspace, its time, whether the app is there, and the ways to tour and wire.
import { html, names } from "./view.js";
import { Avatar } from "./avatar.js";
import { Unread, unread_of } from "./people_rail.js";
import { use_store } from "./store.js";
import { ThemeButton } from "./theme.js";
import { TimeBar } from "./time_bar.js";

function ConnectionLight() {
    const app = use_store((state) => state.app);
    const connection = use_store((state) => state.connection);
    const is_offline = use_store((state) => state.offline);
    const link = use_store((state) => state.link);
    if (link !== "open") {
        return html`<span class="light bad" role="status"><span aria-hidden="true">●</span> The sandbox does not answer; trying again …</span>`;
    }
    const is_connected = !is_offline && (connection.is_http || connection.sockets > 0);
    const words = is_offline ? `${app.name} is cut off` : is_connected ? `${app.name} connected` : `${app.name} not connected`;
    return html`<span class=${names("light", is_connected ? "good" : "bad")} role="status">
        <span aria-hidden="true">${is_connected ? "●" : "○"}</span> <bdi>${words}</bdi>
    </span>`;
}

export function TopBar({ me, panel, on_panel, is_touring, on_tour, on_menu }) {
    const team = use_store((state) => state.team);
    const unread = use_store((state) => unread_of(state.unread[me.id]));
    return html`<header class="top-bar">
        <button type="button" class="quiet menu-button" onClick=${on_menu}>
            <span aria-hidden="true">☰</span> <${Avatar} person=${me} size="small" />
            <span class="unseen">People and channels; you are ${me.name}</span> <${Unread} count=${unread} />
        </button>
        <h1><bdi>${team.name}</bdi></h1>
        <${TimeBar} me=${me} />
        <${ConnectionLight} />
        <div class="top-buttons">
            <button type="button" class=${names("plain", is_touring && "is-on")} aria-pressed=${is_touring} onClick=${on_tour}>Tour</button>
            <button type="button" class=${names("plain", panel && "is-on")} aria-pressed=${Boolean(panel)} data-tour="wire" onClick=${() => on_panel(panel ? null : "wire")}>Wire</button>
            <${ThemeButton} />
        </div>
    </header>`;
}
