interface Lane {
  places: number;
  inside: number;
  waiting: (() => void)[];
  /** Passages since the lane was last narrowed or widened. */
  passed: number;
  narrowedAt: number;
}

/** Those who were turned away together narrow a lane once. */
const NARROW_ONCE_MS = 250;
/** So many passages without being turned away, and a narrowed lane is tried one wider. */
const WIDEN_AFTER = 32;

/**
 * Lets so many through at a time for each key; the others wait in the order they came. Where others crowd the same key
 * from elsewhere, the lane is halved, and widens again by and by.
 */
export class Gate {
  readonly #lanes = new Map<string, Lane>();

  constructor(private readonly places: number) {}

  async through<T>(key: string, work: () => Promise<T>): Promise<T> {
    const lane = this.#lane(key);
    await enter(lane);
    try {
      const value = await work();
      this.#widen(lane);
      return value;
    } finally {
      this.#leave(key, lane);
    }
  }

  /** Somebody was turned away behind the gate. */
  narrow(key: string): void {
    const lane = this.#lane(key);
    const now = Date.now();
    if (now - lane.narrowedAt < NARROW_ONCE_MS) return;
    lane.narrowedAt = now;
    lane.passed = 0;
    lane.places = Math.max(1, Math.floor(lane.places / 2));
  }

  #lane(key: string): Lane {
    const lane = this.#lanes.get(key) ?? { places: this.places, inside: 0, waiting: [], passed: 0, narrowedAt: 0 };
    this.#lanes.set(key, lane);
    return lane;
  }

  #widen(lane: Lane): void {
    lane.passed += 1;
    if (lane.places === this.places || lane.passed < WIDEN_AFTER) return;
    lane.passed = 0;
    lane.places += 1;
  }

  #leave(key: string, lane: Lane): void {
    lane.inside -= 1;
    admit(lane);
    if (lane.inside === 0 && lane.places === this.places) this.#lanes.delete(key);
  }
}

async function enter(lane: Lane): Promise<void> {
  const admitted = new Promise<void>((resolve) => lane.waiting.push(resolve));
  admit(lane);
  await admitted;
}

/** Free places go to those who wait longest. */
function admit(lane: Lane): void {
  while (lane.inside < lane.places) {
    const next = lane.waiting.shift();
    if (!next) return;
    lane.inside += 1;
    next();
  }
}
