/** What cases ask of one another, carried for an installation: its cases and its entrance put behind the errand loop. */
import { type Carrying, createCarrying, type Opened, type Opening, type Pace } from '../activities/cases';
import type { Ledger } from '../activities/ledger';
import type { City } from '../client/city';
import { type Caller, innerSystem } from '../client/identity';
import type { Site } from '../client/site';
import type { Procedure } from '../workflows/procedures/kit';
import { NoSuchCase, NotOpened } from '../workflows/runtime/client';
import { type Instant, type Json, validate } from '../workflows/runtime/workflow';
import type { Log } from './logging';

export interface SiteErrandsOptions {
  site: Site;
  ledger: Ledger;
  city: City;
  log: Log;
  /** A drill's clock: then nothing runs by itself, and `carry` is called for every instant. */
  clock?: () => Instant;
  /** Tests shorten the waits. */
  pace?: Partial<Pace>;
}

export interface SiteErrands {
  /** Something was just written that is asked of other cases. */
  soon(): void;
  /**
   * Carries what may be carried, for drills: receivers are brought to that instant before they hear of anything.
   *
   * @returns the cases that heard of something or were opened, in the order in which it happened
   */
  carry(at: Instant): Promise<string[]>;
  stop(): Promise<void>;
}

export function startErrands({ site, ledger, city, log, clock, pace }: SiteErrandsOptions): SiteErrands {
  const touched = new Set<string>();
  const carrying: Carrying = createCarrying({
    ledger,
    ...(clock ? { clock } : {}),
    pace: { ...(clock ? { askAgainMs: 0 } : {}), ...pace },
    async notify(caseId, notice) {
      try {
        if (!clock) return await city.cases.notify(caseId, notice);
        if ((await city.cases.view(caseId)).status === 'closed') return 'closed';
        // A drill case has no clock of its own: what is due by now comes before the notice.
        await city.cases.advance(caseId, clock());
        const sent = await city.cases.notify(caseId, notice);
        if (sent === 'sent') await city.cases.advance(caseId, clock());
        touched.add(caseId);
        return sent;
      } catch (error) {
        if (error instanceof NoSuchCase) return 'unknown';
        throw error;
      }
    },
    async open(opening) {
      const opened = await openInName(city, site, opening);
      if ('case' in opened) touched.add(opened.case);
      return opened;
    },
    takes: (name, type) => {
      const { acts, definition } = city.procedure(name) ?? {};
      return (acts?.[type]?.kind ?? definition?.events[type]?.kind) === 'notice';
    },
    amiss(name, type, payload) {
      const schema = city.procedure(name)?.acts[type]?.schema;
      const refusal = schema && validate(schema, payload);
      return refusal && `${refusal.path} (${refusal.params?.problem ?? refusal.params?.expected ?? refusal.code})`;
    },
    // Read anew: what such a notice tells of was published a moment ago.
    lawFor: async (name, at) => (await city.lawbook.lawAnew(name, at)) as unknown as Json,
    headOf: async (caseId) => (await city.view(caseId)).head,
    onProblem: (sentence) => (sentence.startsWith('ALARM') ? log.error(sentence) : log.warn(sentence)),
  });
  if (!clock) carrying.start();
  return {
    soon: () => carrying.soon(),
    async carry(at) {
      touched.clear();
      await carrying.runOnce(at);
      return [...touched];
    },
    stop: () => carrying.stop(),
  };
}

/** The system that opens cases for cases, as stamps name it. */
const SYSTEM = 'zhengling';

/** By the system, in the name of a seat, whether or not somebody holds it. */
async function openInName(city: City, site: Site, opening: Opening): Promise<Opened> {
  const { procedure: name, type, key, seat, payload, id } = opening;
  const procedure = city.procedure(name);
  if (!procedure) return { refused: `this version has no procedure '${name}'` };
  const caller = systemIn(site, procedure, seat, type);
  try {
    const answer = await city.start(procedure, {
      caller,
      key,
      id,
      payload: payload as Json,
      ...(type ? { type } : {}),
    });
    // The same opening with other facts beside it: it had been opened when the process was killed.
    const wasOpened = answer.refusal?.code === 'id-reused' && answer.case !== undefined;
    if (answer.case !== undefined && (!answer.refusal || wasOpened)) return { case: answer.case };
    return { refused: `${answer.refusal?.code}: ${answer.said?.sentence ?? 'no sentence'}` };
  } catch (error) {
    if (error instanceof NotOpened) return { refused: error.message };
    throw error;
  }
}

function systemIn({ directory }: Site, { name, opening }: Procedure, seat: string, act = opening.type): Caller {
  const unit = directory.seat(seat)?.unit ?? '';
  return innerSystem(SYSTEM, { unit, seat, procedure: name, act });
}
