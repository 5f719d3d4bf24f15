import { parseEther } from 'viem';
import { InvalidGenesis, parseGenesis } from './genesis.js';

const address = '0x52908400098527886E0F7030069857D2E4169EE7';
const valid = { timestamp: 1_750_000_000, validators: [address], allocations: { [address]: '12.5' } };

describe('a genesis file', () => {
  it('is read with its amounts in AIT', () => {
    expect(parseGenesis(JSON.stringify(valid))).toEqual({
      chainId: 7733,
      timestamp: 1_750_000_000,
      gasLimit: 60_000_000n,
      validators: [address.toLowerCase()],
      allocations: { [address.toLowerCase()]: parseEther('12.5') },
    });
  });

  it.each([
    ['{', /not JSON/],
    ['[]', /genesis file/],
    [JSON.stringify({ ...valid, validators: [] }), /^validators/],
    [JSON.stringify({ ...valid, validators: [address, address.toLowerCase()] }), /twice/],
    [JSON.stringify({ ...valid, validators: ['0x12'] }), /^validators: 0x12/],
    [JSON.stringify({ ...valid, timestamp: 'now' }), /^timestamp/],
    [JSON.stringify({ ...valid, gasLimit: -1 }), /^gasLimit/],
    [JSON.stringify({ ...valid, allocations: { [address]: 5 } }), /^allocations/],
    [JSON.stringify({ ...valid, allocations: { [address]: '-5' } }), /^allocations/],
  ])('when it is %s, says which field is wrong', (text, message) => {
    expect(() => parseGenesis(text)).toThrow(InvalidGenesis);
    expect(() => parseGenesis(text)).toThrow(message);
  });
});
