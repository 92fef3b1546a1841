import { z } from 'zod';
import { documentSchema } from './schema';

/** The schema of a strategy document for editors: completion and errors while it is typed. Pretty-printed JSON. */
export function documentJsonSchema(): string {
  const schema = z.toJSONSchema(documentSchema, { target: 'draft-7' });
  return `${JSON.stringify({ title: 'A Forbear strategy', ...schema }, null, 2)}\n`;
}
