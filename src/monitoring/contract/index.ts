import { defineContract } from '@aitbc/modulith';
import { DeadLetterView, DiscardDeadLetter, ListDeadLetters, ReplayDeadLetter, ReplayedView } from './dead-letters.js';
import { GetOverview, ListModules, ModuleStatusView, OverviewView } from './overview.js';
import { GetTrace, SpanView, TraceNotFound, TraceView } from './traces.js';

export const monitoringContract = defineContract('monitoring', {
  commands: [ReplayDeadLetter, DiscardDeadLetter],
  queries: [GetOverview, ListModules, GetTrace, ListDeadLetters],
  views: [OverviewView, ModuleStatusView, TraceView, SpanView, DeadLetterView, ReplayedView],
  errors: [TraceNotFound],
});

export { DeadLetterView, DiscardDeadLetter, ListDeadLetters, ReplayDeadLetter, ReplayedView } from './dead-letters.js';
export { GetOverview, ListModules, ModuleStatusView, OverviewView } from './overview.js';
export { GetTrace, SpanView, TraceNotFound, TraceView } from './traces.js';
