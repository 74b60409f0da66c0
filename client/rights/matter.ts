import type { ListedCase } from '../../activities/ledger';
import type { Json, RecordEntry } from '../../workflows/runtime/workflow';

/** Who has to do with a case: seats, units, and functions such as `evm`. */
export interface Matter {
  case: string;
  procedure: string;
  /** The lead unit and those beside it. */
  units: readonly string[];
  /** Vice mayors named in charge of it. */
  leaders: readonly string[];
  /** Whom its summary names as awaited. */
  awaited: readonly string[];
  /** Seats in which something was done, with the leaders on whose word it was. */
  acted: readonly string[];
  /** Recipients of its messages. */
  told: readonly string[];
}

/** From what lists show of a case and, where it is at hand, its record. Without one, nobody has acted or was told. */
export function matterOf(listed: ListedCase, record: readonly RecordEntry[] = []): Matter {
  const { unit, units, leadVms, awaiting } = (listed.summary ?? {}) as { [key: string]: Json | undefined };
  return {
    case: listed.case,
    procedure: listed.machine.split('@')[0] ?? '',
    units: unique([...texts(unit), ...texts(units)]),
    leaders: texts(leadVms),
    awaited: texts(awaiting),
    acted: unique(record.flatMap(({ by }) => actors(by))),
    told: unique(
      record.flatMap(({ effects }) => effects.filter(({ kind }) => kind === 'tell')).flatMap(({ to }) => texts(to)),
    ),
  };
}

function actors(by: Json | undefined): string[] {
  const { seat, onWordOf } = (by ?? {}) as { seat?: Json; onWordOf?: { seat?: Json } };
  return [...texts(seat), ...texts(onWordOf?.seat)];
}

function texts(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

const unique = (ids: string[]): string[] => [...new Set(ids)];
