/** Commands of whoever operates the installation: they look into its ledger and directory on this machine. */

import type { CaseStatistics, Statistics } from '../../activities/ledger';
import { cliText, eventLabel, labelOr, labels } from '../../locale';
import { dateOf, formatDeadline, instantOf, isDate } from '../../workflows/law';
import { Misused } from './errors';
import { columns, type Out, table, tell } from './out';
import { atDesk, type Common } from './run';

export interface Logged extends Common {
  case?: string;
  limit: number;
}

export function refusals({ case: caseId, limit, ...options }: Logged): Promise<void> {
  return atDesk(options, async (desk) => {
    const { out } = desk;
    const lines = await (await desk.ledger()).refusals({ limit, ...(caseId ? { case: caseId } : {}) });
    tell(out, lines, () =>
      lines.length === 0
        ? cliText('none.rows', out.script)
        : table(
            out,
            'refusals',
            lines.map((line) => [
              formatDeadline(line.at),
              line.entrance,
              out.nameOf(line.seat),
              eventLabel(line.actType, out.script),
              line.case ?? '—',
              line.code,
            ]),
          ),
    );
    return 0;
  });
}

/** Who looked at what. */
export function readings({ case: caseId, limit, ...options }: Logged): Promise<void> {
  return atDesk(options, async (desk) => {
    const { out } = desk;
    const lines = await (await desk.ledger()).readings({ limit, ...(caseId ? { case: caseId } : {}) });
    tell(out, lines, () =>
      lines.length === 0
        ? cliText('none.rows', out.script)
        : table(
            out,
            'readings',
            lines.map((line) => [
              formatDeadline(line.at),
              line.entrance,
              line.seat === '' ? '—' : out.nameOf(line.seat),
              line.reader,
              line.what,
              line.case ?? '—',
            ]),
          ),
    );
    return 0;
  });
}

export interface Counting extends Common {
  since?: string;
  until?: string;
  unit?: string;
}

export function stats({ since, until, unit, ...options }: Counting): Promise<void> {
  return atDesk(options, async (desk) => {
    const ledger = await desk.ledger();
    const cases = await ledger.caseStatistics({
      since: dayOf(since, '--since'),
      until: dayOf(until, '--until'),
      unit,
    });
    tell(desk.out, { cases, ledger: await ledger.statistics() }, (all) => statsText(desk.out, all));
    return 0;
  });
}

function dayOf(day: string | undefined, option: string): number | undefined {
  if (day === undefined) return undefined;
  if (isDate(day)) return instantOf(day, '00:00');
  throw new Misused(`${option} is '${day}'; a day such as ${dateOf(Date.now())} is expected`);
}

function statsText(out: Out, { cases, ledger }: { cases: CaseStatistics; ledger: Statistics }): string {
  const { script } = out;
  const states = Object.entries(cases.open).map(([state, n]) => [stateName(state, out), n]);
  const units = cases.units.map(({ unit, open, overdue, onTime, late, undated }) => [
    unit === '' ? cliText('state.unset', script) : out.nameOf(unit),
    ...[open, overdue, onTime, late, undated],
  ]);
  const tells = Object.entries(ledger.tells).map(([state, n]) => [state, n]);
  const { opened, closed, overdue } = cases;
  return [
    `${out.marks}${cliText('period', script, { opened, closed, overdue })}`,
    cliText('record', script, { ...ledger.cases, ...ledger.entries }),
    ...(states.length > 0 ? [table(out, 'states', states)] : []),
    ...(units.length > 0 ? [table(out, 'units', units)] : []),
    table(out, 'tells', tells),
  ].join('\n');
}

/** By the label of whatever procedure has such a main state. */
function stateName(state: string, { script }: Out): string {
  const key = Object.keys(labels).find((one) => one.endsWith(`.state.${state}`));
  return key === undefined ? state : labelOr(key, state, script);
}

export function seats({ unit: wanted, ...options }: Common & { unit?: string }): Promise<void> {
  return atDesk(options, async ({ site, out }) => {
    const now = Date.now();
    const all = site.directory.seats.filter(({ unit }) => wanted === undefined || unit === wanted);
    const rows = all.map(({ id, unit }) => ({
      seat: id,
      name: out.nameOf(id),
      ...(unit === undefined ? {} : { unit }),
      held: site.directory.holderOf(id, now) !== undefined,
    }));
    const vacant = cliText('seat.vacant', out.script);
    tell(out, rows, () =>
      table(
        out,
        'seats',
        rows.map(({ seat, name, held }) => [seat, name, held ? '' : vacant]),
      ),
    );
    return 0;
  });
}

/** Recomputes every chain and seal, and checks every signature. */
export function verifyLedger(options: Common): Promise<void> {
  return atDesk(options, async (desk) => {
    const { verifyLedgerSignatures } = require('../authority') as typeof import('../authority');
    const ledger = await desk.ledger();
    const [chains, signatures] = [await ledger.verify(), await verifyLedgerSignatures(ledger)];
    const { problems: forged, ...counted } = signatures;
    const problems = [...('problems' in chains ? chains.problems : []), ...forged];
    const verified = problems.length > 0 ? { ok: false, problems } : { ...chains, signatures: counted };
    tell(desk.out, verified, () =>
      problems.length > 0 || 'problems' in chains
        ? problems.join('\n')
        : cliText('whole', desk.out.script, { ...chains, signed: counted.signed } as never),
    );
    return problems.length > 0 ? 1 : 0;
  });
}

export interface Exporting extends Common {
  output: string;
}

export function exportOne(caseId: string, { output, ...options }: Exporting): Promise<void> {
  return atDesk(options, async (desk) => {
    const { exportCase } = require('../export') as typeof import('../export');
    const { attachmentStore } = require('../attachments') as typeof import('../attachments');
    const { out, site } = desk;
    const { script, nameOf } = out;
    const attachments = attachmentStore(site.dataDir, site.config.attachments);
    const answer = await exportCase({ ledger: await desk.ledger(), attachments, script, nameOf }, caseId, output);
    if ('refusal' in answer) {
      tell(out, answer, ({ said }) => `${said.sentence}\n${said.remedy}`);
      return 1;
    }
    tell(out, answer.exported, ({ case: id, file, bytes, sha256: hash, links, attachments: enclosed }) =>
      cliText('exported', script, { case: id, file, bytes, hash, links, attachments: enclosed }),
    );
    return 0;
  });
}

export interface Examining extends Common {
  who?: string;
}

export function doctor({ who, ...options }: Examining): Promise<void> {
  return atDesk(options, async (desk) => {
    const { examine, whoIsTold } = require('./doctor/index') as typeof import('./doctor/index');
    const checks = who === undefined ? await examine(desk) : await whoIsTold(desk, who);
    tell(desk.out, checks, () =>
      checks
        .map(({ what, ok, seen, todo }) => `${ok ? 'ok  ' : 'TODO'}  ${what}: ${seen}${todo ? `\n      ${todo}` : ''}`)
        .join('\n'),
    );
    return checks.every(({ ok }) => ok) ? 0 : 1;
  });
}

export function notifyTest(seat: string, options: Common): Promise<void> {
  return atDesk(options, async (desk) => {
    const { tryChannels } = require('./notify-test') as typeof import('./notify-test');
    const tried = await tryChannels(desk, seat);
    const { script } = desk.out;
    tell(desk.out, tried, () =>
      tried.length === 0
        ? cliText('test.none', script)
        : columns(
            tried.map(({ channel, sent, error }, i) => [
              i + 1,
              channel,
              sent ? cliText('test.sent', script) : (error ?? ''),
            ]),
          ),
    );
    return tried.length > 0 && tried.every(({ sent }) => sent) ? 0 : 1;
  });
}
