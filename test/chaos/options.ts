import { parseArgs } from 'node:util';
import { type Placement, parsePlacement } from '../../src/topology/placement.js';
import { type Fault, faultNamed, FAULTS } from './faults.js';
import { replicas } from './stage.js';

/** What one run of the long form does. */
export interface Options {
  /** In which order which faults go on where, each for so many seconds. */
  readonly parts: readonly { readonly placement: Placement; readonly faults: readonly Fault[] }[];
  readonly seconds: number;
  /** Each fault goes on, in trials of so many seconds, until clients have tried so many operations. */
  readonly operations: number;
  readonly rounds: number;
  readonly customers: number;
  readonly seed: number;
  readonly json: boolean;
  /** Leave the logs where they are. */
  readonly keep: boolean;
}

/** @throws TypeError or RangeError that says what is wrong */
export function readOptions(parameters: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      fault: { type: 'string', multiple: true },
      placement: { type: 'string' },
      seconds: { type: 'string', default: '25' },
      operations: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '1' },
      customers: { type: 'string', default: '6' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const number = (name: 'seconds' | 'operations' | 'rounds' | 'customers' | 'seed') => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name} must be a whole number from 1 on.`);
    return value;
  };
  return {
    parts: partsOf(values.fault, values.placement),
    seconds: number('seconds'),
    operations: number('operations'),
    rounds: number('rounds'),
    customers: number('customers'),
    seed: number('seed'),
    json: values.json,
    keep: values.keep,
  };
}

function partsOf(names: readonly string[] | undefined, placementName: string | undefined): Options['parts'] {
  const faults = names?.map(faultNamed);
  const placement = placementName && placementName !== 'replicas' ? parsePlacement(placementName) : replicas;
  if (faults || placementName) return [{ placement, faults: faults ?? FAULTS }];
  return [
    { placement: replicas, faults: FAULTS.filter(({ name, isOnCables }) => name !== 'any-kill' && !isOnCables) },
    { placement: replicas, faults: FAULTS.filter(({ isOnCables }) => isOnCables) },
    // Without replicas, whatever is away is away for everybody.
    { placement: parsePlacement('split'), faults: [faultNamed('any-kill')] },
  ];
}
