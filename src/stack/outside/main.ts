import { parseArgs } from 'node:util';
import { startOutside } from './outside';

/**
 * The outside as a process of its own: `main --folder DIR [--smtp-port N] [--smpp-port N] [--http-port N]`.
 * Prints `{"smtpPort":…,"smppPort":…,"httpPort":…}` on one line when it is ready; ends on SIGTERM and SIGINT.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      'smtp-port': { type: 'string', default: '0' },
      'smpp-port': { type: 'string', default: '0' },
      'http-port': { type: 'string', default: '0' },
    },
  });
  if (!values.folder) throw new Error('--folder is missing');
  const outside = await startOutside({
    folder: values.folder,
    smtpPort: Number(values['smtp-port']),
    smppPort: Number(values['smpp-port']),
    httpPort: Number(values['http-port']),
  });
  const { smtpPort, smppPort, httpPort } = outside;
  process.stdout.write(JSON.stringify({ smtpPort, smppPort, httpPort }) + '\n');
  const end = (): void => {
    outside.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

main().catch((error: Error) => {
  process.stderr.write(error.message + '\n');
  process.exitCode = 1;
});
