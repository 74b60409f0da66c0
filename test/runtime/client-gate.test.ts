import { Gate } from '../../workflows/runtime/client/gate';

/** Work that ends when it is told to. */
function works(gate: Gate, key: string, n: number) {
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const done = Array.from({ length: n }, (_, i) =>
    gate.through(key, () => {
      begun.push(i);
      return new Promise<number>((resolve, reject) => {
        ends[i] = (error) => (error ? reject(error) : resolve(i));
      });
    }),
  );
  return { begun, ends, done };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the gate before a case', () => {
  it('lets so many through at a time, the others in the order they came', async () => {
    const { begun, ends, done } = works(new Gate(2), 'a', 4);
    await settled();
    expect(begun).toEqual([0, 1]);
    ends[1]!();
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    ends[0]!();
    ends[2]!();
    await settled();
    ends[3]!();
    expect(await Promise.all(done)).toEqual([0, 1, 2, 3]);
  });

  it('gives a place back also where the work fails', async () => {
    const { begun, ends, done } = works(new Gate(1), 'a', 2);
    await settled();
    ends[0]!(new Error('refused'));
    await expect(done[0]).rejects.toThrow('refused');
    await settled();
    expect(begun).toEqual([0, 1]);
    ends[1]!();
    expect(await done[1]).toBe(1);
  });

  it('keeps cases apart', async () => {
    const gate = new Gate(1);
    const [a, b] = [works(gate, 'a', 1), works(gate, 'b', 1)];
    await settled();
    expect([a.begun, b.begun]).toEqual([[0], [0]]);
    a.ends[0]!();
    b.ends[0]!();
    await Promise.all([...a.done, ...b.done]);
  });

  it('is halved once by all who are turned away together, never closed, and widens again by and by', async () => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(1_000);
    const gate = new Gate(8);
    const widest = async (): Promise<number> => {
      const { begun, ends, done } = works(gate, 'a', 9);
      await settled();
      const wide = begun.length;
      while (ends.length < 9 || begun.length < 9) {
        for (const end of ends) end?.();
        await settled();
      }
      for (const end of ends) end();
      await Promise.all(done);
      return wide;
    };
    gate.narrow('a');
    gate.narrow('a');
    expect(await widest()).toBe(4);
    for (const at of [2_000, 3_000, 4_000, 5_000]) {
      now.mockReturnValue(at);
      gate.narrow('a');
    }
    expect(await widest()).toBe(1);
    for (let passed = 9; passed < 32; passed++) await gate.through('a', async () => {});
    expect(await widest()).toBe(2);
    now.mockRestore();
  });
});
