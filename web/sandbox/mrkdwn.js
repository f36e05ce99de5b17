// Slack's markup as a tree. Pure: text in, nodes out; markup_view.js draws them.
//
//   {kind: "text", text}            {kind: "code", text}           {kind: "pre", text}
//   {kind: "bold" | "italic" | "strike" | "quote", children}
//   {kind: "person" | "channel" | "group", id, label}              {kind: "everybody", name}
//   {kind: "link", url, label}      {kind: "date", seconds, pattern, url, fallback}      {kind: "emoji", name}
//
// Time is linear in the length: a mark that finds no end on its line is not looked for again on that line.

const marks = { "*": "bold", "_": "italic", "~": "strike" };

export function parse_mrkdwn(text) {
    const nodes = [];
    const parts = text.split("```");
    if (parts.length % 2 === 0) {
        const never_closed = parts.pop();
        parts.push(parts.pop() + "```" + never_closed);
    }
    parts.forEach((part, at) => {
        if (at % 2 === 1) {
            const inside = part.replace(/^\n/, "").replace(/\n$/, "");
            if (inside) nodes.push({ kind: "pre", text: readable(inside) });
            return;
        }
        let outside = part;
        if (at > 0) outside = outside.replace(/^\n/, "");
        if (at < parts.length - 1) outside = outside.replace(/\n$/, "");
        nodes.push(...parse_lines(outside));
    });
    return nodes;
}

const quote_mark = /^(?:&gt;|>) ?/;

function parse_lines(text) {
    if (!text) return [];
    const nodes = [];
    let gathered = [];
    let is_quote = false;
    const flush = () => {
        if (gathered.length === 0) return;
        const children = parse_inline(gathered.join("\n"));
        if (is_quote) nodes.push({ kind: "quote", children });
        else nodes.push(...children);
        gathered = [];
    };
    for (const line of text.split("\n")) {
        const quoted = quote_mark.test(line);
        if (quoted !== is_quote) {
            flush();
            is_quote = quoted;
        }
        gathered.push(quoted ? line.replace(quote_mark, "") : line);
    }
    flush();
    return nodes;
}

const token = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):|[*_~]/g;
const is_word = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

function parse_inline(text, open = "") {
    const nodes = [];
    const hopeless = {}; // mark → up to where there is no end for it
    const scanner = new RegExp(token);
    let plain_from = 0;
    const take_plain = (to) => {
        if (to > plain_from) nodes.push({ kind: "text", text: readable(text.slice(plain_from, to)) });
    };
    for (let found = scanner.exec(text); found; found = scanner.exec(text)) {
        const at = found.index;
        const node = node_of(text, found, open, hopeless);
        if (!node) continue;
        take_plain(at);
        nodes.push(node.value);
        plain_from = node.end;
        scanner.lastIndex = node.end;
    }
    take_plain(text.length);
    return nodes;
}

function node_of(text, found, open, hopeless) {
    const [whole, reference, code, emoji] = found;
    const at = found.index;
    const end = at + whole.length;
    if (reference !== undefined) {
        const value = reference_node(reference);
        return value && { value, end };
    }
    if (code !== undefined) return { value: { kind: "code", text: readable(code) }, end };
    // The middle of 10:30:45 is none.
    if (emoji !== undefined) return is_word(text[at - 1]) ? null : { value: { kind: "emoji", name: emoji }, end };
    const next = text[at + 1];
    if (open.includes(whole) || is_word(text[at - 1]) || next === undefined || /\s/.test(next) || next === whole) {
        return null;
    }
    if (at < (hopeless[whole] ?? 0)) return null;
    const close = closing_mark(text, whole, at, hopeless);
    if (close < 0) return null;
    const children = parse_inline(text.slice(at + 1, close), open + whole);
    return { value: { kind: marks[whole], children }, end: close + 1 };
}

/// Where the mark that opens at `from` is closed, or -1.
function closing_mark(text, mark, from, hopeless) {
    const line_end = text.indexOf("\n", from) < 0 ? text.length : text.indexOf("\n", from);
    for (let at = text.indexOf(mark, from + 2); at >= 0 && at < line_end; at = text.indexOf(mark, at + 1)) {
        if (!/\s/.test(text[at - 1]) && !is_word(text[at + 1])) return at;
    }
    hopeless[mark] = line_end;
    return -1;
}

function reference_node(inside) {
    const bar = inside.indexOf("|");
    const target = bar < 0 ? inside : inside.slice(0, bar);
    const label = bar < 0 ? "" : readable(inside.slice(bar + 1));
    if (target.startsWith("@")) return { kind: "person", id: target.slice(1), label };
    if (target.startsWith("#")) return { kind: "channel", id: target.slice(1), label };
    if (target.startsWith("!subteam^")) return { kind: "group", id: target.slice(9), label };
    if (target.startsWith("!date^")) {
        const [, seconds, pattern = "", url = ""] = target.split("^");
        return { kind: "date", seconds, pattern: readable(pattern), url: readable(url), fallback: label };
    }
    if (target.startsWith("!")) return { kind: "everybody", name: label || target.slice(1) };
    if (/^(https?:\/\/|mailto:|tel:)/i.test(target)) return { kind: "link", url: readable(target), label };
    return null;
}

/// The three characters that the wire escapes.
export function readable(text) {
    return text.replace(/&(amp|lt|gt);/g, (whole, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}

/// The markup as somebody would type it again: <@U0ADA> is @ada, addresses stand bare. For editing.
export function typed_text(text, { people, channels, groups }) {
    const typed = text.replace(/<([^<>\n]+)>/g, (whole, inside) => {
        const node = reference_node(inside);
        switch (node?.kind) {
            case "person": return people[node.id] ? `@${people[node.id].name}` : whole;
            case "channel": return channels[node.id] ? `#${channels[node.id].name}` : whole;
            case "group": return groups[node.id] ? `@${groups[node.id].handle}` : whole;
            case "everybody": return `@${node.name}`;
            case "link": return node.label && node.label !== node.url ? whole : inside.split("|")[0];
            default: return whole;
        }
    });
    return readable(typed);
}
