import type { Refusal } from './api.js';

/** A refusal as a test expects it: the status, the stable code, and the fields that it must name. */
export const refused = (status: number, code: string, ...fields: string[]): Refusal => ({ status, code, fields });
