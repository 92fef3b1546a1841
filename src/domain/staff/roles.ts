/** What somebody is in collections. A person may be several. */
export const ROLES = [
  'collector',
  'senior',
  'team-leader',
  'field',
  'counsel',
  'operator',
  'strategist',
  'compliance',
  'head',
  'committee',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * What needs a member of staff, and of which role. Stopping is not among it: whoever sees that something goes wrong
 * may stop it. [practice; which roles is an assumption]
 */
export const RIGHTS = {
  /** Asks that a stop is opened again. */
  'ask-open': ['operator', 'team-leader', 'strategist', 'compliance', 'head'],
  /** Opens it, as the second person. */
  open: ['compliance', 'head'],
  /** Says how much is an unusual volume. */
  'volume-rules': ['compliance', 'head'],
  /** Offers a plan, a settlement, a waiver or relief, and decides about one: which, the authority matrix says. */
  offer: ['committee', 'head', 'team-leader', 'senior', 'collector'],
  /** Says how much a role may give up a month. */
  'role-budget': ['compliance', 'head'],
  /** Adds a member of staff, confirms one, or lets one go. */
  staff: ['compliance', 'head'],
  /** Takes out of the book who somebody is. */
  erase: ['compliance', 'head'],
  /** Owns people: all calls, promises and replies of a person go to that one. */
  own: ['collector', 'senior', 'team-leader'],
  /** Gives a person to another owner, or says that somebody is away. */
  'hand-over': ['team-leader', 'head'],
  /** Sets a hold that is the lender's own decision; what protects somebody anybody may set. */
  hold: ['operator', 'senior', 'team-leader', 'counsel', 'compliance', 'head'],
  /** Sets a hold that a court or a suit brings. */
  'hold-law': ['counsel', 'compliance', 'head'],
  /** Lifts a hold that is not of weight. */
  release: ['operator', 'senior', 'team-leader', 'counsel', 'compliance', 'head'],
  /** Asks that a hold of weight is lifted. */
  'ask-release': ['senior', 'team-leader', 'counsel', 'compliance', 'head'],
  /** Lifts it, as the second person. */
  'release-weighty': ['team-leader', 'compliance', 'head'],
  /** The same of what a court brought. */
  'release-law': ['counsel', 'compliance', 'head'],
  /** Decides that a dispute is looked at again, or that a complaint of the same matter rests contact again. */
  again: ['senior', 'team-leader', 'compliance', 'head'],
  /** Ends an agreement that runs, or asks for it. */
  'end-agreement': ['senior', 'team-leader', 'head', 'committee'],
  /** Ends one of weight, as the second person. */
  'end-agreement-weighty': ['team-leader', 'head', 'committee'],
} as const satisfies Record<string, readonly Role[]>;
export type Right = keyof typeof RIGHTS;

/** The role by which somebody of these roles may do it, or null. */
export function mayBy(roles: readonly Role[], right: Right): Role | null {
  return RIGHTS[right].find((role) => roles.includes(role)) ?? null;
}
