/**
 * A department's system as the gateway meets it: a process of its own that knows the address, its credentials and the
 * public interface, nothing else. It listens to the feed and does for its unit what a supervision item asks: reports
 * progress, sends in the report as an attachment, reports it, explains where it was late.
 */
import { createHash } from 'node:crypto';

export interface DepartmentOptions {
  /** Of the gateway. */
  address: string;
  /** As it stands in `Authorization`. */
  authorization: string;
  /** Of the unit it works for, such as `D10`. */
  unit: string;
  say: (line: string) => void;
}

interface CloudEvent {
  type: string;
  subject: string;
  data: { sequence: number };
}

interface View {
  case: string;
  status: string;
  state: string[];
  head: { sequence: number };
  accepts: { type: string; entitled: string[] }[];
}

interface Receipt {
  case: string;
  sequence: number;
}

/** Follows the feed until it is told to stop, and takes up every case its unit leads. */
export class Department {
  readonly #options: DepartmentOptions;
  #position: string | undefined;

  constructor(options: DepartmentOptions) {
    this.#options = options;
  }

  /** Comes back after every break with the last position it saw. */
  async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#listen(signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#options.say(`broken off: ${(error as Error).message}`);
        await new Promise((done) => setTimeout(done, 500));
      }
    }
  }

  async #listen(signal: AbortSignal): Promise<void> {
    const resumed: Record<string, string> = this.#position === undefined ? {} : { 'last-event-id': this.#position };
    const answer = await fetch(`${this.#options.address}/v1/feed/stream`, {
      headers: { ...this.#known, ...resumed },
      signal,
    });
    if (!answer.ok || !answer.body) throw new Error(`the feed answered ${answer.status}`);
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) await this.#take(block);
    }
  }

  async #take(block: string): Promise<void> {
    const id = /^id: (.+)$/m.exec(block)?.[1];
    const data = /^data: (.+)$/m.exec(block)?.[1];
    if (data !== undefined) await this.#work(JSON.parse(data) as CloudEvent);
    else if (block.includes(': from ')) this.#options.say('listening');
    this.#position = id ?? this.#position;
  }

  async #work({ subject, data }: CloudEvent): Promise<void> {
    const view = await this.#get<View>(`/v1/cases/${subject}?atLeast=${subject}:${data.sequence}`);
    // Its own steps come back through the feed: whatever is older than the case stands now has been dealt with.
    if (view.status !== 'open' || view.head.sequence !== data.sequence) return;
    const isIts = (type: string) =>
      view.accepts.some((one) => one.type === type && one.entitled.includes(this.#options.unit));
    if (view.state.includes('open.course.in-progress') && isIts('REPORT')) await this.#report(view);
  }

  async #report({ case: caseId, head }: View): Promise<void> {
    await this.#act(caseId, 'PROGRESS', { text: '进展-1', percent: 60 }, `progress-${caseId}-${head.sequence}`);
    const document = Buffer.from(`落实情况报告\n事项 ${caseId} 已按要求落实。\n`);
    const hash = await this.#attach(document, '落实情况报告.txt');
    const payload = { doc: { ref: '落实情况报告', hash }, evidence: ['验收单-1'], claims: 'done' };
    await this.#act(caseId, 'REPORT', payload, `report-${caseId}-${head.sequence}`);
  }

  async #attach(bytes: Buffer, name: string): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    const { hash } = await this.#ask<{ hash: string }>('/v1/attachments', { method: 'POST', body: form });
    const own = createHash('sha256').update(bytes).digest('hex');
    if (hash !== own) throw new Error(`the gateway kept ${hash}, sent was ${own}`);
    return hash;
  }

  async #act(caseId: string, event: string, payload: object, key: string): Promise<Receipt> {
    const receipt = await this.#ask<Receipt>(`/v1/supervision-item/${caseId}/${event}`, {
      method: 'POST',
      body: JSON.stringify(payload),
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
    });
    this.#options.say(`${event} ${caseId}:${receipt.sequence}`);
    return receipt;
  }

  #get<T>(path: string): Promise<T> {
    return this.#ask(path, {});
  }

  async #ask<T>(path: string, request: RequestInit): Promise<T> {
    const answer = await fetch(this.#options.address + path, {
      ...request,
      headers: { ...this.#known, ...(request.headers as Record<string, string>) },
    });
    const body = (await answer.json()) as T & { detail?: string };
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body.detail ?? ''}`);
    return body;
  }

  get #known(): Record<string, string> {
    return { authorization: this.#options.authorization };
  }
}

/** `node dist/client/simulator/department.js ADDRESS UNIT AUTHORIZATION` */
async function main([address, unit, authorization]: readonly string[]): Promise<void> {
  if (address === undefined || unit === undefined || authorization === undefined)
    throw new Error('give the address of the gateway, the unit, and what stands in Authorization');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const department = new Department({ address, unit, authorization, say: (line) => process.stdout.write(`${line}\n`) });
  await department.follow(stop.signal);
}

if (require.main === module) void main(process.argv.slice(2));
