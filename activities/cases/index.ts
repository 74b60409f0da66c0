export type { CarrierOptions, Opened, Opening } from './carrier';
export { type Carrying, type CarryingOptions, createCarrying, type Round } from './carrying';
export { type Pace, usualPace } from './pace';
