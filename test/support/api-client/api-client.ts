import createClient from 'openapi-fetch';
import type { Api } from '../api.js';
import { describedAnswers } from '../described-answers.js';
import type { paths } from './schema.js';

/** A client with the types of docs/openapi.json, as a developer generates it for an application of their own. */
export function apiClient(caller: Api) {
  const client = createClient<paths>({ baseUrl: caller.url, headers: { authorization: `Bearer ${caller.token}` } });
  client.use({
    onResponse: async ({ request: { method, url }, response }) => {
      const contentType = response.headers.get('content-type') ?? '';
      const { status } = response;
      if (contentType.startsWith('text/event-stream')) return;
      const text = await response.clone().text();
      describedAnswers.mustDescribe({ method, path: new URL(url).pathname, status, contentType, text });
    },
  });
  return client;
}
