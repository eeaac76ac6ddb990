import { readConfig } from '../config/config.ts';
import { shownHost } from '../sites/host-name.ts';
import type { Site } from '../sites/site.ts';
import { type Command, readArguments } from './command.ts';
import { operatorOf } from './control/client.ts';
import { answer, say } from './output.ts';
import { tableOf } from './table.ts';

/** `passerby site add` */
export const siteAdd: Command = {
  name: 'site add',
  takes: 'DOMAIN [--timezone Europe/Berlin] [--name NAME]',
  does: 'Adds a site to the collector that runs on DATA_DIR.',
  async run(args, env) {
    const { positionals, values } = readArguments(siteAdd, args, ['DOMAIN'], {
      timezone: { type: 'string' },
      name: { type: 'string' },
    });
    const site = await operatorOf(readConfig(env).DATA_DIR).ask<Site>(
      'POST',
      '/api/sites',
      { domain: positionals.DOMAIN, ...values },
      { domain: 'DOMAIN', timezone: '--timezone', name: '--name' },
    );
    say(`${shownHost(site.domain)} was added; its days are those of ${site.timezone}.`);
  },
};

/** `passerby site list` */
export const siteList: Command = {
  name: 'site list',
  takes: '',
  does: 'Lists the sites.',
  async run(args, env) {
    readArguments(siteList, args, [], {});
    const { sites } = await operatorOf(readConfig(env).DATA_DIR).ask<{ sites: Site[] }>('GET', '/api/sites');
    const rows = sites.map(({ domain, name, timezone }) => [shownHost(domain), name, timezone]);
    answer(rows.length === 0 ? 'There is no site yet.' : tableOf(['DOMAIN', 'NAME', 'TIME ZONE'], rows));
  },
};
