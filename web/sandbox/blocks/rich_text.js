// The rich_text block: what Slack makes of what people type.
import { html } from "../view.js";
import { use_me } from "../route.js";
import { Plain, plain_string } from "../plain_text.js";
import { ChannelMention, DateText, Emoji, GroupMention, Link, PersonMention } from "../markup_view.js";
import { Placeholder } from "./placeholder.js";

export function RichText({ block }) {
    return html`<div class="markup" dir="auto">${(block.elements ?? []).map((part) => html`<${Part} part=${part} />`)}</div>`;
}

function Part({ part }) {
    const inside = () => (part.elements ?? []).map((leaf) => html`<${Leaf} leaf=${leaf} />`);
    switch (part.type) {
        case "rich_text_section": return html`<div dir="auto">${inside()}</div>`;
        case "rich_text_quote": return html`<blockquote dir="auto">${inside()}</blockquote>`;
        case "rich_text_preformatted": return html`<pre dir="auto" tabindex="0">${inside()}</pre>`;
        case "rich_text_list": {
            const items = (part.elements ?? []).map((item) => html`<li dir="auto"><${Part} part=${item} /></li>`);
            const look = `indent-${Math.min(Number(part.indent) || 0, 4)}`;
            return part.style === "ordered"
                ? html`<ol class=${look} start=${(Number(part.offset) || 0) + 1}>${items}</ol>`
                : html`<ul class=${look}>${items}</ul>`;
        }
        default: return html`<${Placeholder} what=${part} />`;
    }
}

function Leaf({ leaf }) {
    const me = use_me();
    return styled(leaf.style ?? {}, leaf_content(leaf, me));
}

function leaf_content(leaf, me) {
    switch (leaf.type) {
        case "text": return html`<${Plain} text=${leaf.text} />`;
        case "user": return html`<${PersonMention} id=${leaf.user_id} label="" me=${me} />`;
        case "usergroup": return html`<${GroupMention} id=${leaf.usergroup_id} label="" me=${me} />`;
        case "channel": return html`<${ChannelMention} id=${leaf.channel_id} label="" />`;
        case "broadcast": return html`<bdi class="mention mine">@${plain_string(leaf.range)}</bdi>`;
        case "emoji": return html`<${Emoji} name=${String(leaf.name)} />`;
        case "link": return html`<${Link} url=${String(leaf.url)}><${Plain} text=${leaf.text || leaf.url} /><//>`;
        case "date": return html`<${DateText} seconds=${String(leaf.timestamp)} pattern=${leaf.format ?? "{date}"} url=${leaf.url ?? ""} fallback=${leaf.fallback ?? ""} me=${me} />`;
        case "color": return html`<code><${Plain} text=${leaf.value} /></code>`;
        default: return html`<${Placeholder} what=${leaf} />`;
    }
}

function styled(style, content) {
    let drawn = content;
    if (style.code) drawn = html`<code>${drawn}</code>`;
    if (style.strike) drawn = html`<s>${drawn}</s>`;
    if (style.italic) drawn = html`<em>${drawn}</em>`;
    if (style.bold) drawn = html`<strong>${drawn}</strong>`;
    return drawn;
}
