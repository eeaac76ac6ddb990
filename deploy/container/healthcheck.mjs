/** Ends with 0 if the collector of this container answers, else with 1. */
const { PORT: port, HOST: host } = process.env;

const isAnyAddress = !host || host === '0.0.0.0' || host === '::';
const name = host?.includes(':') ? `[${host}]` : host;
const url = `http://${isAnyAddress ? '127.0.0.1' : name}:${port || 4321}/healthz`;
const answer = await fetch(url).catch(() => null);
process.exitCode = answer?.ok ? 0 : 1;
