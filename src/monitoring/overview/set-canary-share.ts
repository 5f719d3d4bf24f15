import { ModuleReports, Runtime } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ModuleUnknown, SetCanaryShare } from '../contract/index.js';
import { OperatorActs } from '../operator-acts.js';

@CommandHandler(SetCanaryShare)
export class SetCanaryShareHandler implements ICommandHandler<SetCanaryShare> {
  constructor(
    private readonly reports: ModuleReports,
    private readonly runtime: Runtime,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ module, share }: SetCanaryShare): Promise<void> {
    if (!this.runtime.registry.contractOf(module)) throw new ModuleUnknown(module);
    const before = await this.shareOf(module);
    await this.reports.setCanaryShare(module, share);
    const resource = `monitoring.canary ${module}`;
    await this.acts.record({ resource, action: 'change', before, after: { share } });
  }

  private async shareOf(module: string): Promise<{ share: number } | undefined> {
    const hosts = (await this.reports.all()).flatMap(({ hosted }) => hosted);
    const host = hosts.find((each) => each.module === module && !each.problem);
    return host && { share: host.canaryShare };
  }
}
