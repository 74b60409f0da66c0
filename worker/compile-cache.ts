import module from 'node:module';

/** Node keeps what it has compiled, from 22.1 on: later starts take less. */
export function enableCompileCache(): void {
  (module as { enableCompileCache?: () => void }).enableCompileCache?.();
}
