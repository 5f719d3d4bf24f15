import { Query, Travels } from '@aitbc/modulith';
import type { Type } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, type ApiPropertyOptions, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Field } from '../validation/field.js';
import { OptionalField } from '../validation/optional-field.js';
import { WholeNumber } from '../validation/whole-number.js';
import { isCursor } from './cursor.js';

export const DEFAULT_PAGE_LIMIT = 20;

/** A page of a list in a stable order, and the cursor of the next page. */
@Travels('page')
export class Page<T> {
  readonly items: T[];
  /** Null on the last page. */
  readonly nextCursor: string | null;

  static of<T>(items: T[], nextCursor: string | null = null): Page<T> {
    return Object.assign(new Page<T>(), { items, nextCursor });
  }
}

/** The property is a cursor from an earlier response. */
export function IsCursor(): PropertyDecorator {
  return Field({ name: 'cursor', accepts: isCursor, says: () => 'must come from an earlier page' });
}

/** The parameters of every list: cursor and page size. */
export class PageQuery<R> extends Query<R> {
  @ApiPropertyOptional({ description: '`nextCursor` of the page before', example: 'WyIwMTlhMmIzYyJd' })
  @OptionalField()
  @IsCursor()
  cursor?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: DEFAULT_PAGE_LIMIT, example: DEFAULT_PAGE_LIMIT })
  @OptionalField()
  @WholeNumber({ min: 1, max: 100, fromText: true })
  limit?: number = DEFAULT_PAGE_LIMIT;
}

/** Documents an operation that returns a page of `view`; the schema is named `OfferPage` for `OfferView`. */
export function ApiPage(view: Type): MethodDecorator & ClassDecorator {
  return ApiOkResponse({ type: pageOf(view) });
}

const pages = new Map<Type, Type>();

function pageOf(view: Type): Type {
  let page = pages.get(view);
  if (page) return page;
  class PageOfViews {}
  const fields: [string, ApiPropertyOptions][] = [
    ['items', { type: [view] }],
    ['nextCursor', { type: String, nullable: true, example: null, description: 'Null on the last page' }],
  ];
  for (const [name, options] of fields) ApiProperty(options)(PageOfViews.prototype, name);
  ApiSchema({ name: `${view.name.replace(/View$/, '')}Page` })(PageOfViews);
  pages.set(view, (page = PageOfViews));
  return page;
}
