/**
 * Whom a seat, a function or `vmc:<unit>` means now: the directory, with what P01 says before it. Who is entrusted with a
 * matter is in charge of it, whatever the portfolios say; who is executive vice mayor is said by the case of the term.
 */
import { type Instant, type Standing, vmcOf } from '../../workflows/law/machine';

export interface MeantDirectory {
  readonly units: readonly { id: string }[];
  seat(id: string): { id: string; unit?: string } | undefined;
  seatOf(recipient: string, at: Instant): string | undefined;
  vmcOf(unitOrSubject: string, at: Instant): string | undefined;
  predecessorsOf?(unit: string, at: Instant): string[];
}

const IN_CHARGE = 'vmc:';

export class Meant implements MeantDirectory {
  readonly #directory: MeantDirectory;
  readonly #standing: Standing | undefined;

  constructor(directory: MeantDirectory, standing: Standing | undefined) {
    this.#directory = directory;
    this.#standing = standing;
  }

  get units(): readonly { id: string }[] {
    return this.#directory.units;
  }

  seat(id: string): { id: string; unit?: string } | undefined {
    return this.#directory.seat(id);
  }

  seatOf(recipient: string, at: Instant): string | undefined {
    if (recipient === 'evm' && this.#standing) return this.#standing.evm;
    const field = recipient.startsWith(IN_CHARGE) ? recipient.slice(IN_CHARGE.length) : undefined;
    return (field === undefined ? undefined : this.#entrusted(field, at)) ?? this.#directory.seatOf(recipient, at);
  }

  vmcOf(unitOrSubject: string, at: Instant): string | undefined {
    return this.#entrusted(unitOrSubject, at) ?? this.#directory.vmcOf(unitOrSubject, at);
  }

  predecessorsOf(unit: string, at: Instant): string[] {
    return this.#directory.predecessorsOf?.(unit, at) ?? [];
  }

  #entrusted(field: string, at: Instant): string | undefined {
    return vmcOf({ unit: field, subject: field }, at, this.#standing?.entrustments ?? [], () => undefined);
  }
}
