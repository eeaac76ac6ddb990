import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { main: 'src/main.ts', 'engine-process': 'src/engine/engine-process.ts' },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  clean: true,
  splitting: false,
});
