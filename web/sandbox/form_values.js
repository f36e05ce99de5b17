// What is entered in a form: at first, and whether it can be sent. Pure.
//
// Values go by "block_id/action_id", as /sandbox/submit names them.
import { initial_value, is_list } from "./blocks/choices.js";

export function value_name(block, element) {
    return `${block.block_id}/${element.action_id}`;
}

function elements_of(view) {
    const stateless = ["button", "overflow", "image"];
    return (view.blocks ?? []).flatMap((block) =>
        [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])]
            .filter((element) => element?.action_id && !stateless.includes(element.type))
            .map((element) => ({ block, element })),
    );
}

/// The values of the view, where nothing was entered its initial ones; what no longer is in the view is dropped.
export function values_for(view, entered = {}, here = null) {
    const values = {};
    for (const { block, element } of elements_of(view)) {
        const name = value_name(block, element);
        values[name] = Object.hasOwn(entered, name) ? entered[name] : initial_value(element, here);
    }
    return values;
}

const is_empty = (value) => value === null || value === undefined || value === "" || value.length === 0;

/// As they are sent: a text field left empty has no value.
export function values_to_send(values) {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === "" ? null : value]));
}

/// {block_id: what is wrong}; empty when the form can be sent.
export function problems_of(view, values) {
    const problems = {};
    for (const { block, element } of elements_of(view)) {
        if (block.type !== "input") continue;
        const value = values[value_name(block, element)];
        const problem = is_empty(value) ? !block.optional && missing_words(element) : problem_of(element, value);
        if (problem) problems[block.block_id] = problem;
    }
    return problems;
}

function missing_words(element) {
    if (is_list(element)) return "Choose at least one.";
    return /text_input|number/.test(element.type) ? "This is needed." : "Choose one.";
}

function problem_of(element, value) {
    const { min_length, max_length, min_value, max_value } = element;
    const length = typeof value === "string" ? [...value].length : 0;
    if (element.type === "number_input") {
        const number = Number(value);
        if (!/^-?\d+([.]\d+)?$/.test(value.trim())) return "This must be a number.";
        if (!element.is_decimal_allowed && !Number.isInteger(number)) return "This must be a whole number.";
        if (min_value !== undefined && number < Number(min_value)) return `This must be ${min_value} or more.`;
        if (max_value !== undefined && number > Number(max_value)) return `This must be ${max_value} or less.`;
        return null;
    }
    if (element.type === "email_text_input" && !/^\S+@\S+\.\S+$/.test(value)) return "This must be an e-mail address.";
    if (element.type === "url_text_input" && !URL.canParse(value)) return "This must be an address, with https://.";
    if (min_length && length < min_length) return `This needs at least ${min_length} characters.`;
    if (max_length && length > max_length) return `This may have at most ${max_length} characters.`;
    return null;
}
