/**
 * Assumptions for drills and demonstrations. They fill what the city's data leave unassigned, so that every procedure can
 * be played; they never replace what is known, and every one of them is marked.
 */
import { plusDays } from '../../workflows/law';
import type { Content } from './content';
import { type OverlayFile, UNASSIGNED } from './schema';
import { type Names, type Seat, seatsOfUnit } from './seats';
import type { YamlFile } from './yaml-file';

export type OverlayKind = 'drill' | 'demo';

/** `name*` without brackets; `hans` and `hant` as shown: 【演练】. */
export interface Mark extends Names {
  kind: OverlayKind;
  hans: string;
  hant: string;
}

const ASSUMED = { source: 'assumption', assumption: true } as const;

export function markOf(file: YamlFile<OverlayFile>, kind: OverlayKind): Mark {
  const { nameZh, nameHant } = file.data.marks[kind];
  return { kind, nameZh, nameHant, hans: `【${nameZh}】`, hant: `【${nameHant}】` };
}

export function withAssumptions(content: Content, file: YamlFile<OverlayFile>, mark: Mark): Content {
  const { persons, holders } = stand(content, mark, file.where(['marks', mark.kind]));
  return {
    ...content,
    persons: [...content.persons, ...persons],
    holders: [...content.holders, ...holders],
    functions: assumedFunctions(content, file),
    portfolios: [...content.portfolios, ...assumedPortfolios(content, file)],
    appointmentOrder: content.appointmentOrder.length > 0 ? content.appointmentOrder : [assumedOrder(file)],
  };
}

/** A stand-in for every seat nobody holds now, named by the seat: no name is invented. */
function stand(content: Content, mark: Mark, where: string): Pick<Content, 'persons' | 'holders'> {
  const seats = [...content.seats, ...content.units.flatMap(seatsOfUnit)] as Seat[];
  /** The seats of a unit that ends end with it. */
  const until = new Map(content.units.map(({ id, to }) => [id, to]));
  const lasts = (seat: Seat, to: string | undefined) => to === undefined || to === until.get(seat.unit ?? '');
  const vacant = seats.filter((seat) => !content.holders.some((h) => h.seat === seat.id && lasts(seat, h.to)));
  const personOf = (seat: Seat) => `assumed-${seat.id.toLowerCase()}`;
  const since = (seat: Seat) => {
    const ends = content.holders.flatMap((h) => (h.seat === seat.id && h.to !== undefined ? [h.to] : []));
    return ends.length === 0 ? {} : { from: plusDays(ends.sort().at(-1) as string, 1) };
  };
  return {
    persons: vacant.map((seat) => ({
      id: personOf(seat),
      nameZh: `${seat.nameZh}·${mark.nameZh}`,
      nameHant: `${seat.nameHant}·${mark.nameHant}`,
      active: true,
      assumption: true,
      where,
    })),
    holders: vacant.map((seat) => {
      const to = seat.unit === undefined ? undefined : until.get(seat.unit);
      return {
        seat: seat.id,
        person: personOf(seat),
        ...since(seat),
        ...(to === undefined ? {} : { to }),
        ...ASSUMED,
        where,
      };
    }),
  };
}

function assumedFunctions(content: Content, { data, where }: YamlFile<OverlayFile>): Content['functions'] {
  const assigned = content.functions.filter((entry) => entry.seat !== UNASSIGNED);
  const assumed = data.functions.map((entry, i) => ({ ...entry, ...ASSUMED, where: where(['functions', i]) }));
  return [...assigned, ...assumed.filter((entry) => !assigned.some((known) => known.function === entry.function))];
}

function assumedPortfolios(content: Content, { data, where }: YamlFile<OverlayFile>): Content['portfolios'] {
  const ended = content.units.filter(({ to }) => to !== undefined).map(({ id }) => id);
  const known = new Set([...content.portfolios.flatMap((portfolio) => portfolio.units), ...ended]);
  return data.portfolios
    .map((entry, i) => ({
      ...entry,
      units: entry.units.filter((unit) => !known.has(unit)),
      ...ASSUMED,
      where: where(['portfolios', i]),
    }))
    .filter((entry) => entry.units.length > 0);
}

function assumedOrder({ data, where }: YamlFile<OverlayFile>): Content['appointmentOrder'][number] {
  return { order: data.appointmentOrder, ...ASSUMED, where: where(['appointmentOrder']) };
}
