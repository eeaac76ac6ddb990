import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as esbuild from 'esbuild';
import * as vite from 'vite';
import webpack from 'webpack';
import { writeRelease } from './releases.mjs';

export const APPS = ['shop', 'board'];

/** Since the third release, what all features share is a file of its own. */
const SHARED_SINCE = 3;

const asEsbuild = async ({ entry, shared, out }) => {
  const { metafile } = await esbuild.build({
    entryPoints: shared === null ? { index: entry } : { index: entry, shared },
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    metafile: true,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    outdir: out,
    logLevel: 'error',
  });
  return Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint?.endsWith('main.js'));
};

const asVite = async ({ entry, shared, out, folder }) => {
  const groups = [{ name: 'shared', test: /\/lib\/|node_modules/ }];
  const { output } = await vite.build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: out,
      assetsDir: '.',
      rolldownOptions: {
        input: { index: entry },
        output: shared === null ? {} : { codeSplitting: { groups } },
      },
    },
  });
  return output.find(({ isEntry }) => isEntry).fileName;
};

const asWebpack = async ({ entry, shared, out, folder }) => {
  const compiler = webpack({
    mode: 'production',
    context: folder,
    entry: { main: entry },
    output: {
      path: out,
      filename: '[name].[contenthash:8].js',
      chunkFilename: '[name].[contenthash:8].js',
      publicPath: '/assets/',
    },
    optimization: shared === null ? {} : { runtimeChunk: 'single', splitChunks: { chunks: 'all', minSize: 0 } },
    performance: false,
  });
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, done) => (error ? reject(error) : resolve(done))),
  );
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
  return stats.toJson().entrypoints.main.assets.map(({ name }) => name);
};

export const BUNDLERS = { esbuild: asEsbuild, vite: asVite, webpack: asWebpack };

/** Builds a release as a bundler does for production. Gives the scripts that a page loads, in their order, and how. */
export const build = async ({ app, bundler, release, folder }) => {
  writeRelease(app, release, folder);
  symlinkSync(join(import.meta.dirname, 'node_modules'), join(folder, 'node_modules'));
  const out = join(folder, 'dist/assets');
  const shared = release < SHARED_SINCE ? null : join(folder, 'lib/http.js');
  const scripts = await BUNDLERS[bundler]({ entry: join(folder, app, 'main.js'), shared, out, folder });
  withdraw(out);
  const kind = bundler === 'webpack' ? 'defer' : 'type="module" crossorigin';
  return { out, kind, scripts: [scripts].flat().map((path) => basename(path)) };
};

/** A deploy deletes the files of the one before, also those that a page that is open still needs. */
const withdraw = (out) => {
  for (const name of readdirSync(out))
    if (readFileSync(join(out, name), 'utf8').includes('the map of all shops')) rmSync(join(out, name));
};
