import fc from 'fast-check';
import { countryOf, isCountry } from '../../../src/domain/calendar/country';
import { askAgainAt, ruleOf, stoppedBy, type Stop, type Subject } from '../../../src/domain/policy/switches';

const stop = (scope: Stop['scope'], value: string | null = null, more: Partial<Stop> = {}): Stop => ({
  ...{ id: 's1', scope, value, lender: null, notices: false, cause: 'person' },
  ...more,
});
const SMS: Subject = {
  lender: 'bank',
  channel: 'sms',
  template: 'reminder',
  strategy: { hash: 'abc', name: 'standard-card' },
  segments: ['L1'],
  agency: null,
  jurisdictions: ['CN'],
  notice: false,
};
const stops = (one: Stop, more: Partial<Subject> = {}) => stoppedBy([one], { ...SMS, ...more }) !== null;

describe('what a stop is for', () => {
  test.each([
    [stop('everything'), true],
    [stop('channel', 'sms'), true],
    [stop('channel', 'email'), false],
    [stop('template', 'reminder'), true],
    [stop('template', 'other'), false],
    [stop('strategy', 'abc'), true],
    [stop('strategy', 'standard-card'), true],
    [stop('strategy', 'abd'), false],
    [stop('segment', 'L1'), true],
    [stop('segment', 'L2'), false],
    [stop('jurisdiction', 'CN'), true],
    [stop('jurisdiction', 'US'), false],
    [stop('agency', 'north'), false],
  ])('%j stops a text message: %s', (one, stopped) => {
    expect(stops(one)).toBe(stopped);
  });

  test('what is not known is stopped with the rest', () => {
    expect(stops(stop('template', 'other'), { template: null })).toBe(true);
    expect(stops(stop('segment', 'L2'), { segments: [] })).toBe(true);
    expect(stops(stop('jurisdiction', 'US'), { jurisdictions: [] })).toBe(true);
    expect(stops(stop('agency', 'north'), { agency: { name: null } })).toBe(true);
    expect(stops(stop('agency', 'north'), { agency: { name: 'south' } })).toBe(false);
  });

  test('an account that may be in two segments or places is stopped with either', () => {
    expect(stops(stop('segment', 'L2'), { segments: ['L1', 'L2'] })).toBe(true);
    expect(stops(stop('jurisdiction', 'US'), { jurisdictions: ['CN', 'US'] })).toBe(true);
  });

  test('a country holds its parts; who is somewhere in it may be in any of them', () => {
    expect(stops(stop('jurisdiction', 'US'), { jurisdictions: ['US-CA'] })).toBe(true);
    expect(stops(stop('jurisdiction', 'US-CA'), { jurisdictions: ['US'] })).toBe(true);
    expect(stops(stop('jurisdiction', 'US-CA'), { jurisdictions: ['US-NY'] })).toBe(false);
    expect(stops(stop('jurisdiction', 'US'), { jurisdictions: ['USX'] })).toBe(false);
  });

  test('a stop of one lender is none for another', () => {
    expect(stops(stop('everything', null, { lender: 'other' }))).toBe(false);
    expect(stops(stop('everything', null, { lender: 'bank' }))).toBe(true);
  });

  test('notices go only where the stop spares them', () => {
    expect(stops(stop('everything'), { notice: true })).toBe(true);
    expect(stops(stop('everything', null, { notices: true }), { notice: true })).toBe(false);
    expect(stops(stop('everything', null, { notices: true }))).toBe(true);
    const both = [stop('everything', null, { notices: true }), stop('channel', 'sms', { id: 's2' })];
    expect(stoppedBy(both, { ...SMS, notice: true })?.id).toBe('s2');
  });

  test('the rule names it', () => {
    expect(ruleOf(stop('everything'))).toBe('stop:everything');
    expect(ruleOf(stop('channel', 'sms'))).toBe('stop:channel:sms');
    expect(ruleOf(stop('channel', 'sms', { cause: 'volume' }))).toBe('volume:sms');
  });
});

describe('when a stopped step asks again', () => {
  const DUE = '2026-03-10T02:00:00.000Z';
  const minutes = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 60_000;

  test('after a quarter of an hour at first, then after as long as it has waited', () => {
    expect(minutes(DUE, askAgainAt(DUE, DUE, 0))).toBe(15);
    const later = '2026-03-10T06:00:00.000Z';
    expect(minutes(later, askAgainAt(DUE, later, 0))).toBe(240);
    expect(minutes(later, askAgainAt(DUE, later, 50))).toBe(360);
  });

  test('a week of a stop is asked about a dozen times, not without end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), (spread) => {
        const end = '2026-03-17T02:00:00.000Z';
        let now = DUE;
        let asked = 0;
        for (; now < end; asked += 1) {
          const next = askAgainAt(DUE, now, spread);
          expect(next > now).toBe(true);
          expect(minutes(now, next)).toBeLessThanOrEqual(24 * 60);
          now = next;
        }
        expect(asked).toBeLessThanOrEqual(15);
      }),
    );
  });
});

describe('the country of a zone', () => {
  test('is that of its own clock, and of older names of it', () => {
    expect(countryOf('Asia/Shanghai')).toBe('CN');
    expect(countryOf('Asia/Chongqing')).toBe('CN');
    expect(countryOf('America/Los_Angeles')).toBe('US');
    expect(countryOf('Europe/London')).toBe('GB');
  });

  test('is not known where there is none', () => {
    expect(countryOf('Etc/UTC')).toBeNull();
    expect(countryOf('Mars/Olympus')).toBeNull();
  });

  test('tells countries from other letters', () => {
    expect(isCountry('CN')).toBe(true);
    expect(isCountry('ZZ')).toBe(false);
    expect(isCountry('UK')).toBe(false);
  });
});
