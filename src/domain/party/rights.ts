import { PARTY_ROLES, type PartyRole } from './roles';

/** What a party may be asked and told, as the house treats it. A rule pack may allow less, never more. */
export interface PartyRights {
  /** May be asked for payment, by whatever channel. */
  readonly asked: boolean;
  /** May be told that there is a debt, and how it stands. */
  readonly told: boolean;
  /** `all`: every notice of the account. `own`: those that a step addresses to the role. `none`: no notice at all. */
  readonly notices: 'all' | 'own' | 'none';
  /** Whose word is a promise; anybody else's is noted as that of a third party. */
  readonly promises: boolean;
  /** The debt itself is this party's: while one of them may be spoken to, the account goes on. */
  readonly debtor: boolean;
}

/**
 * By role. Only the person who owes, and a guarantor within law and contract, is collected from; a third party never
 * learns of a debt (regulation CN-P1, CN-P4). The holder of a supplementary card is a third party (ladders 1.1). An heir
 * answers with the estate only and is told by notice, not asked by message. A representative stands in the person's
 * place once the mandate was checked.
 */
export const PARTY_RIGHTS: Readonly<Record<PartyRole, PartyRights>> = {
  main: { asked: true, told: true, notices: 'all', promises: true, debtor: true },
  joint: { asked: true, told: true, notices: 'all', promises: true, debtor: true },
  guarantor: { asked: true, told: true, notices: 'own', promises: false, debtor: false },
  supplementary: { asked: false, told: false, notices: 'none', promises: false, debtor: false },
  heir: { asked: false, told: true, notices: 'own', promises: false, debtor: false },
  representative: { asked: true, told: true, notices: 'own', promises: true, debtor: false },
};

/** Roles that a step of that kind may be addressed to: what asks for money, or what tells. */
export function mayBeAddressed(role: PartyRole, kind: 'contact' | 'notice'): boolean {
  const { asked, told, notices } = PARTY_RIGHTS[role];
  return kind === 'contact' ? asked && told : told && notices !== 'none';
}

/** The roles that share the debt, the main one first. */
export const DEBTORS: readonly PartyRole[] = PARTY_ROLES.filter((role) => PARTY_RIGHTS[role].debtor);
