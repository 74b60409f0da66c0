/** A closed case in a real ledger: signed acts, messages that were sent and acknowledged, an attachment, a seal. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../activities/ledger';
import { attachmentStore, sha256 } from '../../client/attachments';
import { openSigner, type StampSigner } from '../../client/authority';
import { type ExportParts, exportCase } from '../../client/export';
import { formatInstant } from '../../workflows/law';
import type { AuthorityStamp } from '../../workflows/procedures/kit';
import { link } from '../../workflows/runtime/workflow/record';
import type { Effect, Json, RecordEntry, Trigger } from '../../workflows/runtime/workflow/types';
import { DAY, HOUR, PlayedCase, T0, tellEffect } from '../ledger/support';
import { laneAt } from '../support/lanes';

/** What a script or tool answered. */
export interface Said {
  status: number | null;
  output: string;
}

export const PAPER = Buffer.from('%PDF-1.7 测试附件\n');
/** Who is behind the hashes of the record; must not be in any package. */
export const PERSON = 'test-person-of-x2';
/** What a mail server answers may name an address. */
const ADDRESS = 'somebody@example.invalid';

export class ClosedCase {
  readonly played: PlayedCase;
  readonly entries: RecordEntry[] = [];

  constructor(
    readonly ledger: Ledger,
    readonly folder: string,
    readonly id = 'SI-2026-0001',
    private readonly signer: StampSigner = openSigner(folder),
  ) {
    this.played = new PlayedCase(id);
  }

  /** Opened, reported on, told of, closed; everything confirmed. */
  async play(): Promise<this> {
    const { ledger, signer, id } = this;
    await ledger.rememberKey({ id: signer.id, publicKey: signer.publicKey, since: T0 - DAY });
    const actor = sha256(Buffer.from(`${ledger.salt}${PERSON}`));
    await ledger.rememberPerson(actor, PERSON);
    await this.step(
      { kind: 'open', type: 'xstate.init', id: 'open-1', payload: { title: '老旧小区供热管网改造' } },
      actor,
      [tellEffect(['D07-head', 'D07-desk'])],
    );
    await this.step(
      {
        kind: 'act',
        type: 'PROGRESS',
        id: 'act-2',
        payload: { text: '进度 <b>40</b> & "半"', percent: 40.5, tiny: 1e-7 },
      },
      actor,
      [],
      T0 + HOUR,
    );
    await this.deliver();
    await attachmentStore(this.folder).keep(sha256(PAPER), PAPER);
    const about = { hash: sha256(PAPER), name: '测试报告.pdf', mediaType: 'application/pdf', bytes: PAPER.length };
    await ledger.keepAttachment({ ...about, case: id, seat: 'D07-desk', at: T0 + HOUR });
    this.played.status = 'closed';
    await this.step(
      { kind: 'act', type: 'ACCEPT', id: 'act-3', payload: { evidence: ['E-1'] } },
      actor,
      [],
      T0 + 2 * HOUR,
    );
    return this;
  }

  async step(trigger: Trigger, actor: string, effects: Effect[] = [], at = T0): Promise<RecordEntry> {
    const stamp = {
      ...{ receivedAt: at, asOf: at, entrance: 'gateway', seat: 'X2-desk', unit: 'X2', basis: 'own', actor },
    } as unknown as AuthorityStamp;
    const { id = '', type, payload = {} } = trigger;
    const { receivedAt: _, ...by } = this.signer.sign({ case: this.id, id, type, payload }, stamp);
    const { played } = this;
    const closed = played.status === 'closed';
    const print = formatInstant(at);
    const entry = link(
      {
        case: this.id,
        sequence: played.head.sequence + 1,
        machine: 'supervision-item@draft-2026',
        trigger,
        ...{ happenedAt: print, receivedAt: print, recordedAt: print },
        by: by as Json,
        steps: [{ from: 'open', to: ['open'], cite: { basis: 'stated', article: 61 } }],
        effects,
        state: [closed ? 'closed' : 'open.course.in-progress'],
      },
      played.head.hash,
    );
    played.head = { sequence: entry.sequence, hash: entry.hash };
    await this.ledger.flush(played.batch(entry));
    played.commit();
    await this.ledger.confirm(this.id, played.head);
    this.entries.push(entry);
    return entry;
  }

  async deliver(): Promise<void> {
    const { ledger, id } = this;
    const rows = await ledger.claimTells({ now: T0 + DAY, leaseMs: 60_000, limit: 100, waiting: true });
    const own = rows.filter((row) => row.case === id);
    const sent = { state: 'delivered' as const, at: T0 + HOUR, channel: 'email', seat: 'D07-head' };
    await ledger.settleTells(
      own[0]!.lease,
      own.map((row) => row.id),
      sent,
      [
        { at: T0 + HOUR - 1, channel: 'email', outcome: 'failed', error: `550 no mailbox ${ADDRESS}` },
        { at: T0 + HOUR, channel: 'email', outcome: 'delivered' },
      ],
    );
    await ledger.acknowledge({ tell: own[0]!.id, by: own[0]!.recipient, at: T0 + HOUR + 1, how: 'inbox' });
  }
}

/** Whoever verifies a package has this and no more. */
const python = laneAt('python') ?? 'python3';

/** Exports into a folder, unpacked by Python beside the package. */
export class Packages {
  readonly folder: string;
  #count = 0;

  constructor(under: string) {
    this.folder = mkdtempSync(join(under, 'packages-'));
  }

  parts(ledger: Ledger, data: string): ExportParts {
    return { ledger, attachments: attachmentStore(data), script: 'hans', nameOf: (id) => `席位-${id}` };
  }

  newFile(): string {
    this.#count += 1;
    return join(this.folder, `${this.#count}.zip`);
  }

  async of(closed: ClosedCase): Promise<{ file: string; at: string }> {
    const file = this.newFile();
    const answer = await exportCase(this.parts(closed.ledger, closed.folder), closed.id, file);
    if ('refusal' in answer) throw new Error(answer.said.sentence);
    return { file, at: this.unpacked(file, closed.id) };
  }

  unpacked(file: string, id: string): string {
    const target = file.replace('.zip', '');
    execFileSync(python, ['-m', 'zipfile', '-e', file, target]);
    return join(target, id);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const run = (at: string, command: string, args: string[]): Said => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: at,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
  });
  return { status, output: stdout + stderr };
};

export const sums = (at: string): Said => run(at, 'sha256sum', ['--strict', '-c', 'SHA256SUMS']);
export const verify = (at: string): Said => run(at, python, ['-I', 'verify.py']);
export const signatures = (at: string): Said => run(at, python, ['-I', 'verify_signatures.py']);
