import { readFileSync } from 'node:fs';

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
