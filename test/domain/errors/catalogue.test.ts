import { CATALOGUE, type ErrorCode } from '../../../src/domain/errors/catalogue';
import { fail, ForbearError, render } from '../../../src/domain/errors/forbear-error';

describe('errors', () => {
  it('says what is wrong and what to do', () => {
    expect(render('TOO_MANY_DECIMALS', { text: '12.345', currency: 'CNY', exponent: 2 })).toBe(
      'TOO_MANY_DECIMALS: 12.345 has more decimals than CNY has (2). Give at most 2 digits after the decimal point.',
    );
  });

  it('says where, as editors understand it', () => {
    const where = { file: 'card.yaml', line: 3, column: 7, path: 'steps.0.at' };
    expect(render('UNKNOWN_ZONE', { zone: 'Mars' }, where)).toMatch(
      /^card\.yaml:3:7 steps\.0\.at: UNKNOWN_ZONE: /,
    );
  });

  it('is thrown with its code and arguments', () => {
    expect(() => fail('IMPOSSIBLE_DATE', { date: '2026-02-30' })).toThrow(ForbearError);
    try {
      fail('IMPOSSIBLE_DATE', { date: '2026-02-30' });
    } catch (error) {
      expect(error).toMatchObject({ code: 'IMPOSSIBLE_DATE', args: { date: '2026-02-30' } });
    }
  });

  it.each(Object.entries(CATALOGUE))('%s reads like a sentence', (code, text) => {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
    expect(text.says).not.toMatch(/[.!?]$/);
    expect(text.do).toMatch(/[.!?}]$/);
    expect(render(code as ErrorCode)).toContain(code);
  });
});
