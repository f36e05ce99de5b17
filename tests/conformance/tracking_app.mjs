// A Bolt app that tracks requests and acks in the obvious way: it notes whatever it is told, a line of JSON each, and
// posts a card with buttons for each command. tests/e2e/bolt_tracker.py starts it and counts what it noted.
import bolt from '@slack/bolt';
import { plain } from './sample_app.mjs';
import { APP_TOKEN, BOT_TOKEN, quiet } from './sandbox.mjs';

const note = (handled) => console.log(JSON.stringify({ handled }));
const button = (action_id, label) => ({ type: 'button', action_id, text: plain(label), value: action_id });
const BUTTONS = [button('got_it', 'Got it'), button('done', 'Done'), button('cant', "Can't"), button('withdraw', 'Withdraw')];

const app = new bolt.App({
  token: BOT_TOKEN,
  appToken: APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
  logger: quiet,
});

app.event('message', async ({ event }) => {
  const { channel, subtype } = event;
  if (subtype === 'message_deleted') note(`delete ${channel} ${event.deleted_ts}`);
  else if (subtype === 'message_changed' && event.message.subtype === 'tombstone') note(`delete ${channel} ${event.message.ts}`);
  else if (subtype === 'message_changed') note(`edit ${channel} ${event.message.ts}`);
  else note(`message ${channel} ${event.ts}`);
});
for (const kind of ['reaction_added', 'reaction_removed'])
  app.event(kind, async ({ event }) => note(`${kind} ${event.item.channel} ${event.item.ts} ${event.user} ${event.reaction}`));

app.command('/ack', async ({ command, ack, say }) => {
  await ack('Asked.');
  note(`command ${command.text.split(' ').at(-1)}`);
  const section = { type: 'section', text: { type: 'mrkdwn', text: command.text } };
  await say({ text: command.text, blocks: [section, { type: 'actions', elements: BUTTONS }] });
});
for (const { action_id } of BUTTONS)
  app.action(action_id, async ({ ack, body }) => {
    await ack();
    note(`action ${body.user.id} ${action_id} ${body.channel.id} ${body.container.message_ts}`);
  });

// What goes wrong in a handler or on the line is the app's loss, and not its end.
app.error(async () => {});
process.on('unhandledRejection', () => {});

await app.start();
console.log(JSON.stringify({ ready: true }));
