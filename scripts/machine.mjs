/** What must be so before anything of Passerby runs: from the repository, and from the npm package, which has this file. */

/** Ends with one clear sentence. */
export const giveUp = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

/** Refuses what cannot work before anything is downloaded. */
export const checkMachine = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    giveUp(`Passerby needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  const supported = ['linux x64', 'linux arm64', 'darwin x64', 'darwin arm64'];
  if (!supported.includes(`${process.platform} ${process.arch}`) && !process.env.CLICKHOUSE_URL)
    giveUp(
      `The embedded engine does not run on ${process.platform} ${process.arch}: use Linux or macOS, or name a ClickHouse server in CLICKHOUSE_URL.`,
    );
};
