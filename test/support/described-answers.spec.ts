import { type Answered, DescribedAnswers } from './described-answers.js';

const wallet = {
  type: 'object',
  required: ['id', 'balance'],
  properties: { id: { type: 'string', format: 'uuid' }, balance: { type: ['string', 'null'] } },
};
const json = (schema: object) => ({ description: '', content: { 'application/json': { schema } } });
const described = new DescribedAnswers({
  paths: {
    '/v1/wallets/{id}': {
      get: {
        responses: {
          200: json({ $ref: '#/components/schemas/Wallet' }),
          404: { $ref: '#/components/responses/NotFound' },
        },
      },
    },
    '/v1/wallets/mine': { get: { responses: { 200: json({ type: 'array', items: { type: 'number' } }), 204: {} } } },
  },
  components: {
    schemas: { Wallet: wallet },
    responses: {
      NotFound: { content: { 'application/problem+json': { schema: { type: 'object' }, examples: { absent: {} } } } },
    },
  },
});

const id = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';
const said = (more: Partial<Answered> & { body?: unknown } = {}) => ({
  method: 'GET',
  path: `/v1/wallets/${id}?a=b`,
  status: 200,
  contentType: 'application/json; charset=utf-8',
  text: more.body === undefined ? '' : JSON.stringify(more.body),
  ...more,
});
const complaintOf = (answered: Answered) => {
  try {
    described.mustDescribe(answered);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the comparison of answers with the OpenAPI document', () => {
  it('accepts what is described', () => {
    expect(complaintOf(said({ body: { id, balance: null } }))).toBe('');
    expect(complaintOf(said({ path: '/v1/wallets/mine', body: [1] }))).toBe('');
    expect(complaintOf(said({ path: '/v1/wallets/mine', status: 204, contentType: '' }))).toBe('');
    expect(complaintOf(said({ method: 'HEAD' }))).toBe('');
    expect(complaintOf(said({ status: 404, contentType: 'application/problem+json', body: { code: 'absent' } }))).toBe(
      '',
    );
    expect(complaintOf(said({ path: '/v1/nothing', status: 404 }))).toBe('');
    expect(complaintOf(said({ path: '/health/ready', contentType: 'text/plain' }))).toBe('');
  });

  it.each([
    ['a field of another type', { body: { id, balance: 3 } }, /\/balance must be string,null.*: 3/],
    ['a missing field', { body: { id } }, /must have required property 'balance'/],
    ['a field that it does not know', { body: { id, balance: '1', owner: 'x' } }, /additional properties \(owner\)/],
    ['a string of another format', { body: { id: 'x', balance: null } }, /\/id must match format "uuid"/],
    ['the route without a parameter', { path: '/v1/wallets/mine', body: { id } }, /the body must be array/],
    ['another media type', { contentType: 'text/html', body: 'x' }, /media type is text\/html, not application\/json/],
    ['another status', { status: 409, body: {} }, /The status is none of 200, 404/],
    [
      'a problem of another code',
      { status: 404, contentType: 'application/problem+json', body: { code: 'gone' } },
      /The code gone is none of absent/,
    ],
    ['a body where none is described', { path: '/v1/wallets/mine', status: 204, body: [1] }, /has a body/],
    ['a route that is not described', { path: '/v1/nothing', body: {} }, /no such operation/],
  ] as const)('names %s with route and status', (_what, answered, complaint) => {
    const message = complaintOf(said(answered));
    expect(message).toMatch(complaint);
    expect(message).toMatch(/^GET \/v1\/\S+ answered \d+/);
  });
});
