import { expect, it, vi } from 'vitest';
import { backup } from './backup.ts';
import type { Parts } from './parts.ts';

it('is not written to a terminal', async () => {
  vi.spyOn(process, 'stdout', 'get').mockReturnValue({ isTTY: true } as never);
  const running = backup.run(['-'], { DATA_DIR: '/nowhere' }, {} as Parts);
  vi.restoreAllMocks();
  await expect(running).rejects.toMatchObject({
    message: 'FILE: the standard output is a terminal: send it into a file or a program.',
    failure: { kind: 'usage', field: 'FILE' },
  });
});
