import { BreakerControl, Runtime } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  BreakerNeeded,
  BreakerView,
  ModuleUnknown,
  NoBreaker,
  ProcessBreakerView,
  SetBreaker,
} from '../contract/index.js';
import { OperatorActs } from '../operator-acts.js';

@CommandHandler(SetBreaker)
export class SetBreakerHandler implements ICommandHandler<SetBreaker> {
  constructor(
    private readonly runtime: Runtime,
    private readonly breakers: BreakerControl,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ module, state }: SetBreaker): Promise<BreakerView> {
    if (!this.runtime.registry.contractOf(module)) throw new ModuleUnknown(module);
    if (module === 'monitoring' && state === 'isolated') throw new BreakerNeeded(module);
    const reports = await this.breakers.set(module, state);
    if (reports.length === 0) throw new NoBreaker(module);
    const untold = reports.filter(({ problem }) => problem !== undefined).map(({ process }) => process);
    await this.acts.record({
      resource: `monitoring.breaker ${module}`,
      action: state === 'isolated' ? 'isolate' : 'close',
      after: { state, processes: reports.length - untold.length, untold },
    });
    return BreakerView.of({
      module,
      processes: reports.map(({ process, breaker = null, problem = null }) =>
        ProcessBreakerView.of({ process, breaker, problem }),
      ),
    });
  }
}
