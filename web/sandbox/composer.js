// Where messages and commands are typed. Completes names; Enter sends, Shift+Enter begins a line, Escape closes the
// menu, ArrowUp in an empty field edits the last message of one's own. What could not be sent stays, with the reason.
import { html, use_id, useEffect, useLayoutEffect, useRef, useState } from "./view.js";
import { use_shortcut } from "./actions.js";
import { command_of, completions } from "./completion.js";
import { draft_of, keep_draft, on_suggestion } from "./drafts.js";
import { Picker } from "./picker.js";
import { plain_string } from "./plain_text.js";
import { store, use_store } from "./store.js";

const rows_max_px = 220;

/// props: me, place, thread (or null), label, on_send(text, command) → answer, on_edit_last(), takes_focus
export function Composer({ me, place, thread = null, label, on_send, on_edit_last, takes_focus }) {
    const [text, set_text] = useState(() => draft_of(me.id, place, thread));
    const [caret, set_caret] = useState(0);
    const [active, set_active] = useState(0);
    const [closed_at, set_closed_at] = useState(null);
    const [phase, set_phase] = useState("");
    const [problem, set_problem] = useState("");
    const field = useRef(null);
    const id = use_id("composer");
    const app = use_store((state) => state.app);

    useEffect(() => on_suggestion(() => {
        set_text(draft_of(me.id, place, thread));
        field.current?.focus();
    }), [me.id, place, thread]);
    useEffect(() => {
        // Who walks through tabs by keys stays there.
        const is_walking = document.activeElement?.matches('[role="tab"]:focus-visible');
        if (takes_focus && !is_walking) field.current.focus({ preventScroll: true });
    }, []);
    useLayoutEffect(() => {
        field.current.style.height = "auto";
        field.current.style.height = `${Math.min(field.current.scrollHeight + 2, rows_max_px)}px`;
    }, [text]);

    const offered = closed_at === text ? null : completions(text, caret, store.state, me);
    const at = offered ? Math.min(active, offered.options.length - 1) : 0;
    const command = command_of(text, store.state);

    const change = (next, caret_then) => {
        set_text(next);
        keep_draft(me.id, place, thread, next);
        set_problem("");
        set_active(0);
        if (caret_then === undefined) return;
        set_caret(caret_then);
        requestAnimationFrame(() => {
            field.current?.focus();
            field.current?.setSelectionRange(caret_then, caret_then);
        });
    };
    const accept = ({ value }) => {
        const rest = text.slice(offered.to).replace(/^ /, "");
        change(text.slice(0, offered.from) + value + rest, offered.from + value.length);
    };
    const send = async () => {
        const words = text.trim();
        if (!words || phase) return;
        if (command === undefined) return set_problem(unknown_command_words(words, app));
        if (command && thread) return set_problem("Commands do not work in threads: type it in the channel's field.");
        set_phase(command ? "command" : "message");
        const answer = await on_send(text, command);
        set_phase("");
        if (answer.ok) {
            // What was typed on meanwhile is the beginning of the next.
            const now = field.current?.value ?? text;
            change(now.startsWith(text) ? now.slice(text.length).trimStart() : now);
        } else {
            set_problem(answer.words);
        }
        field.current?.focus();
    };
    const on_key = (event) => {
        if (event.isComposing) return;
        if (offered && menu_key(event)) return event.preventDefault();
        if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            send();
        } else if (event.key === "ArrowUp" && !text && on_edit_last) {
            event.preventDefault();
            on_edit_last();
        }
    };
    const menu_key = (event) => {
        const count = offered.options.length;
        if (event.key === "ArrowDown") set_active((at + 1) % count);
        else if (event.key === "ArrowUp") set_active((at + count - 1) % count);
        else if (event.key === "Escape") set_closed_at(text);
        else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && is_unfinished())) accept(offered.options[at]);
        else return false;
        event.stopPropagation();
        return true;
    };
    /// Enter sends what needs no completion any more.
    const is_unfinished = () => text.slice(offered.from, offered.to) !== offered.options[at].value.trim();
    const follow = (event) => set_caret(event.target.selectionStart);

    return html`<div class="composer">
        ${offered && html`<${Offered} id=${id} offered=${offered} at=${at} on_choose=${accept} />`}
        <div class="composer-field">
            ${!thread && html`<${PlusMenu} app=${app} me=${me} on_command=${(name) => change(`${name} `, name.length + 1)} on_problem=${set_problem} />`}
            <textarea
                ref=${field}
                dir="auto"
                rows="1"
                aria-label=${label}
                aria-autocomplete="list"
                aria-controls=${offered ? `${id}-offered` : undefined}
                aria-activedescendant=${offered ? `${id}-${at}` : undefined}
                aria-describedby=${`${id}-hint`}
                placeholder=${label}
                value=${text}
                onInput=${(event) => {
                    change(event.target.value);
                    follow(event);
                }}
                onKeyDown=${on_key}
                onKeyUp=${follow}
                onClick=${follow}
            ></textarea>
            <button type="button" class="primary" disabled=${!text.trim() || phase !== ""} onClick=${send}>Send</button>
        </div>
        <p class="composer-hint" id=${`${id}-hint`}>
            ${command ? html`<code>${command.command} ${plain_string(command.usage_hint ?? "")}</code>` : "Enter sends · Shift+Enter: new line · / for commands, @ for people"}
        </p>
        ${phase === "command" && html`<div class="waiting" role="status"><span class="three-seconds"></span>Waiting for ${app.name}: it has 3 seconds to answer.</div>`}
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </div>`;
}

function unknown_command_words(words, app) {
    const name = words.split(/\s/)[0];
    const known = app.commands.map(({ command }) => command).join(", ");
    return `There is no command ${name}. ${known ? `${app.name} understands ${known}.` : ""} To send it as words, begin with something else.`;
}

function Offered({ id, offered, at, on_choose }) {
    return html`<ul class="offered" role="listbox" id=${`${id}-offered`} aria-label=${`Fitting: ${offered.kind}`}>
        ${offered.options.map(
            (option, index) => html`<li
                key=${option.value}
                id=${`${id}-${index}`}
                role="option"
                aria-selected=${index === at}
                class=${index === at ? "option is-active" : "option"}
                onMouseDown=${(event) => {
                    event.preventDefault();
                    on_choose(option);
                }}
            >
                <strong><bdi>${plain_string(option.label)}</bdi></strong> <small><bdi>${plain_string(option.description ?? "")}</bdi></small>
            </li>`,
        )}
    </ul>`;
}

/// The app's global shortcuts and its commands.
function PlusMenu({ app, me, on_command, on_problem }) {
    const shortcuts = app.shortcuts.filter((shortcut) => shortcut.type === "global");
    const options = [
        ...shortcuts.map((each) => ({ value: each.callback_id, label: each.name, description: each.description, group: `Shortcuts of ${app.name}` })),
        ...app.commands.map((each) => ({ value: each.command, label: each.command, description: each.description, group: "Commands" })),
    ];
    if (options.length === 0) return null;
    const choose = async ([value]) => {
        if (value.startsWith("/")) return on_command(value);
        const answer = await use_shortcut({ user: me.id, callback_id: value });
        on_problem(answer.ok ? "" : answer.words);
    };
    return html`<${Picker} label="Shortcuts and commands" title="Shortcuts and commands" look="quiet icon plus" caption="+" options=${options} on_choose=${choose} />`;
}
