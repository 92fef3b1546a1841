import { step } from './step';

/**
 * The locks of a reservation in one call: the shared one of the switches, the person, the accounts, the person's chain,
 * in the order in which everybody takes them. Each statement of it sees what was there when the one before it had its
 * lock. Beside them what the gate reads first: the clock, and which packs are published.
 */
export const gateAtOnce = step(
  `create function lock_for_contact(of_account text, addressee text, switch_lock bigint) returns json
  language plpgsql as $$
  declare
    whose text;
    person json;
    its json;
    chain json;
  begin
    perform pg_advisory_xact_lock_shared(switch_lock);
    select p.ref, to_json(p) into whose, person from people p
      where p.ref = coalesce(addressee, (select a.person from accounts a where a.ref = of_account))
      for no key update;
    select json_agg(to_json(r) order by r.ref) into its from (
      select a.* from accounts a
      where a.ref = of_account or (addressee is null and a.person = whose and a.status = 'open')
      order by a.ref for no key update) r;
    select json_build_object('id', c.id, 'length', c.length, 'head', c.head) into chain from chains c
      where c.person = whose for no key update;
    return json_build_object(
      'person', person, 'accounts', its, 'chain', chain,
      'clock', (select to_json(k) from clock k where k.id = 1),
      'packs', (select json_agg(json_build_array(hash, name, version, effective, published_at) order by name, version)::text
        from policy_packs),
      'now', clock_timestamp());
  end $$`,
  `create index journal_outcomes on journal (account, at) where kind in ('contact-outcome', 'visit-outcome')`,
  'create index attempts_first on attempts (person, account, at)',
  `create index receipts_waiting on receipts (channel, (ltrim(lower(carrier_id), '0'))) where attempt is null`,
);
