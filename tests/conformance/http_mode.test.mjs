// The same app over HTTP, and what only HTTP has: signatures, challenges, retries by answer.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import bolt from '@slack/bolt';
import { appSuite } from './app_suite.mjs';
import { Sandbox, Seen, SIGNING_SECRET } from './sandbox.mjs';

appSuite('http');

describe('requests over HTTP', () => {
  let sandbox;
  let server;
  let url;
  let seen;
  let answer;
  const isSignedWith = (signingSecret, request, body) => {
    try {
      bolt.verifySlackRequest({ signingSecret, body, headers: request.headers });
      return true;
    } catch {
      return false;
    }
  };

  before(async () => {
    sandbox = await Sandbox.start('--redelivery-ms', '200,200,200');
    seen = new Seen();
    server = createServer((request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const json = JSON.parse(body);
        if (json.type === 'url_verification') return answer.challenge(json.challenge, response);
        seen.add('event', {
          json,
          headers: request.headers,
          genuine: isSignedWith(SIGNING_SECRET, request, body),
          forged: isSignedWith('another secret', request, body),
        });
        return answer.event(response);
      });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${server.address().port}/`;
  });
  after(async () => {
    server?.close();
    server?.closeAllConnections();
    await sandbox?.end();
  });

  const answering = (status, headers = {}) => ({
    challenge: (challenge, response) => response.writeHead(200, { 'Content-Type': 'text/plain' }).end(challenge),
    event: (response) => response.writeHead(status, headers).end(),
  });
  const says = (text) => sandbox.call('post', { channel: '#general', user: 'ada', text });
  const of = (text) => ({ json }) => json.event.text === text;

  test('an address that does not repeat the challenge is not accepted', async () => {
    answer = { ...answering(200), challenge: (_, response) => response.writeHead(200).end('hello') };
    const refused = await sandbox.ask('delivery', { request_url: url });
    assert.equal(refused.error, 'url_not_verified: the answer is not the challenge');
    answer = { ...answering(200), challenge: (_, response) => response.writeHead(500).end() };
    assert.equal((await sandbox.ask('delivery', { request_url: url })).error, 'url_not_verified: http_error');
    assert.equal((await sandbox.call('app')).delivery, 'sockets');
  });

  test("Slack's own check accepts the signature, and only under the right secret", async () => {
    answer = answering(200);
    await sandbox.call('delivery', { request_url: url });
    await says('signed');
    const [event] = await seen.wait('event', of('signed'));
    assert.equal(event.genuine, true);
    assert.equal(event.forged, false);
    await sandbox.call('wait', { unconfirmed: 0 });
  });

  test('a failure brings three retries, each with its number and reason, and the same event id', async () => {
    answer = answering(503);
    await says('unlucky');
    const all = await seen.wait('event', of('unlucky'), 4);
    assert.deepEqual(all.map(({ headers }) => headers['x-slack-retry-num']), [undefined, '1', '2', '3']);
    assert.deepEqual([...new Set(all.slice(1).map(({ headers }) => headers['x-slack-retry-reason']))], ['http_error']);
    assert.equal(new Set(all.map(({ json }) => json.event_id)).size, 1);
    assert.ok(all.every(({ genuine }) => genuine));
  });

  test('X-Slack-No-Retry is obeyed', async () => {
    answer = answering(500, { 'X-Slack-No-Retry': '1' });
    await says('once only');
    await seen.wait('event', of('once only'));
    await sandbox.call('wait', { unconfirmed: 0 });
    assert.equal(seen.all('event').filter(of('once only')).length, 1);
  });

  test('an address given at the start is asked until it answers, and has the secret given with it', async () => {
    let asked = 0;
    const { challenge } = answering(200);
    answer = {
      ...answering(200),
      challenge: (text, response) => {
        asked += 1;
        return asked < 3 ? response.writeHead(503).end() : challenge(text, response);
      },
    };
    const other = await Sandbox.start('--request-url', url, '--signing-secret', 'another secret');
    try {
      await other.call('wait', { verified: true });
      assert.equal(asked, 3);
      await other.call('post', { channel: '#general', user: 'ada', text: 'under another secret' });
      const [event] = await seen.wait('event', of('under another secret'));
      assert.equal(event.forged, true);
      assert.equal(event.genuine, false);
    } finally {
      await other.end();
    }
    await assert.rejects(Sandbox.start('--request-url', 'http://example.com/'), /ended with 1/);
  });

  test('an answer later than three seconds is none', async () => {
    const held = [];
    answer = { ...answering(200), event: (response) => held.push(response) };
    await says('slow');
    const all = await seen.wait('event', of('slow'), 4);
    assert.equal(all.at(-1).headers['x-slack-retry-reason'], 'http_timeout');
    await sandbox.call('wait', { unconfirmed: 0 });
    for (const response of held) response.destroy();
  });
});
