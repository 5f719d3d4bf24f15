import type { LabelTest } from '@aitbc/platform';

/** A histogram of all responses by route template, method and status. */
export const HTTP = 'http_server_request_duration_seconds';

/** Long polls and streams, which wait on purpose, and probes. */
const WAITING = '/v1/agents/:id/jobs/next|/v1/events|/v1/admin/events';
const PROBES = '/health/.*|/metrics';

const route = (op: LabelTest['op'], value: string): LabelTest => ({ label: 'http_route', op, value });
const method = (op: LabelTest['op'], value: string): LabelTest => ({ label: 'http_request_method', op, value });

/** Requests of users. */
export const SERVED: readonly LabelTest[] = [route('!~', PROBES)];
/** User requests whose latency is meaningful. */
export const PROMPT: readonly LabelTest[] = [route('!~', `${PROBES}|${WAITING}`)];
/** Maintenance is switched on by an operator and is no failure of the system. */
export const FAILED: readonly LabelTest[] = [
  { label: 'http_response_status_code', op: '=~', value: '5..' },
  { label: 'error_type', op: '!=', value: 'gateway.maintenance' },
];

const AGENTS = '/v1/agents/:id/heartbeat|/v1/agents/me|/v1/jobs/:id/attempts/.*';
const ADMIN = '/v1/admin/.*';
const RPC = '/rpc';
const OTHER = `${AGENTS}|${ADMIN}|${RPC}|${WAITING}|${PROBES}|unmatched`;

export type RouteGroup = 'read' | 'write' | 'rpc' | 'agents' | 'admin';

/** The requests of each group; those that wait on purpose belong to none. */
export const ROUTE_GROUPS: Readonly<Record<RouteGroup, readonly LabelTest[]>> = {
  read: [route('!~', OTHER), method('=~', 'GET|HEAD')],
  write: [route('!~', OTHER), method('!~', 'GET|HEAD|OPTIONS')],
  rpc: [route('=', RPC)],
  agents: [route('=~', AGENTS)],
  admin: [route('=~', ADMIN), route('!~', WAITING)],
};
