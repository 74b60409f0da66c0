/** A message to somebody who is away goes to him, and to whoever presides over government work meanwhile (spec 2.0). */
import type { Ledger } from '../../activities/ledger';
import { createDelivery } from '../../activities/notify';
import { renderNotice } from '../../locale';
import { type Desk, describeLedgers, HOUR, PlayedCase, T0, tellEffect } from '../ledger/support';
import { CatchingChannel, plainDelivery } from './support';

const seatOf = (recipient: string): string => (recipient === 'evm' ? 'vm-1' : recipient);

async function says(ledger: Ledger, id: string, procedure: string, summary: object): Promise<void> {
  const played = new PlayedCase(id);
  played.summary = summary as never;
  const batch = played.batch(played.step());
  await ledger.flush({ ...batch, projection: { ...batch.projection, machine: `${procedure}@draft-2026` } });
}

describeLedgers('a message to somebody who is away', (desk: Desk) => {
  async function house(presider: string | undefined, away: string[][]) {
    const ledger = await desk.open();
    const mail = new CatchingChannel();
    const standing = {
      case: 'AA-1',
      version: 1,
      state: 'x',
      column: 'B',
      away: away.flat(),
      ...(presider ? { presider } : {}),
    };
    await says(ledger, 'AA-1', 'acting-authority', { standing });
    for (const [i, seats] of away.entries())
      await says(ledger, `LR-${i}`, 'leave-request', {
        absence: { person: `p-${i}`, seats, interval: { from: T0 }, basis: 'leave', state: 'open' },
      });
    return { ledger, mail, delivery: createDelivery(plainDelivery(ledger, { channels: [mail], seatOf })) };
  }

  const told = async (ledger: Ledger) =>
    (await ledger.tells())
      .map(({ recipient, data }) => `${recipient}${data.standsFor ? ` for ${data.standsFor}` : ''}`)
      .sort();

  test('reaches him and whoever presides, once, with a word for whom it stands', async () => {
    const { ledger, mail, delivery } = await house('vm-3', [['mayor']]);
    await new PlayedCase('SI-1').settled(ledger, { effects: [tellEffect(['mayor', 'sg'])] });
    mail.broken = (to) => (to.startsWith('mayor') ? 'the server is away' : undefined);
    expect(await delivery.runOnce(T0)).toMatchObject({ delivered: 2, failed: 1 });
    expect(mail.recipients.toSorted()).toEqual(['sg@example.invalid', 'vm-3@example.invalid']);
    mail.broken = () => undefined;
    await delivery.runOnce(T0 + HOUR);
    await delivery.runOnce(T0 + 2 * HOUR);
    expect(await told(ledger)).toEqual(['mayor', 'sg', 'vm-3 for mayor']);
    expect(mail.recipients).toHaveLength(3);
    const [added] = await ledger.tells({ recipient: 'vm-3' });
    expect(added).toMatchObject({
      id: 'SI-1:1:0/presider',
      case: 'SI-1',
      template: 'supervision.state',
      state: 'delivered',
    });
    expect((await ledger.inbox({ for: ['vm-3'], box: 'unread' })).items).toHaveLength(1);
  });

  test.each<[string, string | undefined, string[][], string[], string[]]>([
    ['nobody is away', 'mayor', [], ['mayor', 'evm'], ['evm', 'mayor']],
    ['he hears of it anyway', 'vm-1', [['mayor']], ['mayor', 'evm'], ['evm', 'mayor']],
    [
      'two are away: one more row for both',
      'vm-3',
      [['mayor'], ['vm-1']],
      ['mayor', 'evm'],
      ['evm', 'mayor', 'vm-3 for mayor,vm-1'],
    ],
    ['a function means a seat that is away', 'vm-3', [['vm-1']], ['evm'], ['evm', 'vm-3 for vm-1']],
    [
      'another seat of one who is away',
      'vm-3',
      [['vm-2', 'D01-head']],
      ['D01-head'],
      ['D01-head', 'vm-3 for D01-head'],
    ],
    ['nobody presides', undefined, [['mayor']], ['mayor'], ['mayor']],
    ['he who presides is away himself', 'mayor', [['mayor']], ['mayor'], ['mayor']],
  ])('where %s', async (_, presider, away, to, expected) => {
    const { ledger, delivery } = await house(presider, away);
    await new PlayedCase('SI-1').settled(ledger, { effects: [tellEffect(to)] });
    await delivery.runOnce(T0);
    await delivery.runOnce(T0 + HOUR);
    expect(await told(ledger)).toEqual(expected);
  });

  test('is one message for each of several steps, and planned leave changes nothing', async () => {
    const { ledger, delivery } = await house('vm-3', [['mayor']]);
    await says(ledger, 'LR-9', 'leave-request', {
      absence: { person: 'p', seats: ['sg'], interval: { from: T0 }, basis: 'leave', state: 'granted' },
    });
    const played = new PlayedCase('SI-1');
    for (let n = 0; n < 2; n += 1) await played.settled(ledger, { effects: [tellEffect(['mayor', 'sg'])] });
    await delivery.runOnce(T0);
    expect(await told(ledger)).toEqual(['mayor', 'mayor', 'sg', 'sg', 'vm-3 for mayor', 'vm-3 for mayor']);
    expect(await ledger.verify()).toMatchObject({ ok: true });
    expect(await ledger.mend(['SI-1'], { look: true })).toEqual([]);
  });
});

test.each([
  ['hans', '市长离石，本消息同时送现主持政府工作的负责人'],
  ['hant', '市長離石，本消息同時送現主持政府工作的負責人'],
] as const)('says so in %s', (script, sentence) => {
  const data = { caseNo: 'SI-2026-0001', link: 'l', state: 'open.course.overdue', due: T0 };
  const names = { hans: '市长', hant: '市長' };
  const notice = renderNotice('supervision.state', { ...data, standsFor: ['mayor'] }, script, {
    nameOf: (_, s) => names[s],
  });
  expect(notice.body).toContain(sentence);
  expect(renderNotice('supervision.state', data, script).body).not.toContain(sentence.slice(2, 8));
});
