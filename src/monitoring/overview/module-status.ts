import { DeadLetters, Runtime } from '@aitbc/modulith';
import { AppConfig, Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { ModuleStatusView } from '../contract/index.js';

/** Puts together what the kernel knows of each module of the system. */
@Injectable()
export class ModuleStatus {
  constructor(
    private readonly runtime: Runtime,
    private readonly deadLetters: DeadLetters,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  list(): Promise<ModuleStatusView[]> {
    return Promise.all(this.runtime.registry.contracts.map((contract) => this.of(contract.module)));
  }

  private async of(name: string): Promise<ModuleStatusView> {
    const { registry } = this.runtime;
    const backlog = await this.runtime.module(name)?.outbox?.backlog();
    const age = backlog?.oldest ? (this.clock.now().getTime() - backlog.oldest.getTime()) / 1_000 : 0;
    return ModuleStatusView.of({
      name,
      hosted: this.runtime.hosts(name),
      version: this.config.version,
      subscribes: registry
        .contractOf(name)!
        .subscribes.map((each) => `${registry.messageOfClass(each.event)!.wireName} (${each.mode})`),
      outboxDepth: backlog?.depth ?? 0,
      outboxOldestAgeSeconds: Math.max(0, age),
      deadLetters: await this.deadLetters.count(name),
    });
  }
}
