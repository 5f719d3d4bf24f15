import { defineContract } from '@aitbc/modulith';
import { MonitoringAudited } from './audited.js';
import { DeadLetterView, DiscardDeadLetter, ListDeadLetters, ReplayDeadLetter, ReplayedView } from './dead-letters.js';
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

export const monitoringContract = defineContract('monitoring', {
  commands: [ReplayDeadLetter, DiscardDeadLetter, SetCanaryShare, CreateFlag, ChangeFlag, ArchiveFlag],
  queries: [
    GetOverview,
    ListModules,
    GetTrace,
    ListDeadLetters,
    ListFlags,
    GetFlag,
    EvaluateFlag,
    GetFlagSnapshot,
    ListSeries,
    GetSeries,
    GetServiceLevels,
  ],
  events: [MonitoringAudited, FlagsChanged],
  views: [
    OverviewView,
    OverviewProblemView,
    SparklineView,
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
    SeriesInfoView,
    SeriesPointView,
    SeriesView,
    ServiceLevelView,
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
  ],
});

export { MonitoringAudited } from './audited.js';
export { DeadLetterView, DiscardDeadLetter, ListDeadLetters, ReplayDeadLetter, ReplayedView } from './dead-letters.js';
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
  FlagView,
  GetFlag,
  GetFlagSnapshot,
  ListFlags,
  type FlagState,
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
  SeriesInfoView,
  SeriesPointView,
  SeriesUnknown,
  SeriesView,
  RESOLUTION_NAMES,
  type ResolutionName,
  type SeriesUnit,
} from './series.js';
export { GetServiceLevels, ServiceLevelView } from './service-levels.js';
export { GetTrace, SpanView, TraceNotFound, TraceView } from './traces.js';
