import type { z } from 'zod';
import type { ErrorCode } from '../domain/errors/catalogue';
import type { Places } from '../domain/strategy/document/places';
import type { Problem } from '../domain/strategy/document/problem';
import { readYaml } from '../domain/strategy/document/yaml';

export type CheckedDocument<T> =
  { readonly data: T; readonly places: Places } | { readonly problems: readonly Problem[] };

/** Which errors a kind of document answers with: that it is no YAML, and that something in it has the wrong shape. */
export interface DocumentCodes {
  readonly yaml: ErrorCode;
  readonly shape: ErrorCode;
}

/** Reads a document in YAML or JSON against its schema and says all that is wrong, with line and column. Never throws. */
export function checkDocument<T>(
  schema: z.ZodType<T>,
  text: string,
  file: string,
  codes: DocumentCodes,
): CheckedDocument<T> {
  const { value, places, broken } = readYaml(text, file);
  if (broken.length > 0) {
    const problem = ({ reason, where }: (typeof broken)[number]): Problem => ({
      ...{ severity: 'error', code: codes.yaml, args: { reason }, where },
    });
    return { problems: broken.map(problem) };
  }
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { data: parsed.data, places }
    : { problems: parsed.error.issues.flatMap(shape(places, codes.shape)) };
}

type Issue = Parameters<
  Extract<ReturnType<z.ZodType['safeParse']>, { success: false }>['error']['addIssue']
>[0];

const shape =
  (places: Places, code: ErrorCode) =>
  (issue: Issue): Problem[] => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => {
        const where = places.key([...path, key]);
        return { severity: 'error', code, args: { key, reason: 'nothing is known of it' }, where };
      });
    if (issue.code === 'invalid_union') {
      // A column is a name or an object: what is wrong with the object is what the writer wants to hear.
      const [inner] = issue.errors.filter((one) => one.some((each) => each.path.length > 0));
      if (inner !== undefined)
        return inner.flatMap((each) =>
          shape(places, code)({ ...each, path: [...issue.path, ...each.path] } as Issue),
        );
    }
    const key = String(path.at(-1) ?? 'document');
    const missing = issue.message.endsWith('received undefined');
    const reason = missing ? 'it is missing' : issue.message.replace(/^Invalid (input|string|option): /, '');
    return [{ severity: 'error', code, args: { key, reason }, where: places.at(path) }];
  };
