import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { LOADER } from '../engine/source-program.ts';

it.runIf(process.platform === 'linux')('no memory of the process, or of one it starts, is in a core dump', () => {
  const filter = "readFileSync('/proc/self/coredump_filter', 'utf8').trim()";
  const code = `
    import { execFileSync } from 'node:child_process';
    import { readFileSync } from 'node:fs';
    const { keepOutOfCoreDumps } = await import(${JSON.stringify(new URL('./core-dump.ts', import.meta.url).href)});
    keepOutOfCoreDumps();
    const child = execFileSync('/bin/sh', ['-c', 'cat /proc/self/coredump_filter'], { encoding: 'utf8' }).trim();
    process.stdout.write(${filter} + ' ' + child);`;
  const args = [...LOADER, '--input-type=module', '-e', code];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('00000000 00000000');
});
