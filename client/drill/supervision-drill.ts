/** Plays the supervision drill on real cases and holds it against the course written down beforehand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../activities/ledger';
import { formatInstant } from '../../workflows/law';
import { mainState, type Procedure } from '../../workflows/procedures/kit';
import { digest, type Instant, type Json, type Receipt } from '../../workflows/runtime/workflow';
import type { Answer, City } from '../city';
import { type DrillOutcome, type DrillStep, type DrillWorld, playDrill, type ScriptedAct } from './coordinator';
import {
  articles,
  type CourseLine,
  type Difference,
  differences,
  inOrder,
  isQuiet,
  lineOf,
  readCourse,
} from './course';
import { drillFolder, readScript } from './script';

/** Fixed: the same script gives the same record, link by link. */
export const DRILL_SALT = 'zhengling supervision drill';

/** A clock that stands where the drill stands. */
export class DrillClock {
  now: Instant = 0;
  readonly read = (): Instant => this.now;
}

export interface DrillResult {
  lines: CourseLine[];
  differences: Difference[];
  /** Hash of the last link written, and of all heads together. */
  lastHash: string;
  headsHash: string;
  sealed: { lastHash: string; headsHash: string };
  cases: { matter: string; case: string; entries: number; closed: boolean }[];
  delivered: number;
  /** True if the course was taken and the record is the one fixed in the repository. */
  passed: boolean;
}

export interface DrillHouse {
  city: City;
  ledger: Ledger;
  clock: DrillClock;
  /** Delivers what is due by the drill's clock and answers how much, and when something is next. */
  deliver(at: Instant): Promise<{ delivered: number; next: Instant | undefined }>;
}

class CityWorld implements DrillWorld {
  delivered = 0;

  constructor(
    private readonly house: DrillHouse,
    private readonly procedure: Procedure,
  ) {}

  async open(act: ScriptedAct) {
    const answer = await this.#at(act, () =>
      this.house.city.start(this.procedure, { ...requestOf(act), key: act.matter }),
    );
    if (answer.refusal || answer.case === undefined) return { refused: answer };
    return { caseId: answer.case, next: await this.advance(answer.case, act.at) };
  }

  async act(caseId: string, act: ScriptedAct) {
    const payload = await this.#withFinding(caseId, act.payload);
    const receipt = await this.#at(act, () =>
      this.house.city.act(this.procedure, caseId, act.act, { ...requestOf(act), payload }),
    );
    const closed = receipt.outcome === 'closed' || receipt.state.includes('closed');
    return { receipt, next: closed ? undefined : await this.advance(caseId, act.at) };
  }

  async advance(caseId: string, to: Instant): Promise<Instant | undefined> {
    this.house.clock.now = to;
    const { next, status } = await this.house.city.cases.advance(caseId, to);
    return status === 'closed' ? undefined : (next ?? undefined);
  }

  async deliver(at: Instant): Promise<Instant | undefined> {
    this.house.clock.now = at;
    const { delivered, next } = await this.house.deliver(at);
    this.delivered += delivered;
    return next;
  }

  #at(act: ScriptedAct, ask: () => Promise<Answer>): Promise<Answer> {
    this.house.clock.now = act.at;
    return ask();
  }

  /** `@finding:CODE` in a script means the latest finding with that code in the matter. */
  async #withFinding(caseId: string, payload: Json): Promise<Json> {
    const { findingId } = payload as { findingId?: string };
    if (!findingId?.startsWith('@finding:')) return payload;
    const code = findingId.slice('@finding:'.length);
    const { findings } = (await this.house.city.view(caseId)).context as { findings: { id: string; code: string }[] };
    const found = findings.findLast((finding) => finding.code === code);
    if (!found) throw new Error(`${caseId} has no finding ${code} yet`);
    return { ...(payload as object), findingId: found.id };
  }
}

const requestOf = ({ seat, id, payload }: ScriptedAct) => ({ seat, id, payload });

/** @param onLine the course, line by line, once it is played; @param onStep every act as it is done */
export async function playSupervisionDrill(
  house: DrillHouse,
  procedure: Procedure,
  onLine: (line: CourseLine) => void = () => {},
  onStep: (step: DrillStep, of: number) => void = () => {},
): Promise<DrillResult> {
  const folder = drillFolder('supervision');
  const world = new CityWorld(house, procedure);
  const script = readScript('supervision');
  const outcome = await playDrill(world, script, { onStep: (step) => onStep(step, script.length) });
  const { lines, records } = await courseOf(house.ledger, procedure, outcome);
  for (const line of lines) onLine(line);
  const expected = readCourse(readFileSync(join(folder, 'course.tsv'), 'utf8'));
  const sealed = JSON.parse(readFileSync(join(folder, 'seal.json'), 'utf8')) as DrillResult['sealed'];
  const found = differences(expected, lines);
  const last = records.flatMap((r) => r.entries).reduce((a, b) => (b.recordedAt >= a.recordedAt ? b : a));
  const headsHash = digest(records.map(({ entries }) => ({ case: entries[0]!.case, head: entries.at(-1)!.hash })));
  return {
    lines,
    differences: found,
    lastHash: last.hash,
    headsHash,
    sealed,
    cases: records.map(({ matter, entries }) => ({
      matter,
      case: entries[0]!.case,
      entries: entries.length,
      closed: entries.at(-1)!.state.includes('closed'),
    })),
    delivered: world.delivered,
    passed: found.length === 0 && last.hash === sealed.lastHash && headsHash === sealed.headsHash,
  };
}

async function courseOf(ledger: Ledger, procedure: Procedure, { cases, acts }: DrillOutcome) {
  const records = [];
  for (const [matter, caseId] of cases)
    records.push({ matter, entries: (await ledger.record(caseId)).map(({ entry }) => entry) });
  const taken = records.flatMap(({ matter, entries }) => {
    const all = entries.map((entry) => lineOf(entry, matter, procedure.opening.type));
    return all.filter((line, i) => !isQuiet(line, all[i - 1]));
  });
  const refused = acts
    .filter(({ receipt }) => receipt.refusal)
    .map(({ at, matter, act, receipt }) => refusedLine(at, matter, act.act, receipt));
  return { lines: inOrder([...taken, ...refused]), records };
}

/** A refusal leaves nothing in the record; the table has it as a line in which nothing changes and nobody is told. */
export function refusedLine(at: Instant, matter: string, step: string, { refusal, state }: Receipt): CourseLine {
  return {
    at: formatInstant(at),
    matter,
    step,
    state: mainState({ mainRegion: 'open.course' }, state),
    level: state.find((path) => path.startsWith('open.ladder.level'))?.at(-1) ?? '0',
    articles: refusal?.cite ? articles([refusal.cite as never]) : '-',
    told: '-',
    notes: `refused:${refusal?.code}`,
  };
}
