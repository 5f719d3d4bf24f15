import { isIP } from 'node:net';
import { AppConfig } from '@aitbc/platform';
import { Injectable, Logger } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  type VerifiedRegistrationResponse,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import {
  type NewPasskeyCredential,
  type PasskeyKeyView,
  PasskeyNotAccepted,
  PasskeyRefused,
  PasskeysUnavailable,
  type UsedPasskeyCredential,
  type UserView,
} from '../contract/index.js';
import { CHALLENGE_MS } from './passkey-challenges.js';
import type { Passkey } from './passkey.entity.js';

const NAME = 'AITBC';
/** ES256, EdDSA, RS256. */
const ALGORITHMS = [-7, -8, -257];
/** RSA with 8,192 bits; a longer key would make verification expensive. */
const MAX_KEY_BYTES = 1_100;

type Transports = RegistrationResponseJSON['response']['transports'];
type Registered = NonNullable<VerifiedRegistrationResponse['registrationInfo']>;

/** This site as a WebAuthn relying party: creates browser options and verifies responses. */
@Injectable()
export class RelyingParty {
  private readonly logger = new Logger(RelyingParty.name);

  constructor(private readonly config: AppConfig) {}

  /** @throws PasskeysUnavailable */
  async creationOptions({ id, email }: UserView, known: readonly Passkey[], challenge: Uint8Array<ArrayBuffer>) {
    const options = await generateRegistrationOptions({
      rpName: NAME,
      rpID: this.site.id,
      userID: Uint8Array.from(Buffer.from(id)),
      userName: email,
      userDisplayName: email,
      challenge,
      timeout: CHALLENGE_MS,
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
    return { ...options };
  }

  /** Lists no passkeys: the user's devices know which ones belong to this site. @throws PasskeysUnavailable */
  async requestOptions(challenge: Uint8Array<ArrayBuffer>) {
    const { id: rpID } = this.site;
    const options = await generateAuthenticationOptions({
      rpID,
      challenge,
      timeout: CHALLENGE_MS,
      userVerification: 'required',
    });
    return { ...options };
  }

  /** @throws PasskeyRefused, PasskeysUnavailable */
  async verifyNew(credential: NewPasskeyCredential, challenge: string): Promise<Registered> {
    const { id: expectedRPID, origin: expectedOrigin } = this.site;
    try {
      mustBeWithoutCertificates(credential.response.attestationObject);
      const { registrationInfo } = await verifyRegistrationResponse({
        response: toRegistration(credential),
        expectedChallenge: challenge,
        expectedOrigin,
        expectedRPID,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      });
      if (!registrationInfo) throw new Error('The attestation is not right.');
      if (registrationInfo.credential.id !== credential.id) throw new Error('The ids differ.');
      if (registrationInfo.credential.publicKey.length > MAX_KEY_BYTES) throw new Error('The key is too long.');
      return registrationInfo;
    } catch (error) {
      this.explain(error);
      throw new PasskeyRefused();
    }
  }

  /**
   * @returns the authenticator's new signature count
   * @throws PasskeyNotAccepted, PasskeysUnavailable
   */
  async verifyUse(credential: UsedPasskeyCredential, challenge: string, key: PasskeyKeyView): Promise<number> {
    const { id: expectedRPID, origin: expectedOrigin } = this.site;
    try {
      const { id, rawId, type, response } = credential;
      const owner = Buffer.from(response.userHandle, 'base64url').toString();
      if (owner !== key.userId) throw new Error('The passkey belongs to another user.');
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: { id, rawId, type, response: { ...response }, clientExtensionResults: {} },
        expectedChallenge: challenge,
        expectedOrigin,
        expectedRPID,
        requireUserVerification: true,
        // `Passkey.use` checks inside the unit of work that the count has increased.
        credential: { id, publicKey: Uint8Array.from(Buffer.from(key.publicKey, 'base64url')), counter: 0 },
      });
      if (!verified) throw new Error('The signature is not right.');
      return authenticationInfo.newCounter;
    } catch (error) {
      this.explain(error);
      throw new PasskeyNotAccepted();
    }
  }

  /** The host and the origin that browsers must see. */
  private get site(): { id: string; origin: string } {
    const { hostname, origin, protocol } = new URL(this.config.publicUrl);
    const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
    const isName = isIP(hostname.replace(/^\[(.*)\]$/, '$1')) === 0;
    if (!isName || (protocol !== 'https:' && !isLocal)) throw new PasskeysUnavailable();
    return { id: hostname, origin };
  }

  /** For operators whose PUBLIC_URL differs from what browsers see. */
  private explain(error: unknown): void {
    this.logger.debug(`A passkey is not accepted: ${String(error).slice(0, 300)}`);
  }
}

/** The signed challenge; an empty string if there is none. */
export function challengeOf({ response }: NewPasskeyCredential | UsedPasskeyCredential): string {
  try {
    const { challenge } = decodeClientDataJSON(response.clientDataJSON) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return '';
  }
}

/**
 * None were requested. Verifying certificates would load revocation lists from addresses in the certificates, which any
 * client can set.
 */
function mustBeWithoutCertificates(attestationObject: string): void {
  const attestation = decodeAttestationObject(Uint8Array.from(Buffer.from(attestationObject, 'base64url')));
  const format = attestation.get('fmt');
  const isOwn = format === 'packed' && attestation.get('attStmt').get('x5c') === undefined;
  if (format !== 'none' && !isOwn) throw new Error('Attestations by certificates are not taken.');
}

function toRegistration({ id, rawId, type, response }: NewPasskeyCredential): RegistrationResponseJSON {
  const { clientDataJSON, attestationObject, transports } = response;
  return {
    id,
    rawId,
    type,
    response: { clientDataJSON, attestationObject, transports: transports as Transports },
    clientExtensionResults: {},
  };
}
