import { z } from 'zod';
import { checkSchema } from './check.schema';
import { holidaysSchema } from './holidays.schema';
import { packSchema } from './pack.schema';

const written = (title: string, schema: z.ZodType): string =>
  `${JSON.stringify({ title, ...z.toJSONSchema(schema, { target: 'draft-7', reused: 'ref' }) }, null, 2)}\n`;

/** Schemas for editors: completion and errors while a document is typed. Pretty-printed JSON. */
export const policyJsonSchema = (): string => written('A Forbear policy pack', packSchema);
export const holidaysJsonSchema = (): string => written('One year of a calendar', holidaysSchema);
export const checkJsonSchema = (): string => written('One request to the packs', checkSchema);
