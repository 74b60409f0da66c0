import type { Effect } from '../../workflows/runtime/workflow/types';
import { type Desk, describeLedgers, HOUR, PlayedCase, T0, tellEffect } from './support';

const RECIPIENTS = ['D07-desk', 'D07-head', 'vm-2', 'evm'];

const recalledEffect = (sequence: number, more: object = {}): Effect => ({
  ...{ kind: 'recalled', sequence, hash: 'h', act: 'a-1', type: 'ASSIGN' },
  ...{ template: 'recalled', cite: { basis: 'chosen' }, deliverAt: T0 + 2 * HOUR },
  ...more,
});

const claim = { now: T0, leaseMs: HOUR, limit: 100, waiting: false };
const delivered = { state: 'delivered', at: T0, channel: 'mail', seat: 'D07-desk' } as const;

describeLedgers('an act that is taken back', (desk: Desk) => {
  /** An act that told four: one has received it, one is being written to, one has read it in the inbox, one has not. */
  async function told() {
    const ledger = await desk.open();
    const one = new PlayedCase('SI-2026-0001');
    await one.settled(ledger);
    await one.settled(ledger, { effects: [tellEffect(RECIPIENTS)] });
    const claimed = await ledger.claimTells(claim);
    const of = (recipient: string) => claimed.find((tell) => tell.recipient === recipient)!;
    const [{ lease }] = [claimed[0]!];
    await ledger.settleTells(lease, [of('D07-desk').id], delivered);
    await ledger.settleTells(lease, [of('vm-2').id, of('evm').id], { state: 'released' });
    await ledger.acknowledge({ tell: of('vm-2').id, by: 'vm-2', at: T0, how: 'inbox' });
    return { ledger, one, lease, leased: of('D07-head').id };
  }

  const stand = async (ledger: Awaited<ReturnType<typeof told>>['ledger'], template: string) =>
    Object.fromEntries(
      (await ledger.tells({ case: 'SI-2026-0001' }))
        .filter((tell) => tell.template === template)
        .map((tell) => [tell.recipient, tell.state]),
    );

  it('withdraws what nobody has received, and lets stand what somebody has', async () => {
    const { ledger, one } = await told();
    await one.settled(ledger, { effects: [recalledEffect(2)] });
    expect(await stand(ledger, 'supervision.state')).toEqual({
      'D07-desk': 'delivered',
      'D07-head': 'withdrawn',
      'vm-2': 'withdrawn',
      evm: 'withdrawn',
    });
    const claimed = await ledger.claimTells(claim);
    expect(claimed).toEqual([]);
  });

  it('tells of it whoever has received it, is being written to, or has read it; nobody else', async () => {
    const { ledger, one } = await told();
    await one.settled(ledger, { effects: [recalledEffect(2)] });
    expect(await stand(ledger, 'recalled')).toEqual({
      'D07-desk': 'pending',
      'D07-head': 'pending',
      'vm-2': 'pending',
    });
    const [notice] = await ledger.claimTells({ ...claim, now: T0 + 2 * HOUR });
    expect(notice).toMatchObject({
      sequence: 3,
      recipient: 'D07-desk',
      data: { event: 'ASSIGN', recalled: 2 },
      cite: { basis: 'chosen' },
      deliverAt: T0 + 2 * HOUR,
      deferred: true,
    });
  });

  it('stops a loop that was about to send: its lease is gone', async () => {
    const { ledger, one, lease, leased } = await told();
    await one.settled(ledger, { effects: [recalledEffect(2)] });
    expect(await ledger.keepLease(lease, [leased], T0 + HOUR)).toBe(false);
    await ledger.settleTells(lease, [leased], delivered);
    expect((await stand(ledger, 'supervision.state'))['D07-head']).toBe('withdrawn');
  });

  it('shows in no inbox any more what was withdrawn', async () => {
    const { ledger, one } = await told();
    const before = await ledger.counts({ for: ['evm'] });
    await one.settled(ledger, { effects: [recalledEffect(2)] });
    const after = await ledger.counts({ for: ['evm'] });
    expect([before.unread, after.unread]).toEqual([1, 0]);
    expect((await ledger.inbox({ for: ['D07-desk'], box: 'unread' })).items).toHaveLength(2);
  });

  it('does none of it before the link is confirmed, nor ever if it was only an attempt', async () => {
    const { ledger, one } = await told();
    const attempt = one.fork().step({ attempt: 'lost', effects: [recalledEffect(2)] });
    const copy = one.fork();
    await ledger.flush({ ...copy.batch(attempt) });
    expect((await stand(ledger, 'supervision.state')).evm).toBe('pending');
    await one.settled(ledger, { attempt: 'other' });
    expect((await stand(ledger, 'supervision.state')).evm).toBe('pending');
    expect(await stand(ledger, 'recalled')).toEqual({});
  });

  it('does it once, and only to what that link told', async () => {
    const { ledger, one } = await told();
    await one.settled(ledger, { effects: [tellEffect(['X2-desk'], { template: 'task' })] });
    await one.settled(ledger, { effects: [recalledEffect(2)] });
    await one.settled(ledger);
    await ledger.confirm(one.id, one.head);
    expect(await stand(ledger, 'task')).toEqual({ 'X2-desk': 'pending' });
    const notices = (await ledger.tells({ case: one.id })).filter(({ template }) => template === 'recalled');
    expect(notices.filter(({ recipient }) => recipient === 'D07-desk')).toHaveLength(1);
  });

  it('tells nobody where the recall names no template', async () => {
    const { ledger, one } = await told();
    await one.settled(ledger, { effects: [recalledEffect(2, { template: null })] });
    expect(await stand(ledger, 'recalled')).toEqual({});
    expect((await ledger.statistics()).tells.withdrawn).toBe(3);
  });

  it('keeps a record that verifies', async () => {
    const { ledger, one } = await told();
    await one.settled(ledger, { effects: [recalledEffect(2)] });
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });
});
