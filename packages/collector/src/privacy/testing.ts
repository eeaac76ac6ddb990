/** MaxMind DB files by hand (https://maxmind.github.io/MaxMind-DB/), for tests of places: no such file is ours to keep. */

/** What a record can hold. */
export type Value = string | number | readonly Value[] | { readonly [name: string]: Value };

/** A node of the tree: what follows a bit 0 and a bit 1. */
type Node = [next: Node | Buffer | null, next: Node | Buffer | null];

const RECORD_BITS = 24;

/**
 * A database of IPv4 networks.
 * @example mmdb('Test-City', { '192.0.2.0/24': { country: { iso_code: 'DE' } } })
 */
export const mmdb = (databaseType: string, networks: Readonly<Record<string, Value>>): Buffer => {
  const root: Node = [null, null];
  for (const [network, value] of Object.entries(networks)) insert(root, network, encode(value));
  const nodes = nodesOf(root);
  const metadata = {
    node_count: nodes.length,
    record_size: RECORD_BITS,
    ip_version: 4,
    database_type: databaseType,
    languages: ['en'],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    description: { en: 'for tests' },
  };
  const { tree, data } = written(nodes);
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  return Buffer.concat([tree, Buffer.alloc(16), data, marker, encode(metadata)]);
};

const insert = (root: Node, network: string, data: Buffer): void => {
  const [address = '', length = '32'] = network.split('/');
  const bits = address
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('')
    .slice(0, Number(length));
  let node = root;
  for (const bit of bits.slice(0, -1)) {
    const next = node[Number(bit) as 0 | 1] ?? [null, null];
    if (Buffer.isBuffer(next)) throw new Error(`${network} lies in another network`);
    node[Number(bit) as 0 | 1] = next;
    node = next;
  }
  node[Number(bits.at(-1)) as 0 | 1] = data;
};

const nodesOf = (node: Node): Node[] => [
  node,
  ...node.flatMap((next) => (next === null || Buffer.isBuffer(next) ? [] : nodesOf(next))),
];

const written = (nodes: readonly Node[]): { tree: Buffer; data: Buffer } => {
  let data = Buffer.alloc(0);
  const record = (next: Node[0]): number => {
    if (next === null) return nodes.length;
    if (!Buffer.isBuffer(next)) return nodes.indexOf(next);
    const offset = nodes.length + 16 + data.length;
    data = Buffer.concat([data, next]);
    return offset;
  };
  const tree = Buffer.alloc(nodes.length * 6);
  for (const [index, [zero, one]] of nodes.entries()) {
    tree.writeUIntBE(record(zero), index * 6, 3);
    tree.writeUIntBE(record(one), index * 6 + 3, 3);
  }
  return { tree, data };
};

const encode = (value: Value): Buffer => {
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([value.length, 4]), ...value.map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([control(7, entries.length), ...entries.flatMap((entry) => entry.map(encode))]);
};

/** What stands before a value: its type, and its size, of which more than 28 takes a byte of its own. */
const control = (type: number, size: number): Buffer =>
  size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29]);
