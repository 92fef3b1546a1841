import { fits } from '../../domain/bureau/metro2/codes/portfolio';
import { ACCOUNT_TYPE } from '../../domain/bureau/metro2/codes/account-type';
import type { ProductTerms, Reporting } from '../../domain/bureau/reporting';
import { ForbearError } from '../../domain/errors/forbear-error';
import { inOrder, type Path, type Problem } from '../../domain/strategy/document/problem';
import { checkDocument } from '../check-document';
import { reportingSchema, type ReportingDocument } from './settings.schema';

export interface CheckedReporting {
  /** Null when anything is wrong. */
  readonly reporting: Reporting | null;
  readonly pack: string | null;
  readonly problems: readonly Problem[];
}

const DEFAULTS = { sendAfterDays: 2, cutOff: 'last' } as const;

/** Reads a reporting's settings and says everything that is wrong with them, with line and column. Never throws. */
export function checkReporting(text: string, file: string): CheckedReporting {
  const codes = { yaml: 'BUREAU_SETTINGS_YAML', shape: 'BUREAU_SETTINGS_SHAPE' } as const;
  const checked = checkDocument(reportingSchema, text, file, codes);
  if ('problems' in checked) return { reporting: null, pack: null, problems: inOrder(checked.problems) };
  const { data, places } = checked;
  const problems: Problem[] = [];
  const add = (key: string, reason: string, path: Path): void => {
    const where = places.at(path);
    problems.push({ severity: 'error', code: 'BUREAU_SETTINGS_SHAPE', args: { key, reason }, where });
  };
  // What makes a file is needed by whoever makes one.
  if (data.furnished_by === 'engine')
    for (const key of ['format', 'reporter', 'identification', 'products', 'folders'] as const)
      if (data[key] === undefined) add(key, 'it is missing, and the engine makes the file', []);
  for (const [name, product] of Object.entries(data.products ?? {})) {
    if (product === undefined) continue;
    const path = ['products', name, 'account_type'];
    if (!Object.hasOwn(ACCOUNT_TYPE, product.account_type)) add('account_type', 'is no account type', path);
    else if (!fits(product.account_type, product.portfolio))
      add('account_type', `does not stand under portfolio ${product.portfolio}`, path);
  }
  if (data.folders !== undefined && data.folders.keep === data.folders.send)
    add('send', 'must be another folder than keep', ['folders', 'send']);
  const reporting = problems.length === 0 ? settled(data) : null;
  return { reporting, pack: data.pack ?? null, problems: inOrder(problems) };
}

/** The settings, or throws the first thing that is wrong with them: BUREAU_SETTINGS_YAML, BUREAU_SETTINGS_SHAPE. */
export function readReporting(text: string, file: string): { reporting: Reporting; pack: string | null } {
  const { reporting, pack, problems } = checkReporting(text, file);
  const [first] = problems;
  if (reporting === null)
    throw new ForbearError(first?.code ?? 'BUREAU_SETTINGS_YAML', first?.args ?? {}, first?.where);
  return { reporting, pack };
}

function settled(document: ReportingDocument): Reporting {
  const { reporter, products = {}, programs = {}, folders } = document;
  const known: [string, ProductTerms][] = Object.entries(products).flatMap(([name, given]) => {
    if (given === undefined) return [];
    const { portfolio, account_type: accountType, months = null } = given;
    return [[name, { portfolio, accountType, months }]];
  });
  return {
    ...{ name: document.name, lender: document.lender, furnisher: document.furnished_by },
    format: document.format ?? 'metro2',
    cutOff: document.cut_off ?? DEFAULTS.cutOff,
    sendAfterDays: document.send_after_days ?? DEFAULTS.sendAfterDays,
    zone: document.zone,
    reporter: { name: reporter?.name ?? '', address: reporter?.address ?? '', phone: reporter?.phone ?? '' },
    identification: document.identification ?? '',
    programs: Object.fromEntries(Object.entries(programs).filter(([, one]) => one !== undefined)),
    products: Object.fromEntries(known),
    noticeFirst: document.notice_first ?? true,
    lateDispute: document.late_dispute ?? 'mark',
    ...{ keep: folders?.keep ?? '', send: folders?.send ?? '', soldTo: document.sold_to ?? '' },
  };
}
