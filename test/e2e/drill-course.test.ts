import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DrillWorld, playDrill, type ScriptedAct } from '../../client/drill/coordinator';
import { differences, inOrder, isQuiet, lineOf, readCourse } from '../../client/drill/course';
import { refusedLine } from '../../client/drill/drill';
import { drillFolder, readScript } from '../../client/drill/script';

import { edition, formatInstant, lawData } from '../../workflows/law';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import { CaseActor, type Json } from '../../workflows/runtime/workflow';
import { as } from '../support/supervision';

/** The drill's cases in this process: the same CaseActor as on the server, without one. */
class LocalWorld implements DrillWorld {
  readonly cases = new Map<string, CaseActor>();

  async open(act: ScriptedAct) {
    const data = { law: lawData(edition, procedure.parameters, formatInstant(act.at).slice(0, 10)), names: {} };
    const stamp = { receivedAt: act.at, entrance: 'drill', ...as(act.seat) };
    const input = procedure.opening.input(act.payload as never, stamp as never);
    const start = {
      id: act.matter,
      actId: act.id,
      input,
      stamp,
      data: data as unknown as Json,
      drill: { clock: act.at },
    };
    const opened = CaseActor.open(procedure.definition, start, act.at);
    this.cases.set(act.matter, opened);
    return { caseId: act.matter, next: opened.first?.dueAt };
  }

  async act(caseId: string, { id, act: type, payload, at, seat }: ScriptedAct) {
    const subject = this.cases.get(caseId)!;
    const findings = (subject.snapshot.context as { findings: { id: string; code: string }[] }).findings;
    const { findingId } = payload as { findingId?: string };
    const code = findingId?.startsWith('@finding:') ? findingId.slice('@finding:'.length) : undefined;
    const meant = code ? { ...(payload as object), findingId: findings.findLast((f) => f.code === code)!.id } : payload;
    const receipt = subject.act(
      { id, type, payload: meant, stamp: { receivedAt: at, entrance: 'drill', ...as(seat) } },
      at,
    );
    return { receipt, next: subject.closed ? undefined : subject.first?.dueAt };
  }

  async advance(caseId: string, to: number) {
    const subject = this.cases.get(caseId)!;
    subject.advance(to);
    return subject.closed ? undefined : subject.first?.dueAt;
  }

  /** Supervised matters ask nothing of one another. */
  async carry() {
    return [];
  }

  async deliver() {
    return undefined;
  }
}

describe('the supervision drill', () => {
  it('takes the course that was written down by hand from the specification', async () => {
    const world = new LocalWorld();
    const { acts } = await playDrill(world, readScript('supervision'));
    const refused = acts
      .filter(({ receipt }) => receipt.outcome !== 'changed')
      .map(({ at, matter, act, receipt }, i) => ({
        i,
        matter,
        line: refusedLine(at, matter, act.act, receipt, procedure),
      }));
    const taken = [...world.cases].flatMap(([matter, subject]) => {
      const all = subject.unflushed.map((entry) => lineOf(entry, matter, procedure, procedure.opening.type));
      return all.filter((line, i) => !isQuiet(line, all[i - 1]));
    });
    const lines = inOrder([...taken, ...refused.map((r) => r.line)]);
    const expected = readCourse(readFileSync(join(drillFolder('supervision'), 'course.tsv'), 'utf8'));
    const found = differences(expected, lines);
    expect(found).toEqual([]);
  });
});
