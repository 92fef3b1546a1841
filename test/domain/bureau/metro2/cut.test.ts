import { readFile } from '../../../../src/domain/bureau/metro2/read/read-file';
import { appendage, baseSegment, header, type DataRecord } from '../../../../src/domain/bureau/metro2/record';
import { writeFile, type WriteOptions } from '../../../../src/domain/bureau/metro2/write/write-file';
import { inPieces } from './pieces';

const account = (number: string): DataRecord => ({
  kind: 'data',
  base: baseSegment({ consumerAccountNumber: number, accountStatus: '11', surname: 'SECRETNAME' }),
  appendages: [appendage('K1', { originalCreditorName: 'BANK', creditorClassification: '08' })],
});

async function file(options: WriteOptions = {}): Promise<string> {
  let text = '';
  for await (const piece of writeFile(
    header({ reporterName: 'LENDER' }),
    [account('A1'), account('A2')],
    options,
  ))
    text += piece;
  return text;
}

/** `record:offset code` of each flaw, and the kinds of the records that could be read. */
async function flaws(text: string, size = 997) {
  const found: string[] = [];
  const kinds: (string | null)[] = [];
  for await (const { raw, record, flaws: ones } of readFile(inPieces(text, size))) {
    found.push(...ones.map(({ code }) => `${raw.number}:${raw.offset} ${code}`));
    kinds.push(record?.kind ?? null);
  }
  return { found, kinds };
}

const WHOLE = ['header', 'data', 'data', 'trailer'];

describe('lines', () => {
  it('may end in LF or in CR LF, with or without the last one', async () => {
    const text = await file({ length: 460 });
    for (const one of [text, text.trimEnd().padEnd(text.length - 1), text.replaceAll('\n', '\r\n')])
      expect(await flaws(one)).toEqual({ found: [], kinds: WHOLE });
  });

  it('ending in another way than the first are told', async () => {
    const lines = (await file({ length: 460 }))
      .trimEnd()
      .split('\n')
      .map((line) => line.padEnd(460));
    const mixed = `${lines[0]}\n${lines[1]}\r\n${lines[2]}\r${lines[3]}\n`;
    for (const size of [1, 461, 5000]) {
      expect(await flaws(mixed, size)).toEqual({
        found: ['2:461 BUREAU_LINE_END', '3:923 BUREAU_LINE_END'],
        kinds: WHOLE,
      });
    }
    expect((await flaws(lines.join('\r'))).found).toContain('1:0 BUREAU_LINE_END');
  });

  it('of a wrong length cost themselves only', async () => {
    const lines = (await file({ length: 460 })).split('\n');
    const short = [lines[0], lines[1]!.slice(0, 430), ...lines.slice(2)].join('\n');
    expect(await flaws(short)).toEqual({
      found: ['2:461 BUREAU_RECORD_LENGTH'],
      kinds: ['header', null, 'data', 'trailer'],
    });
    const long = [`${lines[0]}x`, ...lines.slice(1)].join('\n');
    expect((await flaws(long)).found).toEqual(['1:0 BUREAU_RECORD_LENGTH']);
    const none = [lines[0], `WORD${lines[1]!.slice(4)}`, ...lines.slice(2)].join('\n');
    expect((await flaws(none)).found).toEqual(['2:461 BUREAU_LENGTH_WORD']);
  });

  it('that are blank are told, and not counted', async () => {
    const lines = (await file({ length: 460 })).split('\n');
    const blank = [lines[0], '', ...lines.slice(1)].join('\n');
    expect((await flaws(blank)).found).toEqual(['2:461 BUREAU_LINE_BLANK']);
  });

  it('without an end are told without being held', async () => {
    const lines = (await file({ length: 460 })).split('\n');
    const endless = [lines[0], `0460${'x'.repeat(300_000)}`, ...lines.slice(1)].join('\n');
    const { found, kinds } = await flaws(endless, 10_000);
    expect(found).toEqual(['2:461 BUREAU_RECORD_LENGTH']);
    expect(kinds).toEqual(['header', null, 'data', 'data', 'trailer']);
  });
});

describe('a file that is cut', () => {
  it('is told at the record where it ends', async () => {
    for (const lineEnd of ['', '\n'] as const) {
      const text = await file({ length: 460, lineEnd });
      const { found } = await flaws(text.slice(0, 460 * 2));
      expect(found).toEqual([`2:${460 + lineEnd.length} BUREAU_FILE_CUT`].slice(0, lineEnd === '' ? 0 : 1));
      expect((await flaws(text.slice(0, 460 * 2 + 50))).found).toEqual([
        `3:${920 + 2 * lineEnd.length} BUREAU_FILE_CUT`,
      ]);
    }
  });

  it('cut at every byte never throws behind its beginning, and never invents a record', async () => {
    const text = await file({ lineEnd: '' });
    for (let at = 11; at < text.length; at += 13) {
      const { kinds } = await flaws(text.slice(0, at));
      expect(WHOLE.slice(0, kinds.filter((kind) => kind !== null).length)).toEqual(
        kinds.filter((kind) => kind !== null),
      );
    }
  });
});

it('one stream of bytes ends where a length cannot be told', async () => {
  const text = await file({ lineEnd: '' });
  const broken = `${text.slice(0, 426)}${'    '}${text.slice(430)}`;
  expect(await flaws(broken)).toEqual({ found: ['2:426 BUREAU_LENGTH_WORD'], kinds: ['header', null] });
});

describe('segments', () => {
  const base = async () => (await file({ lineEnd: '' })).slice(426, 426 + 460);
  const alone = async (record: string) => {
    const head = (await file({ lineEnd: '' })).slice(0, 426);
    return (await flaws(head + record)).found.map((flaw) => flaw.split(' ')[1]);
  };
  it.each([
    ['unknown', (text: string) => `${text.slice(0, 426)}Q1${text.slice(428)}`, 'BUREAU_SEGMENT_UNKNOWN'],
    ['cut', (text: string) => `0440${text.slice(4, 440)}`, 'BUREAU_SEGMENT_CUT'],
    ['twice', (text: string) => `0494${text.slice(4)}${text.slice(426)}`, 'BUREAU_SEGMENT_TWICE'],
    ['out of order', (text: string) => `0560${text.slice(4)}J1${' '.repeat(98)}`, 'BUREAU_SEGMENT_ORDER'],
  ])('that are %s are told', async (_name, change, code) => {
    expect(await alone(change(await base()))).toEqual([code]);
  });
});

describe('another form', () => {
  const ebcdic = Buffer.from([0xf0, 0xf4, 0xf2, 0xf6, 0xc8, 0xc5, 0xc1, 0xc4, 0xc5, 0xd9]).toString('latin1');
  it.each([
    ['nothing', '', 'BUREAU_FILE_EMPTY'],
    ['packed', '\u0001\u00aa\u0000\u0000HEADER  ', 'BUREAU_PACKED'],
    ['packed in variable blocks', '\u0001\u00ae\u0000\u0000\u0001\u00aa\u0000\u0000HEADER', 'BUREAU_PACKED'],
    ['variable blocks', '04300426HEADER     ', 'BUREAU_VARIABLE_BLOCK'],
    ['EBCDIC', ebcdic, 'BUREAU_EBCDIC'],
    ['a byte order mark', '\u00ef\u00bb\u00bf0426HEADER', 'BUREAU_NOT_METRO2'],
    ['a CSV', 'account,status\nA1,11\n', 'BUREAU_NOT_METRO2'],
    ['an archive', 'PK\u0003\u0004\u0014\u0000', 'BUREAU_NOT_METRO2'],
  ])('%s is named as such', async (_name, text, code) => {
    await expect(flaws(text, 3)).rejects.toMatchObject({ code });
  });
});
