// Draws a list of Block Kit's blocks, as a message, a Home or a form has them.
//
// `surface` says what can be done there: press(action) for what goes to the app at once, and, in a form, `form` with its
// field view, the values entered and the problems found (see input_block.js).
import { Component, html } from "../view.js";
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

/// Pictures from elsewhere are named, not loaded: the page talks to nothing but the sandbox.
function Picture({ image }) {
    const alt = plain_string(image.alt_text ?? "");
    if (/^data:image\/(png|jpeg|gif|webp);/.test(image.image_url ?? "")) {
        return html`<img src=${image.image_url} alt=${alt} loading="lazy" />`;
    }
    return html`<span class="picture" title=${plain_string(image.image_url ?? "")}><span aria-hidden="true">🖼 </span>Picture: <bdi>${alt}</bdi></span>`;
}
