import { ModuleReports, type ProcessReport, Runtime } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { CallerView, ModuleStatusView, ReplicaView } from '../contract/index.js';

/** Combines every process's reports on the modules that it hosts and calls. */
@Injectable()
export class ModuleStatus {
  constructor(
    private readonly runtime: Runtime,
    private readonly reports: ModuleReports,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<ModuleStatusView[]> {
    const reports = await this.reports.all();
    return this.runtime.registry.contracts.map(({ module }) => this.statusOf(module, reports));
  }

  private statusOf(name: string, reports: readonly ProcessReport[]): ModuleStatusView {
    const { registry } = this.runtime;
    // Hosts are known without a query; a process that does not answer still counts as a host.
    const hosts = reports
      .filter(({ process }) => process.services.includes(name))
      .map(({ process, hosted, problem }) => {
        const report = hosted.find(({ module }) => module === name);
        return { process, report, problem: problem ?? report?.problem ?? null };
      });
    // Replicas share the database and the streams: any of them can report.
    const report = hosts.find((host) => host.report && !host.problem)?.report ?? hosts[0]?.report;
    const oldest = report?.outboxOldest;
    return ModuleStatusView.of({
      name,
      hosted: hosts.length > 0,
      replicas: hosts.map(({ process: { id, labels, since }, report: own, problem }) =>
        ReplicaView.of({
          process: id,
          version: labels['version'] ?? '',
          color: labels['color'] ?? '',
          host: labels['host'] ?? '',
          since: new Date(since),
          leads: own?.leads ?? false,
          problem,
        }),
      ),
      callers: reports.flatMap(({ process, called }) =>
        called
          .filter(({ module }) => module === name)
          .map(({ breaker, unanswered }) => CallerView.of({ process: process.id, breaker, unanswered })),
      ),
      canaryShare: report?.canaryShare ?? 0,
      waiting: report?.waiting ?? 0,
      pending: report?.pending ?? 0,
      subscribes: registry
        .contractOf(name)!
        .subscribes.map((each) => `${registry.messageOfClass(each.event)!.wireName} (${each.mode})`),
      outboxDepth: report?.outboxDepth ?? 0,
      outboxOldestAgeSeconds: oldest ? Math.max(0, (this.clock.now().getTime() - oldest.getTime()) / 1_000) : 0,
      deadLetters: report?.deadLetters ?? 0,
      delayedEvents: report?.delayedEvents ?? 0,
    });
  }
}
