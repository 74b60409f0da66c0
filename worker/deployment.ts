/** Worker Deployment Versioning: which build new cases begin on, and which build every open case is on. */
import type { Client } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';

export const DEPLOYMENT = 'zhengling';

const GRPC_NOT_FOUND = 5;
const GRPC_FAILED_PRECONDITION = 9;

export class Deployment {
  constructor(
    private readonly temporal: Client,
    private readonly deploymentName: string = DEPLOYMENT,
  ) {}

  /** The build new cases begin on; undefined before the first. */
  async current(): Promise<string | undefined> {
    try {
      const { workerDeploymentInfo } = await this.#service.describeWorkerDeployment({
        namespace: this.#namespace,
        deploymentName: this.deploymentName,
      });
      return workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId ?? undefined;
    } catch (error) {
      if (isGrpcServiceError(error) && error.code === GRPC_NOT_FOUND) return undefined;
      throw error;
    }
  }

  /**
   * Lets new cases begin on `buildId`. The server knows a build once a worker polls for it.
   * @throws Error if none does within `patience` milliseconds
   */
  async setCurrent(buildId: string, patience = 20_000): Promise<void> {
    for (const until = Date.now() + patience; ; await new Promise((done) => setTimeout(done, 200))) {
      try {
        await this.#service.setWorkerDeploymentCurrentVersion({
          namespace: this.#namespace,
          deploymentName: this.deploymentName,
          buildId,
          identity: 'zhengling',
        });
        return;
      } catch (error) {
        const unknown = isGrpcServiceError(error) && [GRPC_NOT_FOUND, GRPC_FAILED_PRECONDITION].includes(error.code);
        if (!unknown) throw error;
        if (Date.now() > until)
          throw new Error(
            `the server does not take build ${buildId} as current: ${error.details}; if no worker of it polls, start ` +
              "'zhengling up' of this version first",
            { cause: error },
          );
      }
    }
  }

  /** Open cases by the build they are on. */
  async openCases(buildId?: string): Promise<{ caseId: string; runId: string; machine: string }[]> {
    const on =
      buildId === undefined ? '' : ` AND TemporalWorkerDeploymentVersion = "${this.deploymentName}:${buildId}"`;
    const cases = [];
    for await (const found of this.temporal.workflow.list({ query: `ExecutionStatus = "Running"${on}` })) {
      const { Procedure, Edition } = found.searchAttributes as { Procedure?: string[]; Edition?: string[] };
      cases.push({
        caseId: found.workflowId,
        runId: found.runId,
        machine: `${Procedure?.[0] ?? found.type}@${Edition?.[0] ?? ''}`,
      });
    }
    return cases;
  }

  /** Pins one case to a build. */
  async pin(caseId: string, buildId: string): Promise<void> {
    await this.#service.updateWorkflowExecutionOptions({
      namespace: this.#namespace,
      workflowExecution: { workflowId: caseId },
      workflowExecutionOptions: {
        versioningOverride: { pinned: { behavior: 1, version: { deploymentName: this.deploymentName, buildId } } },
      },
      updateMask: { paths: ['versioning_override'] },
    });
  }

  get #service() {
    return this.temporal.workflowService;
  }

  get #namespace(): string {
    return this.temporal.options.namespace;
  }
}
