import { Command, Query, Secret, View } from '@aitbc/modulith';
import {
  Base64Url,
  Id,
  Nested,
  NullableField,
  OptionalField,
  type Page,
  PageQuery,
  Text,
  TextList,
} from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject } from 'class-validator';
import { CallersSession } from './callers-session.js';
import { ClientName } from './client-name.js';
import { GivenPassword, OptionalCode } from './credentials.js';
import type { SessionView } from './views.js';

/** 1,023 bytes, the most that WebAuthn allows. */
export const MAX_CREDENTIAL_ID = 1364;
const MAX_CLIENT_DATA = 4096;
const MAX_AUTHENTICATOR_DATA = 4096;
const MAX_ATTESTATION = 12_000;
const MAX_PUBLIC_KEY = 4096;
const MAX_SIGNATURE = 2048;
const MAX_USER_HANDLE = 86;

const CREDENTIAL_ID = { example: 'b2Zf3kXyQ1q8mH7cYv0aGg', maxLength: MAX_CREDENTIAL_ID } as const;
const OPTIONS = { type: 'object', additionalProperties: true } as const;
const NAME = { example: 'laptop', maxLength: 64 } as const;

/** A user's passkey. */
export class PasskeyView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071' }) id: string;
  @ApiProperty(NAME) name: string;
  @ApiProperty({ example: true, description: 'Whether its keeper copies it to other devices of the user' })
  synced: boolean;
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z' }) createdAt: Date;
  @ApiProperty({
    type: Date,
    nullable: true,
    example: '2026-01-02T03:04:05.000Z',
    description: 'Null before its first use',
  })
  lastUsedAt: Date | null;
}

export class PasskeyCreationView extends View {
  @ApiProperty({
    ...OPTIONS,
    example: { challenge: 'kq9T…', rp: { id: 'api.example.org', name: 'AITBC' } },
    description:
      'For `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create` of a browser. Valid for five minutes.',
  })
  options: Record<string, unknown>;
}

export class PasskeyRequestView extends View {
  @ApiProperty({
    ...OPTIONS,
    example: { challenge: 'kq9T…', rpId: 'api.example.org', userVerification: 'required' },
    description:
      'For `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get` of a browser. Valid for five minutes.',
  })
  options: Record<string, unknown>;
}

/** The common part of an authenticator's two responses, as `PublicKeyCredential.toJSON()` writes them. */
abstract class PasskeyCredential extends View {
  @ApiProperty(CREDENTIAL_ID) @Base64Url(MAX_CREDENTIAL_ID) id: string;
  @ApiProperty(CREDENTIAL_ID) @Base64Url(MAX_CREDENTIAL_ID) rawId: string;
  @ApiProperty({ enum: ['public-key'], example: 'public-key' }) @IsIn(['public-key']) type: 'public-key';

  @ApiPropertyOptional({ type: String, nullable: true, example: 'platform', maxLength: 32 })
  @NullableField()
  @Text({ max: 32 })
  authenticatorAttachment?: string | null;

  @ApiPropertyOptional({ ...OPTIONS, example: {} })
  @OptionalField()
  @IsObject()
  clientExtensionResults?: object;
}

export class PasskeyAttestation extends View {
  @ApiProperty({ example: 'eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0', maxLength: MAX_CLIENT_DATA })
  @Base64Url(MAX_CLIENT_DATA)
  clientDataJSON: string;

  @ApiProperty({ example: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVg', maxLength: MAX_ATTESTATION })
  @Base64Url(MAX_ATTESTATION)
  attestationObject: string;

  @ApiPropertyOptional({ example: ['internal', 'hybrid'], isArray: true, type: String })
  @OptionalField()
  @TextList({ max: 32 }, { max: 16 })
  transports?: string[];

  @ApiPropertyOptional({
    example: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAA',
    description: 'Stands in `attestationObject` too',
    maxLength: MAX_AUTHENTICATOR_DATA,
  })
  @OptionalField()
  @Base64Url(MAX_AUTHENTICATOR_DATA)
  authenticatorData?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE',
    description: 'Stands in `attestationObject` too',
  })
  @NullableField()
  @Base64Url(MAX_PUBLIC_KEY)
  publicKey?: string | null;

  @ApiPropertyOptional({ example: -7, description: 'Stands in `attestationObject` too' })
  @OptionalField()
  @IsIn([-7, -8, -257])
  publicKeyAlgorithm?: number;
}

export class PasskeyAssertion extends View {
  @ApiProperty({ example: 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0', maxLength: MAX_CLIENT_DATA })
  @Base64Url(MAX_CLIENT_DATA)
  clientDataJSON: string;

  @ApiProperty({ example: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ', maxLength: MAX_AUTHENTICATOR_DATA })
  @Base64Url(MAX_AUTHENTICATOR_DATA)
  authenticatorData: string;

  @ApiProperty({ example: 'MEUCIQDx', maxLength: MAX_SIGNATURE }) @Base64Url(MAX_SIGNATURE) signature: string;

  @ApiProperty({ example: 'MDE5YTJiM2MtNGQ1ZS03ZjYwLThhMWItMmMzZDRlNWY2MDcx', maxLength: MAX_USER_HANDLE })
  @Base64Url(MAX_USER_HANDLE)
  userHandle: string;
}

export class NewPasskeyCredential extends PasskeyCredential {
  @ApiProperty({ type: PasskeyAttestation }) @Nested(() => PasskeyAttestation) response: PasskeyAttestation;
}

export class UsedPasskeyCredential extends PasskeyCredential {
  @ApiProperty({ type: PasskeyAssertion }) @Nested(() => PasskeyAssertion) response: PasskeyAssertion;
}

/**
 * Returns the browser's options for creating a passkey for the caller. A caller with passkeys and no authenticator app
 * must have signed in with a passkey: otherwise the password alone would suffice to add another.
 * @throws WrongPassword, WrongCode, TooManyAttempts, PasskeyNeeded, PasskeysUnavailable, LimitReached
 */
export class BeginPasskey extends Command<PasskeyCreationView> {
  @GivenPassword('The password of the caller') password: string;
  @OptionalCode() code?: string;
  @CallersSession() session?: string;
}

/** Stores the created passkey. @throws PasskeyChallengeInvalid, PasskeyRefused, PasskeyExists, LimitReached */
export class AddPasskey extends Command<PasskeyView> {
  @ApiProperty(NAME) @Text({ max: 64 }) name: string;
  @ApiProperty({ type: NewPasskeyCredential }) @Nested(() => NewPasskeyCredential) credential: NewPasskeyCredential;
}

/** The caller's passkeys, newest first. */
export class ListPasskeys extends PageQuery<Page<PasskeyView>> {}

/** @throws PasskeyNotFound */
export class RenamePasskey extends Command<PasskeyView> {
  @Id() passkeyId: string;
  @ApiProperty(NAME) @Text({ max: 64 }) name: string;
}

/**
 * Removes a passkey. All sessions of the caller end, because one may have been opened with it.
 * @throws PasskeyNotFound, PasskeyNeeded
 */
export class RemovePasskey extends Command {
  @Id() passkeyId: string;
  @CallersSession() session?: string;
}

/** Returns the browser's options for requesting a passkey. Stores nothing. @throws PasskeysUnavailable */
export class GetPasskeyRequest extends Query<PasskeyRequestView> {}

/**
 * Signs in with a passkey: equivalent to a password with a second-factor code.
 * @throws PasskeyChallengeInvalid, PasskeyNotAccepted
 * @throws AccountLocked only after a valid passkey, so as to reveal nothing to strangers
 */
export class SignInWithPasskey extends Command<SessionView> {
  @ApiProperty({ type: UsedPasskeyCredential }) @Nested(() => UsedPasskeyCredential) credential: UsedPasskeyCredential;
  @ClientName() client?: string;
}

/** The data that verifies a passkey's response. */
export class PasskeyKeyView extends View {
  id: string;
  userId: string;
  publicKey: string;
}

/** Used only by the gateway, before it opens a unit of work. @throws PasskeyNotAccepted */
export class FindPasskeyKey extends Query<PasskeyKeyView> {
  @Secret() @Base64Url(MAX_CREDENTIAL_ID) credentialId: string;
}
