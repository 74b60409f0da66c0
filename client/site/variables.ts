/** What the environment says of one process and not of an installation. These have no place in zhengling.yaml. */
export interface ProcessVariable {
  name: string;
  /** Where there is one. */
  otherwise?: string;
  description: string;
}

export const processVariables: readonly ProcessVariable[] = [
  { name: 'ZHENGLING_DATA', otherwise: './data/demo', description: 'data directory of commands that are given none' },
  { name: 'ZHENGLING_SEAT', description: 'seat of commands that are given none (`--by`, `--as`)' },
  {
    name: 'ZHENGLING_GATEWAY',
    description: 'gateway that commands go through instead of the data directory (`--gateway`)',
  },
  {
    name: 'ZHENGLING_TOKEN',
    description: 'bearer token for that gateway; without one the seat stands as a demo identity',
  },
  {
    name: 'ZHENGLING_TEMPORAL',
    description: 'forces where the server comes from: `address`, `path`, `download`, `build`',
  },
  { name: 'TEMPORAL_ADDRESS', description: 'the same as `temporal.address`, and before it' },
  {
    name: 'ZHENGLING_CACHE',
    otherwise: '~/.cache/zhengling',
    description: 'where a downloaded or built Temporal server is kept',
  },
  { name: 'ZHENGLING_LOG', otherwise: 'warn', description: 'log level (standard error, JSON lines)' },
  { name: 'ZHENGLING_TRACE', description: 'print stacks behind one-sentence errors' },
];
