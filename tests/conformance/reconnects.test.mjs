// @slack/socket-mode alone: how its connection lives, ends and comes back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SocketModeClient } from '@slack/socket-mode';
import { APP_TOKEN, quiet, Sandbox, Seen } from './sandbox.mjs';

// The client waits as long before it reconnects as it waits for a pong.
const PING_TIMEOUT_MS = 1000;

describe('sockets that end', () => {
  let sandbox;
  let client;
  let seen;
  let acks = true;

  const says = (text) => sandbox.call('post', { channel: '#general', user: 'ada', text });
  const of = (text) => ({ body }) => body.event?.text === text;

  before(async () => {
    sandbox = await Sandbox.start('--rate-limits', 'off', '--redelivery-ms', '500', '--redeliver-forever');
    seen = new Seen();
    client = new SocketModeClient({
      appToken: APP_TOKEN,
      clientPingTimeout: PING_TIMEOUT_MS,
      logger: quiet,
      clientOptions: { slackApiUrl: sandbox.api, retryConfig: { retries: 20, minTimeout: 50, maxTimeout: 100 } },
    });
    for (const state of ['connected', 'reconnecting', 'disconnected']) client.on(state, () => seen.add(state));
    client.on('slack_event', async ({ ack, type, body, retry_num, retry_reason, accepts_response_payload }) => {
      seen.add('event', { type, body, retry_num, retry_reason, accepts_response_payload });
      if (acks) await ack(type === 'slash_commands' ? { text: 'from the socket' } : undefined).catch(() => {});
    });
    await client.start();
  });
  after(async () => {
    await client?.disconnect();
    await sandbox?.end();
  });

  test('an event that is not acknowledged comes again as the same event, and stops when it is', async () => {
    acks = false;
    await says('unacknowledged');
    const two = await seen.wait('event', of('unacknowledged'), 2);
    acks = true;
    await sandbox.call('wait', { unconfirmed: 0 });
    assert.equal(two[0].retry_num, 0);
    assert.equal(two[1].retry_num, 1);
    assert.equal(two[1].retry_reason, 'timeout');
    assert.equal(two[0].body.event_id, two[1].body.event_id);
    assert.equal(two[0].accepts_response_payload, false);
  });

  test('a command takes its answer from the acknowledgement', async () => {
    const answer = await sandbox.call('command', { channel: '#general', user: 'ben', command: '/ack' });
    assert.equal(answer.answer.text, 'from the socket');
    const [event] = await seen.wait('event', ({ type }) => type === 'slash_commands');
    assert.equal(event.accepts_response_payload, true);
  });

  for (const [what, how] of [
    ['recycled by refresh_requested', { reason: 'refresh_requested' }],
    ['told link_disabled', { reason: 'link_disabled' }],
    ['cut without a word', { cut: true }],
  ]) {
    test(`a socket ${what} is replaced, and what was said meanwhile arrives`, async () => {
      const before = seen.all('connected').length;
      await sandbox.call('disconnect', how);
      await says(`meanwhile ${what}`);
      await seen.wait('connected', () => true, before + 1);
      await seen.wait('event', of(`meanwhile ${what}`));
      await sandbox.call('wait', { unconfirmed: 0, sockets: 1 });
    });
  }

  test('a busy moment of apps.connections.open is survived', async () => {
    const before = seen.all('connected').length;
    const methods = ['apps.connections.open'];
    await sandbox.call('faults', { answer_429: { probability: 1, times: 1, methods }, answer_429_retry_after: 1 });
    await sandbox.call('disconnect', { cut: true });
    await seen.wait('connected', () => true, before + 1);
    assert.equal((await sandbox.stats()).faults.answer_429, 1);
  });

  test('a wrong token is final', async () => {
    const wrong = new SocketModeClient({
      appToken: 'xapp-wrong',
      logger: quiet,
      clientOptions: { slackApiUrl: sandbox.api },
    });
    await assert.rejects(wrong.start(), (error) => error.data.error === 'invalid_auth');
  });

  test('a client that leaves says so', async () => {
    const leaving = new SocketModeClient({ appToken: APP_TOKEN, logger: quiet, clientOptions: { slackApiUrl: sandbox.api } });
    await leaving.start();
    await sandbox.call('wait', { sockets: 2 });
    await leaving.disconnect();
    assert.equal((await sandbox.stats()).sockets.open, 1);
  });
});
