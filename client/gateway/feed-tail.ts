/** One look at the end of the feed for everybody who waits for it. */
import type { Ledger } from '../../activities/ledger';

const LOOK_EVERY_MS = 250;

export class FeedTail {
  #last = 0;
  #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    private readonly ledger: Pick<Ledger, 'lastPosition'>,
    private readonly everyMs = LOOK_EVERY_MS,
  ) {}

  /** Waits until the feed goes beyond a position, or so long. */
  async beyond(position: number, atMostMs: number): Promise<void> {
    if (this.#last > position || this.#closed) return;
    await new Promise<void>((done) => {
      const timer = setTimeout(wake, atMostMs);
      const waiting = this.#waiting;
      function wake(): void {
        clearTimeout(timer);
        waiting.delete(wake);
        done();
      }
      waiting.add(wake);
      this.#look();
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const wake of [...this.#waiting]) wake();
  }

  #look(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(async () => {
      // A ledger that is away for a moment has no news; whoever waits is told by its own patience.
      const last = await this.ledger.lastPosition().catch(() => this.#last);
      this.#timer = undefined;
      if (last > this.#last) {
        this.#last = last;
        for (const wake of [...this.#waiting]) wake();
      }
      if (this.#waiting.size > 0) this.#look();
    }, this.everyMs);
    this.#timer.unref();
  }
}
