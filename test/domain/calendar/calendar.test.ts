import fc from 'fast-check';
import { isWorkday } from 'chinese-days';
import {
  addBusinessDays,
  CHINA,
  holidaysOf,
  isBusinessDay,
  isYearKnown,
  WEEKENDS,
} from '../../../src/domain/calendar/business';
import { addDays, daysBetween, isIsoDate } from '../../../src/domain/calendar/day';
import { instantOf, isZone, localDate, localTime } from '../../../src/domain/calendar/zone';

describe('days', () => {
  it('knows which dates there are', () => {
    for (const day of ['2026-01-31', '2024-02-29', '2000-02-29']) expect(isIsoDate(day)).toBe(true);
    for (const day of [
      '2026-02-29',
      '2026-02-30',
      '1900-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '',
      5,
      null,
    ]) {
      expect(isIsoDate(day)).toBe(false);
    }
  });

  it('adds and counts over month ends and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-03-25', 31)).toBe('2026-04-25');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-02-25', '2026-03-26')).toBe(29);
    expect(daysBetween('2026-03-26', '2026-02-25')).toBe(-29);
  });

  it('counts back what it added', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50_000, max: 50_000 }), (days) => {
        expect(daysBetween('2026-03-25', addDays('2026-03-25', days))).toEqual(days);
      }),
    );
  });
});

describe('zones', () => {
  it('tells the local day and time of an instant', () => {
    expect(localDate('2026-03-25T16:00:00.000Z', 'Asia/Shanghai')).toBe('2026-03-26');
    expect(localDate('2026-03-25T15:59:59.999Z', 'Asia/Shanghai')).toBe('2026-03-25');
    expect(localTime('2026-03-25T18:30:00.000Z', 'Asia/Kolkata')).toBe('00:00');
    expect(localTime('2026-03-25T18:15:00.000Z', 'Asia/Kathmandu')).toBe('00:00');
    expect(localDate('2026-03-25T03:00:00.000Z', 'America/New_York')).toBe('2026-03-24');
  });

  it('tells the instant of a local time', () => {
    expect(instantOf('2026-03-25', '10:00', 'Asia/Shanghai')).toBe('2026-03-25T02:00:00.000Z');
    expect(instantOf('2026-07-01', '10:00', 'Europe/Berlin')).toBe('2026-07-01T08:00:00.000Z');
  });

  it('takes the first moment after the gap when summer time begins', () => {
    expect(instantOf('2026-03-29', '02:30', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
    expect(instantOf('2026-03-08', '02:00', 'America/New_York')).toBe('2026-03-08T07:00:00.000Z');
    // Lord Howe moves its clocks by half an hour.
    expect(instantOf('2026-10-04', '02:15', 'Australia/Lord_Howe')).toBe('2026-10-03T15:30:00.000Z');
  });

  it('takes the first of the two when summer time ends', () => {
    expect(instantOf('2026-10-25', '02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOf('2026-11-01', '01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  it('finds the same local time again wherever there is one', () => {
    const zones = fc.constantFrom(
      'Asia/Shanghai',
      'Europe/London',
      'America/St_Johns',
      'Pacific/Apia',
      'Asia/Taipei',
    );
    fc.assert(
      fc.property(
        zones,
        fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (zone, date) => {
          const instant = `${date.toISOString().slice(0, 16)}:00.000Z`;
          const day = localDate(instant, zone);
          const time = localTime(instant, zone);
          const again = instantOf(day, time, zone);
          expect([localDate(again, zone), localTime(again, zone)]).toEqual([day, time]);
          expect(again <= instant).toBe(true);
        },
      ),
    );
  });

  it('knows a zone from a word', () => {
    expect([
      isZone('Asia/Shanghai'),
      isZone('UTC'),
      isZone('Mars/Olympus'),
      isZone('+08:00'),
      isZone(''),
    ]).toEqual([true, true, false, false, false]);
  });
});

describe('business days', () => {
  it('follows the announced holidays and working weekends of China', () => {
    expect(isBusinessDay('2026-02-17', CHINA)).toBe(false);
    expect(isBusinessDay('2026-02-14', CHINA)).toBe(true);
    expect(isBusinessDay('2026-10-08', CHINA)).toBe(true);
    expect(addBusinessDays('2026-02-14', 1)).toBe('2026-02-24');
    expect(addBusinessDays('2026-02-24', -1)).toBe('2026-02-14');
    expect(addBusinessDays('2026-10-01', 0)).toBe('2026-10-08');
    expect(addBusinessDays('2026-03-05', 2)).toBe('2026-03-09');
  });

  it('agrees with the tables that it was frozen from on every day of the years it knows', () => {
    for (let day = '2024-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      expect([day, isBusinessDay(day, CHINA)]).toEqual([day, isWorkday(day)]);
    }
  });

  it('says which years it knows, and follows the plain week in others', () => {
    expect([isYearKnown('2025-05-01', CHINA), isYearKnown('2027-05-01', CHINA)]).toEqual([true, false]);
    expect(isBusinessDay('2027-02-08', CHINA)).toBe(true);
    expect(holidaysOf('Europe/Berlin')).toBe(WEEKENDS);
    expect(addBusinessDays('2026-02-13', 1, WEEKENDS)).toBe('2026-02-16');
  });
});
