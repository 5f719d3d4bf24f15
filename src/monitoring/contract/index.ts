import { defineContract, durable } from '@aitbc/modulith';
import { AgentsAudited } from '../../agents/contract/audited.js';
import { GatewayAudited } from '../../gateway/contract/audited.js';
import { MarketplaceAudited } from '../../marketplace/contract/audited.js';
import {
  AuditActorView,
  AuditHeadView,
  AuditLinesView,
  AuditRecordView,
  GetAuditHead,
  GetAuditLines,
  ListAudit,
} from './audit.js';
import { MonitoringAudited } from './audited.js';
import { DeadLetterView, DiscardDeadLetter, ListDeadLetters, ReplayDeadLetter, ReplayedView } from './dead-letters.js';
import {
  CallerView,
  GetOverview,
  ListModules,
  ModuleStatusView,
  ModuleUnknown,
  OverviewView,
  ReplicaView,
  SetCanaryShare,
} from './overview.js';
import { GetTrace, SpanView, TraceNotFound, TraceView } from './traces.js';

export const monitoringContract = defineContract('monitoring', {
  commands: [ReplayDeadLetter, DiscardDeadLetter, SetCanaryShare],
  queries: [GetOverview, ListModules, GetTrace, ListDeadLetters, ListAudit, GetAuditHead, GetAuditLines],
  events: [MonitoringAudited],
  views: [
    OverviewView,
    ModuleStatusView,
    ReplicaView,
    CallerView,
    TraceView,
    SpanView,
    DeadLetterView,
    ReplayedView,
    AuditRecordView,
    AuditActorView,
    AuditHeadView,
    AuditLinesView,
  ],
  errors: [TraceNotFound, ModuleUnknown],
  subscribes: [
    durable('RecordAudit', MonitoringAudited),
    durable('RecordAudit', GatewayAudited),
    durable('RecordAudit', MarketplaceAudited),
    durable('RecordAudit', AgentsAudited),
  ],
});

export {
  AuditActorView,
  AuditHeadView,
  AuditLinesView,
  AuditRecordView,
  GetAuditHead,
  GetAuditLines,
  ListAudit,
} from './audit.js';
export { MonitoringAudited } from './audited.js';
export { DeadLetterView, DiscardDeadLetter, ListDeadLetters, ReplayDeadLetter, ReplayedView } from './dead-letters.js';
export {
  CallerView,
  GetOverview,
  ListModules,
  ModuleStatusView,
  ModuleUnknown,
  OverviewView,
  ReplicaView,
  SetCanaryShare,
} from './overview.js';
export { GetTrace, SpanView, TraceNotFound, TraceView } from './traces.js';
