/** Repeats work at a steady pace; a round that takes long does not keep the next from starting, up to a few at once. */
export class Ticker {
  #timer: NodeJS.Timeout | undefined;
  #isWanted = false;
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly work: () => Promise<unknown>,
    private readonly everyMs: number,
    private readonly atOnce: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.#timer ??= setInterval(() => this.#tick(), this.everyMs);
  }

  /** A round now, or once one of those under way has ended. Nothing where it is not started. */
  soon(): void {
    if (this.#timer === undefined) return;
    if (this.#running.size < this.atOnce) this.#tick();
    else this.#isWanted = true;
  }

  /** Resolves when the rounds under way have ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await Promise.all(this.#running);
  }

  #tick(): void {
    if (this.#running.size >= this.atOnce) return;
    this.#isWanted = false;
    const round: Promise<void> = this.work()
      .then(() => {}, this.onError)
      .finally(() => {
        this.#running.delete(round);
        if (this.#isWanted) this.soon();
      });
    this.#running.add(round);
  }
}

/** Works on all items, a few at a time; one that fails does not stop the others. @throws the first failure, at the end */
export async function several<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
