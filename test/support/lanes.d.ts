export type Lane = 'postgresql' | 'schemathesis' | 's3 storage' | 'python' | 'browser';
/** Lanes that cannot run here, each with what would make it run. */
export function missingLanes(): { name: Lane; remedy: string }[];
/** Where a lane's program or server is; undefined when the lane is not run. */
export function laneAt(name: Lane): string | undefined;
