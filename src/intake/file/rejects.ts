import { createWriteStream } from 'node:fs';
import { access, constants, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { CATALOGUE } from '../../domain/errors/catalogue';
import type { ErrorText } from '../../domain/errors/error-text';
import { fail } from '../../domain/errors/forbear-error';
import type { RowIssue } from '../row/row.schema';
import type { RawRecord } from './records';

/** Where the rows go that cannot be enrolled: a CSV with the line, the code, every reason, and the row as it stood. */
export interface Rejects {
  add(record: RawRecord, issues: readonly RowIssue[]): Promise<void>;
  readonly count: number;
  readonly byCode: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/**
 * Said before the first row is read, so that no run ends in the middle for it, and none writes over what it reads.
 * Throws ENROL_REJECTS_INPUT, FILE_UNWRITABLE.
 */
export async function mustTakeRejects(path: string, input: string): Promise<void> {
  const real = await realpath(path).catch(() => null);
  if (real !== null && real === (await realpath(input))) fail('ENROL_REJECTS_INPUT', { file: input });
  if (real !== null && (await stat(real)).isDirectory()) unwritable(path, { code: 'EISDIR' });
  await access(real ?? dirname(path), constants.W_OK).catch((error: NodeJS.ErrnoException) =>
    unwritable(path, error),
  );
}

function unwritable(file: string, { code }: { readonly code?: string }): never {
  return fail('FILE_UNWRITABLE', { file, reason: code ?? 'unknown' });
}

/** Opens the rejects file at the first reject only. It holds personal data as the portfolio does: nobody else may read it. */
export function openRejects(path: string): Rejects {
  let out: ReturnType<typeof createWriteStream> | null = null;
  let failed: NodeJS.ErrnoException | null = null;
  let closed = false;
  let count = 0;
  const byCode: Record<string, number> = {};
  const open = (): ReturnType<typeof createWriteStream> => {
    const stream = createWriteStream(path, { mode: 0o600 });
    stream.on('error', (error) => (failed = error));
    stream.write('line,code,reason,row\n');
    return stream;
  };
  return {
    get count() {
      return count;
    },
    byCode,
    async add(record, issues) {
      const code = issues[0]?.code ?? 'ROW_NOT_READABLE';
      count += 1;
      byCode[code] = (byCode[code] ?? 0) + 1;
      // A batch that was under way when the work was broken off: opening anew would cut what is there.
      if (closed) return;
      out ??= open();
      const reason = issues.map((issue) => says(issue)).join('; ');
      const room = out.write(
        [String(record.line), code, quoted(reason), quoted(record.text)].join(',') + '\n',
      );
      if (failed !== null) unwritable(path, failed);
      // A file of nothing but rejects must not pile up in memory.
      if (!room)
        await new Promise<void>((resolve) => out?.once('drain', () => resolve()).once('close', resolve));
    },
    async close() {
      const open = out;
      closed = true;
      out = null;
      if (open === null) return;
      open.end();
      await finished(open).catch((error: NodeJS.ErrnoException) => unwritable(path, error));
    },
  };
}

/** One reason as a sentence with what to do about it. */
export function says(issue: RowIssue): string {
  const text: ErrorText = CATALOGUE[issue.code];
  const filled = (part: string) =>
    part.replace(/\{(\w+)\}/g, (whole, name: string) => String(issue.args[name] ?? whole));
  return `${filled(text.says)}. ${filled(text.do)}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
