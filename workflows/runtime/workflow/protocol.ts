/** The names under which a case is reached; shared by the workflow and its clients. A closed list. */
import type { CaseView, Receipt } from './receipt';
import type { Act, Head, Instant, Json, Notice } from './types';

export const ACT = 'act';
export const NOTICE = 'notice';
export const VIEW = 'view';
export const ADVANCE = 'advance';
export const UPGRADE = 'upgrade';

/** The failure type under which a refusal leaves the validator; its first detail is the Receipt. */
export const REFUSED = 'Refused';
/** The failure type of a start whose input does not fit: there is no case then. */
export const NOT_OPENED = 'NotOpened';

export interface Advanced {
  /** The earliest instant at which the case has something to do. */
  next: Instant | null;
  head: Head;
  status: 'open' | 'closed';
  /** Steps taken by this advance. */
  fired: number;
}

export interface Handlers {
  act(act: Act): Receipt;
  notice(notice: Notice): void;
  view(): CaseView;
  advance(to: Instant): Advanced;
  upgrade(): void;
}

export interface CaseResult {
  state: string[];
  head: Head;
  output?: Json;
}
