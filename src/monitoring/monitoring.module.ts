import { ModulithModule } from '@aitbc/modulith';
import { Module } from '@nestjs/common';
import { alerts } from './alerts/providers.js';
import { GetAuditHeadHandler, GetAuditLinesHandler } from './audit/export-audit.js';
import { ListAuditHandler } from './audit/list-audit.js';
import { RecordAudit } from './audit/record-audit.js';
import { monitoringContract } from './contract/index.js';
import { monitoringDatabase } from './database.js';
import { DiscardDeadLetterHandler, ReplayDeadLetterHandler } from './dead-letters/handle-dead-letters.js';
import { GetDeadLetterHandler, ListDeadLettersHandler } from './dead-letters/read-dead-letters.js';
import { ReplayDeadLettersHandler } from './dead-letters/replay-dead-letters.js';
import { Feed } from './feed/feed.js';
import { PruneFeed } from './feed/prune-feed.js';
import { ReadFeedHandler } from './feed/read-feed.js';
import { RecordFeed } from './feed/record-feed.js';
import { ArchiveFlagHandler } from './flags/archive-flag.js';
import { ChangeFlagHandler } from './flags/change-flag.js';
import { CreateFlagHandler } from './flags/create-flag.js';
import { EvaluateFlagHandler } from './flags/evaluate-flag.js';
import { FlagChanges } from './flags/flag-changes.js';
import { GetFlagSnapshotHandler } from './flags/get-flag-snapshot.js';
import { GetFlagHandler, ListFlagsHandler } from './flags/read-flags.js';
import { OperatorActs } from './operator-acts.js';
import { GetOverviewHandler, ListModulesHandler } from './overview/get-overview.js';
import { KeySeries } from './overview/key-series.js';
import { ModuleStatus } from './overview/module-status.js';
import { ModuleSummaries } from './overview/module-summaries.js';
import { OverviewSnapshot } from './overview/overview-snapshot.js';
import { SetCanaryShareHandler } from './overview/set-canary-share.js';
import { CollectSeries } from './series/collect-series.js';
import { GetSeriesHandler, ListSeriesHandler } from './series/get-series.js';
import { GetServiceLevelsHandler } from './series/get-service-levels.js';
import { Points } from './series/points.js';
import { Series } from './series/series.js';
import { CollectTraces } from './traces/collect-traces.js';
import { GetTraceHandler } from './traces/get-trace.js';
import { ListTracesHandler } from './traces/list-traces.js';
import { TraceStore } from './traces/trace-store.js';
import { InspectOutboxHandler, InspectPendingHandler } from './traffic/inspect-traffic.js';
import { SetBreakerHandler } from './traffic/set-breaker.js';

const flags = [
  ListFlagsHandler,
  GetFlagHandler,
  CreateFlagHandler,
  ChangeFlagHandler,
  ArchiveFlagHandler,
  EvaluateFlagHandler,
  GetFlagSnapshotHandler,
  FlagChanges,
];
const series = [Points, Series, CollectSeries, ListSeriesHandler, GetSeriesHandler, GetServiceLevelsHandler];
const feed = [Feed, RecordFeed, ReadFeedHandler, PruneFeed];

const traces = [GetTraceHandler, ListTracesHandler, TraceStore, CollectTraces];
const audit = [RecordAudit, ListAuditHandler, GetAuditHeadHandler, GetAuditLinesHandler];
const deadLetters = [
  ListDeadLettersHandler,
  GetDeadLetterHandler,
  ReplayDeadLetterHandler,
  ReplayDeadLettersHandler,
  DiscardDeadLetterHandler,
];
const modules = [
  ListModulesHandler,
  ModuleStatus,
  SetCanaryShareHandler,
  SetBreakerHandler,
  InspectOutboxHandler,
  InspectPendingHandler,
  OperatorActs,
];
const overview = [GetOverviewHandler, OverviewSnapshot, ModuleSummaries, KeySeries];

@Module({
  imports: [ModulithModule.forModule(monitoringContract, monitoringDatabase)],
  providers: [...overview, ...modules, ...deadLetters, ...flags, ...audit, ...series, ...alerts, ...traces, ...feed],
})
export class MonitoringModule {}
