import { operationsOf } from '@aitbc/platform';
import { Logger } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { buildDocument } from './build-document.js';

interface Parameter {
  readonly name: string;
  readonly example?: unknown;
  readonly schema?: { example?: unknown; default?: unknown; enum?: unknown[]; $ref?: string };
}

const isShown = ({ example, schema }: Parameter) =>
  [example, schema?.example, schema?.default, schema?.enum, schema?.$ref].some((each) => each !== undefined);

const NOT_CURRENT = 'is not current: run npm run docs:openapi';

describe('the description of the API', () => {
  let document: OpenAPIObject;
  let warnings: string[];
  beforeAll(async () => {
    const warn = vi.spyOn(Logger, 'warn').mockReturnValue();
    document = await buildDocument();
    warnings = warn.mock.calls.map(([message]) => String(message));
    warn.mockRestore();
  });

  it('gives no two classes one name: add @ApiSchema({ name: … }) to one of them', () => {
    expect(warnings).toEqual([]);
  });

  it('in docs is current', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`, `docs/openapi.json ${NOT_CURRENT}`).toMatchFileSnapshot(
      '../../docs/openapi.json',
    );
  });

  it('calls each operation as a client would: name the methods of controllers `listOffers`, not `list`', () => {
    const names = [...operationsOf(document)].map(([, , { operationId }]) => operationId!);
    const unclear = names.filter((name, at) => names.indexOf(name) !== at || !/^[a-z]+[A-Z]\w+$/.test(name));
    expect(unclear).toEqual([]);
  });

  it('says of every operation what it is for, and shows what it may be asked', () => {
    const silent = [...operationsOf(document)].flatMap(([method, path, { summary, parameters = [] }]) => [
      ...(summary ? [] : [`${method} ${path} has no summary`]),
      ...parameters
        .filter((each) => 'in' in each && each.in === 'query' && !isShown(each as Parameter))
        .map((each) => `${method} ${path} does not show ${(each as Parameter).name}`),
    ]);
    expect(silent).toEqual([]);
  });

  it('says of JSON-RPC what it answers: its own errors, and no problem that only other operations have', () => {
    const { responses } = document.paths['/rpc']!.post!;
    expect(responses['429']).toHaveProperty(['content', 'application/json']);
    expect(Object.keys(responses).toSorted()).toEqual(['200', '413', '415', '429', '500', '503']);
  });

  it('as the types of the client is current', async () => {
    // What has a default may be left out of a request.
    const types = astToString(await openapiTS(document as OpenAPI3, { defaultNonNullable: false }));
    await expect(types, `The client's schema.d.ts ${NOT_CURRENT}`).toMatchFileSnapshot(
      '../support/api-client/schema.d.ts',
    );
  });
});
