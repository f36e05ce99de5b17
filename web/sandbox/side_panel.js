// The panel at the side: wire, faults, teammates, one tab each.
import { html } from "./view.js";
import { Faults } from "./faults.js";
import { Teammates } from "./teammates.js";
import { WirePanel } from "./wire_panel.js";

export const panel_tabs = [
    { name: "wire", label: "Wire", view: WirePanel },
    { name: "faults", label: "Faults", view: Faults },
    { name: "teammates", label: "Teammates", view: Teammates },
];

export function SidePanel({ tab, on_tab, on_close }) {
    const at = panel_tabs.findIndex(({ name }) => name === tab);
    const { view: View } = panel_tabs[at];
    const on_key = (event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const next = panel_tabs[(at + step + panel_tabs.length) % panel_tabs.length];
        on_tab(next.name);
        event.currentTarget.querySelector(`[data-tab="${next.name}"]`).focus();
    };
    return html`<aside class="side-panel" aria-label="Behind the scenes">
        <header class="place-head">
            <div role="tablist" class="tabs" aria-label="Behind the scenes" onKeyDown=${on_key}>
                ${panel_tabs.map(
                    ({ name, label }) => html`<button
                        key=${name}
                        type="button"
                        role="tab"
                        data-tab=${name}
                        id=${`panel-tab-${name}`}
                        aria-selected=${name === tab}
                        aria-controls="panel-tab-panel"
                        tabindex=${name === tab ? 0 : -1}
                        onClick=${() => on_tab(name)}
                    >
                        ${label}
                    </button>`,
                )}
            </div>
            <button type="button" class="quiet icon close" aria-label="Close this panel" title="Close this panel" onClick=${on_close}>×</button>
        </header>
        <div class="tab-panel" role="tabpanel" id="panel-tab-panel" aria-labelledby=${`panel-tab-${tab}`}><${View} /></div>
    </aside>`;
}
