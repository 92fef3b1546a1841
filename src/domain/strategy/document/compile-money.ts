import { COMPONENTS } from '../../ledger/components';
import { GROUPS } from '../../ledger/order';
import { MONEY_RULES, type MoneyRules } from '../../ledger/rules';
import { present, type Compiling } from './compiling';

const PPM_OF_PERCENT = 10_000;

/** What the document says of money. A list that names not all, or one twice, is no order: it goes to `on.problem`. */
export function compileMoney(on: Compiling): MoneyRules | undefined {
  const { money } = on.document;
  if (money === undefined) return undefined;
  const wrong = (key: string, reason: string, ...path: (string | number)[]): void =>
    on.problem('STRATEGY_VALUE', { key, reason }, on.places.at(['money', 'order', ...path]));
  const allocation = money.order.map(({ from_dpd, components, through, groups }, index) => {
    const before = money.order[index - 1]?.from_dpd;
    if (before === undefined && from_dpd !== 0)
      wrong('from_dpd', 'the first band begins at 0', index, 'from_dpd');
    if (before !== undefined && from_dpd <= before)
      wrong('from_dpd', `it is not later than the band before it, ${before}`, index, 'from_dpd');
    if (!isWhole(components, COMPONENTS))
      wrong('components', `it names not each once of ${COMPONENTS.join(', ')}`, index, 'components');
    if (groups !== undefined && !isWhole(groups, GROUPS))
      wrong('groups', `it names not each once of ${GROUPS.join(', ')}`, index, 'groups');
    return {
      fromDpd: from_dpd,
      order: components,
      through: through === 'part' ? ('by-part' as const) : ('by-component' as const),
      ...present({ groups }),
    };
  });
  const ppm = (percent: number | undefined): number | undefined =>
    percent === undefined ? undefined : Math.round(percent * PPM_OF_PERCENT);
  return {
    allocation,
    ahead: money.ahead ?? MONEY_RULES.ahead,
    ...present({ capRate: ppm(money.cap), capShare: ppm(money.cap_in_all), atWriteOff: money.at_write_off }),
  };
}

function isWhole(named: readonly string[], all: readonly string[]): boolean {
  return named.length === all.length && all.every((one) => named.includes(one));
}
