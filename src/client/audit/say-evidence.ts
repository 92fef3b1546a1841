import type { EvidenceRow } from '../../book/evidence/read';

/** A link in words: what was asked or happened, what came of it, and on what it was decided. */
export interface Said {
  readonly what: string;
  readonly came: string;
  readonly because: string;
}

type Body = EvidenceRow['body'];

export function sayEvidence({ kind, body }: Pick<EvidenceRow, 'kind' | 'body'>): Said {
  switch (kind) {
    case 'gate':
      return {
        what: `may ${text(body, 'step')} go out by ${text(body, 'channel')}?`,
        came: answer(body),
        because: [text(body, 'rule'), law(body['law']), known(body['known'])]
          .filter((part) => part !== '')
          .join('; '),
      };
    case 'settled':
      return { what: `contact ${text(body, 'attempt')} ended`, came: text(body, 'outcome'), because: '' };
    case 'delivered':
      return {
        what: `receipt for contact ${text(body, 'attempt')}`,
        came: text(body, 'delivery'),
        because: '',
      };
    case 'erased':
      return {
        what: 'who the person is was erased',
        came: `by ${text(body, 'by')} as ${text(body, 'role')}`,
        because: text(body, 'why'),
      };
    case 'action':
      return {
        what: `may it ${text(body, 'action')} ${text(body, 'about')}`.trim() + '?',
        came: body['may'] === true ? 'allowed' : text(body, 'answer'),
        because: [
          `${text(body, 'rule')} ${text(body, 'why')}`.trim(),
          law(body['law']),
          text(body, 'vouchedBy') === '' ? '' : `vouched for by ${text(body, 'vouchedBy')}`,
        ]
          .filter((part) => part !== '')
          .join('; '),
      };
    case 'told':
      return {
        what: `${text(body, 'event')} ${text(body, 'about')}`.trim(),
        came: text(body, 'says'),
        because: by(text(body, 'by')),
      };
    case 'consent':
      return {
        what: `consent for ${text(body, 'channel')}`,
        came: text(body, 'says'),
        because: by(text(body, 'by')),
      };
  }
}

function answer(body: Body): string {
  const contact = text(body, 'attempt');
  switch (body['answer']) {
    case 'allow':
      return `allowed as contact ${contact}`;
    case 'spoken':
      return `said already by contact ${contact}`;
    case 'defer':
      return `deferred until ${text(body, 'until')}`;
    default:
      return text(body, 'answer');
  }
}

/** The facts that the answer rests on; amounts in minor units, as they were compared. */
function known(facts: unknown): string {
  if (facts === null || typeof facts !== 'object') return '';
  const { pastDue, attempts, holds, zone, seq } = facts as Readonly<Record<string, unknown>>;
  const held = Array.isArray(holds) && holds.length > 0 ? `held by ${holds.join(', ')}` : 'no hold';
  return `${String(pastDue)} past due, ${String(attempts)} contacts counted, ${held}, zone ${String(zone ?? 'unknown')}, journal to ${String(seq)}`;
}

/** The packs that were asked, and the rules of theirs that did not simply allow it. */
function law(said: unknown): string {
  if (said === null || typeof said !== 'object') return '';
  const { packs = [], spoke = [], allowed = [], missing = [] } = said as Partial<LawSaid>;
  if (missing.length > 0) return `no pack ${missing.join(', ')} is published`;
  const asked = packs.map(({ pack, version }) => `${pack}@${version.slice(0, 12)}`).join(', ');
  const spoken = spoke.map(({ rule, says, why }) => `${rule} ${says}${why === null ? '' : ` (${why})`}`);
  return [
    `packs ${asked === '' ? 'none' : asked}`,
    ...spoken,
    `${String(allowed.length)} rules allow it`,
  ].join(', ');
}
interface LawSaid {
  readonly packs: readonly { readonly pack: string; readonly version: string }[];
  readonly spoke: readonly { readonly rule: string; readonly says: string; readonly why: string | null }[];
  readonly allowed: readonly string[];
  readonly missing: readonly string[];
}

const by = (who: string): string => (who === '' ? '' : `said by ${who}`);

function text(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}
