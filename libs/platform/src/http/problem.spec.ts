import { AlreadyDone, DomainError, ModuleUnavailable, ModulithError, ValidationFailed } from '@aitbc/modulith';
import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { problemOf, retryAfterSeconds } from './problem.js';

class OfferUnavailable extends DomainError {
  static override readonly code = 'marketplace.offer_unavailable';
  static override readonly kind = 'conflict';
}

class SlowDown extends DomainError {
  static override readonly code = 'gateway.slow_down';
  static override readonly kind = 'too_many';
}

const refusedByServer = (statusCode: number, code: string) =>
  Object.assign(new Error('refused by the server'), { statusCode, code });

describe('a problem', () => {
  it('of a domain error has its code, its kind as the status, a title per code and its details', () => {
    expect(problemOf(new OfferUnavailable('The offer is not available.', { offerId: 'o1' }), 'request-1')).toEqual({
      type: 'urn:aitbc:problem:marketplace.offer_unavailable',
      title: 'Offer unavailable',
      status: 409,
      code: 'marketplace.offer_unavailable',
      detail: 'The offer is not available.',
      details: { offerId: 'o1' },
      requestId: 'request-1',
    });
  });

  it('of bad input names each field', () => {
    const errors = [{ field: 'task.args.0', message: 'must be a string' }];
    expect(problemOf(new ValidationFailed(errors))).toMatchObject({ status: 400, code: 'validation_failed', errors });
  });

  it.each([
    [new ModuleUnavailable('wallet'), 503, 'module_unavailable'],
    [new AlreadyDone('wallet.CreateWallet'), 409, 'already_done'],
    [new NotFoundException('Cannot GET /nowhere'), 404, 'not_found'],
    [new BadRequestException('bad'), 400, 'bad_request'],
    [refusedByServer(413, 'FST_ERR_CTP_BODY_TOO_LARGE'), 413, 'body_too_large'],
    [refusedByServer(415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE'), 415, 'unsupported_media_type'],
    [refusedByServer(400, 'FST_ERR_CTP_INVALID_JSON_BODY'), 400, 'malformed_json'],
    [Object.assign(new SyntaxError('Unexpected token'), { statusCode: 400 }), 400, 'malformed_json'],
    [new HttpException('closing', 503), 503, 'unavailable'],
  ])('of %s has status %i and code %s', (error, status, code) => {
    expect(problemOf(error)).toMatchObject({ status, code });
  });

  it.each([
    new Error('password=hunter2'),
    new ModulithError('unknown_message', 'password=hunter2'),
    new HttpException('password=hunter2', 500),
    'password=hunter2',
    undefined,
  ])('of an unknown fault (%#) says nothing of the inside', (error) => {
    const problem = problemOf(error);
    expect(problem).toMatchObject({ status: 500, code: 'internal_error' });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });
});

describe('Retry-After', () => {
  it('is what the error says, rounded up', () => {
    expect(retryAfterSeconds(new SlowDown('slow', { retryAfterSeconds: 7.2 }), 429)).toBe(8);
  });

  it('is a second where nothing is said', () => {
    expect(retryAfterSeconds(new ModuleUnavailable('wallet'), 503)).toBe(1);
  });

  it('is absent where waiting does not help', () => {
    expect(retryAfterSeconds(new OfferUnavailable('no', { retryAfterSeconds: 3 }), 409)).toBeUndefined();
  });
});
