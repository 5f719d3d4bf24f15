import type { MailKind } from './mailed-token.entity.js';

interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** The text of a mail. It names the API call that takes the code, for programs and users without a page. */
export function textOf(kind: MailKind, token: string, publicUrl: string): MailText {
  const lines = (...text: string[]) => `${text.join('\n')}\n`;
  switch (kind) {
    case 'register':
      return {
        subject: 'Complete your registration',
        text: lines(
          `Somebody, hopefully you, began to register this address at ${publicUrl}.`,
          '',
          `Your code: ${token}`,
          '',
          'Complete the registration with this code and the password that you chose:',
          `POST ${publicUrl}/v1/auth/register/confirm {"token": "<code>", "password": "<password>"}`,
          '',
          'The code is valid for 24 hours. If it was not you, ignore this mail: no account is opened.',
        ),
      };
    case 'taken':
      return {
        subject: 'You already have an account',
        text: lines(
          `Somebody, perhaps you, tried to register this address at ${publicUrl}. There is an account with it already.`,
          '',
          'If it was you, sign in, or reset your password:',
          `POST ${publicUrl}/v1/auth/password/forgot {"email": "<this address>"}`,
          '',
          'If it was not you, there is nothing to do. The person who tried was not told that you have an account.',
        ),
      };
    case 'verify':
      return {
        subject: 'Verify your email address',
        text: lines(
          `Your code for ${publicUrl}: ${token}`,
          '',
          `POST ${publicUrl}/v1/auth/email/verify {"token": "<code>"}`,
          '',
          'The code is valid for 24 hours. If you did not ask for it, ignore this mail.',
        ),
      };
    case 'reset':
      return {
        subject: 'Reset your password',
        text: lines(
          `Somebody, hopefully you, asked to reset your password at ${publicUrl}.`,
          '',
          `Your code: ${token}`,
          '',
          `POST ${publicUrl}/v1/auth/password/reset {"token": "<code>", "newPassword": "<password>"}`,
          '',
          'The code is valid for 30 minutes and works once. If it was not you, ignore this mail: nothing changes.',
        ),
      };
    case 'changed':
      return {
        subject: 'Your password was changed',
        text: lines(
          `The password of your account at ${publicUrl} was changed. All sessions have ended, and your wallets are locked.`,
          '',
          'If it was not you, reset the password at once:',
          `POST ${publicUrl}/v1/auth/password/forgot {"email": "<this address>"}`,
        ),
      };
    case 'passkey':
      return {
        subject: 'A passkey was added to your account',
        text: lines(
          `A passkey that signs in to your account at ${publicUrl} was added.`,
          '',
          'If it was not you, someone knows your password: change it, and remove the passkey:',
          `GET ${publicUrl}/v1/auth/passkeys, DELETE ${publicUrl}/v1/auth/passkeys/<id>`,
        ),
      };
    case 'unprotected':
      return {
        subject: 'Your second factor was removed',
        text: lines(
          `An operator removed the second factor and the passkeys of your account at ${publicUrl}. All sessions have ended.`,
          '',
          'Sign in with your password and set them up again. If you did not ask for it, change your password at once and',
          'tell the operator.',
        ),
      };
  }
}
