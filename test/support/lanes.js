/**
 * Parts of the suite that need something besides Node and a Temporal server. Each is found by its setting or on this
 * machine; what is not found is not run, and `npm test` says so in its last lines.
 */
const { existsSync, readdirSync } = require('node:fs');
const { delimiter, join } = require('node:path');

/** The first of `names` that can be run from PATH or one of `folders`. */
function onPath(names, folders = []) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...folders])
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

function postgresFolders() {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const newest = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return newest.map((version) => join(root, version, 'bin'));
}

/** What a lane is found at, and what would make it run. */
const lanes = {
  postgresql: {
    at: () => process.env.ZHENGLING_TEST_POSTGRES ?? onPath(['initdb'], postgresFolders()),
    remedy: 'install PostgreSQL, or name a server whose databases may be made and dropped by ZHENGLING_TEST_POSTGRES',
  },
  schemathesis: {
    at: () => process.env.ZHENGLING_SCHEMATHESIS ?? onPath(['schemathesis']),
    remedy: 'pip install schemathesis==4.32.5, or name it by ZHENGLING_SCHEMATHESIS',
  },
  's3 storage': {
    at: () => process.env.ZHENGLING_S3 ?? onPath(['moto_server']),
    remedy: 'pip install "moto[server]", or name its server by ZHENGLING_S3',
  },
  python: {
    at: () => process.env.ZHENGLING_PYTHON ?? onPath(['python3']),
    remedy: 'install Python 3.8 or newer, or name it by ZHENGLING_PYTHON',
  },
  browser: {
    at: () => process.env.CHROMIUM ?? onPath(['chromium', 'chromium-browser', 'google-chrome']),
    remedy: 'install Chromium, or name it by CHROMIUM',
  },
};

/** Lanes that cannot run here, each with what would make it run. */
exports.missingLanes = () =>
  Object.entries(lanes).flatMap(([name, { at, remedy }]) => (at() === undefined ? [{ name, remedy }] : []));

/** Where a lane's program or server is; undefined when the lane is not run. */
exports.laneAt = (name) => lanes[name].at();
