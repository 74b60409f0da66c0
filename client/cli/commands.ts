import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { eventLabel, mainStateLabel } from '../../locale';
import { formatDeadline, parseInstant } from '../../workflows/law';
import type { Procedure } from '../../workflows/procedures/kit';
import type { Json } from '../../workflows/runtime/workflow';
import type { Answer, Request } from '../city';
import { Desk, Misused } from './desk';
import { examine } from './doctor';
import { answerText, recordText, table, viewText } from './output';

interface Common {
  data: string;
  json?: boolean;
}

interface Acting extends Common {
  by: string;
  input?: string;
  payload?: string;
  id?: string;
  key?: string;
  at?: string;
  onWordOf?: string;
  ref?: string;
}

/** Adds what officials and operators do with cases to a program. */
export function addCaseCommands(program: Command): void {
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--data <dir>', 'data directory of the installation', process.env.ZHENGLING_DATA ?? './data/demo')
      .option('--json', 'print one JSON value');
  const acting = (c: Command) =>
    c
      .requiredOption('--by <seat>', 'the seat that acts, e.g. X2-desk')
      .option('--input <file>', 'payload as a JSON file, - for standard input')
      .option('--payload <json>', 'payload as JSON')
      .option('--id <id>', 'id of the act; a repetition with the same id is done once')
      .option('--at <instant>', 'when it happened, if that differs, e.g. 2026-03-02T09:00:00+08:00')
      .option('--on-word-of <seat>', 'record what this leader said or wrote (the Office only; needs --ref)')
      .option('--ref <ref>', 'the paper that shows it');

  acting(command('start <procedure>', 'open a case'))
    .option('--key <key>', "the sender's own key of the matter; the same key opens one case only")
    .action((name: string, options: Acting) =>
      atDesk(options, async (desk) => {
        const city = await desk.city();
        const procedure = city.procedure(name);
        if (!procedure)
          throw new Misused(`there is no procedure '${name}'; there is ${city.procedureNames.join(', ')}`);
        desk.attest(options.by);
        const request = requestOf(options);
        return answered(
          desk,
          await city.start(procedure, options.key === undefined ? request : { ...request, key: options.key }),
        );
      }),
    );

  acting(command('act <case> <event>', 'do an act on a case')).action(
    (caseId: string, event: string, options: Acting) =>
      atDesk(options, async (desk) => {
        const city = await desk.city();
        const procedure = await procedureOfCase(desk, caseId);
        desk.attest(options.by);
        return answered(desk, await city.act(procedure, caseId, event, requestOf(options)));
      }),
  );

  command('show <case>', 'where a case stands, what it waits for and who may act').action(
    (caseId: string, options: Common) =>
      atDesk(options, async (desk) => {
        const view = await (await desk.city()).view(caseId);
        desk.out.print(
          options.json ? JSON.stringify({ marks: desk.out.marks, ...view }, null, 2) : viewText(desk.out, view),
        );
        return 0;
      }),
  );

  command('list', 'cases as the ledger has them')
    .option('--all', 'closed cases too')
    .option('--unit <unit>', 'of one lead unit, e.g. D07')
    .option('--state <state>', 'in one state, e.g. overdue')
    .option('--limit <n>', 'at most so many', '100')
    .action((options: Common & { all?: boolean; unit?: string; state?: string; limit: string }) =>
      atDesk(options, async (desk) => {
        const limit = Number(options.limit);
        if (!Number.isInteger(limit) || limit < 1)
          throw new Misused(`--limit is '${options.limit}'; a number from 1 up is expected`);
        const ledger = await desk.ledger();
        const cases = await ledger.list({
          limit,
          ...(options.all ? {} : { status: 'open' as const }),
          ...(options.unit ? { unit: options.unit } : {}),
          ...(options.state ? { state: options.state } : {}),
        });
        if (options.json) desk.out.print(JSON.stringify(cases, null, 2));
        else if (cases.length === 0) desk.out.print(`${desk.out.marks}没有事项`);
        else desk.out.print(`${desk.out.marks}\n${listText(desk, cases)}`);
        return 0;
      }),
    );

  command('record <case>', 'every step of a case: article or 本系统规定, who, on what authority').action(
    (caseId: string, options: Common) =>
      atDesk(options, async (desk) => {
        const entries = await (await desk.ledger()).record(caseId);
        if (entries.length === 0) throw new Misused(`the ledger has no case '${caseId}'`);
        desk.out.print(
          options.json ? JSON.stringify({ marks: desk.out.marks, entries }, null, 2) : recordText(desk.out, entries),
        );
        return 0;
      }),
  );

  command('refusals', 'what was asked and refused, newest first')
    .option('--case <case>', 'of one case')
    .action((options: Common & { case?: string }) =>
      atDesk(options, async (desk) => {
        const lines = await (await desk.ledger()).refusals(options.case ? { case: options.case } : {});
        const rows = lines.map((l) => [
          formatDeadline(l.at),
          l.entrance,
          desk.out.nameOf(l.seat),
          eventLabel(l.actType, desk.out.script),
          l.case ?? '—',
          l.code,
        ]);
        desk.out.print(
          options.json ? JSON.stringify(lines, null, 2) : table(['时间', '入口', '席位', '事项', '案件', '代码'], rows),
        );
        return 0;
      }),
    );

  command('doctor', 'what is wrong with this installation, and what to do').action((options: Common) =>
    atDesk(options, async (desk) => {
      const checks = await examine(desk);
      if (options.json) desk.out.print(JSON.stringify(checks, null, 2));
      else
        for (const { what, ok, seen, todo } of checks)
          desk.out.print(`${ok ? 'ok  ' : 'TODO'}  ${what}: ${seen}${todo ? `\n      ${todo}` : ''}`);
      return checks.every(({ ok }) => ok) ? 0 : 1;
    }),
  );

  addLedgerCommands(program);
}

function addLedgerCommands(program: Command): void {
  const ledger = program.command('ledger').description('the legal record');
  ledger
    .command('verify')
    .description('recompute every chain and daily seal')
    .option('--data <dir>', 'data directory of the installation', process.env.ZHENGLING_DATA ?? './data/demo')
    .option('--json', 'print one JSON value')
    .action((options: Common) =>
      atDesk(options, async (desk) => {
        const verified = await (await desk.ledger()).verify();
        if (options.json) desk.out.print(JSON.stringify(verified, null, 2));
        else if ('problems' in verified) desk.out.print(verified.problems.join('\n'));
        else desk.out.print(`台账完好：${verified.cases} 案，${verified.entries} 条记录，${verified.seals} 个日封`);
        return 'problems' in verified ? 1 : 0;
      }),
    );
}

/** Runs a command; what is wrong is one sentence and a number other than 0. */
async function atDesk(options: Common, run: (desk: Desk) => Promise<number>): Promise<void> {
  let desk: Desk | undefined;
  try {
    desk = Desk.open(options);
    process.exitCode = await run(desk);
  } catch (error) {
    process.exitCode = 2;
    const sentence = error instanceof Error ? error.message : String(error);
    if (options.json) process.stdout.write(`${JSON.stringify({ error: sentence })}\n`);
    else process.stderr.write(`${sentence}\n`);
    if (process.env.ZHENGLING_TRACE) console.error(error);
  } finally {
    await desk?.close();
  }
}

function answered({ out }: Desk, answer: Answer): number {
  out.print(out.json ? JSON.stringify(answer, null, 2) : answerText(out, answer));
  return answer.refusal ? 1 : 0;
}

async function procedureOfCase(desk: Desk, caseId: string): Promise<Procedure> {
  const city = await desk.city();
  const known = await (await desk.ledger()).caseView(caseId);
  return city.procedureOf(known?.machine ?? (await city.view(caseId)).machine);
}

function requestOf({ by, id, at, onWordOf, ref, input, payload }: Acting): Request {
  if (input !== undefined && payload !== undefined)
    throw new Misused('give the payload by --input or by --payload, not both');
  if (onWordOf !== undefined && ref === undefined)
    throw new Misused('--on-word-of needs --ref: the paper that shows what was said');
  return {
    seat: by,
    payload: payload === undefined ? readInput(input) : parse(payload, '--payload'),
    ...(id === undefined ? {} : { id }),
    ...(at === undefined ? {} : { at: instant(at) }),
    ...(onWordOf === undefined ? {} : { onWordOf: { seat: onWordOf, ref: ref! } }),
  };
}

function instant(text: string): number {
  try {
    return parseInstant(text);
  } catch (error) {
    throw new Misused(`--at: ${(error as Error).message}`);
  }
}

function readInput(file: string | undefined): Json {
  if (file === undefined) return {};
  try {
    return parse(readFileSync(file === '-' ? 0 : file, 'utf8'), file);
  } catch (error) {
    if (error instanceof Misused) throw error;
    throw new Misused(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function parse(text: string, from: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Misused(`${from} is not valid JSON: ${(error as Error).message}`);
  }
}

function listText({ out }: Desk, cases: readonly { case: string; state: string[]; summary: Json }[]): string {
  const rows = cases.map(({ case: id, state, summary }) => {
    const s = (summary ?? {}) as { matter?: string; unit?: string; due?: number; level?: number };
    return [
      id,
      mainStateLabel(state, out.script) ?? state.join('、'),
      s.unit ? out.nameOf(s.unit) : '未定',
      s.due ? formatDeadline(s.due) : '未定',
      s.level || '—',
      s.matter ?? '',
    ];
  });
  return table(['编号', '状态', '牵头', '到期', '级别', '事项'], rows);
}
