export { CaseClient, type CaseClientOptions, NoSuchCase, type StartOptions } from './case-client';
export { Unreachable } from './unreachable';
