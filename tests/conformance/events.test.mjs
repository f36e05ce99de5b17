// A tour of everything that happens in a workspace: every event of the sandbox is caused once, and what arrives is kept
// for the compiler, which knows what each must look like.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { APP_TOKEN, BOT_TOKEN, quiet, Sandbox, Seen } from './sandbox.mjs';

/// A client that keeps every answer it gets.
class KeepingClient extends WebClient {
  answers = [];

  async apiCall(method, options) {
    const body = await super.apiCall(method, options);
    this.answers.push({ method, body });
    return body;
  }
}

describe('a workspace in motion', () => {
  let sandbox;
  let socket;
  let client;
  const seen = new Seen();

  before(async () => {
    sandbox = await Sandbox.start('--rate-limits', 'off');
    const options = { slackApiUrl: sandbox.api, logger: quiet };
    client = new KeepingClient(BOT_TOKEN, options);
    socket = new SocketModeClient({ appToken: APP_TOKEN, logger: quiet, clientOptions: options });
    socket.on('slack_event', async ({ ack, body }) => {
      seen.add('event', { type: 'EnvelopedEvent', body });
      await ack();
    });
    await socket.start();
  });
  after(async () => {
    await socket?.disconnect();
    await sandbox?.end();
  });

  test('every change arrives as its event', async () => {
    const { ts } = await sandbox.call('post', { channel: '#general', user: 'ada', text: 'see https://example.com @ackd' });
    await sandbox.call('post', { channel: '#general', user: 'ben', text: 'both', thread_ts: ts, broadcast: true });
    await sandbox.call('post', { channel: '#general', user: 'ben', text: 'only here', thread_ts: ts });
    await sandbox.call('post', { channel: '#platform-leads', user: 'ada', text: 'in private' });
    await sandbox.call('post', { channel: 'dm', user: 'ada', text: 'in the direct conversation' });
    await sandbox.call('edit', { channel: '#general', ts, text: 'edited' });
    await sandbox.call('react', { channel: '#general', ts, user: 'ben', name: 'eyes' });
    await sandbox.call('react', { channel: '#general', ts, user: 'ben', name: 'eyes', remove: true });
    await sandbox.call('delete', { channel: '#general', ts });
    const lone = await sandbox.call('post', { channel: '#general', user: 'ada', text: 'deleted without a trace' });
    await sandbox.call('delete', { channel: '#general', ts: lone.ts });
    await sandbox.call('open_home', { user: 'ada' });
    await sandbox.call('user', { name: 'zoe', real_name: 'Zoe Kim', tz: 'Asia/Tokyo' });
    await sandbox.call('user', { user: '@zoe', status_text: 'travelling' });
    await sandbox.call('user', { user: '@zoe', snooze_until_ts: Math.ceil(Number((await sandbox.call('clock')).now)) + 3600 });
    await sandbox.call('group', { handle: 'night', name: 'Night shift', users: ['ada', 'ben'] });
    await sandbox.call('group', { handle: 'night', users: ['ada', 'zoe'] });
    for (const isPrivate of [false, true]) {
      const name = isPrivate ? 'hidden' : 'open';
      await sandbox.call('channel', { name, private: isPrivate, members: ['ada', 'ackd'] });
      await sandbox.call('member', { channel: `#${name}`, user: 'ben', inviter: 'ada' });
      await sandbox.call('member', { channel: `#${name}`, user: 'ben', leave: true });
      await sandbox.call('channel', { channel: `#${name}`, rename: `${name}-2` });
      await sandbox.call('channel', { channel: `#${name}-2`, archive: true, by: '@ada' });
      await sandbox.call('channel', { name: `${name}-3`, private: isPrivate, members: ['ada', 'ackd'] });
      await sandbox.call('member', { channel: `#${name}-3`, user: '@ackd', leave: true });
    }
    await sandbox.call('wait', { unconfirmed: 0 });
    const types = new Set(seen.all('event').map(({ body }) => body.event.type));
    assert.deepEqual([...types].sort(), [
      'app_home_opened', 'app_mention', 'channel_archive', 'channel_left', 'channel_rename', 'dnd_updated_user', 'group_archive',
      'group_left', 'group_rename', 'member_joined_channel', 'member_left_channel', 'message', 'reaction_added', 'reaction_removed',
      'subteam_created', 'subteam_members_changed', 'subteam_updated', 'team_join', 'user_change',
    ]);
  });

  test('every read gives an answer', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'a *block*' } }];
    const { ts } = await client.chat.postMessage({ channel: 'C0GENERAL', text: 'an answer', blocks });
    await client.chat.update({ channel: 'C0GENERAL', ts, text: 'another', blocks });
    await client.chat.postEphemeral({ channel: 'C0GENERAL', user: 'U0ADA', text: 'for one' });
    await client.chat.getPermalink({ channel: 'C0GENERAL', message_ts: ts });
    await client.reactions.add({ channel: 'C0GENERAL', timestamp: ts, name: 'eyes' });
    await client.reactions.get({ channel: 'C0GENERAL', timestamp: ts });
    await client.reactions.remove({ channel: 'C0GENERAL', timestamp: ts, name: 'eyes' });
    await client.conversations.history({ channel: 'C0GENERAL' });
    await client.conversations.replies({ channel: 'C0GENERAL', ts });
    await client.conversations.list({ types: 'public_channel,private_channel,im' });
    await client.conversations.info({ channel: 'C0GENERAL', include_num_members: true });
    await client.conversations.members({ channel: 'C0GENERAL' });
    await client.conversations.open({ users: 'U0ADA', return_im: true });
    await client.conversations.join({ channel: 'C0RANDOM' });
    await client.users.list();
    await client.users.info({ user: 'U0ADA', include_locale: true });
    await client.users.conversations();
    await client.usergroups.list({ include_users: true, include_count: true });
    await client.usergroups.users.list({ usergroup: 'S0ONCALL' });
    await client.dnd.info({ user: 'U0ADA' });
    await client.dnd.teamInfo({ users: 'U0ADA,U0BEN' });
    await client.team.info();
    await client.auth.test();
    await client.views.publish({ user_id: 'U0ADA', view: { type: 'home', blocks } });
    await client.chat.delete({ channel: 'C0GENERAL', ts });
    assert.ok(client.answers.every(({ body }) => body.ok));
    await writeFile('answers.json', JSON.stringify(client.answers));
  });

  test('the end of the app arrives as well', async () => {
    await sandbox.call('revoke', { uninstall: true });
    await seen.wait('event', ({ body }) => body.event.type === 'tokens_revoked');
    await seen.wait('event', ({ body }) => body.event.type === 'app_uninstalled');
    await assert.rejects(client.auth.test(), ({ data }) => data.error === 'account_inactive');
    await writeFile('received-tour.json', JSON.stringify(seen.all('event')));
  });
});
