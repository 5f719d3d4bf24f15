import { exportGauge, replaceMetric } from '@aitbc/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import { PasswordHasher } from './passwords/password-hasher.js';

/** Exports sign-in metrics. */
@Injectable()
export class GatewayMetrics implements OnModuleInit {
  private readonly failed = replaceMetric(
    'aitbc_failed_sign_ins_total',
    (name) =>
      new Counter({ name, help: 'Sign-ins refused for a wrong e-mail or password, or for too many of them before' }),
  );

  constructor(private readonly passwords: PasswordHasher) {}

  onModuleInit(): void {
    exportGauge({
      name: 'aitbc_password_hash_queue',
      help: 'Passwords that wait for their turn to be hashed or verified, over all replicas: use sum',
      read: () => this.passwords.queued,
    });
  }

  signInFailed(): void {
    this.failed.inc();
  }
}
