import { Command } from 'commander';
import { evidenceOf, type EvidenceRow } from '../../../book/evidence/read';
import { seal, type Seal } from '../../../book/evidence/seal';
import { verify, type Break, type Verified } from '../../../book/evidence/verify';
import { databaseNow } from '../../../book/clock';
import type { Db } from '../../../book/open-book';
import { fail } from '../../../domain/errors/forbear-error';
import { sayEvidence } from '../../audit/say-evidence';
import { findPerson } from '../../people';
import { csvLine } from '../../../domain/csv-line';
import { common, withExamples, writeNamed, type CommonOptions, type Context } from '../context';
import { seldom } from '../seldom';
import { complained } from './audit-complaint';
import { counted, table } from '../table';

/** The evidence: what was asked of the gate, what was known, by which rule it answered, and what came of it. */
export function audit(context: Context): Command {
  return withExamples(
    new Command('audit').description(
      'the evidence of every contact: show it, and show that nobody changed it',
    ),
    ['audit verify', 'audit export --account 6214-88', 'audit complaint at-night 6214-88', 'audit seal'],
  )
    .addCommand(verifying(context))
    .addCommand(exporting(context))
    .addCommand(sealing(context))
    .addCommand(complained(context));
}

interface VerifyOptions extends CommonOptions {
  readonly person?: string;
  readonly seal?: string;
}

function verifying(context: Context): Command {
  const command = new Command('verify')
    .description('read all evidence again and compare its hashes, and the seals that hold them together')
    .option('--person <who>', 'only the chain of that person')
    .option(
      '--seal <hash>',
      'hash of a seal that was written down elsewhere: it must be among those of the book',
    );
  const examples = ['audit verify', 'audit verify --person P-20', 'audit verify --seal 5f0c… --json'];
  return common(command, examples).action(async (options: VerifyOptions) =>
    context.withClient(options, async ({ book: { db } }) => {
      const person = options.person === undefined ? undefined : (await findPerson(db, options.person)).ref;
      const found = await verify(db, {
        ...(person === undefined ? {} : { person }),
        onProgress: seldom(context, (links: number) => `${links} links read …`),
      });
      const known = options.seal === undefined || (await isSeal(db, options.seal));
      if (found.breaks.length > 0 || !known) context.refuse();
      const sealKnown = options.seal === undefined ? null : known;
      context.answer(options, { ...found, sealKnown }, () => sayVerified(found, sealKnown));
    }),
  );
}

async function isSeal(db: Db, hash: string): Promise<boolean> {
  const row = await db.selectFrom('seals').select('no').where('hash', '=', hash).executeTakeFirst();
  return row !== undefined;
}

const BREAKS: Readonly<Record<Break['what'], string>> = {
  'link-changed': 'the link is not what was written',
  'link-missing': 'a link is missing',
  'end-differs': 'the chain does not end where it ended',
  'subject-differs': 'the chain is not of the person whom it names',
  'seal-changed': 'the seal is not what was written',
  'seal-missing': 'a seal is missing',
  'sealed-heads-changed': 'what the seal holds together is not what was sealed',
  'sealed-link-differs': 'the link is not the one that was sealed',
};

function sayVerified(
  { chains, links, seals, lastSeal, breaks }: Verified,
  sealKnown: boolean | null,
): string {
  const read = `${counted(chains, 'chain')}, ${counted(links, 'link')}, ${counted(seals, 'seal')}.`;
  const last = lastSeal === null ? '' : ` The last seal is of ${lastSeal.day}: ${lastSeal.hash}`;
  const seal = sealKnown === false ? '\nThe seal that you named is not among them.' : '';
  if (breaks.length === 0) return `Everything is as it was written: ${read}${last}${seal}`;
  const rows = breaks.map(({ chain, n, what }) => [chain ?? 'seals', n, BREAKS[what]]);
  return `The evidence has been changed. Read: ${read}${seal}\n${table(['chain', 'place', 'what'], rows)}`;
}

interface ExportOptions extends CommonOptions {
  readonly account?: string;
  readonly person?: string;
  readonly csv?: boolean;
  readonly out?: string;
}

function exporting(context: Context): Command {
  const command = new Command('export')
    .description(
      'the evidence of one account or one person in order, with the hashes; nothing personal is in it',
    )
    .option('--account <account>', "the book's reference or the lender's number")
    .option('--person <who>', "a person, or whoever's account it is")
    .option('--csv', 'as CSV, for spreadsheets')
    .option('--out <file>', 'write it there');
  const examples = [
    'audit export --account 6214-88',
    'audit export --person P-20 --csv --out evidence.csv',
    'audit export --account 6214-88 --json',
  ];
  return common(command, examples).action(async (options: ExportOptions) =>
    context.withClient(options, async (client) => {
      const { account, person, out } = options;
      if ((account === undefined) === (person === undefined))
        return fail('OPTION_WRONG', { option: '--account or --person', wanted: 'given, one of the two' });
      const of =
        account === undefined
          ? { person: (await findPerson(client.book.db, person ?? '')).ref }
          : { account: (await client.find(account)).ref };
      const rows: EvidenceRow[] = [];
      for await (const row of evidenceOf(client.book.db, of)) rows.push(row);
      const text = options.json === true ? JSON.stringify(rows, null, 2) : inRows(rows, options.csv === true);
      if (out === undefined) return context.terminal.out(text);
      writeNamed(out, `${text}\n`);
      context.terminal.err(`${counted(rows.length, 'link')} written to ${out}`);
    }),
  );
}

const HEAD = ['at', 'written', 'account', 'what', 'came of it', 'because'];

function inRows(rows: readonly EvidenceRow[], csv: boolean): string {
  if (rows.length === 0 && !csv) return 'There is no evidence yet: the gate has not been asked.';
  const cells = rows.map((row) => {
    const { what, came, because } = sayEvidence(row);
    return [row.at, row.recordedAt, row.account ?? '', what, came, because];
  });
  if (!csv) return table(HEAD, cells);
  // A spreadsheet is handed on: there the hashes go along.
  const whole = rows.map(({ chain, n, prev, hash, body }, index) =>
    csvLine([...(cells[index] ?? []), chain, String(n), prev, hash, JSON.stringify(body)]),
  );
  return [csvLine([...HEAD, 'chain', 'n', 'prev', 'hash', 'body']), ...whole].join('\n');
}

function sealing(context: Context): Command {
  const command = new Command('seal').description(
    'seal the ends of all chains now, if today is not sealed yet; a worker does it every day by itself',
  );
  return common(command, ['audit seal', 'audit seal --json']).action(async (options: CommonOptions) =>
    context.withClient(options, async ({ book: { db } }) => {
      const made = await seal(db, (await databaseNow(db)).slice(0, 10));
      context.answer(options, made, () => saySeal(made));
    }),
  );
}

function saySeal(made: Seal | null): string {
  if (made === null) return 'Today is sealed already.';
  const { heads, day, hash } = made;
  return `Sealed for ${day}: the ends of ${counted(heads, 'chain')}. Write this down outside the book: ${hash}`;
}
