export { type ActivityError, fromActivity, type InvokedActivityOptions } from './activity';
export { ACT_LIMIT } from './admission';
export { caseData, caseId, emitEffect, now, stepId, wokenAt } from './ambient';
export { NotCarriable } from './carry';
export { CaseActor, type CaseStart, contentOf, validate } from './case-actor';
export { fieldOf } from './correct';
export { keysOf, pointerTo, valueAt, withValue } from './deep';
export type {
  Admit,
  AttributeValue,
  ClockSpec,
  CorrectableField,
  CorrectSpec,
  DataActSpec,
  DataChange,
  Definition,
  DelaySpec,
  EventSpec,
  Presentation,
  RecallSpec,
  RepairSpec,
  Schema,
  Stands,
} from './definition';
export type { DueEntry, TimerPolicy } from './due-table';
export { type Envelope, EnvelopeRefused } from './envelope';
export { acceptedTypes, candidates, type RuleGuard } from './explain';
export { MachineFault } from './fault';
export type { RecordActivities } from './flusher';
export { gapsOf, type MachineShape, type Migration, migrate, shapeOf } from './migrate';
export { checkMachine, checkMachines, MachineRefused, nodesOf, problemsOf, transitionsOf } from './prepare';
export * as protocol from './protocol';
export type { CaseView, Outcome, Receipt, Refusal } from './receipt';
export { digest, GENESIS, hashOf } from './record';
export type { ProposalView } from './repair';
export type { Change } from './repair-plan';
export { type CaseArgument, type RunOptions, runCase } from './run-case';
export type * from './types';
