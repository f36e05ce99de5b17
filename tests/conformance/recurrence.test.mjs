// npm's rrule against ackd's reading of recurrence rules: the same days, for 500 rules made from a seed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import rrule from 'rrule';

const RULES = 500;
const DAY = 24 * 60 * 60 * 1000;
const WITHIN = 400;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/// The same numbers every time (mulberry32).
function numbersFrom(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const textOf = (day) => new Date(day).toISOString().slice(0, 10);

/// Rules of every frequency, with what may stand in each by RFC 5545. What it leaves open is left out: a week of the
/// year without a day, and places in a week (BYSETPOS) of which the start cuts off a part. Weeks at the turn of a year are
/// left out, too: libical does not give them in order, and they are refused.
function makeRule(number) {
  const one = (list) => list[number(list.length)];
  const some = (list) => {
    const chosen = list.filter(() => number(3) === 0);
    return (chosen.length ? chosen : [one(list)]).join(',');
  };
  const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const parts = [];
  const maybe = (name, list) => {
    if (number(3) === 0) parts.push(`${name}=${list()}`);
  };
  const monthDays = () => some([1, 2, 5, 13, 15, 28, 29, 30, 31, -1, -2, -15]);
  const months = () => some(range(1, 12));
  const frequency = one(['DAILY', 'WEEKLY', 'WEEKLY', 'MONTHLY', 'MONTHLY', 'MONTHLY', 'YEARLY']);
  if (frequency === 'DAILY') {
    parts.push(`INTERVAL=${1 + number(40)}`);
    maybe('BYDAY', () => some(WEEKDAYS));
    maybe('BYMONTH', months);
    maybe('BYMONTHDAY', monthDays);
  } else if (frequency === 'WEEKLY') {
    parts.push(`INTERVAL=${1 + number(8)}`);
    if (number(4)) parts.push(`BYDAY=${some(WEEKDAYS)}`);
    maybe('BYMONTH', months);
    maybe('WKST', () => one(['SU', 'MO', 'SA', 'WE']));
  } else if (frequency === 'MONTHLY') {
    parts.push(`INTERVAL=${1 + number(6)}`);
    const kind = number(5);
    if (kind === 0) parts.push(`BYMONTHDAY=${monthDays()}`);
    if (kind === 1) parts.push(`BYDAY=${one([1, 2, 3, 4, 5, -1, -2])}${one(WEEKDAYS)}`);
    if (kind === 2) parts.push(`BYDAY=${some(WEEKDAYS)}`, `BYSETPOS=${one([1, 2, 3, -1, -2])}`);
    if (kind === 3) parts.push(`BYDAY=${some(WEEKDAYS)}`, `BYMONTHDAY=${some(range(8, 21))}`);
    maybe('BYMONTH', months);
  } else {
    const kind = number(4);
    if (kind === 0) parts.push(`BYMONTH=${months()}`, `BYMONTHDAY=${monthDays()}`);
    if (kind === 1) parts.push(`BYMONTH=${months()}`, `BYDAY=${one([1, 2, -1])}${one(WEEKDAYS)}`);
    if (kind === 2) parts.push(`BYYEARDAY=${some([1, 60, 100, 200, 300, 365, -1])}`);
    if (kind === 3) parts.push(`BYWEEKNO=${some([2, 10, 20, 30, 40])}`, `BYDAY=${some(WEEKDAYS)}`);
  }
  return `FREQ=${frequency};${parts.join(';')}`;
}

function makeCase(number) {
  const starts = Date.UTC(2020, 0, 1) + number(3000) * DAY;
  // Past the first year, so that no period is cut off by the start; now and then far ahead.
  const from = starts + (400 + number(4) * 2000) * DAY;
  return { rule: makeRule(number), starts, from, until: from + 1000 * DAY };
}

/// The days, in order, as rrule has them.
function expectedDays({ rule, starts }, from, until) {
  const options = { ...rrule.RRule.parseString(rule), dtstart: new Date(starts) };
  const days = new rrule.RRule(options).between(new Date(from), new Date(until - 1), true);
  return days.map((day) => day.getTime());
}

/// Whether it does not come round within 400 days, in the years in which ackd looks.
function isTooSeldom(made) {
  let last = made.starts - DAY;
  const end = made.starts + 3 * WITHIN * DAY;
  for (const day of expectedDays(made, made.starts, end + 2 * WITHIN * DAY)) {
    if (day > last + WITHIN * DAY) return true;
    last = day;
    if (last >= end) return false;
  }
  return true;
}

test(`${RULES} recurrence rules fall on the same days as with rrule`, () => {
  const number = numbersFrom(20260302);
  const cases = Array.from({ length: RULES + 200 }, () => makeCase(number));
  const line = ({ rule, starts, from, until }) => `${textOf(starts)} ${textOf(from)} ${textOf(until)} ${rule}\n`;
  const program = path.join(process.env.ACKD_BIN_DIR, 'ackd-occurrences');
  const ran = spawnSync(program, { input: cases.map(line).join(''), encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(ran.status, 0, ran.stderr);
  const answers = ran.stdout.split('\n').slice(0, -1);
  assert.equal(answers.length, cases.length);
  let compared = 0;
  let occurrences = 0;
  cases.forEach((made, index) => {
    const what = line(made);
    if (answers[index].startsWith('refused: ')) {
      assert.ok(isTooSeldom(made), `${what}${answers[index]}`);
      return;
    }
    const days = expectedDays(made, made.from, made.until).map(textOf);
    assert.equal(answers[index], days.join(' '), what);
    compared += 1;
    occurrences += days.length;
  });
  assert.ok(compared >= RULES, `only ${compared} were compared`);
  assert.ok(occurrences > 10 * RULES, `only ${occurrences} days were compared`);
});
