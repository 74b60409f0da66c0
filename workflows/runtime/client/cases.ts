import { randomUUID } from 'node:crypto';
import type { Receipt } from '../workflow/receipt';
import type { Instant, Json, Stamp } from '../workflow/types';
import type { CaseClient } from './case-client';
import type { SubscribeOptions, WaitCondition, Waited, WaitOptions } from './follow';
import type { ActType, CaseSource, OpeningOf, PayloadOf, StatePath, TypedResult, TypedView } from './inferred';
import type { Started, StartOptions } from './opening';

export interface CasesOptions {
  /**
   * Says who acts: asked for every opening and act that brings no stamp of its own. Unless told, only when it was
   * received and that it came through `client`; processes with different clocks should name different entrances.
   */
  stamp?: (asked: { caseId: string; type: string }) => Stamp | Promise<Stamp>;
  /** What travels with every case, unless an opening brings its own; `null` unless told. */
  data?: Json;
}

export interface Opening<Source> {
  id: string;
  input: OpeningOf<Source>;
  /** The id of the opening act; `open` unless told. */
  actId?: string;
  stamp?: Stamp;
  data?: Json;
  /** A drill case has no clock but the coordinator's. */
  drill?: { clock: Instant };
  /** Continue as new once history holds so many events. Tests set it low. */
  historyLimit?: number;
}

export interface TypedActOptions {
  /** Chosen by the caller where the act must survive the caller; else made here and told by the receipt. */
  id?: string;
  stamp?: Stamp;
  /** When it happened, where that is claimed to differ from when it was received. */
  at?: Instant;
}

type ActArguments<Payload> =
  Record<string, never> extends Payload
    ? [payload?: Payload, options?: TypedActOptions]
    : [payload: Payload, options?: TypedActOptions];

const byClient = (): Stamp => ({ receivedAt: Date.now(), entrance: 'client' });

/**
 * The cases of one procedure, typed by its own machine: a wrong event, payload, input or state path does not compile.
 *
 * ```ts
 * const loans = casesOf<typeof loanDefinition>(client, 'loan');
 * await loans.start({ id: 'L-7', input: { days: 14 } });
 * const receipt = await loans.act('L-7', 'RETURN', { condition: 'good' });
 * ```
 *
 * @typeParam Source `typeof` a machine, or of a definition written with `satisfies Definition`
 */
export function casesOf<Source extends CaseSource>(
  client: CaseClient,
  workflowType: string,
  options: CasesOptions = {},
): Cases<Source> {
  return new Cases<Source>(client, workflowType, options);
}

export class Cases<Source extends CaseSource> {
  readonly #stamp: NonNullable<CasesOptions['stamp']>;
  readonly #data: Json;

  constructor(
    private readonly client: CaseClient,
    private readonly workflowType: string,
    { stamp = byClient, data = null }: CasesOptions = {},
  ) {
    this.#stamp = stamp;
    this.#data = data;
  }

  /** As {@link CaseClient.start}. @throws NotOpened, Unreachable */
  async start(opening: Opening<Source>, options: StartOptions = {}): Promise<Started<TypedView<Source>>> {
    const { id, actId = 'open', data = this.#data, stamp, input, ...more } = opening;
    const start = {
      id,
      actId,
      data,
      input: input as Json,
      stamp: stamp ?? (await this.#stamp({ caseId: id, type: 'open' })),
      ...more,
    };
    return (await this.client.start(this.workflowType, start, options)) as unknown as Started<TypedView<Source>>;
  }

  /**
   * As {@link CaseClient.act}.
   *
   * @throws NoSuchCase
   * @throws Unreachable with `actId`, under which the act may be repeated
   */
  async act<Type extends ActType<Source>>(
    caseId: string,
    type: Type,
    ...[payload, options = {}]: ActArguments<PayloadOf<Source, Type>>
  ): Promise<Receipt> {
    const { id, stamp, at } = options;
    const act = {
      id: id ?? randomUUID(),
      type,
      payload: (payload ?? {}) as Json,
      stamp: stamp ?? (await this.#stamp({ caseId, type })),
      ...(at === undefined ? {} : { at }),
    };
    return this.client.act(caseId, act, { fresh: id === undefined });
  }

  /** @throws NoSuchCase, Unreachable */
  async view(caseId: string): Promise<TypedView<Source>> {
    return (await this.client.view(caseId)) as unknown as TypedView<Source>;
  }

  /** As {@link CaseClient.waitFor}. */
  async waitFor(
    caseId: string,
    condition: WaitCondition<TypedView<Source>, StatePath<Source>>,
    options: WaitOptions,
  ): Promise<Waited<TypedView<Source>>> {
    const waited = await this.client.waitFor(caseId, condition as WaitCondition, options);
    return waited as unknown as Waited<TypedView<Source>>;
  }

  /** As {@link CaseClient.subscribe}. */
  subscribe(caseId: string, options: SubscribeOptions = {}): AsyncGenerator<TypedView<Source>, void, undefined> {
    return this.client.subscribe(caseId, options) as unknown as AsyncGenerator<TypedView<Source>, void, undefined>;
  }

  /** How the case closed, once it has. */
  async result(caseId: string): Promise<TypedResult<Source>> {
    return (await this.client.result(caseId)) as unknown as TypedResult<Source>;
  }
}
