/** Finds, builds, caches and runs a Temporal server with its UI for one machine. */
export type { Progress } from './cache';
export type { DynamicConfig, DynamicConfigValue } from './config';
export { copyTemporalData, hasTemporalData, settleTemporalCopy } from './copy';
export { TemporalError } from './errors';
export { findTemporal, type SourceKind, sourceKinds, type TemporalSource } from './find';
export { ensureNamespace, type NamespaceOptions, type SearchAttributeTypeName } from './namespace';
export { type PortUse, portHolder, requireFreePort, type TemporalPorts, temporalPorts } from './ports';
export { type RunningTemporal, type StartTemporalOptions, startTemporal } from './server';
