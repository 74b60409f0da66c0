/**
 * An office in a process of its own, so that a test can kill it in the middle of whatever it does: it gives numbers, steps
 * and confirms cases, sends messages, and says on its standard output what it was answered.
 */
const swc = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const { code } = swc.transformFileSync(file, {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  module._compile(code, file);
};

const { openLedger } = require('../../activities/ledger');
const { PlayedCase, HOUR, T0, tellEffect } = require('./played-case');

/** It is killed long before; where it is not, it does not stay. */
setTimeout(() => process.exit(3), 60_000).unref();

async function patiently(attempt) {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (error.name !== 'LedgerUnavailable') throw error;
    }
  }
}

const say = (...words) => process.stdout.write(`${words.join(' ')}\n`);

async function main() {
  const { place, name } = JSON.parse(process.argv[2]);
  const ledger = await patiently(() => openLedger({ ...place, clock: () => T0, durability: 'relaxed' }));
  say('ready');
  for (let n = 1; ; n++) {
    const series = { series: '石政发', year: 2026, paper: `${name}-${n}` };
    const paper = await patiently(() => ledger.giveDocumentNumber(series));
    say('paper', paper.paper, paper.number);
    const { id, number } = await patiently(() => ledger.giveNumber({ series: 'SI', year: 2026, key: `${name}-${n}` }));
    say('case', `${name}-${n}`, number);
    const played = new PlayedCase(id);
    for (let step = 1; step <= 3; step++) {
      const effects = [tellEffect([`seat-${n % 5}`])];
      const batch = played.batch(played.step({ by: { seat: `${name}-seat`, basis: 'own' }, effects }));
      await patiently(() => ledger.flush(batch));
      say('entry', id, played.head.sequence, played.head.hash);
      played.commit();
    }
    await patiently(() => ledger.confirm(id, played.head));
    const [tell] = await patiently(() => ledger.claimTells({ now: T0 + n, leaseMs: HOUR, limit: 1, waiting: true }));
    if (!tell) continue;
    const sent = { state: 'delivered', at: T0, channel: 'email', seat: tell.recipient };
    await patiently(() => ledger.settleTells(tell.lease, [tell.id], sent));
    say(
      'acknowledged',
      await patiently(() => ledger.acknowledge({ tell: tell.id, by: tell.recipient, at: T0, how: 'cli' })),
    );
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(2);
});
