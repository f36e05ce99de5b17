// A dialog over the page: the browser keeps the focus inside, and gives it back afterwards.
import { html, useEffect, useLayoutEffect, useRef } from "./view.js";

/// `on_close` is asked by Escape and by the cross; the dialog goes when its owner no longer draws it.
export function Dialog({ label_id, on_close, children, ...props }) {
    const dialog = useRef(null);
    useLayoutEffect(() => {
        const before = document.activeElement;
        dialog.current.showModal();
        // Only when it is gone: as long as it is there, nothing else can be typed into.
        const give_back = () => {
            if (before?.isConnected && document.activeElement === document.body) before.focus();
        };
        return () => requestAnimationFrame(give_back);
    }, []);
    useEffect(() => {
        const first = dialog.current.querySelector("[data-focus-first], input, textarea, .choice, .primary");
        first?.focus();
    }, []);
    const cancel = (event) => {
        event.preventDefault();
        on_close();
    };
    return html`<dialog ref=${dialog} class=${props.class} aria-labelledby=${label_id} onCancel=${cancel}>${children}</dialog>`;
}
