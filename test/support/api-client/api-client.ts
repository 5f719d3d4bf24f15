import createClient from 'openapi-fetch';
import type { Api } from '../api.js';
import type { paths } from './schema.js';

/** A client with the types of docs/openapi.json, as a developer generates it for an application of their own. */
export function apiClient(caller: Api) {
  return createClient<paths>({ baseUrl: caller.url, headers: { authorization: `Bearer ${caller.token}` } });
}
