const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * npm writes only those platform packages into the lock file that it could see when it ran (npm/cli issue 4828), and
 * `npm ci` then refuses the file on every machine. This adds the missing ones, by the exact versions that their
 * parents name. Run it after each `npm install`: `npm run lock`.
 */
const file = join(__dirname, '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const SYSTEMS = [
  'darwin',
  'linux',
  'win32',
  'freebsd',
  'android',
  'openharmony',
  'windows',
  'aix',
  'openbsd',
  'netbsd',
  'sunos',
];
const PROCESSORS = [
  'x64',
  'arm64',
  'arm',
  'ia32',
  'ppc64',
  'riscv64',
  's390x',
  'loong64',
  'wasm32',
  'mips64el',
];

/** Where a package would be found from a folder of the lock file, or null. */
function find(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (lock.packages[path]) return path;
    if (folder === '') return null;
  }
}

function platform(name) {
  const words = name.split('/').at(-1).split('-');
  const system = words.find((word) => SYSTEMS.includes(word));
  const processor = words
    .map((word) => (word === 'aarch64' ? 'arm64' : word))
    .find((word) => PROCESSORS.includes(word));
  return {
    ...(processor ? { cpu: [processor] } : {}),
    ...(system ? { os: [system === 'windows' ? 'win32' : system] } : {}),
  };
}

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (find(path, name) !== null) continue;
    const at = `node_modules/${name}`;
    lock.packages[at] = { version: version.replace(/^[\^~]/, ''), optional: true, ...platform(name) };
    if (entry.dev) lock.packages[at].dev = true;
    added += 1;
  }
}
const root = lock.packages[''];
delete lock.packages[''];
lock.packages = {
  '': root,
  ...Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} platform packages added to the lock file`);
