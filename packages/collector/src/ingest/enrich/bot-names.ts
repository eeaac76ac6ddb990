/**
 * Patterns of isbot that also fit what people use: words in the names of apps and phones, and signs in their agents. An
 * agent that one of them fits is looked at twice, see `bot.ts`.
 */
export const COMMON_PATTERNS: readonly string[] = [
  ...['(?:^|[^g])news(?!sapphire)', '(?<! channel/|google/)google(?!(?:wv|app|/google| pixel))', '(?<!cam)scan'],
  ...[';\\s\\w+;$', '@[a-z][\\w-]+\\.', '\\(\\)', '\\.com\\b', '\\b\\w+/1\\.0;', '\\|'],
  ...[' daum[ /]', '\\bbw/', '\\bdlc\\b', '\\bort/', '\\btime/', 'mail\\.ru/'],
  ...['^\\w*search\\b', '^active', '^client/', '^custom', '^discourse', '^dispatch/\\d', '^downcast/', '^duckduckgo'],
  ...['^ddg[_-]android', '^email', '^facebook', '^hobbit', '^navermailapp', '^offline', '^rank', '^read', '^reed'],
  ...['^rest', '^rss', '^snapchat', '^sora ', '^taringa', '^track', '^whatsapp', '^yahoo', '^yandex'],
  ...['abuse', 'advisor', 'agent\\b', 'analyzer', 'archive', 'audit', 'capture', 'catch', 'check\\b', 'checker'],
  ...['classifier', 'detect', 'discovery', 'download', 'feed', 'grab', 'insight', 'inspect', 'java(?!;)', 'library'],
  ...['measure', 'monitor\\b', 'node\\b', 'optimize', 'parser', 'proxy', 'radar', 'retriever', 'rigor', 'rss\\b'],
  ...['server', 'sogou', 'splash', 'synapse', 'tools', 'torrent', 'transcoder', 'url', 'validator', 'virtuoso'],
];

/**
 * What isbot does not know: browsers that are driven by a program, and so run the script. They watch sites, take pictures
 * of pages, try them out, look for holes, fetch for an assistant, or stand in for a browser. Patterns as isbot's.
 */
export const TOOL_PATTERNS: readonly string[] = [
  // No browser of today calls itself compatible, but for old ones that still say what they are.
  'compatible;(?! ?(?:msie|konqueror|u;|windows|macintosh|linux|x11|android|symbian|hbbtv|omniweb|icab|dillo|netfront|ibrowse|abrowse))',
  // Somebody's assistant: `Amzn-User/0.1`, `Claude-User/1.0`.
  '-user/\\d',
  // Speed and uptime.
  ...['pinger\\b', 'uptime', 'newrelic', 'uptrends', 'checkly', 'dynatrace', 'thousandeyes', 'appdynamics'],
  ...['gtmetrix', 'debugbear', 'freshping', 'hyperping', 'pulsetic', 'alertra', 'alertsite', 'monitis', '\\bapica\\b'],
  ...[
    'updown\\.io',
    'better ?stack',
    'ohdear',
    'sitespeed\\.io',
    'browsertime',
    'webpage-?test',
    '\\bylt\\b',
    'yellow ?lab',
  ],
  ...[
    '\\bhlb/',
    '360jk',
    'yunjiankong',
    'turingos',
    'solarwinds',
    'zabbix',
    'nagios',
    'paessler',
    '\\bk6\\b',
    'gomezagent',
  ],
  // Pictures and copies of pages.
  ...['screen-?shot', 'web-?shot', 'browshot', 'page2images', 'thum\\.io', 'miniature\\.io', 'apiflash', 'stillio'],
  ...['wkhtmlto', 'prerender', 'rendertron', 'pagefreezer', 'visualping', 'changetower', 'versionista', 'wachete'],
  // Tests and automation.
  ...['percy/', 'applitools', 'chromatic\\b', 'browserstack', 'saucelabs', 'lambdatest', 'testcafe', '\\btestim\\b'],
  ...[
    '\\bmabl\\b',
    'katalon',
    'ranorex',
    'qa-?wolf',
    'puppeteer',
    'webdriver',
    '\\bwatir\\b',
    'nightmare/',
    'testing ?bot',
  ],
  ...[
    'browserless',
    'browserbase',
    'stagehand',
    'hyperbrowser',
    'skyvern',
    'browser-?use\\b',
    'agent-?core',
    '\\bdevin(?:/|\\.ai)',
    'octoparse',
    'parsehub',
    '\\bimacros\\b',
  ],
  // Browsers that are no more than a program's.
  ...['happy-?dom', 'jsdom', 'slimerjs', 'casperjs', 'htmlunit', 'zombie\\.js', 'lightpanda', 'powershell'],
  // Holes, and links in mails.
  ...[
    'acunetix',
    'assetnote',
    'netsparker',
    'invicti',
    'nessus',
    '\\bnikto\\b',
    'qualys',
    'sqlmap',
    '\\bw3af\\b',
    'owasp',
  ],
  ...[
    '\\d zap\\b',
    'burp ?suite',
    'arachni',
    'wapiti',
    'skipfish',
    'nuclei\\b',
    'tenable',
    'rapid7',
    'stackhawk',
    'probely',
  ],
  ...[
    'sucuri',
    'shodan',
    'securitytrails',
    'upguard',
    'phishtank',
    'safelinks',
    'proofpoint',
    'mimecast',
    'virustotal',
  ],
  // What sites are worth to search engines and to all their readers.
  ...[
    'site-?improve',
    'monsido',
    'pa11y',
    '\\baxe-core\\b',
    'screaming ?frog',
    'sitebulb',
    'contentking',
    'jetoctopus',
  ],
  ...['sistrix', 'builtwith', 'netcraft', 'woorank', 'seobility', 'semrush', 'ahrefs', 'seokicks', 'adbeat', '-agent$'],
];
