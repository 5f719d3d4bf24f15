import type { Principal } from '@aitbc/modulith';
import { contextOf, type FlagClient, FLAGS, type RouteTemplate } from '@aitbc/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Maintenance } from '../contract/index.js';
import { admits } from './permissions.js';

const RETRY_AFTER_S = 30;

/** Writes allowed during maintenance: signing in and out, revoking keys, and finishing work in progress. */
const GOES_ON: ReadonlySet<RouteTemplate> = new Set<RouteTemplate>([
  'POST /v1/auth/login',
  'POST /v1/auth/passkeys/login',
  'POST /v1/auth/passkeys/login/options',
  'POST /v1/auth/refresh',
  'POST /v1/auth/logout',
  'DELETE /v1/auth/sessions/:id',
  'POST /v1/wallets/:id/lock',
  // An agent delivers its current work; it gets no new jobs.
  'POST /v1/agents/:id/heartbeat',
  'POST /v1/jobs/:id/attempts/:n/result',
  'POST /v1/jobs/:id/attempts/:n/failure',
  // Chain reads are POSTs, and its transactions belong to their senders.
  'POST /rpc',
]);

/** Restricts non-operators to reads during maintenance. */
@Injectable()
export class MaintenanceMode {
  constructor(@Inject(FLAGS) private readonly flags: FlagClient) {}

  /** @throws Maintenance */
  async admit(route: RouteTemplate, principal: Principal | undefined): Promise<void> {
    if (/^(GET|OPTIONS) /.test(route) || GOES_ON.has(route) || admits('operator', principal)) return;
    const isOn = await this.flags.getBooleanValue('maintenance-mode', false, { ...contextOf(principal), route });
    if (isOn) throw new Maintenance(RETRY_AFTER_S);
  }
}
