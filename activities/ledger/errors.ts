/**
 * The ways a ledger says no. `nonRetryable` is read by whoever retries: only a contradiction is final, everything else
 * may be cured outside (disk space, a restored file, a missing entry) while the sender goes on trying.
 */

/**
 * Thrown when a confirmed entry would have to be replaced by another one. An alarm: either two cases run under one id, or
 * the record was changed by hand. Nothing was written.
 */
export class LedgerConflict extends Error {
  readonly nonRetryable = true;

  constructor(
    readonly caseId: string,
    readonly sequence: number,
    message: string,
  ) {
    super(message);
    this.name = 'LedgerConflict';
  }
}

/** Thrown when what was handed over does not continue the record, or contradicts itself. Nothing was written. */
export class LedgerRefusal extends Error {
  readonly nonRetryable = false;

  constructor(
    readonly caseId: string,
    message: string,
  ) {
    super(message);
    this.name = 'LedgerRefusal';
  }
}

/** Thrown when file or database cannot be read or written now: locked for too long, read-only, full, out of reach. */
export class LedgerUnavailable extends Error {
  readonly nonRetryable = false;

  constructor(
    message: string,
    /** The database's or system's own name of the trouble, such as `SQLITE_FULL`, `53100` or `ECONNREFUSED`. */
    readonly code: string,
    cause: unknown,
  ) {
    super(message, { cause });
    this.name = 'LedgerUnavailable';
  }
}

/** Thrown on opening what this version cannot serve: not a ledger, made by a newer version, or with another salt. */
export class LedgerUnusable extends Error {
  readonly nonRetryable = true;

  constructor(message: string) {
    super(message);
    this.name = 'LedgerUnusable';
  }
}

/** Thrown when a page is asked for by a cursor that no page of this list gave out. */
export class BadCursor extends Error {
  readonly nonRetryable = true;

  constructor(readonly cursor: string) {
    super('this is no cursor of this list; leave it out to begin with the first page, or give the `next` of a page');
    this.name = 'BadCursor';
  }
}
