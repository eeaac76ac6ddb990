/** Shapes of tokens that their makers publish so that leaked ones can be found; the makers in alphabetical order. */
const SHAPES = {
  Anthropic: /sk-ant-[\w-]{20,}/,
  AWS: /(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{16}/,
  DigitalOcean: /do[opr]_v1_[a-f0-9]{64}/,
  GitHub: /gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_\w{22,}/,
  GitLab: /gl(?:pat|ptt|dt|rt|cbt)-[\w-]{20,}/,
  Google: /AIza[\w-]{35}|ya29\.[\w.-]{20,}|GOCSPX-[\w-]{20,}/,
  'Hugging Face': /hf_[A-Za-z0-9]{30,}/,
  Mailchimp: /[a-f0-9]{32}-us\d{1,2}/,
  npm: /npm_[A-Za-z0-9]{36}/,
  OpenAI: /sk-(?:proj-|svcacct-)?[\w-]{20,}/,
  PyPI: /pypi-[\w-]{50,}/,
  SendGrid: /SG\.[\w-]{16,32}\.[\w-]{16,64}/,
  Shopify: /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/,
  Slack: /xox[a-z]-[\w-]{10,}/,
  Stripe: /(?:[rs]k|pk)_(?:live|test)_\w{10,}|whsec_[\w+/=]{20,}/,
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
