import type { History } from '@temporalio/common/lib/proto-utils';
import { CaseClient, Unreachable } from '../../../workflows/runtime/client';
import type { Receipt } from '../../../workflows/runtime/workflow';
import type { Lab, Notebook } from '../../support/lab';
import { eventually, pause } from '../../support/processes';
import { lineOf, type Stage, type Standing, type Trial, UNIT } from './trial';

/** What came of a trial. */
export interface Observed {
  /** The leaves after the opening. */
  opens: string[];
  /** The course; every line ends with the leaves after it. */
  lines: string[];
  stages: Omit<Stage, 'at' | 'course' | 'state'>[];
  /** What kept the trial from being played to its end. */
  problem?: string;
}

interface Playing {
  trial: Trial;
  id: string;
  opened: number;
  firstRunId: string;
  observed: Observed;
}

export interface LaneOptions {
  name: string;
  lab: Lab;
  taskQueue: string;
  notebook: Notebook;
  /** How long a task that died with its worker is waited for. */
  taskTimeout: string;
  /** Events of history after which a case continues as new. */
  historyLimit?: number;
  /** Called after every round, before the next. */
  afterRound?: (round: number, waitUntil: (at: number) => Promise<void>) => Promise<void>;
}

/** How long a lane waits for an answer or an entry, on however busy a machine. */
const PATIENCE = 60_000;
const OPENED_AT_ONCE = 10;

/** One way of running all trials in step: all are opened together, and every stage is reached by all at its instant. */
export class Lane {
  readonly #playing: Playing[] = [];
  readonly #cases: CaseClient;

  constructor(private readonly options: LaneOptions) {
    const { lab, taskQueue } = options;
    this.#cases = new CaseClient(lab.temporal, { taskQueue, patience: PATIENCE });
  }

  async run(trials: readonly Trial[]): Promise<void> {
    const began = Date.now();
    for (let i = 0; i < trials.length; i += OPENED_AT_ONCE) {
      const some = trials.slice(i, i + OPENED_AT_ONCE);
      this.#playing.push(...(await Promise.all(some.map((trial) => this.#open(trial, began)))));
    }
    const instants = [...new Set(trials.flatMap(({ stages }) => stages.map(({ at }) => at)))].sort((a, b) => a - b);
    const waitUntil = (at: number) => pause(Math.max(0, began + at * UNIT - Date.now()));
    for (const at of instants) {
      await waitUntil(at);
      await Promise.all(this.#playing.map((playing) => this.#reach(playing, at)));
      if (at !== instants.at(-1)) await this.options.afterRound?.(at, waitUntil);
    }
    await Promise.all(this.#playing.map(({ trial, id }) => this.#recorded(id, entriesOf(trial, trial.stages.length))));
    for (const { id, opened, observed } of this.#playing) {
      const [, ...course] = this.options.notebook.of(id);
      observed.lines = course.map((entry) => lineOf(entry, opened));
    }
    const { misfits } = this.options.notebook;
    if (misfits.length > 0) process.stdout.write(`${misfits.join('\n')}\n`);
    process.stdout.write(`${this.options.name}: ${trials.length} machines in ${Date.now() - began} ms\n`);
  }

  of(trial: Trial): Observed {
    return this.#find(trial).observed;
  }

  /** The histories of all runs of a trial's case. */
  async histories(trial: Trial): Promise<{ workflowId: string; history: History }[]> {
    const { id, firstRunId } = this.#find(trial);
    const { workflow } = this.options.lab.temporal;
    const found: { workflowId: string; history: History }[] = [];
    for (let runId: string | undefined = firstRunId; runId; ) {
      const history: History = await workflow.getHandle(id, runId).fetchHistory();
      found.push({ workflowId: id, history });
      const next = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
      runId = next ?? undefined;
    }
    return found;
  }

  #find(trial: Trial): Playing {
    const found = this.#playing.find((one) => one.trial === trial);
    if (!found) throw new Error(`${this.options.name} did not open '${trial.id}'`);
    return found;
  }

  async #open(trial: Trial, opened: number): Promise<Playing> {
    const { lab, taskQueue, taskTimeout, historyLimit } = this.options;
    const id = lab.id(trial.id);
    const start = {
      id,
      actId: 'open',
      input: trial.input,
      data: null,
      stamp: { receivedAt: opened, entrance: 'lane' },
      ...(historyLimit === undefined ? {} : { historyLimit }),
    };
    const handle = await lab.temporal.workflow.start(trial.id, {
      workflowId: id,
      taskQueue,
      args: [start],
      workflowTaskTimeout: taskTimeout as '1 s',
    });
    await this.#recorded(id, 1);
    const opens = this.options.notebook.of(id)[0]?.state ?? [];
    return { trial, id, opened, firstRunId: handle.firstExecutionRunId, observed: { opens, lines: [], stages: [] } };
  }

  async #reach(playing: Playing, at: number): Promise<void> {
    for (const [i, stage] of playing.trial.stages.entries()) {
      if (stage.at !== at || playing.observed.problem !== undefined) continue;
      try {
        await this.#take(playing, i, stage);
      } catch (error) {
        playing.observed.problem = String(error);
      }
    }
  }

  async #take(playing: Playing, index: number, stage: Stage): Promise<void> {
    const { trial, id, observed } = playing;
    const own = stage.send && stage.answer === undefined ? 1 : 0;
    if (trial.waits || !stage.send) await this.#recorded(id, entriesOf(trial, index + 1) - own);
    const receipt = stage.send ? await this.#send(playing, index, stage.send, stage) : undefined;
    const answer = receipt && answerOf(receipt);
    const shown = await this.#shown(id, stage);
    observed.stages.push({ ...shown, ...(answer === undefined ? {} : { answer }) });
  }

  #send({ id, opened }: Playing, index: number, type: string, { at, payload = {} }: Stage): Promise<Receipt> {
    const stamp = { receivedAt: opened + at * UNIT, entrance: 'lane' };
    return patiently(() => this.#cases.act(id, { id: `act-${index}`, type, payload, stamp }));
  }

  /** Waits until the record has so many entries; what is missing then shows in the course. */
  async #recorded(id: string, entries: number): Promise<void> {
    await eventually(() => {
      if (this.options.notebook.of(id).length < entries) throw new Error('not yet');
    }, PATIENCE).catch(() => {});
  }

  /** The parts of the view that are expected. */
  async #shown(id: string, { tags, shows, output }: Standing): Promise<Omit<Standing, 'state'>> {
    if (tags === undefined && shows === undefined && output === undefined) return {};
    const view = await patiently(() => this.#cases.view(id));
    return {
      ...(tags === undefined ? {} : { tags: view.tags }),
      ...(shows === undefined ? {} : { shows: view.context }),
      ...(output === undefined || view.output === undefined ? {} : { output: view.output }),
    };
  }
}

/** A case whose task failed with its worker is stuck for a moment: it is asked again, an act under the same id. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + PATIENCE; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unreachable) || Date.now() > until) throw error;
    }
  }
}

/** Entries of the record after so many stages, the opening included. */
function entriesOf({ stages }: Trial, through: number): number {
  return 1 + stages.slice(0, through).flatMap(({ course }) => course).length;
}

function answerOf({ outcome, refusal }: Receipt): string | undefined {
  return outcome === 'changed' ? undefined : `${outcome} ${refusal?.code}`;
}

/** What must come of a trial, in the form of what came. */
export function expectedOf({ opens, stages }: Trial): Observed {
  return {
    opens: [...opens.state].sort(),
    lines: stages.flatMap(({ course }) => course),
    stages: stages.map(
      ({ at: _at, send: _send, payload: _payload, course: _course, state: _state, ...expected }) => expected,
    ),
  };
}
