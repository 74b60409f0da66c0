export interface Check {
  what: string;
  ok: boolean;
  /** What was seen. */
  seen: string;
  /** What to do, where something is to be done. */
  todo?: string;
}

export const fine = (what: string, seen: string): Check => ({ what, ok: true, seen });

export const amiss = (what: string, seen: string, todo: string): Check => ({ what, ok: false, seen, todo });

/** In order where there is nothing to be done. */
export const check = (what: string, seen: string, todo: string | undefined): Check =>
  todo === undefined ? fine(what, seen) : amiss(what, seen, todo);

/** The first few of many, and that there are more. */
export function some(names: readonly string[], most = 5): string {
  return `${names.slice(0, most).join(', ')}${names.length > most ? ', …' : ''}`;
}

/** @throws Error when there is no answer in time */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The reason of a failed request, without the address it went to. */
export function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
