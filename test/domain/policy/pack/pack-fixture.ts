import { contentHash } from '../../../../src/book/ids';
import { readCalendars } from '../../../../src/book/policy/shipped';
import type { PolicyAnswer } from '../../../../src/domain/policy/pack/answer';
import { decide } from '../../../../src/domain/policy/pack/decide';
import { compilePack, type CompiledPack } from '../../../../src/domain/policy/pack/document/compile';
import { readCheck, type Check } from '../../../../src/domain/policy/pack/document/read-check';
import { indexLedger } from '../../../../src/domain/policy/pack/index-ledger';
import type { Pack } from '../../../../src/domain/policy/pack/pack';

export const given = { calendars: readCalendars(), hash: contentHash };

interface PackOptions {
  readonly name?: string;
  readonly zones?: string;
  readonly holidays?: string;
  readonly from?: string;
  readonly until?: string;
  readonly first?: string;
  readonly on?: string;
}

/** A pack of rules written as YAML, each rule without its sentence and its source. */
export function compiledOf(rules: readonly string[], options: PackOptions = {}): CompiledPack {
  const text = `forbear: policy/1
name: ${options.name ?? 'small'}
title: A small pack
jurisdiction: US
from: ${options.from ?? '2000-01-01'}
${options.until === undefined ? '' : `until: ${options.until}\n`}zones: [${options.zones ?? 'America/New_York'}]
${options.on === undefined ? '' : `on: [${options.on}]\n`}holidays: ${options.holidays ?? 'US'}
roles: [original-creditor, agency, debt-buyer, law-firm]
counting: { first: ${options.first ?? 'next-day'}, roll: false }
rules:
${rules.map((rule) => `  - { says: As it is., sources: [{ text: A law, checked: house, force: house }], ${rule} }`).join('\n')}
`;
  return compilePack(text, 'small.yaml', given);
}

export function packOf(rules: readonly string[], options: PackOptions = {}): Pack {
  const { pack, problems } = compiledOf(rules, options);
  if (pack === null) throw new Error(JSON.stringify(problems));
  return pack;
}

/** Asks packs as a request document would: what is not said of the request is that of an ordinary call. */
export function ask(
  packs: readonly Pack[],
  now: string,
  request = '',
  ledger: readonly string[] = [],
): PolicyAnswer {
  const check = checkOf(now, request, ledger);
  return decide(check.request, packs, indexLedger(check.ledger), check.now);
}

export function checkOf(now: string, request = '', ledger: readonly string[] = []): Check {
  const said = (key: string, value: string) =>
    new RegExp(`(^|[ {,])${key}:`).test(request) ? '' : `${key}: ${value}, `;
  const usual = [
    said('role', 'agency') + said('channel', 'call') + said('party', 'debtor') + said('purpose', 'collect'),
    said('account', 'A') + said('person', 'P') + said('endpoint', 'N') + said('zones', '[America/New_York]'),
    said('place', 'home'),
  ].join('');
  return readCheck(
    `forbear: policy-check/1
packs: [small]
now: ${now}
request: { ${usual}${request} }
ledger:${ledger.length === 0 ? ' []' : `\n${ledger.map((entry) => `  - { ${entry} }`).join('\n')}`}
`,
    'request.yaml',
  );
}

/** `defer 2026-03-11T15:00:00.000Z`, `block`, `allow`. */
export const short = ({ answer, until }: PolicyAnswer): string =>
  until === null ? answer : `${answer} ${until}`;

/** The rules that did not allow it. */
export const speaking = ({ rules }: PolicyAnswer): readonly string[] =>
  rules.filter(({ says }) => says !== 'allow').map(({ rule }) => rule);
