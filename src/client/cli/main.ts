import { setFlagsFromString } from 'node:v8';
import { run } from './program';

// V8 lets garbage pile up while there is memory. A portfolio of any size is to be read in little (a million rows:
// less than half the memory for a quarter more time), and this must be said before the heap has grown.
if (process.argv[2] === 'enrol') setFlagsFromString('--optimize-for-size');

// A reader such as `head` that has seen enough is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

void run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  isTTY: process.stderr.isTTY,
  env: process.env,
}).then((code) => {
  process.exitCode = code;
});
