import fc from 'fast-check';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { agentSigned, publicKeyOf, signReceipt } from './agent-signature.js';
import { checkReceipt } from './check-receipt.js';
import { countersignDigest, hashOfResult, receiptFields, type Receipt, type SignedReceipt } from './receipt.js';

const platform = privateKeyToAccount(generatePrivateKey());
const agent = generateKeyPairSync('ed25519').privateKey;
const result = { exitCode: 0, stdout: 'hello', stderr: '' };

const receipt: Receipt = {
  version: 1,
  jobId: '0199a3c0-0000-7000-8000-000000000001',
  bookingId: '0199a3c0-0000-7000-8000-000000000002',
  provider: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  client: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
  agentId: '0199a3c0-0000-7000-8000-000000000003',
  kind: 'wasm',
  units: 12,
  unitType: 'millisecond',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:00.100Z',
  resultHash: hashOfResult(result),
};

async function countersigned(by = platform, key = agent): Promise<SignedReceipt> {
  const signed = signReceipt(receipt, key);
  const platformSignature = await by.signMessage({ message: { raw: countersignDigest(signed) } });
  return { ...signed, platformSignature, platformAddress: by.address };
}

describe('checkReceipt', () => {
  it('when both signed, finds nothing wrong, in whatever order the file has its fields', async () => {
    const file = await countersigned();
    const reordered = JSON.parse(
      canonicalize({ ...file, receipt: Object.fromEntries(Object.entries(receipt).reverse()) }),
    );
    expect(await checkReceipt(file)).toEqual([]);
    expect(await checkReceipt(reordered)).toEqual([]);
  });

  it.each(receiptFields.filter((name) => name !== 'version'))(
    'when %s was altered, says that neither signed it',
    async (name) => {
      const file = await countersigned();
      const altered = name === 'units' ? receipt.units + 1 : `${receipt[name]}x`;
      const problems = await checkReceipt({ ...file, receipt: { ...receipt, [name]: altered } });
      expect(problems).toHaveLength(2);
      expect(problems[0]).toContain('The agent did not sign');
      expect(problems[1]).toContain('The platform did not countersign');
    },
  );

  it('when a field is missing or new, names it', async () => {
    const file = await countersigned();
    const { units: _, ...without } = receipt;
    expect(await checkReceipt({ ...file, receipt: without })).toEqual(['The receipt lacks units.']);
    expect((await checkReceipt({ ...file, receipt: { ...receipt, bonus: 1 } }))[0]).toContain('bonus');
    expect((await checkReceipt({ ...file, platformSignature: undefined, receipt: null }))[0]).toContain('lacks');
    expect((await checkReceipt('nonsense'))[0]).toContain('not a signed receipt');
    expect((await checkReceipt({ ...file, receipt: { ...receipt, version: 2 } }))[0]).toContain('Version 2');
  });

  it('when another agent signed, says so', async () => {
    const file = await countersigned();
    const other = publicKeyOf(generateKeyPairSync('ed25519').privateKey);
    expect((await checkReceipt({ ...file, agentPublicKey: other }))[0]).toContain('The agent did not sign');
  });

  it('when the platform is another than it claims, says who signed', async () => {
    const file = await countersigned();
    const problems = await checkReceipt({ ...file, platformAddress: receipt.client });
    expect(problems).toEqual([expect.stringContaining(`belongs to ${platform.address}`)]);
  });

  it('when the reader expects other signers or another result, says so', async () => {
    const file = await countersigned();
    const expected = {
      platformAddress: receipt.client,
      agentPublicKey: 'A'.repeat(43),
      result: { ...result, exitCode: 1 },
    };
    expect(await checkReceipt(file, expected)).toHaveLength(3);
    expect(await checkReceipt(file, { platformAddress: platform.address.toLowerCase(), result })).toEqual([]);
  });

  it('when any character of a signature changes, refuses', async () => {
    const file = await countersigned();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('agentSignature' as const, 'platformSignature' as const),
        fc.nat(),
        async (which, at) => {
          const text = file[which];
          const place = 2 + (at % (text.length - 2));
          const other = text[place] === '0' ? '1' : '0';
          const altered = text.slice(0, place) + other + text.slice(place + 1);
          // The last character of a base64url text has unused bits: some changes to it leave the signature the same.
          const same = Buffer.from(altered, 'base64url').equals(Buffer.from(text, 'base64url'));
          fc.pre(which === 'platformSignature' || !same);
          expect(await checkReceipt({ ...file, [which]: altered })).not.toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the agent signature', () => {
  it('is refused when key or signature have the wrong form', () => {
    const signed = signReceipt(receipt, agent);
    expect(agentSigned(signed)).toBe(true);
    expect(agentSigned({ ...signed, agentPublicKey: 'short' })).toBe(false);
    expect(agentSigned({ ...signed, agentSignature: `${signed.agentSignature}AA` })).toBe(false);
  });

  it('is over the canonical JSON of RFC 8785', () => {
    const hash = createHash('sha256').update('{"a":"ü","b":[1,true,null]}').digest('hex');
    expect(hashOfResult({ b: [1, true, null], a: 'ü' })).toBe(`0x${hash}`);
  });
});
