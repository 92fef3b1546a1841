import { book } from './book';
import { bureau } from './bureau';
import { client } from './client';
import { core } from './core';
import { enrol } from './enrol';
import { feed } from './feed';
import { messaging } from './messaging';
import { plan } from './plan';
import { route } from './route';
import { policy } from './policy';
import { score } from './score';
import { stack } from './stack';
import { strategy } from './strategy';
import type { ErrorText } from './error-text';

/** Every error that a user of Forbear can meet, one table per area. A code never changes its meaning. */
export const CATALOGUE = {
  ...core,
  ...strategy,
  ...book,
  ...stack,
  ...enrol,
  ...feed,
  ...client,
  ...messaging,
  ...plan,
  ...policy,
  ...bureau,
  ...route,
  ...score,
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof CATALOGUE;
