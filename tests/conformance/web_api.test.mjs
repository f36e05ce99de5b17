// @slack/web-api alone: its retries, its pages, what it makes of errors and headers.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WebClient, WebClientEvent } from '@slack/web-api';
import { BOT_TOKEN, CONFIGURATION_TOKEN, quiet, Sandbox } from './sandbox.mjs';
import { manifest } from './sample_app.mjs';

describe('the Web API', () => {
  let sandbox;
  let client;
  const clientFor = (token, options = {}) =>
    new WebClient(token, {
      slackApiUrl: sandbox.api,
      logger: quiet,
      retryConfig: { retries: 3, minTimeout: 10, maxTimeout: 20 },
      ...options,
    });
  const errorOf = (call) => call.then(() => 'none', (error) => error.data?.error ?? error.code);

  before(async () => {
    sandbox = await Sandbox.start('--rate-limits', 'off');
    client = clientFor(BOT_TOKEN);
  });
  after(() => sandbox?.end());

  test('auth.test says who the app is, and what it was granted', async () => {
    const who = await client.auth.test();
    assert.equal(who.user_id, 'U0ACKD');
    assert.equal(who.bot_id, 'B0ACKD');
    assert.equal(who.team_id, 'T0SANDBOX');
    assert.ok(who.response_metadata.scopes.includes('chat:write'));
    const added = await client.conversations.join({ channel: 'C0GENERAL' });
    assert.deepEqual(added.response_metadata.acceptedScopes, ['channels:join']);
    assert.deepEqual(added.response_metadata.warnings, ['already_in_channel']);
  });

  test('wrong tokens and missing scopes are platform errors', async () => {
    assert.equal(await errorOf(clientFor('xoxb-wrong').auth.test()), 'invalid_auth');
    assert.equal(await errorOf(clientFor(undefined).auth.test()), 'not_authed');
    assert.equal(await errorOf(clientFor(BOT_TOKEN).apps.connections.open()), 'not_allowed_token_type');
    await assert.rejects(client.conversations.open({ users: 'U0ADA,U0BEN' }), ({ data }) => {
      assert.equal(data.error, 'missing_scope');
      assert.equal(data.needed, 'mpim:write');
      return data.provided.includes('chat:write');
    });
    assert.equal(await errorOf(client.apiCall('no.such')), 'unknown_method');
  });

  test('a manifest is checked for a configuration token', async () => {
    const configuration = clientFor(CONFIGURATION_TOKEN);
    assert.equal((await configuration.apps.manifest.validate({ manifest: JSON.stringify(manifest()) })).ok, true);
    const wrong = JSON.stringify({ ...manifest(), metadata: {} });
    await assert.rejects(configuration.apps.manifest.validate({ manifest: wrong }), ({ data }) => {
      assert.equal(data.error, 'invalid_manifest');
      return data.errors[0].pointer === '/metadata';
    });
  });

  describe('pages', () => {
    const gather = async (method, options, key) => {
      const found = [];
      let pages = 0;
      for await (const page of client.paginate(method, options)) {
        pages += 1;
        found.push(...page[key]);
      }
      return { found, pages };
    };

    test('every listing gives each thing once, whatever the size of its pages', async () => {
      for (const [method, key, more] of [
        ['users.list', 'members', {}],
        ['conversations.list', 'channels', { types: 'public_channel,private_channel' }],
        ['users.conversations', 'channels', { types: 'public_channel,private_channel' }],
        ['conversations.members', 'members', { channel: 'C0GENERAL' }],
      ]) {
        const whole = await gather(method, { limit: 200, ...more }, key);
        const small = await gather(method, { limit: 2, ...more }, key);
        assert.equal(whole.pages, 1, method);
        assert.ok(small.pages > 1, method);
        assert.deepEqual(small.found, whole.found, method);
      }
    });

    test('history goes back in time, replies go forward, and neither repeats a message', async () => {
      const { ts } = await sandbox.call('post', {
        channel: '#general',
        messages: Array.from({ length: 25 }, (_, number) => ({ user: 'ada', text: `message ${number}` })),
      });
      const history = await gather('conversations.history', { channel: 'C0GENERAL', limit: 10, oldest: ts[0], inclusive: true }, 'messages');
      assert.deepEqual(history.found.map((message) => message.ts), [...ts].reverse());
      const parent = ts.at(-1);
      const replies = await sandbox.call('post', {
        channel: '#general',
        thread_ts: parent,
        messages: Array.from({ length: 7 }, (_, number) => ({ user: 'ben', text: `reply ${number}` })),
      });
      const thread = await gather('conversations.replies', { channel: 'C0GENERAL', ts: parent, limit: 3 }, 'messages');
      assert.deepEqual(thread.found.map((message) => message.ts), [parent, ...replies.ts]);
    });

    test('a cursor that is none is refused', async () => {
      assert.equal(await errorOf(client.users.list({ cursor: 'nonsense' })), 'invalid_cursor');
    });
  });

  describe('trouble', () => {
    const post = (who, text) => who.chat.postMessage({ channel: 'C0GENERAL', text });

    test('429 is waited out for as long as Retry-After says, and the call succeeds', async () => {
      const patient = clientFor(BOT_TOKEN);
      const waits = [];
      patient.on(WebClientEvent.RATE_LIMITED, (seconds) => waits.push(seconds));
      await sandbox.call('faults', { answer_429: { probability: 1, times: 1 }, answer_429_retry_after: 1 });
      assert.equal((await post(patient, 'after the wait')).ok, true);
      assert.deepEqual(waits, [1]);
    });

    test('or it is an error at once, when the client says so', async () => {
      const impatient = clientFor(BOT_TOKEN, { rejectRateLimitedCalls: true });
      await sandbox.call('faults', { answer_429: { probability: 1, times: 1 }, answer_429_retry_after: 30 });
      await assert.rejects(post(impatient, 'x'), (error) => {
        assert.equal(error.code, 'slack_webapi_rate_limited_error');
        return error.retryAfter === 30;
      });
    });

    test("the sandbox's own limits answer in the same way", async () => {
      await sandbox.call('rate_limits', { mode: 'strict' });
      const impatient = clientFor(BOT_TOKEN, { rejectRateLimitedCalls: true });
      const errors = [];
      for (let number = 0; number < 6; number += 1) errors.push(await errorOf(post(impatient, `burst ${number}`)));
      await sandbox.call('rate_limits', { mode: 'off' });
      assert.deepEqual(errors.slice(0, 4), ['none', 'none', 'none', 'none']);
      assert.ok(errors.includes('slack_webapi_rate_limited_error'));
    });

    test('5xx is tried again', async () => {
      await sandbox.call('faults', { answer_5xx: { probability: 1, times: 2 } });
      assert.equal((await post(client, 'after an outage')).ok, true);
      assert.equal((await sandbox.stats()).faults.answer_5xx, 2);
    });

    test('a lost answer makes this client post twice', async () => {
      await sandbox.call('faults', {
        answer_lost_after_post: { probability: 1, times: 1, methods: ['chat.postMessage'] },
      });
      await post(client, 'said once or twice');
      await sandbox.call('faults', {});
      assert.equal((await sandbox.expect('said once or twice', { channel: '#general', count: 2 })).length, 2);
    });
  });

  test('what is posted is read, changed, marked and deleted', async () => {
    const metadata = { event_type: 'guest', event_payload: { post_id: 'p1', seq: 1 } };
    const posted = await client.chat.postMessage({ channel: 'C0GENERAL', text: 'draft', metadata });
    assert.deepEqual(posted.message.metadata, metadata);
    const { ts } = posted;
    const read = await client.conversations.history({
      channel: 'C0GENERAL', oldest: ts, inclusive: true, limit: 1, include_all_metadata: true,
    });
    assert.deepEqual(read.messages[0].metadata, metadata);
    assert.equal((await client.chat.update({ channel: 'C0GENERAL', ts, text: 'final' })).text, 'final');
    assert.match((await client.chat.getPermalink({ channel: 'C0GENERAL', message_ts: ts })).permalink, /\/archives\//);
    const reaction = { channel: 'C0GENERAL', timestamp: ts, name: 'eyes' };
    await client.reactions.add(reaction);
    assert.equal(await errorOf(client.reactions.add(reaction)), 'already_reacted');
    assert.deepEqual((await client.reactions.get(reaction)).message.reactions, [{ name: 'eyes', users: ['U0ACKD'], count: 1 }]);
    await client.reactions.remove(reaction);
    await client.chat.delete({ channel: 'C0GENERAL', ts });
    assert.equal(await errorOf(client.chat.delete({ channel: 'C0GENERAL', ts })), 'message_not_found');
  });

  test('people and places', async () => {
    assert.equal((await client.users.info({ user: 'U0ADA' })).user.name, 'ada');
    assert.equal(await errorOf(client.users.info({ user: 'U0NOBODY' })), 'user_not_found');
    assert.equal((await client.conversations.info({ channel: 'C0GENERAL' })).channel.is_member, true);
    const { channel } = await client.conversations.open({ users: 'U0ADA' });
    assert.equal((await client.chat.postMessage({ channel: 'U0ADA', text: 'hello' })).channel, channel.id);
    assert.equal(await errorOf(client.chat.postMessage({ channel: 'C0NOWHERE', text: 'x' })), 'channel_not_found');
    assert.equal((await client.team.info()).team.domain, 'sandbox');
    assert.ok((await client.usergroups.list({ include_users: true })).usergroups[0].users.length > 0);
    assert.equal((await client.dnd.info({ user: 'U0ADA' })).dnd_enabled, false);
    assert.deepEqual(Object.keys((await client.dnd.teamInfo({ users: 'U0ADA,U0BEN,U0NOBODY' })).users), ['U0ADA', 'U0BEN']);
    assert.equal(await errorOf(client.dnd.teamInfo({ users: ',' })), 'no_users_provided');
    assert.equal((await client.users.info({ user: 'U0ADA' })).user.is_owner, true);
    assert.equal((await client.users.info({ user: 'U0BEN' })).user.is_admin, false);
  });
});
