import jsep from 'jsep';
import { FACT_FAMILIES, FACTS, type FactMeaning } from '../facts.catalogue';
import type { Condition, Test } from '../strategy';
import type { Currency, Scalar } from '../../units';
import type { ErrorCode } from '../../errors/catalogue';
import type { ErrorArgs } from '../../errors/forbear-error';
import { amountOf } from './amount';

// Words for people instead of a programmer's signs, and names with hyphens; there is no arithmetic in a condition.
jsep.removeAllBinaryOps();
jsep.removeAllUnaryOps();
for (const op of ['<', '<=', '>', '>=', '=', '!=', 'in']) jsep.addBinaryOp(op, 6);
jsep.addBinaryOp('and', 2);
jsep.addBinaryOp('or', 1);
jsep.addUnaryOp('not');
jsep.addIdentifierChar('-');

/** What a condition may speak of: the host's facts that the document declares, and the money it is in. */
export interface Vocabulary {
  readonly declared: Readonly<Record<string, FactMeaning['type']>>;
  readonly currency: Currency;
}

export type Parsed =
  | { readonly condition: Condition }
  | { readonly code: ErrorCode; readonly args: ErrorArgs; readonly offset: number };

class Unreadable extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly args: ErrorArgs,
    /** What to look for in the text, to say where it stands. */
    readonly token: string,
  ) {
    super(code);
  }
}

type Node = jsep.Expression;
type Op = Test['op'];

/** Reads `past_due >= 100 and not autopay` into the tree that the engine evaluates. Never throws. */
export function parseCondition(text: string, vocabulary: Vocabulary): Parsed {
  try {
    return { condition: conditionOf(jsep(text), vocabulary) };
  } catch (error) {
    if (error instanceof Unreadable) {
      const offset = Math.max(0, text.indexOf(error.token));
      return { code: error.code, args: error.args, offset };
    }
    const { description, index } = error as { description?: string; index?: number };
    return {
      code: 'STRATEGY_CONDITION',
      args: { reason: description ?? 'it is not a condition' },
      offset: index ?? 0,
    };
  }
}

function conditionOf(node: Node, words: Vocabulary): Condition {
  if (node.type === 'BinaryExpression') {
    const { operator, left, right } = node as jsep.BinaryExpression;
    if (operator === 'and') return { all: parts('and', node).map((part) => conditionOf(part, words)) };
    if (operator === 'or') return { any: parts('or', node).map((part) => conditionOf(part, words)) };
    return testOf(left, operator as Op, right, words);
  }
  if (node.type === 'UnaryExpression') {
    return { not: conditionOf((node as jsep.UnaryExpression).argument, words) };
  }
  const name = nameOf(node);
  if (name === null) throw unreadable('two tests without and, or, not between them', textOf(node));
  const fact = meaningOf(name, words);
  if (fact.type !== 'flag') {
    throw new Unreadable('STRATEGY_FACT_TYPE', { fact: name, type: fact.type, value: 'nothing' }, name);
  }
  return { fact: name, op: '=', value: true };
}

/** `a and b and c` as one list. */
function parts(operator: string, node: Node): Node[] {
  if (node.type !== 'BinaryExpression' || (node as jsep.BinaryExpression).operator !== operator)
    return [node];
  const { left, right } = node as jsep.BinaryExpression;
  return [...parts(operator, left), ...parts(operator, right)];
}

function testOf(left: Node, op: Op, right: Node, words: Vocabulary): Condition {
  const name = nameOf(left);
  if (name === null) throw unreadable('a test begins with the name of a fact', textOf(left));
  const fact = meaningOf(name, words);
  if (op === 'in') {
    if (right.type !== 'ArrayExpression') throw unreadable('"in" wants a list such as [H, M]', 'in');
    const elements = (right as jsep.ArrayExpression).elements.filter((element) => element !== null);
    return { fact: name, op, value: elements.map((element) => valueOf(element, name, fact, words)) };
  }
  const value = valueOf(right, name, fact, words);
  if (typeof value !== 'number' && op !== '=' && op !== '!=') {
    throw new Unreadable(
      'STRATEGY_FACT_TYPE',
      { fact: name, type: fact.type, value: `${op} ${String(value)}` },
      name,
    );
  }
  return { fact: name, op, value };
}

function valueOf(node: Node, name: string, fact: FactMeaning, words: Vocabulary): Scalar {
  const written = node.type === 'Literal' ? (node as jsep.Literal) : null;
  const value = written ? written.value : nameOf(node);
  const wrong = (): Unreadable =>
    new Unreadable('STRATEGY_FACT_TYPE', { fact: name, type: fact.type, value: textOf(node) }, textOf(node));
  if (fact.type === 'text') {
    if (typeof value === 'string') return value;
    throw wrong();
  }
  if (fact.type === 'flag') {
    if (typeof value === 'boolean') return value;
    throw wrong();
  }
  if (typeof value !== 'number' || written === null) throw wrong();
  if (fact.type !== 'money') return value;
  const amount = amountOf(written.raw, words.currency);
  if (typeof amount === 'number') return amount;
  throw new Unreadable(
    'STRATEGY_AMOUNT',
    { text: written.raw, currency: words.currency, reason: amount.reason },
    written.raw,
  );
}

function meaningOf(name: string, { declared }: Vocabulary): FactMeaning {
  // A word such as `constructor` is no fact, although every object answers to it.
  const known = own(FACTS, name);
  if (known !== undefined) return known;
  const dot = name.indexOf('.');
  const family = dot < 0 ? '' : name.slice(0, dot);
  const rest = name.slice(dot + 1);
  const type = family === 'facts' ? own(declared, rest) : undefined;
  if (type !== undefined) return { type, means: 'sent by the host' };
  const kin = own(FACT_FAMILIES, family);
  if (kin !== undefined && rest !== '') return kin;
  const near = [...Object.keys(FACTS), ...Object.keys(declared).map((key) => `facts.${key}`)].find((key) =>
    alike(key, name),
  );
  throw new Unreadable(
    'STRATEGY_FACT_UNKNOWN',
    { fact: name, nearest: near ? ` Did you mean ${near}?` : '' },
    name,
  );
}

function own<T>(from: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(from, key) ? from[key] : undefined;
}

function alike(a: string, b: string): boolean {
  const last = (name: string): string =>
    name
      .slice(name.indexOf('.') + 1)
      .replace(/[^a-z0-9]/gi, '')
      .toLowerCase();
  return (
    last(a) === last(b) ||
    (last(b).length > 3 && (last(a).startsWith(last(b)) || last(b).startsWith(last(a))))
  );
}

/** A dotted name, or null when the node is something else. */
function nameOf(node: Node): string | null {
  if (node.type === 'Identifier') return (node as jsep.Identifier).name;
  if (node.type !== 'MemberExpression' || (node as jsep.MemberExpression).computed) return null;
  const { object, property } = node as jsep.MemberExpression;
  const left = nameOf(object);
  const right = nameOf(property);
  return left === null || right === null ? null : `${left}.${right}`;
}

function textOf(node: Node): string {
  return node.type === 'Literal' ? (node as jsep.Literal).raw : (nameOf(node) ?? '');
}

function unreadable(reason: string, token: string): Unreadable {
  return new Unreadable('STRATEGY_CONDITION', { reason }, token);
}
