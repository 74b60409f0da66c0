/**
 * Three ways a ledger says no. `nonRetryable` is read by whoever retries: only a contradiction is final, everything else
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

/** Thrown when the file cannot be read or written now: locked for too long, read-only, full, out of reach. */
export class LedgerUnavailable extends Error {
  readonly nonRetryable = false;

  constructor(
    message: string,
    /** SQLite's own name of the trouble, such as `SQLITE_FULL`. */
    readonly code: string,
    cause: unknown,
  ) {
    super(message, { cause });
    this.name = 'LedgerUnavailable';
  }
}

/** Thrown on opening a file this version cannot serve: not a ledger, made by a newer version, or with another salt. */
export class LedgerUnusable extends Error {
  readonly nonRetryable = true;

  constructor(message: string) {
    super(message);
    this.name = 'LedgerUnusable';
  }
}
