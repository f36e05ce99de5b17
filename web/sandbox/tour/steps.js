// The tour: seven steps, as data. Texts and conditions are here and nowhere else.
//
//   title, text       what the visitor reads; text is markup like a message's
//   parts             what there is to do, in order: {words, is_done(seen, view), target(seen), person?, place?, type?,
//                     panel?}: target is what to point at; person, place, panel and type (what to type) are what the
//                     button does; words and type may be functions of `seen`
// A step is done when its last part is; the first part that is not done is the one that is pointed at.
// `seen` is what observations.js gathers, `view` is {person: a name, place}.

export const people_of_tour = ["ada", "ben", "chen", "eli"];
const on_call = ["ben", "eli"];

const person = (name) => `[data-person-name="${name}"]`;
const message = (entry) => (entry ? `[data-ts="${entry.ts}"]` : null);
const composer = ".middle .composer textarea";
const next_thing = '[data-tour="next"]';

const trace_of = (seen) => `/ackd trace ${seen.numbers[0] ?? 1}`;

const be = (name) => ({
    words: `Be ${name}: click the face at the left.`,
    target: () => person(name),
    person: name,
});

const type = (words, asker, line, is_done) => ({
    words, target: () => composer, person: asker, place: "general", type: line, is_done,
});

export const steps = [
    {
        title: "Ask for an answer",
        text: "You are ada, and need to know that ben has read something. A plain message may be lost among others. Ask with a command instead.",
        parts: [
            type(
                "In #general, type `/ack @ben please read the release plan` and press Enter.",
                "ada", "/ack @ben please read the release plan",
                (seen) => seen.plan !== null,
            ),
        ],
    },
    {
        title: "Ignore it, and jump ahead",
        text: "The card says who has it and who does not. Now be ben, and do nothing: he is busy. For this tour nobody answers in his place.",
        parts: [
            { ...be("ben"), is_done: (seen, view) => view.person === "ben" || seen.nudge !== null },
            {
                words: "Then jump to the next thing that happens; perhaps more than once.",
                target: () => next_thing,
                is_done: (seen) => seen.nudge !== null,
            },
        ],
    },
    {
        title: "See the nudge",
        text: "Ben has two hours of his own working time. Most of it is over, so ackd reminds him, in private, and says what comes next if it stays open.",
        parts: [
            { ...be("ben"), is_done: (seen, view) => view.person === "ben" },
            {
                words: "Open *Messages*, below ackd.",
                target: () => '[data-place="dm"]',
                place: "dm",
                is_done: (seen, view) => view.person === "ben" && view.place === "dm",
            },
        ],
    },
    {
        title: "Promise",
        text: "Ben has it, and needs until tomorrow. A promise is an answer: the nudges stop until then.",
        parts: [
            {
                words: "In the nudge choose *Got it, by …* and then _tomorrow_.",
                target: (seen) => message(seen.nudge),
                person: "ben",
                place: "dm",
                is_done: (seen) => seen.nudge?.is_answered || /1 of 1 received/.test(seen.plan?.words),
            },
        ],
    },
    {
        title: "Escalate, and stand down",
        text: "Something urgent, and the person asked does not answer. The route says who is asked then: those on call, ben and eli.",
        parts: [
            type(
                "As ada, in #general: `/ack @chen !now !route=incident the checkout is down`",
                "ada", "/ack @chen !now !route=incident the checkout is down",
                (seen) => seen.incident !== null,
            ),
            {
                words: "Chen is away. Jump to the next thing that happens until ben and eli are asked.",
                target: () => next_thing,
                is_done: (seen) => on_call.every((name) => seen.calls[name]),
            },
            {
                words: "Be ben, open *Messages* and press *I have it*. See that eli's message says so.",
                target: (seen) => message(seen.calls.ben),
                person: "ben",
                place: "dm",
                is_done: (seen) => on_call.some((name) => seen.calls[name]?.is_stood_down),
            },
        ],
    },
    {
        title: "Cut the connection",
        text: "Nothing that people do is lost while ackd is away: it reads what was said and reacted before it asks anybody again.",
        parts: [
            {
                words: "Open *Wire*, then *Faults*, and switch *Cut* on.",
                target: () => '[data-tour="cut"]',
                panel: "faults",
                is_done: (seen) => seen.was_cut,
            },
            {
                words: "As ben, in #general, react with ✅ to the card of the release plan: it is done.",
                target: (seen) => message(seen.plan),
                person: "ben",
                place: "general",
                is_done: (seen) => seen.acted_while_cut,
            },
            {
                words: "Switch *Cut* off, and see ackd come back.",
                target: () => '[data-tour="cut"]',
                panel: "faults",
                is_done: (seen) => seen.is_healed,
            },
            {
                words: "The card catches up by itself.",
                target: (seen) => message(seen.plan),
                place: "general",
                is_done: (seen) => seen.caught_up,
            },
        ],
    },
    {
        title: "Look at the trace",
        text: "How did it get here? Everything that ackd did is in its journal, with the reason.",
        parts: [
            type((seen) => `As ada, in #general: \`${trace_of(seen)}\``, "ada", trace_of, (seen) => seen.traced),
        ],
    },
];

/// The part to do now; null when the step is done.
export function open_part(step, seen, view) {
    const is_over = step.parts.at(-1).is_done(seen, view);
    return is_over ? null : step.parts.find((part) => !part.is_done(seen, view)) ?? null;
}
