import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';

/**
 * Says in the answer's `Location` where what was created is.
 * @param template a path with fields of the answer, `/v1/agents/{agent.id}`
 */
export function CreatedAt(template: string): MethodDecorator {
  return applyDecorators(UseInterceptors(new LocationHeader(template)));
}

/** For these operations alone: an interceptor costs more than all else that is done around a request. */
class LocationHeader implements NestInterceptor {
  constructor(private readonly template: string) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap((answer) => void reply.header('location', this.locationOf(answer))));
  }

  private locationOf(answer: unknown): string {
    return this.template.replaceAll(/\{([\w.]+)\}/g, (_, path: string) => {
      const value = path.split('.').reduce((part, name) => (part as Record<string, unknown>)[name], answer);
      return encodeURIComponent(String(value));
    });
  }
}
