import { isPassingFailure } from '@aitbc/modulith';
import { Clock, declaredFlags, evaluateFlag } from '@aitbc/platform';
import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { EvaluationContext } from '@openfeature/server-sdk';
import { isUUID } from 'class-validator';
import { Repository } from 'typeorm';
import { GetUser, UserNotFound } from '../../gateway/contract/index.js';
import { EvaluateFlag, FlagEvaluationView, FlagNotFound } from '../contract/index.js';
import { flagsInService } from './sound-flags.js';
import { StoredFlag } from './stored-flag.entity.js';

@QueryHandler(EvaluateFlag)
export class EvaluateFlagHandler implements IQueryHandler<EvaluateFlag> {
  constructor(
    @InjectRepository(StoredFlag, 'monitoring') private readonly flags: Repository<StoredFlag>,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ key, targetingKey, roles, attributes }: EvaluateFlag): Promise<FlagEvaluationView> {
    const context = {
      roles: roles ?? (await this.rolesOf(targetingKey)),
      scopes: [],
      ...attributes,
      ...(targetingKey === undefined ? {} : { targetingKey }),
    };
    const flags = await flagsInService(this.flags);
    const flag = flags.get(key);
    if (!flag) return byDefault(key, context);
    const outcome = evaluateFlag(flag, flags, context as EvaluationContext, this.clock.now());
    const { value, variant, reason, cause, rule = null } = outcome;
    return FlagEvaluationView.of({ key, value, variant, reason, cause, rule, version: flag.version, context });
  }

  /** An unknown user has no roles, nor does any user while the gateway does not answer. */
  private async rolesOf(targetingKey: string | undefined): Promise<string[]> {
    if (!isUUID(targetingKey)) return [];
    try {
      return (await this.queries.execute(GetUser.of({ userId: targetingKey! }))).roles;
    } catch (error) {
      if (error instanceof UserNotFound || isPassingFailure(error)) return [];
      throw error;
    }
  }
}

/** @throws FlagNotFound if the code does not use the flag */
function byDefault(key: string, context: Record<string, unknown>): FlagEvaluationView {
  const declared = declaredFlags.get(key);
  if (!declared) throw new FlagNotFound(key);
  const value = declared.fallback ?? null;
  const nothing = { variant: null, rule: null, version: null };
  return FlagEvaluationView.of({ key, value, reason: 'DEFAULT', cause: 'not_stored', ...nothing, context });
}
