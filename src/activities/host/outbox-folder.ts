import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostAnswer, HostRequest, HostSystem } from './host-system';

/**
 * Requests as files of one JSON line in a folder that the lender's system empties. A file appears whole under its
 * name or not at all, and the same request asked twice is the same file.
 */
export class OutboxFolder implements HostSystem {
  constructor(private readonly folder: string) {}

  async ask(request: HostRequest): Promise<HostAnswer> {
    await mkdir(this.folder, { recursive: true });
    const name = join(this.folder, `${request.id}.jsonl`);
    const draft = `${name}.${process.pid}.part`;
    const file = await open(draft, 'w');
    try {
      await file.writeFile(JSON.stringify(request) + '\n');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, name);
    return { answer: 'later' };
  }
}
