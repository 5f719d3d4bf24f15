import { ModuleReports, Runtime } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ModuleUnknown, SetCanaryShare } from '../contract/index.js';

@CommandHandler(SetCanaryShare)
export class SetCanaryShareHandler implements ICommandHandler<SetCanaryShare> {
  constructor(
    private readonly reports: ModuleReports,
    private readonly runtime: Runtime,
  ) {}

  async execute({ module, share }: SetCanaryShare): Promise<void> {
    if (!this.runtime.registry.contractOf(module)) throw new ModuleUnknown(module);
    await this.reports.setCanaryShare(module, share);
  }
}
