/** A drill's coordinator opens what begins by the same arithmetic, among the acts of people. */
import { loadDirectory, shippedFiles } from '../../activities/directory';
import { type DrillWorld, playDrill, type ScriptedAct } from '../../client/drill/coordinator';
import { periodFigures, scriptedStarts } from '../../client/schedules';
import { edition, formatInstant, lawData, parseInstant } from '../../workflows/law';
import { recurringObligationProcedure as procedure } from '../../workflows/procedures/recurring-obligation';
import { Play } from '../../workflows/runtime/testing';
import type { Instant, Json } from '../../workflows/runtime/workflow';
import { calendarStamp, minutes } from '../support/duties';
import { as } from '../support/supervision';

const at = (day: string) => parseInstant(`${day}T09:00:00+08:00`);

class PlayedWorld implements DrillWorld {
  readonly plays = new Map<string, Play>();

  async open({ matter, payload, at: receivedAt, byCalendar, act }: ScriptedAct) {
    expect([byCalendar, act]).toEqual([true, procedure.opening.type]);
    const law = lawData(edition, procedure.parameters, formatInstant(receivedAt).slice(0, 10));
    const data = { law, names: {} } as unknown as Json;
    this.plays.set(
      matter,
      new Play(procedure.definition, { input: payload, stamp: { receivedAt, ...calendarStamp }, data }),
    );
    return { caseId: matter, next: await this.advance(matter, receivedAt) };
  }

  async act(caseId: string, { act, payload, seat, at: receivedAt }: ScriptedAct) {
    const receipt = this.plays.get(caseId)!.until(receivedAt).send(act, payload, as(seat));
    return { receipt, next: await this.advance(caseId, receivedAt) };
  }

  async advance(caseId: string, to: Instant) {
    return this.plays.get(caseId)!.until(to).subject.first?.dueAt;
  }

  carry = async () => [];
  deliver = async () => undefined;
}

test('a quarter of standing meetings: opened by the calendar, served or missed by people', async () => {
  const directory = loadDirectory([shippedFiles().city]);
  if ('errors' in directory) throw new Error(directory.errors.join('\n'));
  const law = lawData(edition, periodFigures, '2026-01-01');
  const [from, to] = [at('2026-01-01') - 9 * 3_600_000, at('2026-04-01')];
  const starts = scriptedStarts(
    { directory: directory.ok, law },
    from,
    to,
    ({ payload }) => payload.obligation === 'RO3',
  );
  expect(starts.map(({ matter }) => matter)).toEqual(
    ['2026-01', '2026-02', '2026-03', '2026-04'].map((m) => `RO3/mayor/${m}`),
  );
  const meeting = (matter: string, day: string): ScriptedAct => ({
    at: at(day),
    matter: `RO3/mayor/${matter}`,
    procedure: procedure.name,
    seat: 'X1-desk',
    id: `held-${day}`,
    act: 'FULFIL',
    payload: minutes(`纪要-${day}`, `${day}T08:00:00+08:00`),
  });
  const people = ['2026-01-08', '2026-01-22', '2026-02-10', '2026-03-03'].map((day) => meeting(day.slice(0, 7), day));
  const late = { ...meeting('2026-02', '2026-03-04') };
  const world = new PlayedWorld();
  const { acts } = await playDrill(world, [...starts, ...people, late], { until: at('2026-04-03') });
  expect(acts.filter(({ receipt }) => receipt.outcome !== 'changed')).toEqual([]);
  const states = [...world.plays].map(([matter, play]) => `${matter.slice(-7)} ${play.state[0]}`);
  expect(states).toEqual([
    '2026-01 fulfilled',
    '2026-02 fulfilled-late',
    '2026-03 open.escalated',
    '2026-04 open.scheduled',
  ]);
});
