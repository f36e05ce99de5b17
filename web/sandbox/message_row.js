// One message of a conversation: who, when, what, reactions, the way into its thread, and what can be done with it.
import { Component, html, names, useState } from "./view.js";
import { press } from "./actions.js";
import { Avatar } from "./avatar.js";
import { Blocks } from "./blocks/blocks.js";
import { Placeholder } from "./blocks/placeholder.js";
import { Markup } from "./markup_view.js";
import { lazy } from "./lazy.js";
import { MessageTools } from "./message_tools.js";
import { day_words, full_words, now_of, short_day_words, time_words } from "./moments.js";
import { Name, Plain, plain_string } from "./plain_text.js";
import { Reactions } from "./reactions.js";
import { open_thread } from "./route.js";
import { store, use_store } from "./store.js";

const MessageEditor = lazy(() => import("./message_editor.js"), "MessageEditor");

const collapsed_from_characters = 3000;
const collapsed_from_lines = 40;
const collapsed_characters = 1200;
const collapsed_lines = 16;

/// props: message, channel (its id), me, day_starts, is_new, is_compact, thread (of the list, or null), is_editing,
/// on_edit(ts or null), is_sought
export class MessageRow extends Component {
    state = { is_hovered: false, is_within: false };

    shouldComponentUpdate(next, state) {
        return state !== this.state || Object.keys(next).some((key) => next[key] !== this.props[key]);
    }

    /// The list's row, which has the focus when the reader walks through the messages.
    componentDidMount() {
        const row = this.element.closest('[role="article"]');
        row?.addEventListener("focusin", this.focus_in);
        row?.addEventListener("focusout", this.focus_out);
    }

    enter = () => this.setState({ is_hovered: true });
    leave = () => this.setState({ is_hovered: false });
    focus_in = () => this.setState({ is_within: true });
    focus_out = (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) this.setState({ is_within: false });
    };

    render(props, { is_hovered, is_within }) {
        const { message, me, day_starts, is_new, is_compact, is_editing, is_sought } = props;
        const has_tools = (is_hovered || is_within) && !message.deleted && !is_editing;
        return html`
            ${day_starts && html`<${DayDivider} stamp=${message.ts} zone=${me.tz} />`}
            ${is_new && html`<div class="new-divider"><span>New</span></div>`}
            <div
                class=${names("message", is_compact && "compact", message.ephemeral && "ephemeral", is_sought && "sought")}
                data-ts=${message.ts}
                onPointerEnter=${this.enter}
                onPointerLeave=${this.leave}
                ref=${(element) => (this.element = element)}
            >
                <${Row} ...${props} />
                ${has_tools && html`<${MessageTools} ...${props} />`}
            </div>
        `;
    }
}

function DayDivider({ stamp, zone }) {
    const { clock, clock_told_at } = store.state;
    return html`<div class="day-divider"><span>${day_words(stamp, zone, now_of(clock, clock_told_at))}</span></div>`;
}

function Row({ message, channel, me, is_compact, thread, is_editing, on_edit }) {
    const author = use_store((state) => state.people[message.user]);
    const name = message.username || author?.name || message.user;
    const time = html`<time class="when" title=${full_words(message.ts, me.tz)}>${time_words(message.ts, me.tz)}</time>`;
    return html`
        <div class="gutter">${is_compact ? time : html`<${Avatar} person=${author} />`}</div>
        <div class="message-body">
            ${!is_compact &&
            html`<div class="message-head">
                <strong class="author" title=${plain_string(author?.real_name)}><${Name} text=${name} /></strong>
                ${message.from_app && html`<span class="badge">APP</span>`} ${time}
                ${message.broadcast && html`<span class="note">from a thread</span>`}
            </div>`}
            ${message.ephemeral && html`<p class="note">only visible to you</p>`}
            ${is_editing
                ? html`<${MessageEditor} message=${message} channel=${channel} on_end=${() => on_edit(null)} />`
                : html`<${Content} message=${message} channel=${channel} me=${me} />`}
            <${Reactions} message=${message} channel=${channel} me=${me} />
            ${!thread && message.reply_count > 0 && html`<${ThreadSummary} message=${message} me=${me} />`}
        </div>
    `;
}

function Content({ message, channel, me }) {
    if (message.deleted) return html`<p class="gone">This message was deleted.</p>`;
    const surface = { press: (action) => press({ channel, ts: message.ts, user: me.id, ...action }) };
    // What people type comes with blocks that Slack makes of it; the text says the same, and more.
    const has_blocks = Array.isArray(message.blocks) && message.blocks.length > 0 && (message.from_app || !message.text);
    return html`
        ${has_blocks
            ? html`<${Blocks} blocks=${message.blocks} surface=${surface} />`
            : html`<${Words} text=${message.text} />`}
        ${message.attachments?.map((attachment) =>
            attachment.blocks
                ? html`<div class="attachment"><${Blocks} blocks=${attachment.blocks} surface=${surface} /></div>`
                : html`<${Placeholder} what=${{ type: "attachment", ...attachment }} />`,
        )}
        ${message.edited && html`<span class="note">(edited)</span>`}
    `;
}

/// A text, and at first only its beginning when it is very long.
function Words({ text }) {
    const [is_open, set_open] = useState(false);
    const is_long = text.length > collapsed_from_characters || text.split("\n", collapsed_from_lines + 1).length > collapsed_from_lines;
    if (!is_long) return html`<div class="markup" dir="auto"><${Markup} text=${text} /></div>`;
    const beginning = text.split("\n").slice(0, collapsed_lines).join("\n").slice(0, collapsed_characters);
    const toggle = () => set_open(!is_open);
    return html`<div class="markup" dir="auto">
            ${is_open ? html`<${Markup} text=${text} />` : html`<${Plain} text=${beginning.toWellFormed()} /> …`}
        </div>
        <button type="button" class="link" aria-expanded=${is_open} onClick=${toggle}>
            ${is_open ? "Show less" : `Show all ${text.length.toLocaleString("en")} characters`}
        </button>`;
}

function ThreadSummary({ message, me }) {
    const people = store.state.people;
    const last = message.latest_reply;
    return html`<button type="button" class="thread-summary" onClick=${() => open_thread(message.ts)}>
        <span class="faces">${(message.reply_users ?? []).map((id) => html`<${Avatar} key=${id} person=${people[id]} size="small" />`)}</span>
        <strong>${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}</strong>
        ${last && html`<span class="note">last ${short_day_words(last, me.tz)} ${time_words(last, me.tz)}</span>`}
    </button>`;
}
