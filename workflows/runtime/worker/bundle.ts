import { createHash } from 'node:crypto';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

export interface Bundle extends WorkflowBundleWithSourceMap {
  /** Hash of the code without its source map: the same sources, bundled from the same place, give the same id. */
  buildId: string;
}

/**
 * The one way workflow code is bundled: for workers, tests and replay alike.
 *
 * All cases of an isolate share one evaluation of it, which is most of what a case would cost: the SDK would evaluate
 * interpreter, schemas and machine anew for each. So modules keep no state of a case. The SDK's own way to share them
 * (`preloadModules`) freezes what they export, and neither XState's machines nor zod's schemas bear that: both fill in
 * what they compute when it is first asked for.
 *
 * XState's production build is taken; the SDK's bundler would take the development build, whose warnings and checks cases
 * must not depend on.
 *
 * @param workflowsPath the module whose exports are the Workflow Types
 */
export async function bundle(workflowsPath: string): Promise<Bundle> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: require.resolve('./isolate/entry'),
    preloadModules: [require.resolve('./isolate/held')],
    logger: silent,
    webpackConfigHook: (config) => ({
      ...config,
      resolve: {
        ...config.resolve,
        alias: { ...config.resolve?.alias, 'workflows-of-the-bundle$': workflowsPath },
        conditionNames: ['webpack', 'import', 'module', 'require', 'default'],
      },
    }),
  });
  const withoutMap = code.replace(/\n\/\/# sourceMappingURL=[^\n]*\s*$/, '');
  const buildId = createHash('sha256').update(withoutMap).digest('hex').slice(0, 16);
  return { code, sourceMap: 'deprecated: this is no longer in use', buildId } as Bundle;
}

const quiet = () => {};
const silent = { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: console.warn, error: console.error };
