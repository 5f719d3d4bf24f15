import { Command, Query, Secret, View } from '@aitbc/modulith';
import { Text } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';
import { CallersSession } from './callers-session.js';
import { ClientName } from './client-name.js';
import { GivenPassword } from './credentials.js';
import { SessionView } from './views.js';

/** An authenticator app's code or a recovery code. */
export function OneTimeCode(description = 'A code of the authenticator app, or a recovery code'): PropertyDecorator {
  const rules = [ApiProperty({ example: '492039', description }), Secret(), Text({ min: 6, max: 32 })];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}

const CODES = { example: ['4kzq-8wmr-x2ah-nd7c', '9bte-3vys-hq5m-k8rx'], isArray: true, type: String } as const;

export class SecondFactorView extends View {
  @ApiProperty({ example: true, description: 'Whether signing in takes a code of an authenticator app' })
  totp: boolean;
  @ApiProperty({ type: Date, nullable: true, example: '2026-01-01T00:00:00.000Z' }) since: Date | null;
  @ApiProperty({ example: 2, description: 'Passkeys that sign in without a password' }) passkeys: number;
  @ApiProperty({ example: 9, description: 'Recovery codes that have not been used' }) recoveryCodesLeft: number;
}

export class TotpSetupView extends View {
  @ApiProperty({ example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', description: 'For apps that take no QR code' })
  @Secret()
  secret: string;

  @ApiProperty({
    example: 'otpauth://totp/AITBC:ada%40example.org?issuer=AITBC&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    description: 'The content of the QR code',
  })
  @Secret()
  uri: string;
}

export class RecoveryCodesView extends View {
  @ApiProperty({ ...CODES, description: 'Each works once, when the app is lost. Shown this once.' })
  @Secret()
  recoveryCodes: string[];
}

export class TotpConfirmedView extends RecoveryCodesView {
  @ApiProperty({ type: SessionView, description: 'All sessions of before have ended' }) session: SessionView;
}

/** The caller's second factor. */
export class GetSecondFactor extends Query<SecondFactorView> {}

/**
 * Creates a secret for an authenticator app. It takes effect once a code confirms it.
 * @throws WrongPassword, TooManyAttempts, SecondFactorExists
 * @throws PasskeyNeeded in a session opened without one, if the account has passkeys
 */
export class BeginTotp extends Command<TotpSetupView> {
  @GivenPassword('The password of the caller') password: string;
  @CallersSession() session?: string;
}

/**
 * Requires a code for sign-in from now on. All sessions end, and the answer contains a new one.
 * @throws SecondFactorNotBegun, SecondFactorExists, WrongCode, TooManyAttempts
 */
export class ConfirmTotp extends Command<TotpConfirmedView> {
  @OneTimeCode('The code that the app shows') code: string;
  @ClientName() client?: string;
}

/**
 * Makes sign-in require the password only. Access tokens with operator roles are withdrawn if those require a second
 * factor.
 * @throws WrongPassword, WrongCode, TooManyAttempts, SecondFactorNotBegun
 */
export class RemoveTotp extends Command {
  @GivenPassword('The password of the caller') password: string;
  @OneTimeCode() code: string;
}

/**
 * Creates recovery codes and invalidates the previous ones. @throws WrongPassword, WrongCode, TooManyAttempts,
 * SecondFactorNotBegun
 */
export class ReplaceRecoveryCodes extends Command<RecoveryCodesView> {
  @GivenPassword('The password of the caller') password: string;
  @OneTimeCode() code: string;
}
