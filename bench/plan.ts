/** How much is measured. */
export interface Plan {
  /** Rounds of throughput and latency, after one to warm up. */
  rounds: number;
  /** Cases at once, and how many each loop drives one after another. */
  crowd: { loops: number; casesPerLoop: number };
  /** Cases of five events per latency block. */
  latencyCases: number;
  /** Events per kind whose history and server writes are counted. */
  counted: number;
  memory: { rounds: number; cases: number };
  growth: { rounds: number; events: number; samples: number };
  eviction: { rounds: number; historyLength: number; samples: number };
  /** `silent`: rounds in which nobody is told, as in earlier baselines. */
  storm: { rounds: number; silent: number; cases: number };
  /** `items` of the cases fall to each inbox; `loops` file them; `reads` inboxes a round. */
  inbox: { rounds: number; reads: number; cases: number; items: number; loops: number };
  /** Pairs of an act through the gateway and a bare one. */
  gateway: { rounds: number; pairs: number };
}

export const FULL: Plan = {
  rounds: 8,
  crowd: { loops: 50, casesPerLoop: 2 },
  latencyCases: 12,
  counted: 30,
  memory: { rounds: 3, cases: 1_000 },
  growth: { rounds: 2, events: 1_000, samples: 60 },
  eviction: { rounds: 2, historyLength: 690, samples: 8 },
  storm: { rounds: 1, silent: 0, cases: 2_000 },
  inbox: { rounds: 5, reads: 60, cases: 50_000, items: 500, loops: 4 },
  gateway: { rounds: 6, pairs: 40 },
};

/** Shows that everything works and roughly where it stands; too small to judge by. */
export const QUICK: Plan = {
  rounds: 2,
  crowd: { loops: 20, casesPerLoop: 1 },
  latencyCases: 3,
  counted: 8,
  memory: { rounds: 1, cases: 100 },
  growth: { rounds: 1, events: 120, samples: 20 },
  eviction: { rounds: 1, historyLength: 690, samples: 4 },
  storm: { rounds: 1, silent: 0, cases: 150 },
  inbox: { rounds: 2, reads: 10, cases: 1_000, items: 250, loops: 4 },
  gateway: { rounds: 1, pairs: 8 },
};
