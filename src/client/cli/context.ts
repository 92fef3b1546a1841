import { readFileSync, writeFileSync, type WriteFileOptions } from 'node:fs';
import type { Command } from 'commander';
import { fail } from '../../domain/errors/forbear-error';
import { parseMoney } from '../../domain/read-money';
import type { Currency, Minor } from '../../domain/units';
import type { AccountRow } from '../../book/accounts';
import { openClient, type ForbearClient } from '../client';
import { findStack } from './find-stack';
import { EXIT } from './exit';

/** Where a command writes, and what it reads of the process: tests hand in their own. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly isTTY: boolean;
  readonly env: NodeJS.ProcessEnv;
}

export interface CommonOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** What every command gets: the terminal, the client when it needs one, and the exit code that it may set. */
export class Context {
  /** One of EXIT, or 128 and the number of the signal that ended the command. */
  exitCode: number = EXIT.ok;

  constructor(readonly terminal: Terminal) {}

  /** Says the answer: the value as JSON with `--json`, else the text. */
  answer(options: CommonOptions, value: unknown, text: () => string): void {
    this.terminal.out(options.json === true ? JSON.stringify(value, null, 2) : text());
  }

  refuse(): void {
    this.exitCode = EXIT.refused;
  }

  /** Opens the client of the stack that the options name, and closes it whatever happens. */
  async withClient<T>(options: CommonOptions, work: (client: ForbearClient) => Promise<T>): Promise<T> {
    const client = await openClient(findStack(options.data, this.terminal.env));
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }

  withAccount<T>(
    options: CommonOptions,
    account: string,
    work: (client: ForbearClient, account: AccountRow) => Promise<T>,
  ): Promise<T> {
    return this.withClient(options, async (client) => work(client, await client.find(account)));
  }
}

/** A decimal amount in the account's currency, more than zero. */
export function amountOf(text: string, currency: Currency): Minor {
  const amount = parseMoney(text, currency);
  return amount > 0 ? amount : fail('OPTION_WRONG', { option: 'amount', wanted: 'more than zero' });
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return fail('FILE_UNREADABLE', { file, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
}

/** Writes a file that somebody named. FILE_UNWRITABLE. */
export function writeNamed(file: string, content: string | Buffer, options: WriteFileOptions = {}): void {
  try {
    writeFileSync(file, content, options);
  } catch (error) {
    fail('FILE_UNWRITABLE', { file, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
}

/** `--data` and `--json`, which most commands have, and examples below the help. */
export function common(command: Command, examples: readonly string[]): Command {
  return withExamples(command, examples)
    .option('--data <folder>', 'data folder of the stack (.forbear/up, or FORBEAR_DATA)')
    .option('--json', 'answer as JSON, for programs');
}

export function withExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText(
    'after',
    `\nExamples:\n${examples.map((line) => `  $ forbear ${line}`).join('\n')}`,
  );
}
