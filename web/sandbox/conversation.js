// A channel, or a person's conversation with the app: its head, its messages, and where one types.
import { html, useState } from "./view.js";
import { command, post_message, send } from "./actions.js";
import { Composer } from "./composer.js";
import { MessageList } from "./message_list.js";
import { Name, Plain } from "./plain_text.js";
import { open_place } from "./route.js";
import { store, use_store } from "./store.js";

/// Sends what was typed: a command to the app, or words to the conversation.
function send_typed({ text, chosen, channel, user, thread, broadcast }) {
    if (chosen) return command(channel, user, chosen.command, text.trim().slice(chosen.command.length).trim());
    return post_message({ channel, user, text, ...(thread && { thread_ts: thread }), ...(broadcast && { broadcast: true }) });
}

/// The last message of one's own that can be edited.
export function last_own_message(channel, me, thread) {
    const key = thread ? `${channel}/${me.id}/${thread}` : `${channel}/${me.id}`;
    const messages = store.state.histories[key]?.messages ?? [];
    return messages.findLast((message) => message.user === me.id && !message.deleted && !message.ephemeral)?.ts ?? null;
}

export function Channel({ channel, me }) {
    const [editing, set_editing] = useState(null);
    const is_member = channel.members.includes(me.id);
    const empty = html`<div class="beginning">
        <h3><span aria-hidden="true">#</span><${Name} text=${channel.name} /></h3>
        <p dir="auto">This is where the channel begins. ${channel.purpose && html`<${Plain} text=${channel.purpose} />`}</p>
    </div>`;
    return html`<section class="conversation" aria-label=${`Channel ${channel.name}`}>
        <header class="place-head">
            <h2>${channel.kind === "private" ? html`<span title="private" aria-label="private channel">🔒 </span>` : html`<span aria-hidden="true">#</span>`}<${Name} text=${channel.name} /></h2>
            <p class="topic" dir="auto"><${Plain} text=${channel.topic} /></p>
            <span class="note">${channel.members.length} members</span>
        </header>
        <div class="list-frame">
            <${MessageList} key=${`${channel.id} ${me.id}`} channel=${channel} me=${me} label=${`Messages in ${channel.name}`} empty=${empty} editing=${editing} on_edit=${set_editing} />
        </div>
        ${channel.is_archived
            ? html`<p class="instead-of-composer">This channel is archived: it can be read, and nothing can be said.</p>`
            : is_member
              ? html`<${Composer}
                    key=${`${channel.id} ${me.id}`}
                    me=${me}
                    place=${channel.id}
                    label=${`Message #${channel.name} as ${me.name}`}
                    takes_focus
                    on_send=${(text, chosen) => send_typed({ text, chosen, channel: channel.id, user: me.id })}
                    on_edit_last=${() => set_editing(last_own_message(channel.id, me))}
                />`
              : html`<${Join} channel=${channel} me=${me} />`}
    </section>`;
}

function Join({ channel, me }) {
    const [problem, set_problem] = useState("");
    const join = async () => {
        const answer = await send("member", { channel: channel.id, user: me.id });
        set_problem(answer.ok ? "" : answer.words);
    };
    return html`<p class="instead-of-composer">
        <span><${Name} text=${me.name} /> is not in this channel.</span>
        <button type="button" class="primary" onClick=${join}>Join #${channel.name}</button>
        ${problem && html`<span class="problem" role="alert">${problem}</span>`}
    </p>`;
}

/// The person and the app in private; there is no channel of it before the first message or the first visit.
export function AppMessages({ me, channel }) {
    const [editing, set_editing] = useState(null);
    const app = use_store((state) => state.app);
    const empty = html`<div class="beginning">
        <h3><${Name} text=${app.name} /></h3>
        <p>What ${app.name} tells ${me.name} alone appears here: when somebody waits for an answer, and what came of it.</p>
    </div>`;
    return html`
        <div class="list-frame">
            ${channel
                ? html`<${MessageList} key=${`${channel.id} ${me.id}`} channel=${channel} me=${me} label=${`Messages of ${app.name} to ${me.name}`} empty=${empty} editing=${editing} on_edit=${set_editing} />`
                : empty}
        </div>
        <${Composer}
            key=${`dm ${me.id}`}
            me=${me}
            place="dm"
            label=${`Message ${app.name} as ${me.name}`}
            takes_focus
            on_send=${(text, chosen) => send_typed({ text, chosen, channel: channel?.id ?? "dm", user: me.id })}
            on_edit_last=${() => set_editing(channel ? last_own_message(channel.id, me) : null)}
        />
    `;
}

export function Thread({ channel, me, thread, on_close }) {
    const [editing, set_editing] = useState(null);
    const [is_broadcast, set_broadcast] = useState(false);
    const name = channel.kind === "im" ? store.state.app.name : `#${channel.name}`;
    return html`<section class="thread" aria-label=${`Thread in ${name}`}>
        <header class="place-head">
            <h2>Thread</h2>
            <button type="button" class="link" onClick=${() => open_place(channel.id)}><bdi>${name}</bdi></button>
            <button type="button" class="quiet icon close" aria-label="Close the thread" title="Close the thread" onClick=${on_close}>×</button>
        </header>
        <div class="list-frame">
            <${MessageList} key=${`${channel.id} ${me.id} ${thread}`} channel=${channel} me=${me} thread=${thread} label="Replies" editing=${editing} on_edit=${set_editing} />
        </div>
        <${Composer}
            key=${`${channel.id} ${me.id} ${thread}`}
            me=${me}
            place=${channel.id}
            thread=${thread}
            label=${`Reply as ${me.name}`}
            takes_focus
            on_send=${(text) => send_typed({ text, channel: channel.id, user: me.id, thread, broadcast: is_broadcast })}
            on_edit_last=${() => set_editing(last_own_message(channel.id, me, thread))}
        />
        ${channel.kind !== "im" &&
        html`<label class="also-here"><input type="checkbox" checked=${is_broadcast} onChange=${() => set_broadcast(!is_broadcast)} /> <span>Show it in <bdi>${name}</bdi>, too</span></label>`}
    </section>`;
}
