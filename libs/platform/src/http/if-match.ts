import { ValidationFailed } from '@aitbc/modulith';
import { createParamDecorator, type ExecutionContext, HttpException } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

/** The entity tag of a versioned resource. */
export const etagOf = (version: number) => `"${version}"`;

/**
 * The versions in the request's `If-Match`; undefined for `*`, which matches any.
 * @throws HttpException 428 if it is missing; ValidationFailed if it is malformed
 */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext) =>
  versionsOf(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

export const ApiIfMatch = () =>
  ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag of what is to be changed, or `*` for whatever is there',
    schema: { type: 'string', example: '"3"' },
  });

/** A weak or foreign tag is well-formed but matches no version. */
export function versionsOf(header: string | undefined): number[] | undefined {
  if (header === undefined) throw new HttpException('Say with If-Match which version is to be changed.', 428);
  if (header.trim() === '*') return undefined;
  const tags = header.split(',').map((each) => /^(W\/)?"([\x21\x23-\x7e]*)"$/.exec(each.trim()));
  if (tags.some((tag) => tag === null)) {
    throw new ValidationFailed([{ field: 'If-Match', message: 'If-Match must be an ETag, such as "3", or *' }]);
  }
  return tags.flatMap((tag) => (!tag![1] && /^\d{1,15}$/.test(tag![2]!) ? [Number(tag![2])] : []));
}
