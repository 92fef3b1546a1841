/** What a person is to an account. Every account has one main party, the person who owes first. */
export const PARTY_ROLES = ['main', 'joint', 'guarantor', 'supplementary', 'heir', 'representative'] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

export function isPartyRole(text: string): text is PartyRole {
  return PARTY_ROLES.some((role) => role === text);
}
