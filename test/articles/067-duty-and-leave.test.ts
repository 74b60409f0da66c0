import { Leave } from '../support/leave';

const slot = (name: string, from: string, to: string) => ({ slot: name, from: Date.parse(from), to: Date.parse(to) });
/** Saturday 7 March 2026. */
const saturday = slot('2026-03-07', '2026-03-07T08:30:00+08:00', '2026-03-08T08:30:00+08:00');
const weekend = { from: '2026-03-06T18:00:00+08:00', to: '2026-03-09T08:00:00+08:00' };

describe('article 67: whoever is on duty leaves only with somebody named in his place', () => {
  it('S13 refuses a bureau head’s leave over the Saturday on which he leads the watch', () => {
    const leave = new Leave('bureauHead', weekend);
    expect(leave.submit({}, { duty: [saturday] })).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'DUTY_CONFLICT', cite: { article: 67, basis: 'derived' } },
    });
    expect(leave.state).toBe('drafted');
  });

  it.each([
    {
      what: 'somebody else for the slot',
      replacements: [{ slot: '2026-03-07', person: 'test-d07-deputy' }],
      code: undefined,
    },
    { what: 'himself', replacements: [{ slot: '2026-03-07', person: 'test-d07' }], code: 'DUTY_CONFLICT' },
    {
      what: 'somebody for another slot',
      replacements: [{ slot: '2026-03-08', person: 'test-d08' }],
      code: 'DUTY_CONFLICT',
    },
    { what: 'nobody', replacements: [], code: 'DUTY_CONFLICT' },
  ])('names $what: $code', ({ replacements, code }) => {
    const leave = new Leave('bureauHead', weekend);
    expect(leave.submit({ replacements }, { duty: [saturday] }).refusal?.code).toBe(code);
  });

  it('needs one for every slot within the leave', () => {
    const sunday = slot('2026-03-08', '2026-03-08T08:30:00+08:00', '2026-03-09T08:30:00+08:00');
    const one = { replacements: [{ slot: '2026-03-07', person: 'test-d07-deputy' }] };
    const leave = new Leave('bureauHead', weekend);
    expect(leave.submit(one, { duty: [saturday, sunday] }).refusal?.code).toBe('DUTY_CONFLICT');
  });

  it.each([
    { what: 'that ends as he leaves', duty: slot('a', '2026-03-05T08:30:00+08:00', weekend.from), code: undefined },
    {
      what: 'that ends a second later',
      duty: slot('a', '2026-03-05T08:30:00+08:00', '2026-03-06T18:00:01+08:00'),
      code: 'DUTY_CONFLICT',
    },
    { what: 'that begins as he is back', duty: slot('a', weekend.to, '2026-03-10T08:30:00+08:00'), code: undefined },
    {
      what: 'that begins a second before',
      duty: slot('a', '2026-03-09T07:59:59+08:00', '2026-03-10T08:30:00+08:00'),
      code: 'DUTY_CONFLICT',
    },
  ])('a watch $what: $code', ({ duty, code }) => {
    expect(new Leave('bureauHead', weekend).submit({}, { duty: [duty] }).refusal?.code).toBe(code);
  });

  it('asks again when he leaves: a roster may have been made meanwhile', () => {
    const leave = Leave.approved('viceMayor', weekend).until(weekend.from);
    expect(leave.send('vm-3', 'START_LEAVE', {}, { duty: [saturday] }).refusal?.code).toBe('DUTY_CONFLICT');
    expect(leave.state).toBe('approved');
    expect(leave.send('vm-3', 'START_LEAVE', {}, { duty: [] }).outcome).toBe('changed');
  });

  it('asks for the days an extension adds, and takes the names that come with it', () => {
    const monday = slot('2026-03-09', '2026-03-09T08:30:00+08:00', '2026-03-10T08:30:00+08:00');
    const leave = Leave.away('viceMayor', weekend);
    const extend = { to: '2026-03-10T18:00:00+08:00', reason: '会谈延期' };
    expect(leave.send('vm-3', 'EXTEND_LEAVE', extend, { duty: [monday] }).refusal?.code).toBe('DUTY_CONFLICT');
    const named = { ...extend, replacements: [{ slot: '2026-03-09', person: 'test-vm-4' }] };
    expect(leave.send('vm-3', 'EXTEND_LEAVE', named, { duty: [monday] }).outcome).toBe('changed');
  });
});

describe('article 67: an outing is reported', () => {
  it('the duty watch hears of every leave that is planned, begun, ended or called off', () => {
    const leave = Leave.away('bureauHead');
    leave.send('D07-head', 'RETURNED');
    expect(leave.notified('duty-watch').map(({ type }) => type)).toEqual([
      'ABSENCE_PLANNED',
      'ABSENCE_STARTED',
      'ABSENCE_ENDED',
    ]);
  });
});
