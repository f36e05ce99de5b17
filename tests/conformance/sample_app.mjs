// An app as anybody would write one with Bolt: a little of everything that Slack offers, over sockets or over HTTP.
import bolt from '@slack/bolt';
import { APP_TOKEN, BOT_TOKEN, quiet, SIGNING_SECRET, Seen } from './sandbox.mjs';

export const plain = (text) => ({ type: 'plain_text', text });

export function manifest(requestUrl) {
  const url = requestUrl ? { url: requestUrl } : {};
  const request_url = requestUrl ? { request_url: requestUrl } : {};
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: { name: 'Guest book' },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'ackd', always_online: true },
      slash_commands: ['/sign', '/read', '/late', '/broken'].map((command) => ({
        command,
        description: `What ${command} does`,
        should_escape: true,
        ...url,
      })),
      shortcuts: [
        { name: 'Sign', type: 'global', callback_id: 'sign_shortcut', description: 'Sign the guest book' },
        { name: 'Keep', type: 'message', callback_id: 'keep_shortcut', description: 'Keep this message' },
      ],
    },
    oauth_config: {
      scopes: {
        bot: [
          'app_mentions:read', 'channels:history', 'channels:join', 'channels:read', 'chat:write', 'commands',
          'groups:history', 'groups:read', 'im:history', 'im:read', 'im:write', 'reactions:read', 'reactions:write',
          'users:read',
        ],
      },
    },
    settings: {
      event_subscriptions: {
        bot_events: ['app_home_opened', 'app_mention', 'member_joined_channel', 'message.channels', 'message.im',
          'reaction_added'],
        ...request_url,
      },
      interactivity: { is_enabled: true, ...request_url },
      socket_mode_enabled: !requestUrl,
    },
  };
}

export function form(title, ...more) {
  return {
    type: 'modal',
    callback_id: 'guest_form',
    notify_on_close: true,
    title: plain(title),
    submit: plain('Sign'),
    blocks: [
      {
        type: 'input',
        block_id: 'entry',
        label: plain('What do you want to say?'),
        element: { type: 'plain_text_input', action_id: 'words' },
      },
      ...more,
    ],
  };
}

const button = (action_id, value) => ({ type: 'button', action_id, text: plain(action_id), value });

/// Everything the app does, and what it notices on the way.
function teach(app, seen) {
  const note = (kind) => async ({ body, context }) =>
    seen.add(kind, { body, retryNum: context.retryNum, retryReason: context.retryReason });

  // Everything, as it came, with the type that the SDK has for it.
  const types = { block_actions: 'BlockAction', view_submission: 'ViewSubmitAction', view_closed: 'ViewClosedAction',
    shortcut: 'GlobalShortcut', message_action: 'MessageShortcut' };
  app.use(async ({ body, next }) => {
    seen.add('received', { type: types[body.type] ?? (body.command ? 'SlashCommand' : 'EnvelopedEvent'), body });
    await next();
  });

  app.message(async ({ message, body, context }) =>
    seen.add('message', { message, body, retryNum: context.retryNum, retryReason: context.retryReason }));
  app.message('good morning', async ({ message, say }) => {
    await say({ text: `Good morning, <@${message.user}>`, thread_ts: message.ts });
  });
  app.event('app_mention', note('mention'));
  app.event('reaction_added', note('reaction'));
  app.event('member_joined_channel', note('joined'));

  app.command('/sign', async ({ command, ack, client }) => {
    await ack();
    const opened = await client.views.open({ trigger_id: command.trigger_id, view: form('Guest book') });
    seen.add('opened', { view: opened.view, trigger: command.trigger_id });
  });
  app.command('/read', async ({ command, ack, respond }) => {
    seen.add('command', { command });
    await ack(`You asked for ${command.text}`);
    await respond({ response_type: 'in_channel', text: `Read aloud: ${command.text}` });
  });
  app.command('/late', async ({ command }) => seen.add('command', { command }));
  app.command('/broken', async ({ ack }) => ack({ text: 'x', blocks: [{ type: 'no such block' }] }));

  app.action('approve', async ({ body, ack, respond }) => {
    await ack();
    seen.add('pressed', { body });
    await respond({ replace_original: true, text: `Approved by <@${body.user.id}>` });
  });
  app.action('forget', async ({ ack, respond }) => {
    await ack();
    await respond({ delete_original: true });
  });
  app.action('pick', async ({ ack, action, body, client }) => {
    await ack();
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `Picked ${action.selected_user}` });
  });
  app.action('more', async ({ ack, body, client }) => {
    await ack();
    const view = form('Guest book, page 2', { type: 'section', block_id: 'hint', text: plain('Say more') });
    await client.views.update({ view_id: body.view.id, hash: body.view.hash, view });
    seen.add('updated');
    await client.views
      .update({ view_id: body.view.id, hash: body.view.hash, view })
      .catch((error) => seen.add('refused', { error: error.data.error }));
  });

  app.view('guest_form', async ({ ack, body, view }) => {
    const words = view.state.values.entry.words.value;
    seen.add('submitted', { words, body });
    if (words === 'bad') await ack({ response_action: 'errors', errors: { entry: 'Please be kind' } });
    else if (words === 'update') {
      await ack({
        response_action: 'update',
        view: form('Again', { type: 'actions', block_id: 'acts', elements: [button('more', '1')] }),
      });
    } else if (words === 'push') await ack({ response_action: 'push', view: form('On top') });
    else if (words === 'clear') await ack({ response_action: 'clear' });
    else await ack();
  });
  app.view({ callback_id: 'guest_form', type: 'view_closed' }, async ({ ack, body }) => {
    await ack();
    seen.add('closed', { body });
  });

  app.shortcut('sign_shortcut', async ({ shortcut, ack, client }) => {
    await ack();
    const view = form('From a shortcut');
    await client.views.open({ trigger_id: shortcut.trigger_id, view });
    await client.views
      .open({ trigger_id: shortcut.trigger_id, view })
      .catch((error) => seen.add('refused', { error: error.data.error }));
  });
  app.shortcut('keep_shortcut', async ({ shortcut, ack, respond }) => {
    await ack();
    seen.add('kept', { shortcut });
    await respond('Kept');
  });

  app.event('app_home_opened', async ({ event, client }) => {
    const blocks = [{ type: 'section', text: plain(`Welcome, ${event.view ? 'back' : 'stranger'}`) }];
    const published = await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks },
      ...(event.view ? { hash: event.view.hash } : {}),
    });
    seen.add('home', { event, view: published.view });
  });
}

export async function startApp(sandbox, mode) {
  const seen = new Seen();
  const options = { token: BOT_TOKEN, clientOptions: { slackApiUrl: sandbox.api }, logger: quiet };
  if (mode === 'sockets') {
    await sandbox.call('manifest', manifest());
    const app = new bolt.App({ ...options, appToken: APP_TOKEN, socketMode: true });
    teach(app, seen);
    await app.start();
    return { app, seen };
  }
  const app = new bolt.App({ ...options, signingSecret: SIGNING_SECRET });
  teach(app, seen);
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  const requestUrl = `http://127.0.0.1:${server.address().port}/slack/events`;
  await sandbox.call('manifest', manifest(requestUrl));
  return { app, seen, requestUrl };
}
