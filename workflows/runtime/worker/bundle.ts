import { createHash } from 'node:crypto';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

export interface Bundle extends WorkflowBundleWithSourceMap {
  /** Hash of the code without its source map: the same sources, bundled from the same place, give the same id. */
  buildId: string;
}

/**
 * The one way workflow code is bundled: for workers, tests and replay alike. XState's production build is taken; the
 * SDK's bundler would take the development build, whose warnings and checks cases must not depend on.
 *
 * @param workflowsPath the module whose exports are the Workflow Types
 */
export async function bundle(workflowsPath: string): Promise<Bundle> {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    logger: silent,
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, conditionNames: ['webpack', 'import', 'module', 'require', 'default'] },
    }),
  });
  const withoutMap = code.replace(/\n\/\/# sourceMappingURL=[^\n]*\s*$/, '');
  const buildId = createHash('sha256').update(withoutMap).digest('hex').slice(0, 16);
  return { code, sourceMap: 'deprecated: this is no longer in use', buildId } as Bundle;
}

const quiet = () => {};
const silent = { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: console.warn, error: console.error };
