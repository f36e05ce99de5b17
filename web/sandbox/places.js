// Where the person can go: the app, their channels, and those that they may join.
import { html, names } from "./view.js";
import { Name, Plain } from "./plain_text.js";
import { Emoji } from "./markup_view.js";
import { city_of } from "./moments.js";
import { Unread } from "./people_rail.js";
import { dm_of, open_place, places_of } from "./route.js";
import { use_store } from "./store.js";

export function Places({ me, place, on_chosen }) {
    const channels = use_store((state) => state.channels);
    const unread = use_store((state) => state.unread[me.id]) ?? {};
    const app = use_store((state) => state.app);
    const open = (id) => {
        open_place(id);
        on_chosen?.();
    };
    const own = places_of({ channels }, me.id);
    const others = Object.values(channels).filter(
        (channel) => channel.kind === "public" && !channel.is_archived && !channel.members.includes(me.id),
    );
    const dm = dm_of({ channels }, me.id);
    const line = (id, sign, name, count, look) => html`<li key=${id}>
        <button type="button" class=${names("place", look, count > 0 && "has-unread")} aria-current=${place === id ? "page" : undefined} data-place=${id} onClick=${() => open(id)}>
            <span class="sign" aria-hidden="true">${sign}</span><span class="place-name"><${Name} text=${name} /></span><${Unread} count=${count} />
        </button>
    </li>`;
    const channel_line = (channel, look) =>
        line(channel.id, channel.kind === "private" ? "🔒" : "#", channel.name, unread[channel.id] ?? 0, channel.is_archived ? "archived" : look);
    return html`<nav class="places" aria-label="Places">
        <div class="who">
            <strong dir="auto"><${Plain} text=${me.real_name || me.name} /></strong>
            <span class="note">${me.title && html`<${Plain} text=${me.title} /> · `}${city_of(me.tz)}</span>
            ${me.status_text && html`<span class="note" dir="auto"><${Emoji} name=${(me.status_emoji || ":speech_balloon:").replaceAll(":", "")} /> <${Plain} text=${me.status_text} /></span>`}
        </div>
        <h3><bdi>${app.name}</bdi> <span class="badge">APP</span></h3>
        <ul>
            ${app.has_home && line("home", "⌂", "Home", 0)} ${line("dm", "✉", "Messages", dm ? (unread[dm.id] ?? 0) : 0)}
        </ul>
        <h3>Channels</h3>
        <ul>
            ${own.map((channel) => channel_line(channel))}
        </ul>
        ${others.length > 0 &&
        html`<h3>Not joined</h3>
            <ul>
                ${others.map((channel) => channel_line(channel, "other"))}
            </ul>`}
    </nav>`;
}
