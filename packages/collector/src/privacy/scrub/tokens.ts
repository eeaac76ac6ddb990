/** Shapes of tokens that their makers publish so that leaked ones can be found; the makers in alphabetical order. */
const SHAPES = {
  Anthropic: /sk-ant-[\w-]{20,}/,
  Atlassian: /ATATT3[\w=-]{20,}/,
  AWS: /(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{16}/,
  Databricks: /dapi[a-f0-9]{32}/,
  DigitalOcean: /do[opr]_v1_[a-f0-9]{64}/,
  Discord: /[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,38}/,
  Doppler: /dp\.(?:pt|st|sa|ct)\.[A-Za-z0-9]{40,}/,
  Facebook: /EAA[A-Za-z0-9]{30,}/,
  Figma: /figd_[\w-]{20,}/,
  GitHub: /gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_\w{22,}/,
  GitLab: /gl(?:pat|ptt|dt|rt|cbt)-[\w-]{20,}/,
  Google: /AIza[\w-]{35}|ya29\.[\w.-]{20,}|GOCSPX-[\w-]{20,}/,
  Grafana: /gl(?:sa|c)_[\w+/=]{20,}/,
  HashiCorp: /hv[bsr]\.[\w-]{20,}/,
  'Hugging Face': /hf_[A-Za-z0-9]{30,}/,
  Linear: /lin_api_[A-Za-z0-9]{30,}/,
  Mailchimp: /[a-f0-9]{32}-us\d{1,2}/,
  Mailgun: /key-[a-f0-9]{32}/,
  'New Relic': /NRAK-[A-Z0-9]{27}/,
  Notion: /(?:secret|ntn)_[A-Za-z0-9]{40,}/,
  npm: /npm_[A-Za-z0-9]{36}/,
  OpenAI: /sk-(?:proj-|svcacct-)?[\w-]{20,}/,
  Postman: /PMAK-[a-f0-9-]{50,}/,
  PyPI: /pypi-[\w-]{50,}/,
  Replicate: /r8_[A-Za-z0-9]{30,}/,
  RubyGems: /rubygems_[a-f0-9]{40,}/,
  SendGrid: /SG\.[\w-]{16,32}\.[\w-]{16,64}/,
  Sentry: /sntry[su]_[\w+/=]{20,}/,
  Shopify: /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/,
  Slack: /xox[a-z]-[\w-]{10,}/,
  Square: /sq0[a-z]{3}-[\w-]{20,}/,
  Stripe: /(?:[rs]k|pk)_(?:live|test)_\w{10,}|whsec_[\w+/=]{20,}/,
  Supabase: /sbp_[a-f0-9]{40}/,
  Telegram: /\d{8,10}:AA[\w-]{32,34}/,
  Twilio: /(?:AC|SK)[a-f0-9]{32}/,
};

/** Finds any of them, also behind a `_`. */
export const TOKENS = new RegExp(
  `(?<![A-Za-z0-9])(?:${Object.values(SHAPES)
    .map(({ source }) => source)
    .join('|')})`,
  'g',
);
