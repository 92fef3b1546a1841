import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import { fail } from '../../domain/errors/forbear-error';
import type { ClientOptions } from '../client';

/** The part of `<data>/stack.json` that a client needs. */
const stackFile = z.object({
  bookUrl: z.string(),
  temporalAddress: z.string(),
  temporalProfile: z.boolean().default(false),
  namespace: z.string(),
  taskQueue: z.string().optional(),
  uiAddress: z.string().nullish(),
});

const DEFAULTS = ['.forbear/up', '.forbear/demo'];

/**
 * Where the book and Temporal are: FORBEAR_BOOK_URL with FORBEAR_TEMPORAL_ADDRESS and FORBEAR_NAMESPACE, else the
 * stack of the data folder that is named, else the one that last ran here. STACK_NOT_FOUND, STACK_FILE_BROKEN.
 */
export function findStack(
  data: string | undefined,
  env: NodeJS.ProcessEnv,
): ClientOptions & { ui: string | null } {
  const named = data ?? env['FORBEAR_DATA'];
  const bookUrl = env['FORBEAR_BOOK_URL'];
  if (data === undefined && bookUrl !== undefined) {
    const address = env['FORBEAR_TEMPORAL_ADDRESS'] ?? '127.0.0.1:7233';
    const namespace = env['FORBEAR_NAMESPACE'] ?? 'forbear';
    const taskQueue = env['FORBEAR_TASK_QUEUE'];
    const profile = env['FORBEAR_TEMPORAL_PROFILE'] === '1';
    return { bookUrl, temporal: place({ address, namespace, taskQueue }, profile), ui: null };
  }
  const folders = named === undefined ? DEFAULTS : [named];
  for (const folder of folders) {
    const file = join(resolve(folder), 'stack.json');
    const text = read(file);
    if (text === null) continue;
    const parsed = stackFile.safeParse(json(text));
    if (!parsed.success) fail('STACK_FILE_BROKEN', { file });
    const { temporalAddress: address, namespace, taskQueue, temporalProfile, uiAddress } = parsed.data;
    const temporal = place({ address, namespace, taskQueue }, temporalProfile);
    return { bookUrl: parsed.data.bookUrl, temporal, ui: uiAddress ?? null };
  }
  return fail('STACK_NOT_FOUND', { data: folders.join(' or ') });
}

function place(
  { address, namespace, taskQueue }: { address: string; namespace: string; taskQueue: string | undefined },
  profile: boolean,
): ClientOptions['temporal'] {
  return {
    address,
    namespace,
    ...(taskQueue === undefined ? {} : { taskQueue }),
    ...(profile ? { connection: loadClientConnectConfig().connectionOptions } : {}),
  };
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
