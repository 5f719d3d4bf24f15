import type { ModuleStatusView } from '../contract/index.js';
import { OverviewProblemView } from '../contract/index.js';

/** An older outbox backlog means that a subscriber does not keep up. */
const OUTBOX_OLD_SECONDS = 60;

/** The problems that need an operator now, derived from the modules' own state. */
export function problemsIn(
  modules: readonly ModuleStatusView[],
  unavailable: readonly string[],
): OverviewProblemView[] {
  return [
    ...modules.flatMap(problemsOf),
    ...unavailable
      .filter((name) => modules.some((module) => module.name === name && module.hosted))
      .map((name) => problem('module_silent', name, 'It did not say how it is within three seconds.')),
  ];
}

function problemsOf(module: ModuleStatusView): OverviewProblemView[] {
  const { name, hosted, replicas, callers, deadLetters, delayedEvents, outboxOldestAgeSeconds } = module;
  const found: OverviewProblemView[] = [];
  if (!hosted) found.push(problem('module_absent', name, 'No running process hosts it.'));
  for (const replica of replicas) {
    if (replica.problem) found.push(problem('replica_broken', name, `${replica.process}: ${replica.problem}`));
  }
  const open = callers.filter(({ breaker }) => breaker === 'open' || breaker === 'isolated');
  if (open.length > 0) found.push(problem('breaker_open', name, `Calls from ${open.length} processes fail at once.`));
  if (deadLetters > 0) found.push(problem('dead_letters', name, `${deadLetters} events wait for an operator.`));
  if (delayedEvents > 0) {
    found.push(problem('events_delayed', name, `${delayedEvents} events wait for what their handlers need.`));
  }
  if (outboxOldestAgeSeconds > OUTBOX_OLD_SECONDS) {
    const seconds = Math.round(outboxOldestAgeSeconds);
    found.push(problem('outbox_old', name, `An event has been waiting for its subscriber for ${seconds} s.`));
  }
  return found;
}

const problem = (kind: OverviewProblemView['kind'], module: string, message: string) =>
  OverviewProblemView.of({ kind, module, message });
