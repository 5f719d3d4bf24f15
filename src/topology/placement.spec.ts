import { MODULES } from '@aitbc/platform';
import { hostsOf, monolith, outside, parsePlacement, split } from './placement.js';

describe('a placement', () => {
  it('by name: everything in one process, each module in its own, one module outside', () => {
    expect(parsePlacement('monolith')).toBe(monolith);
    expect(Object.values(monolith)).toEqual([MODULES]);
    expect(Object.entries(parsePlacement('split'))).toEqual(MODULES.map((module) => [module, [module]]));
    expect(parsePlacement('wallet-outside')).toEqual({
      application: ['blockchain', 'marketplace', 'agents', 'gateway', 'monitoring'],
      wallet: ['wallet'],
    });
  });

  it('of JSON: groups and replicas', () => {
    const placement = parsePlacement(JSON.stringify({ all: MODULES, more: ['wallet', 'agents'] }));
    expect(hostsOf(placement, 'wallet')).toEqual(['all', 'more']);
    expect(hostsOf(placement, 'gateway')).toEqual(['all']);
  });

  it.each([
    ['nothing anybody knows', 'everywhere', /"monolith", "split".*not "everywhere"/],
    ['a module nobody knows outside', 'bank-outside', /not "bank-outside"/],
    ['a list', '[]', /lists modules by the names of processes/],
    ['null', 'null', /lists modules by the names of processes/],
    ['a process without modules', '{"front":[]}', /"front" needs a list of modules/],
    ['a process that hosts no list', '{"front":"gateway"}', /"front" needs a list of modules/],
    ['a module that there is not', '{"front":["bank"]}', /"front" hosts "bank".*there are blockchain/],
    ['a name that could be a path', '{"../x":["wallet"]}', /named by letters, digits and hyphens/],
    ['a system with modules left out', '{"front":["gateway","wallet","agents"]}', /hosts blockchain, marketplace, mon/],
  ])('refuses %s, and says why', (_what, text, complaint) => {
    expect(() => parsePlacement(text)).toThrow(complaint);
  });

  it('hosts every module somewhere, whatever is outside', () => {
    for (const placement of [monolith, split, ...MODULES.map(outside)]) {
      for (const module of MODULES) expect(hostsOf(placement, module)).toHaveLength(1);
    }
  });
});
