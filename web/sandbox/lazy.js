// Views whose module is read when they are first drawn, so that the page is there sooner.
import { html, useEffect, useState } from "./view.js";

/// lazy(() => import("./modal.js"), "Forms"): draws nothing until the module is there.
export function lazy(load, name) {
    let View = null;
    return function Lazy(props) {
        const [problem, set_problem] = useState("");
        const [, redraw] = useState(0);
        useEffect(() => {
            if (View) return;
            load().then(
                (module) => {
                    View = module[name];
                    redraw((count) => count + 1);
                },
                () => set_problem("This part of the page could not be read. Is the sandbox still running? Reload to try again."),
            );
        }, []);
        if (View) return html`<${View} ...${props} />`;
        return problem && html`<p class="problem" role="alert">${problem}</p>`;
    };
}
