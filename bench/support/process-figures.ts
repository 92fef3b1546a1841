import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of processor time that a process has used; 0 where there is nothing to read. Linux counts in hundredths. */
export function cpuOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const cells = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(cells[11]) + Number(cells[12])) / 100;
  } catch {
    return 0;
  }
}

/** The kernel's own high-water mark of a process's memory, in KB; 0 where there is none to read. */
export function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** The same of a process and of all that it has begun and that still run, such as a database server's own. */
export function cpuWithChildren(pid: number): number {
  try {
    const children = readdirSync('/proc').filter((one) => /^\d+$/.test(one) && parentOf(one) === pid);
    return children.reduce((sum, child) => sum + cpuWithChildren(Number(child)), cpuOf(pid));
  } catch {
    return 0;
  }
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}
