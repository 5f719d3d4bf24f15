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
 * Sets the response's `Location` header to the created resource.
 * @param template a path with fields of the response, `/v1/agents/{agent.id}`
 */
export function CreatedAt(template: string): MethodDecorator {
  return applyDecorators(UseInterceptors(new LocationHeader(template)));
}

/** Only on these operations: an interceptor costs more than everything else around a request. */
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
