import type { OpenAPIObject } from '@nestjs/swagger';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** The handler method of an operation: `OffersController.listOffers`. */
export type HandlerOf = (operation: Operation) => string;

/**
 * Every operation of a document with its method (upper case) and its path in the server's notation: `/v1/offers/:id`.
 */
export function* operationsOf(
  document: OpenAPIObject,
): Generator<[method: string, path: string, operation: Operation]> {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) yield [method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'), operation];
    }
  }
}
