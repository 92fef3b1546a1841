import { listChannels, readClock, setChannel, setClock } from '../../src/book/clock';
import { enrolled, NOON, ownBook, published } from './book-under-test';

const FAST = { kind: 'rehearsal', epoch: NOON, started: NOON, factor: 50_000 } as const;
const SMS = { channel: 'sms', address: 'smpp://127.0.0.1:2775', reach: 'loopback' } as const;

describe('the clock of the book', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  beforeEach(async () => {
    book = await ownBook();
  });
  afterEach(() => book.drop());

  test('is real time until a rehearsal is set', async () => {
    expect(await readClock(book.db)).toEqual({ kind: 'real' });
    await setClock(book.db, FAST);
    expect(await readClock(book.db)).toEqual(FAST);
  });

  test('a rehearsal and a channel that reaches people exclude each other, whichever comes first', async () => {
    await setChannel(book.db, { ...SMS, reach: 'people' });
    await expect(setClock(book.db, FAST)).rejects.toMatchObject({ code: 'CLOCK_REACHES_PEOPLE' });
    await expect(setClock(book.db, { ...FAST, factor: 1 })).rejects.toMatchObject({
      code: 'CLOCK_REACHES_PEOPLE',
    });
    await setChannel(book.db, SMS);
    await setClock(book.db, FAST);
    await expect(setChannel(book.db, { ...SMS, reach: 'people' })).rejects.toMatchObject({
      code: 'CHANNEL_IN_REHEARSAL',
    });
    expect(await listChannels(book.db)).toEqual([SMS]);
  });

  test('set at the same moment, only one of the two stands', async () => {
    const done = await Promise.allSettled([
      setClock(book.db, FAST),
      setChannel(book.db, { ...SMS, reach: 'people' }),
    ]);
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('a factor below one is refused, and so is another kind of time once accounts live by it', async () => {
    await expect(setClock(book.db, { ...FAST, factor: 0.5 })).rejects.toMatchObject({ code: 'CLOCK_FACTOR' });
    await setClock(book.db, FAST);
    await enrolled(book.db, await published(book.db));
    await setClock(book.db, { ...FAST, factor: 20_000 });
    await expect(setClock(book.db, { kind: 'real' })).rejects.toMatchObject({ code: 'CLOCK_IN_USE' });
  });
});
