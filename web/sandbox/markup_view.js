// Draws what mrkdwn.js and rich text blocks describe. All text goes through Plain; nothing is ever parsed as HTML.
import { html } from "./view.js";
import { parse_mrkdwn } from "./mrkdwn.js";
import { emoji_character } from "./emoji.js";
import { Plain, plain_string } from "./plain_text.js";
import { date_pattern_words, now_of } from "./moments.js";
import { store } from "./store.js";
import { open_message, open_place, use_me } from "./route.js";

const parsed = new Map();
const parsed_max = 4000;

function tree_of(text) {
    let tree = parsed.get(text);
    if (!tree) {
        if (parsed.size > parsed_max) parsed.clear();
        tree = parse_mrkdwn(text);
        parsed.set(text, tree);
    }
    return tree;
}

/// Markup as on Slack's wire.
export function Markup({ text }) {
    const me = use_me();
    return draw_nodes(tree_of(String(text ?? "")), me);
}

export function Emoji({ name }) {
    const character = emoji_character(name);
    if (!character) return html`<span class="emoji-name">:${plain_string(name)}:</span>`;
    return html`<span class="emoji" role="img" aria-label=${name.replaceAll("_", " ")} title=${`:${name}:`}>${character}</span>`;
}

/// A text object of Block Kit: plain_text or mrkdwn.
export function TextObject({ text }) {
    if (!text) return null;
    if (text.type === "mrkdwn") return html`<${Markup} text=${text.text} />`;
    return html`<${PlainWithEmoji} text=${text.text} />`;
}

export function PlainWithEmoji({ text }) {
    const all = String(text ?? "");
    if (!all.includes(":")) return html`<${Plain} text=${all} />`;
    return all.split(/(:[a-z0-9_+'-]+:)/).map((piece) => {
        const is_known = piece.length > 2 && piece[0] === ":" && emoji_character(piece.slice(1, -1));
        return is_known ? html`<${Emoji} name=${piece.slice(1, -1)} />` : html`<${Plain} text=${piece} />`;
    });
}

export function draw_nodes(nodes, me) {
    return nodes.map((node) => draw_node(node, me));
}

function draw_node(node, me) {
    switch (node.kind) {
        case "text": return html`<${Plain} text=${node.text} />`;
        case "bold": return html`<strong>${draw_nodes(node.children, me)}</strong>`;
        case "italic": return html`<em>${draw_nodes(node.children, me)}</em>`;
        case "strike": return html`<s>${draw_nodes(node.children, me)}</s>`;
        case "quote": return html`<blockquote dir="auto">${draw_nodes(node.children, me)}</blockquote>`;
        case "code": return html`<code><${Plain} text=${node.text} /></code>`;
        case "pre": return html`<pre dir="auto" tabindex="0"><${Plain} text=${node.text} /></pre>`;
        case "emoji": return html`<${Emoji} name=${node.name} />`;
        case "person": return html`<${PersonMention} ...${node} me=${me} />`;
        case "group": return html`<${GroupMention} ...${node} me=${me} />`;
        case "channel": return html`<${ChannelMention} ...${node} />`;
        case "everybody": return html`<bdi class="mention mine">@${plain_string(node.name.replace(/^@/, ""))}</bdi>`;
        case "date": return html`<${DateText} ...${node} me=${me} />`;
        case "link": return html`<${Link} url=${node.url}><${Plain} text=${node.label || node.url} /><//>`;
        default: return null;
    }
}

export function PersonMention({ id, label, me }) {
    const person = store.state.people[id];
    const name = person ? person.name : label.replace(/^@/, "") || id;
    return html`<bdi class=${id === me?.id ? "mention mine" : "mention"} title=${plain_string(person?.real_name ?? "")}>@${plain_string(name)}</bdi>`;
}

export function GroupMention({ id, label, me }) {
    const group = store.state.groups[id];
    const name = group ? group.handle : label.replace(/^@/, "") || id;
    const is_mine = group?.members.includes(me?.id);
    return html`<bdi class=${is_mine ? "mention mine" : "mention"} title=${plain_string(group?.name ?? "")}>@${plain_string(name)}</bdi>`;
}

export function ChannelMention({ id, label }) {
    const channel = store.state.channels[id];
    const name = channel?.name ?? (label || id);
    if (!channel) return html`<bdi class="mention">#${plain_string(name)}</bdi>`;
    return html`<button type="button" class="mention link" onClick=${() => open_place(id)}><bdi>#${plain_string(name)}</bdi></button>`;
}

export function DateText({ seconds, pattern, url, fallback, me }) {
    const { clock, clock_told_at } = store.state;
    const is_number = /^\d{1,11}$/.test(seconds);
    const words = is_number && date_pattern_words(seconds, pattern, me?.tz, now_of(clock, clock_told_at));
    const shown = words || fallback || seconds;
    const text = html`<time title=${fallback ? plain_string(fallback) : undefined}><${Plain} text=${shown} /></time>`;
    return url ? html`<${Link} url=${url}>${text}<//>` : text;
}

const permalink = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})(?:[?#]|$)/;

/// A link to a message of this workspace leads there; others leave the page, and only to where a browser may go.
export function Link({ url, children }) {
    const [, channel, seconds, fraction] = permalink.exec(url) ?? [];
    if (channel && store.state.channels[channel]) {
        const go = () => open_message(channel, `${seconds}.${fraction}`);
        return html`<button type="button" class="link" title="Show that message" onClick=${go}>${children}</button>`;
    }
    if (!/^(https?:\/\/|mailto:|tel:)/i.test(url)) return children;
    return html`<a href=${url} target="_blank" rel="noopener noreferrer" title=${plain_string(url)}>${children}</a>`;
}
