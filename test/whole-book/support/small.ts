import { type AnyStateMachine, setup } from 'xstate';

/** A machine made for one test, with the implementations it names. */
export function small(config: object, implementations: object = {}): AnyStateMachine {
  const machine = setup(implementations as never).createMachine({ id: 'small@1', ...config } as never);
  return machine as unknown as AnyStateMachine;
}
