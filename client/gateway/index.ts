export { type GatewayConfig, gatewayConfig, PORT } from './config';
export type { Gateway, GatewayOptions, Log } from './ports';
export { openGateway } from './server';
export { lastPollOf, startWatch, type Watch, type WatchOptions } from './watch';
