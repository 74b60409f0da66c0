/** The house's own alarm, over real servers; there is no ledger in it. */
import { type Contact, createAlarm, portChannel, smtpChannel, startSmtpSink } from '../../activities/notify';
import { alarmNotice } from '../../locale';
import { Closing, Receiver } from './support';

const closing = new Closing();
afterEach(() => closing.all());

const sentence = '任务队列procedures已5分钟无工作进程。';
const reached = (seat: string): Contact => ({ channels: [{ kind: 'email', address: `${seat}@example.invalid` }] });

async function openDutyRoom(contacts: (seat: string) => Contact | undefined = reached) {
  const sink = closing.also(await startSmtpSink({ port: 0 }), (one) => one.close());
  const receiver = closing.also(new Receiver(), (one) => one.stop());
  const url = await receiver.start();
  const mail = smtpChannel({ host: sink.host, port: sink.port, from: 'office@example.invalid', timeoutMs: 1_000 });
  const sms = portChannel('sms', { url, body: { to: '{number}', text: '{text}' } }, {});
  const problems: string[] = [];
  const alarm = createAlarm({
    seats: ['X1-desk', 'D07-desk'],
    contacts,
    channels: [mail, sms],
    render: (said, script) => alarmNotice(said, script),
    onProblem: (problem) => problems.push(problem),
  });
  closing.also(alarm, (one) => one.close());
  return { sink, receiver, alarm, problems };
}

test('goes to every seat of the duty room at once, also in its quiet hours', async () => {
  const quiet = { from: '00:00', to: '23:59' };
  const { sink, alarm } = await openDutyRoom((seat) => ({ ...reached(seat), quiet, digest: '23:59' }));
  await alarm.alarm(sentence);
  expect(sink.messages.map(({ to }) => to[0]).toSorted()).toEqual([
    'D07-desk@example.invalid',
    'X1-desk@example.invalid',
  ]);
  expect(sink.messages[0]).toMatchObject({ subject: '政令系统告警', text: `${sentence}\n请值班人员立即处理。` });
});

test('takes the next way when the first is down, and says whom it could not reach', async () => {
  const { sink, receiver, alarm, problems } = await openDutyRoom((seat) =>
    seat === 'X1-desk'
      ? {
          channels: [
            { kind: 'email', address: 'duty@example.invalid' },
            { kind: 'sms', number: '110' },
          ],
        }
      : { channels: [{ kind: 'email', address: 'lost@example.invalid' }] },
  );
  await sink.close();
  await alarm.alarm(sentence);
  expect(receiver.posted.map(({ body }) => JSON.parse(body))).toEqual([
    { to: '110', text: `政令系统告警：${sentence}` },
  ]);
  expect(problems).toEqual([expect.stringMatching(/^D07-desk was not reached: email: /)]);
  expect(problems.join()).not.toContain('@');
});

test('that reached nobody is an error that says why', async () => {
  const { alarm } = await openDutyRoom((seat) =>
    seat === 'X1-desk' ? undefined : { channels: [{ kind: 'webhook', url: 'http://127.0.0.1:9' }] },
  );
  await expect(alarm.alarm(sentence)).rejects.toThrow(
    'nobody was reached: X1-desk has no contact; D07-desk has no channel that is configured',
  );
});

test('is told again when the trouble is there again', async () => {
  const { sink, alarm } = await openDutyRoom();
  await alarm.alarm(sentence);
  await alarm.alarm(sentence);
  expect(sink.messages).toHaveLength(4);
});
