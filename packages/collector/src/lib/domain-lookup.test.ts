import { describe, expect, it } from 'vitest';
import { lookUp } from './domain-lookup.ts';

const asked = (host: string, stop = ''): string[] => {
  const domains: string[] = [];
  lookUp(host, (domain) => {
    domains.push(domain);
    return domain === stop || undefined;
  });
  return domains;
};

describe('lookUp', () => {
  it('asks for the host and every domain above it', () => {
    expect(asked('a.b.example')).toEqual(['a.b.example', 'b.example', 'example']);
  });

  it('asks for no more once it has found something', () => {
    expect(asked('a.b.example', 'b.example')).toEqual(['a.b.example', 'b.example']);
  });

  it('asks at most for the 127 domains that a host can have above it', () => {
    expect(asked('a.'.repeat(126))).toHaveLength(126);
    expect(asked('a.'.repeat(127))).toHaveLength(0);
  });
});
