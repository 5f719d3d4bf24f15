import { JoinedOutput } from './joined-output.js';

describe('the joined output of several processes', () => {
  let written: string;
  const joined = (isColoured = false) => {
    written = '';
    return new JoinedOutput(['wallet', 'blockchain'], (text) => (written += text), isColoured);
  };

  it('has the name of its process in front of every line, all of one width', () => {
    const output = joined();
    output.of('wallet')(Buffer.from('one\ntwo\n'));
    output.of('blockchain')(Buffer.from('three\n'));
    expect(written).toBe('wallet     │ one\nwallet     │ two\nblockchain │ three\n');
  });

  it('keeps lines whole when they come in pieces, in the middle of a letter too', () => {
    const output = joined();
    const [wallet, blockchain] = [output.of('wallet'), output.of('blockchain')];
    const euro = Buffer.from('100 €\n');
    wallet(euro.subarray(0, 5));
    blockchain(Buffer.from('block 7\n'));
    wallet(euro.subarray(5));
    expect(written).toBe('blockchain │ block 7\nwallet     │ 100 €\n');
  });

  it('tells processes apart by colours where they can be seen', () => {
    const output = joined(true);
    output.of('wallet')(Buffer.from('one\n'));
    output.of('blockchain')(Buffer.from('two\n'));
    expect(written).toBe('\u001b[36mwallet     │ \u001b[0mone\n\u001b[33mblockchain │ \u001b[0mtwo\n');
  });
});
