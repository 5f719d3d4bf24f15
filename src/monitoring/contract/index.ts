import { defineContract } from '@aitbc/modulith';
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
  queries: [GetOverview, ListModules, GetTrace, ListDeadLetters],
  events: [MonitoringAudited],
  views: [OverviewView, ModuleStatusView, ReplicaView, CallerView, TraceView, SpanView, DeadLetterView, ReplayedView],
  errors: [TraceNotFound, ModuleUnknown],
});

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
