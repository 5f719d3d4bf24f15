import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
}

interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

/** Deviations of a faulty authenticator, or of a page that abuses one. */
interface Otherwise {
  readonly origin?: string;
  readonly rpId?: string;
  readonly verified?: boolean;
  readonly counter?: number;
  readonly format?: string;
  readonly userHandle?: string;
  readonly type?: string;
}

/** A browser with a software security key: creates one P-256 passkey and signs with it. */
export class SoftAuthenticator {
  readonly id = randomBytes(32).toString('base64url');
  counter = 0;
  private readonly key: { publicKey: KeyObject; privateKey: KeyObject };
  private userHandle = randomBytes(27).toString('base64url');

  constructor(private readonly origin: string) {
    this.key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  /** `navigator.credentials.create(…)`, as JSON. */
  create({ challenge, rp, user }: CreationOptions, otherwise: Otherwise = {}) {
    this.userHandle = user.id;
    const { x, y } = this.key.publicKey.export({ format: 'jwk' });
    const cose = new Map<number, number | Uint8Array<ArrayBuffer>>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytesOf(x!)],
      [-3, bytesOf(y!)],
    ]);
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(cose)]);
    const authData = Uint8Array.from(
      Buffer.concat([this.authenticatorData(rp.id, { ...otherwise, counter: 0 }, ATTESTED), credential]),
    );
    const attestation = new Map<string, string | Uint8Array<ArrayBuffer> | Map<string, string>>([
      ['fmt', otherwise.format ?? 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return this.credential({
      clientDataJSON: this.clientData(otherwise.type ?? 'webauthn.create', challenge, otherwise).toString('base64url'),
      attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString('base64url'),
      transports: ['internal', 'hybrid'],
    });
  }

  /** `navigator.credentials.get(…)`, as JSON. */
  get({ challenge, rpId }: RequestOptions, otherwise: Otherwise = {}) {
    const clientData = this.clientData(otherwise.type ?? 'webauthn.get', challenge, otherwise);
    const authData = this.authenticatorData(rpId, otherwise, 0);
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
    return this.credential({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.key.privateKey).toString('base64url'),
      userHandle: otherwise.userHandle ?? this.userHandle,
    });
  }

  private credential<T>(response: T) {
    const authenticatorAttachment = 'platform';
    const clientExtensionResults = { credProps: { rk: true } };
    const { id } = this;
    return { id, rawId: id, type: 'public-key', authenticatorAttachment, clientExtensionResults, response };
  }

  private clientData(type: string, challenge: string, { origin = this.origin }: Otherwise): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  private authenticatorData(rpId: string, otherwise: Otherwise, flags: number): Buffer {
    const { verified = true, counter = ++this.counter } = otherwise;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const all = flags | USER_PRESENT | (verified ? USER_VERIFIED : 0);
    const rpIdHash = createHash('sha256')
      .update(otherwise.rpId ?? rpId)
      .digest();
    return Buffer.concat([rpIdHash, Buffer.from([all]), count]);
  }
}

const bytesOf = (base64url: string) => Uint8Array.from(Buffer.from(base64url, 'base64url'));
