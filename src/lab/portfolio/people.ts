import type { Zone } from '../../domain/units';
import type { Random } from './random';

/** Somebody made up: no such person, number, address. */
export interface MadeUpPerson {
  readonly name: string;
  readonly language: 'zh' | 'en';
  readonly zone: Zone;
  readonly phone: string;
  readonly email: string | null;
  readonly address: string | null;
}

const FAMILY = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '黄',
  '赵',
  '吴',
  '周',
  '徐',
  '孙',
  '马',
  '朱',
  '胡',
  '林',
] as const;
const GIVEN = [
  '明',
  '芳',
  '伟',
  '秀英',
  '建国',
  '丽',
  '强',
  '静',
  '磊',
  '雪梅',
  '志远',
  '小燕',
  '海涛',
  '晓东',
] as const;
const FAMILY_EN = [
  'Wang',
  'Li',
  'Zhang',
  'Chan',
  'Wong',
  'Lam',
  'Ho',
  'Ng',
  'Cheung',
  'Lau',
  'Novak',
] as const;
const GIVEN_EN = [
  'Amy',
  'Ben',
  'Carol',
  'David',
  'Elsa',
  'Frank',
  'Grace',
  'Henry',
  'Iris',
  'Jason',
] as const;
const STREETS = ['幸福路', '人民路', '春风街', '和平里', '学院路', '江滨道'] as const;

/** The person of one account. `place` is the account's number in the book, from 0. */
export function madeUpPerson(random: Random, place: number): MadeUpPerson {
  const english = random.chance(0.2);
  const family = english ? random.pick(FAMILY_EN) : random.pick(FAMILY);
  const given = english ? random.pick(GIVEN_EN) : random.pick(GIVEN);
  const zones = [
    ['Asia/Shanghai', 92],
    ['Asia/Urumqi', 5],
    ['Asia/Hong_Kong', 3],
  ] as const;
  const email = random.chance(0.75) ? `person${place + 1}@example.com` : null;
  const address = random.chance(0.85) ? `示例市${random.pick(STREETS)}${random.whole(1, 199)}号` : null;
  return {
    name: english ? `${given} ${family}` : `${family}${given}`,
    language: english ? 'en' : 'zh',
    zone: random.weighted(zones),
    phone: phone(place),
    email,
    address,
  };
}

const AREAS = [
  202, 206, 212, 214, 303, 305, 312, 313, 404, 415, 503, 512, 602, 617, 702, 713, 801, 816, 901, 916,
] as const;

/**
 * China keeps no numbers for fiction. North America does, in every area: 555-0100 to 555-0199, never assigned, so that
 * a message sent by mistake reaches nobody. Beyond 2,000 people they repeat.
 */
function phone(place: number): string {
  const area = AREAS[Math.floor(place / 100) % AREAS.length] ?? AREAS[0];
  return `+1${area}55501${String(place % 100).padStart(2, '0')}`;
}
