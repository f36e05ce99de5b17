// What a Bolt app must see and be able to do in the sandbox, the same over sockets and over HTTP.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { Sandbox } from './sandbox.mjs';
import { plain, startApp } from './sample_app.mjs';

const card = {
  channel: 'C0GENERAL',
  text: 'A decision',
  blocks: [
    { type: 'section', text: plain('A decision') },
    {
      type: 'actions',
      block_id: 'decision',
      elements: [
        { type: 'button', action_id: 'approve', text: plain('Approve'), value: '7', style: 'primary' },
        { type: 'button', action_id: 'forget', text: plain('Forget'), value: '7' },
        { type: 'users_select', action_id: 'pick', placeholder: plain('Who') },
      ],
    },
  ],
};

export function appSuite(mode) {
  let sandbox;
  let app;
  let seen;
  const client = () => app.client;
  const says = (user, text, more = {}) => sandbox.call('post', { channel: '#general', user, text, ...more });
  const confirmed = () => sandbox.call('wait', { unconfirmed: 0 });

  before(async () => {
    sandbox = await Sandbox.start('--rate-limits', 'off', '--redelivery-ms', '300,300,300');
    ({ app, seen } = await startApp(sandbox, mode));
  });
  after(async () => {
    await app?.stop();
    // For the compiler, which knows the types.
    if (seen) await writeFile(`received-${mode}.json`, JSON.stringify(seen.all('received')));
    await sandbox?.end();
  });

  describe(`messages, ${mode}`, () => {
    test('a message arrives once, with its sender, and is answered in its thread', async () => {
      const { ts } = await says('ada', 'good morning everybody');
      const [answer] = await sandbox.expect('Good morning, <@U0ADA>', { channel: '#general' });
      assert.equal(answer.thread_ts, ts);
      await confirmed();
      const arrived = seen.all('message').filter(({ message }) => message.ts === ts);
      assert.equal(arrived.length, 1);
      assert.equal(arrived[0].message.user, 'U0ADA');
      assert.equal(arrived[0].body.authorizations[0].user_id, 'U0ACKD');
      assert.equal(arrived[0].retryNum ?? 0, 0);
    });

    test('what the app says itself does not come back to it', async () => {
      const { ts } = await client().chat.postMessage({ channel: 'C0GENERAL', text: 'talking to myself' });
      await says('ben', 'after that');
      await seen.wait('message', ({ message }) => message.text === 'after that');
      assert.deepEqual(seen.all('message').filter(({ message }) => message.ts === ts), []);
    });

    test('a mention arrives as a message and as a mention', async () => {
      const { ts } = await says('chen', '@ackd are you there');
      await seen.wait('message', ({ message }) => message.ts === ts);
      const [mention] = await seen.wait('mention', ({ body }) => body.event.ts === ts);
      assert.match(mention.body.event.text, /^<@U0ACKD>/);
    });

    test('a direct message, a reaction and a new member arrive', async () => {
      const { ts } = await says('ada', 'privately', { channel: 'dm' });
      const [{ message }] = await seen.wait('message', (each) => each.message.ts === ts);
      assert.equal(message.channel_type, 'im');
      await sandbox.call('react', { channel: message.channel, ts, user: 'ada', name: 'eyes' });
      const [reaction] = await seen.wait('reaction', ({ body }) => body.event.item.ts === ts);
      assert.equal(reaction.body.event.reaction, 'eyes');
      await sandbox.call('channel', { name: `new-${mode}`, members: ['ada', 'ackd'] });
      await seen.wait('joined', ({ body }) => body.event.user === 'U0ACKD');
    });

    test('an event that was lost on the way comes again and says that it is a retry', async () => {
      await sandbox.call('faults', { drop_event: { probability: 1, times: 1 } });
      const { ts } = await says('dana', 'lost at first');
      const [retry] = await seen.wait('message', ({ message }) => message.ts === ts);
      assert.equal(retry.retryNum, 1);
      assert.equal(retry.retryReason, mode === 'sockets' ? 'timeout' : 'http_timeout');
      await confirmed();
    });

    test('an event that is doubled on the way has the same event id both times', async () => {
      await sandbox.call('faults', { duplicate_event: { probability: 1, times: 1 } });
      const { ts } = await says('eli', 'twice');
      const both = await seen.wait('message', ({ message }) => message.ts === ts, 2);
      assert.equal(both[0].body.event_id, both[1].body.event_id);
      await confirmed();
    });

    test('events that overtake each other all arrive', async () => {
      await sandbox.call('faults', { reorder_event: { probability: 1, times: 1 }, delay_event: 0.5, seed: 3 });
      const { ts } = await sandbox.call('post', {
        channel: '#general',
        messages: ['one', 'two', 'three', 'four'].map((text) => ({ user: 'fumi', text })),
      });
      await seen.wait('message', ({ message }) => ts.includes(message.ts), 4);
      await sandbox.call('faults', {});
      await confirmed();
    });
  });

  describe(`commands, ${mode}`, () => {
    test('the answer is private, and what follows by response URL is public', async () => {
      const typed = { channel: '#general', user: 'ben', command: '/read', text: 'all of it by @ada' };
      const answer = await sandbox.call('command', typed);
      assert.equal(answer.ephemeral, true);
      assert.equal(answer.answer.text, 'You asked for all of it by <@U0ADA>');
      await sandbox.expect('Read aloud: all of it', { channel: '#general' });
      const [{ command }] = seen.all('command');
      assert.equal(command.user_id, 'U0BEN');
      assert.equal(command.channel_name, 'general');
    });

    test('a command without an answer within three seconds is shown as operation_timeout', async () => {
      const answer = await sandbox.ask('command', { channel: '#general', user: 'ben', command: '/late' });
      assert.deepEqual(answer, { ok: false, error: 'operation_timeout' });
    });

    test('an answer with a block that does not exist is not shown', async () => {
      const answer = await sandbox.ask('command', { channel: '#general', user: 'ben', command: '/broken' });
      assert.match(answer.error, /^invalid_blocks/);
    });

    test('a command that the manifest does not define is not sent', async () => {
      const answer = await sandbox.ask('command', { channel: '#general', user: 'ben', command: '/other' });
      assert.match(answer.error, /defines no \/other/);
    });
  });

  describe(`buttons, ${mode}`, () => {
    const press = (ts, user, action_id, more = {}) =>
      sandbox.call('press', { channel: '#general', ts, user, action_id, ...more });

    test('a press arrives with its value and message, and replaces the message', async () => {
      const { ts } = await client().chat.postMessage(card);
      await press(ts, 'ada', 'approve');
      await sandbox.expect('Approved by <@U0ADA>', { channel: '#general', ts });
      const [{ body }] = await seen.wait('pressed', (each) => each.body.message?.ts === ts);
      assert.equal(body.actions[0].value, '7');
      assert.equal(body.container.message_ts, ts);
    });

    test('a choice arrives, and chat.update changes the message in place', async () => {
      const { ts } = await client().chat.postMessage(card);
      await press(ts, 'ben', 'pick', { selected: 'U0CHEN' });
      await sandbox.expect('Picked U0CHEN', { channel: '#general', ts });
    });

    test('an ephemeral message is seen by one person, and is replaced and removed by its response URL', async () => {
      const mine = async () => {
        const { messages } = await sandbox.call('view', { channel: '#general', user: 'gita' });
        return messages.filter(({ ephemeral }) => ephemeral);
      };
      const { message_ts: ts } = await client().chat.postEphemeral({ ...card, user: 'U0GITA' });
      const { messages } = await sandbox.call('view', { channel: '#general', user: 'ada' });
      assert.equal(messages.some((message) => message.ts === ts), false);
      await press(ts, 'gita', 'approve');
      await sandbox.expect('Approved by <@U0GITA>', { channel: '#general', user: 'gita' });
      const second = await client().chat.postEphemeral({ ...card, user: 'U0GITA' });
      assert.equal((await mine()).length, 2);
      await press(second.message_ts, 'gita', 'forget');
      await sandbox.call('wait', { idle_ms: 300 });
      assert.equal((await mine()).length, 1);
    });
  });

  describe(`forms, ${mode}`, () => {
    const submit = (words) => sandbox.call('submit', { user: 'hugo', values: { words } });
    const shown = () => sandbox.call('form', { user: 'hugo' });
    const open = async () => {
      const before = seen.all('opened').length;
      await sandbox.call('command', { channel: '#general', user: 'hugo', command: '/sign' });
      const opened = await seen.wait('opened', () => true, before + 1);
      return opened.at(-1);
    };

    test('errors keep it open, a good answer closes it', async () => {
      const { view } = await open();
      assert.equal((await shown()).view.id, view.id);
      assert.deepEqual((await submit('bad')).errors, { entry: 'Please be kind' });
      assert.equal((await shown()).depth, 1);
      assert.equal((await submit('thank you')).response_action, null);
      assert.equal((await shown()).depth, 0);
      const [{ body }] = await seen.wait('submitted', ({ words }) => words === 'thank you');
      assert.equal(body.view.id, view.id);
      assert.equal(body.user.id, 'U0HUGO');
    });

    test('an answer updates it; a press inside updates it again, guarded by its hash', async () => {
      await open();
      await submit('update');
      const { view } = await shown();
      assert.equal(view.title.text, 'Again');
      await sandbox.call('press', { view: view.id, user: 'hugo', action_id: 'more' });
      await seen.wait('updated');
      assert.equal((await shown()).view.title.text, 'Guest book, page 2');
      const [refused] = await seen.wait('refused', ({ error }) => error === 'hash_conflict');
      assert.ok(refused);
      await submit('done');
    });

    test('an answer pushes another on top; closing that one is told, clearing takes all away', async () => {
      const { view } = await open();
      await submit('push');
      const pushed = await shown();
      assert.equal(pushed.depth, 2);
      assert.equal(pushed.view.previous_view_id, view.id);
      assert.equal(pushed.view.root_view_id, view.id);
      await sandbox.call('close_form', { user: 'hugo' });
      const [{ body }] = await seen.wait('closed', (each) => each.body.view.id === pushed.view.id);
      assert.equal(body.is_cleared, false);
      await submit('push');
      await submit('clear');
      assert.equal((await shown()).depth, 0);
    });

    test('a trigger opens one form, within three seconds', async () => {
      const view = { type: 'modal', title: plain('Late'), blocks: [{ type: 'divider' }] };
      const error = (trigger_id) =>
        client().views.open({ trigger_id, view }).then(() => 'none', (failed) => failed.data.error);
      const { trigger } = await open();
      assert.equal(await error(trigger), 'exchanged_trigger_id');
      assert.equal(await error('1.2.3'), 'invalid_trigger_id');
      // This one runs into the time limit of the command, which is also the trigger's.
      await sandbox.ask('command', { channel: '#general', user: 'hugo', command: '/late', text: 'trigger' });
      const [{ command }] = await seen.wait('command', (each) => each.command.text === 'trigger');
      assert.equal(await error(command.trigger_id), 'expired_trigger_id');
      await submit('done');
    });

    test('a form that Slack would refuse is refused, with the place', async () => {
      const view = { type: 'home', blocks: [{ type: 'section', text: plain('') }] };
      await assert.rejects(client().views.publish({ user_id: 'U0HUGO', view }), (error) => {
        assert.equal(error.code, 'slack_webapi_platform_error');
        assert.equal(error.data.error, 'invalid_arguments');
        assert.match(error.data.response_metadata.messages[0], /^\[ERROR\]/);
        return true;
      });
    });
  });

  describe(`shortcuts and App Home, ${mode}`, () => {
    test('a global shortcut opens one form', async () => {
      await sandbox.call('shortcut', { user: 'chen', callback_id: 'sign_shortcut' });
      await seen.wait('refused', ({ error }) => error === 'exchanged_trigger_id');
      assert.equal((await sandbox.call('form', { user: 'chen' })).view.title.text, 'From a shortcut');
    });

    test('a message shortcut brings its message, and is answered there', async () => {
      const { ts } = await says('ada', 'worth keeping');
      await sandbox.call('shortcut', { user: 'ben', callback_id: 'keep_shortcut', channel: '#general', ts });
      const [{ shortcut }] = await seen.wait('kept');
      assert.equal(shortcut.message.text, 'worth keeping');
      assert.equal(shortcut.message_ts, ts);
      await sandbox.expect('Kept', { channel: '#general', user: 'ben' });
    });

    test('the Home is published when it is opened, and again with its hash; an old hash is refused', async () => {
      await sandbox.call('open_home', { user: 'ada' });
      const [first] = await seen.wait('home', ({ event }) => event.user === 'U0ADA');
      assert.equal(first.event.tab, 'home');
      await sandbox.call('open_home', { user: 'ada' });
      const [, second] = await seen.wait('home', ({ event }) => event.user === 'U0ADA', 2);
      assert.equal(second.event.view.id, first.view.id);
      const { view } = await sandbox.call('home', { user: 'ada' });
      assert.equal(view.blocks[0].text.text, 'Welcome, back');
      const stale = { user_id: 'U0ADA', hash: first.view.hash, view: { type: 'home', blocks: [] } };
      await assert.rejects(client().views.publish(stale), /hash_conflict/);
    });
  });

  test(`nothing was confirmed twice, late or in the wrong way, ${mode}`, async () => {
    await confirmed();
    const { confirmations, events } = await sandbox.stats();
    assert.equal(events.dropped, 0);
    assert.equal(confirmations.unknown, 0);
    assert.equal(confirmations.malformed, 0);
  });
}
