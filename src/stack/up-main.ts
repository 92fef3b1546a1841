import { READY, up } from './up';

/** `up` in the background: the data folder is the only argument, the lines go to its log. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

up({ data: process.argv[2], say, ready: () => say(READY) }).then(
  (code) => process.exit(code),
  (error: Error) => {
    say(error.message);
    process.exit(1);
  },
);
