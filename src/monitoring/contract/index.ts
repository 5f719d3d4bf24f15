import { bounded, defineContract, durable } from '@aitbc/modulith';
import { AgentsAudited } from '../../agents/contract/audited.js';
import { JobChanged } from '../../agents/contract/events.js';
import { GatewayAudited } from '../../gateway/contract/audited.js';
import { MarketplaceAudited } from '../../marketplace/contract/audited.js';
import { BookingChanged } from '../../marketplace/contract/events.js';
import { TransferFinished } from '../../wallet/contract/events.js';
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
import {
  DeadLetterView,
  DiscardDeadLetter,
  GetDeadLetter,
  ListDeadLetters,
  ReplayDeadLetter,
  ReplayDeadLetters,
  ReplayedView,
  ReplayOutcomeView,
  ReplayReportView,
} from './dead-letters.js';
import {
  FlagArchived,
  FlagChanged,
  FlagExists,
  FlagNeeded,
  FlagNotFound,
  FlagTooLarge,
  TooManyFlags,
} from './flag-errors.js';
import { FlagConditionView, FlagPrerequisiteView, FlagRuleView } from './flag-fields.js';
import {
  ArchiveFlag,
  ChangeFlag,
  CreateFlag,
  EvaluateFlag,
  FlagEvaluationView,
  FlagsChanged,
  FlagSnapshotView,
  FlagView,
  GetFlag,
  GetFlagSnapshot,
  ListFlags,
} from './flags.js';
import {
  FeedEntryView,
  FeedGrew,
  FeedPageView,
  LiveEventView,
  NoStreamFree,
  OPERATORS,
  ReadFeed,
  TooManyStreams,
} from './feed.js';
import {
  CallerView,
  GetOverview,
  ListModules,
  ModuleStatusView,
  ModuleUnknown,
  OverviewProblemView,
  OverviewView,
  ReplicaView,
  SetCanaryShare,
  SparklineView,
} from './overview.js';
import { GetSeries, ListSeries, SeriesInfoView, SeriesPointView, SeriesUnknown, SeriesView } from './series.js';
import { GetServiceLevels, ServiceLevelView } from './service-levels.js';
import { GetTrace, SpanView, TraceNotFound, TraceView } from './traces.js';
import {
  BreakerNeeded,
  BreakerView,
  InspectOutbox,
  InspectPending,
  NoBreaker,
  OutboxRowView,
  OutboxShareView,
  OutboxView,
  PendingView,
  ProcessBreakerView,
  SetBreaker,
} from './traffic.js';

/** Events that wait for the feed while monitoring is slow or away. */
const FEED_BOUND = 1_000;

export const monitoringContract = defineContract('monitoring', {
  commands: [
    ReplayDeadLetter,
    ReplayDeadLetters,
    DiscardDeadLetter,
    SetCanaryShare,
    SetBreaker,
    CreateFlag,
    ChangeFlag,
    ArchiveFlag,
  ],
  queries: [
    GetOverview,
    ListModules,
    GetTrace,
    ListDeadLetters,
    ListFlags,
    GetFlag,
    EvaluateFlag,
    GetFlagSnapshot,
    ListAudit,
    GetAuditHead,
    GetAuditLines,
    ListSeries,
    GetSeries,
    GetServiceLevels,
    GetDeadLetter,
    InspectOutbox,
    InspectPending,
    ReadFeed,
  ],
  events: [MonitoringAudited, FlagsChanged, FeedGrew],
  views: [
    OverviewView,
    ModuleStatusView,
    ReplicaView,
    CallerView,
    TraceView,
    SpanView,
    DeadLetterView,
    ReplayedView,
    FlagView,
    FlagRuleView,
    FlagConditionView,
    FlagPrerequisiteView,
    FlagEvaluationView,
    FlagSnapshotView,
    AuditRecordView,
    AuditActorView,
    AuditHeadView,
    AuditLinesView,
    OverviewProblemView,
    SparklineView,
    SeriesInfoView,
    SeriesPointView,
    SeriesView,
    ServiceLevelView,
    ReplayOutcomeView,
    ReplayReportView,
    BreakerView,
    ProcessBreakerView,
    OutboxView,
    OutboxShareView,
    OutboxRowView,
    PendingView,
    FeedEntryView,
    FeedPageView,
    LiveEventView,
  ],
  errors: [
    TraceNotFound,
    ModuleUnknown,
    FlagNotFound,
    FlagExists,
    FlagChanged,
    FlagArchived,
    FlagNeeded,
    FlagTooLarge,
    TooManyFlags,
    SeriesUnknown,
    TooManyStreams,
    NoStreamFree,
    BreakerNeeded,
    NoBreaker,
  ],
  subscribes: [
    durable('RecordAudit', MonitoringAudited),
    durable('RecordAudit', GatewayAudited),
    durable('RecordAudit', MarketplaceAudited),
    durable('RecordAudit', AgentsAudited),
    bounded('RecordFeed', BookingChanged, { bound: FEED_BOUND }),
    bounded('RecordFeed', JobChanged, { bound: FEED_BOUND }),
    bounded('RecordFeed', TransferFinished, { bound: FEED_BOUND }),
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
export { FeedEntryView, FeedGrew, FeedPageView, LiveEventView, NoStreamFree, OPERATORS, ReadFeed, TooManyStreams };
export {
  DeadLetterView,
  DiscardDeadLetter,
  GetDeadLetter,
  ListDeadLetters,
  ReplayDeadLetter,
  ReplayDeadLetters,
  ReplayedView,
  ReplayOutcomeView,
  ReplayReportView,
} from './dead-letters.js';
export {
  FlagArchived,
  FlagChanged,
  FlagExists,
  FlagNeeded,
  FlagNotFound,
  FlagTooLarge,
  TooManyFlags,
} from './flag-errors.js';
export { FlagConditionView, FlagPrerequisiteView, FlagRuleView } from './flag-fields.js';
export {
  ArchiveFlag,
  ChangeFlag,
  CreateFlag,
  EvaluateFlag,
  FlagEvaluationView,
  FlagsChanged,
  FlagSnapshotView,
  type FlagState,
  FlagView,
  GetFlag,
  GetFlagSnapshot,
  ListFlags,
} from './flags.js';
export {
  CallerView,
  GetOverview,
  ListModules,
  ModuleStatusView,
  ModuleUnknown,
  OverviewProblemView,
  OverviewView,
  ReplicaView,
  SetCanaryShare,
  SparklineView,
} from './overview.js';
export {
  GetSeries,
  ListSeries,
  RESOLUTION_NAMES,
  type ResolutionName,
  SeriesInfoView,
  SeriesPointView,
  type SeriesUnit,
  SeriesUnknown,
  SeriesView,
} from './series.js';
export { GetServiceLevels, ServiceLevelView } from './service-levels.js';
export { GetTrace, SpanView, TraceNotFound, TraceView } from './traces.js';
export {
  BreakerNeeded,
  BreakerView,
  InspectOutbox,
  InspectPending,
  NoBreaker,
  OutboxRowView,
  OutboxShareView,
  OutboxView,
  PendingView,
  ProcessBreakerView,
  SetBreaker,
} from './traffic.js';
