// Draws a list of Block Kit's blocks, as a message, a Home or a form has them.
//
// `surface` says what can be done there: press(action) for what goes to the app at once, and, in a form, `form` with its
// field view, the values entered and the problems found (see input_block.js).
import { Component, html, useState } from "../view.js";
import { TextObject } from "../markup_view.js";
import { plain_string } from "../plain_text.js";
import { Control } from "./controls.js";
import { Placeholder } from "./placeholder.js";
import { PressArea } from "./press_area.js";
import { RichText } from "./rich_text.js";

export function Blocks({ blocks, surface }) {
    if (!Array.isArray(blocks)) return null;
    return html`<div class="blocks">
        ${blocks.map((block, at) => html`<${Shielded} key=${block?.block_id ?? at} block=${block} surface=${surface} />`)}
    </div>`;
}

/// A block of a shape that nobody foresaw becomes a placeholder; the rest stays.
class Shielded extends Component {
    state = { is_broken: false };

    static getDerivedStateFromError() {
        return { is_broken: true };
    }

    render({ block, surface }, { is_broken }) {
        return is_broken ? html`<${Placeholder} what=${block} />` : html`<${Block} block=${block} surface=${surface} />`;
    }
}

function Block({ block, surface }) {
    switch (block?.type) {
        case "section": return html`<${Section} block=${block} surface=${surface} />`;
        case "header": return html`<h3 class="header-block" dir="auto"><${TextObject} text=${block.text} /></h3>`;
        case "divider": return html`<hr />`;
        case "context": return html`<${ContextBlock} block=${block} />`;
        case "actions": return html`<${ActionsBlock} block=${block} surface=${surface} />`;
        case "image": return html`<${ImageBlock} block=${block} />`;
        case "rich_text": return html`<${RichText} block=${block} />`;
        case "input":
            if (!surface.form) return html`<${Placeholder} what=${block} />`;
            return html`<${surface.form.field} block=${block} surface=${surface} />`;
        default: return html`<${Placeholder} what=${block} />`;
    }
}

function Section({ block, surface }) {
    const accessory = block.accessory;
    const controls = ({ press, busy }) => html`<${Control} element=${accessory} press=${press} busy=${busy} />`;
    return html`<div class="section-block">
        <div class="section-text">
            ${block.text && html`<div class="markup" dir="auto"><${TextObject} text=${block.text} /></div>`}
            ${block.fields &&
            html`<div class="fields">
                ${block.fields.map((field) => html`<div class="markup" dir="auto"><${TextObject} text=${field} /></div>`)}
            </div>`}
        </div>
        ${accessory &&
        html`<div class="accessory">
            ${accessory.type === "image"
                ? html`<${Picture} image=${accessory} />`
                : html`<${PressArea} surface=${surface} block=${block} draw=${controls} />`}
        </div>`}
    </div>`;
}

function ContextBlock({ block }) {
    return html`<div class="context-block">
        ${block.elements.map((element) =>
            element.type === "image"
                ? html`<${Picture} image=${element} />`
                : html`<div class="markup" dir="auto"><${TextObject} text=${element} /></div>`,
        )}
    </div>`;
}

function ActionsBlock({ block, surface }) {
    return html`<${PressArea}
        surface=${surface}
        block=${block}
        draw=${({ press, busy }) => html`<div class="actions-block">
            ${block.elements.map((element, at) => html`<${Control} key=${element.action_id ?? at} element=${element} press=${press} busy=${busy} />`)}
        </div>`}
    />`;
}

function ImageBlock({ block }) {
    return html`<figure>
        ${block.title && html`<figcaption dir="auto"><${TextObject} text=${block.title} /></figcaption>`}
        <${Picture} image=${block} />
    </figure>`;
}

/// The page talks to nothing but the sandbox: it shows what that has fetched, and names pictures from elsewhere.
function Picture({ image }) {
    const alt = plain_string(image.alt_text ?? "");
    const address = image.image_url ?? "";
    const [missing, set_missing] = useState("");
    const is_inside = /^data:image\/(png|jpeg|gif|webp);/.test(address);
    const is_fetched = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):/.test(address);
    if (missing === address || (!is_inside && !is_fetched)) {
        return html`<span class="picture" title=${plain_string(address)}><span aria-hidden="true">🖼 </span>Picture: <bdi>${alt}</bdi></span>`;
    }
    const source = is_inside ? address : `/page/picture?url=${encodeURIComponent(address)}`;
    return html`<img src=${source} alt=${alt} loading="lazy" onError=${() => set_missing(address)} />`;
}
