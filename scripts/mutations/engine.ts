// biome-ignore-all lint/suspicious/noTemplateCurlyInString: They are parts of sources.
import { type Mutation, mutationsOf } from './mutation.ts';

const AGENT = ['engine/socket-agent.test.ts'];
const HTTP = ['engine/http-interface.test.ts'];

export const ENGINE: readonly Mutation[] = [
  ...mutationsOf('engine/message-auth.ts', AGENT, [
    ['any seal of the right length is one', ' && timingSafeEqual(is, should)', ''],
    ['a question that is sent back is an answer', '`${side} ${nonce}`', 'nonce'],
  ]),
  ...mutationsOf('engine/socket-agent.ts', AGENT, [
    ['anybody answers for the engine', "isSeal(headers[SEAL_HEADER], key, 'answer', nonce)", 'true'],
    ['an answer of before is one of now', 'const nonce = newNonce();', "const nonce = 'always';"],
    ['a folder that another user made is asked', ' || !isOwnFolder(dirname(address.socketPath))', ''],
  ]),
  ...mutationsOf('engine/http-interface.ts', HTTP, [
    [
      'whoever comes to the socket is answered',
      "if (!isSeal(headers[SEAL_HEADER], key, 'question', nonce))",
      'if (false)',
    ],
    [
      'a wrong password is right',
      'if (!timingSafeEqual(digest(headers.authorization ??',
      'if (false && !timingSafeEqual(digest(headers.authorization ??',
    ],
    ['wrong passwords are never too many', 'if (callers.isShutOut(socket)) throw new AttemptsError();', ''],
  ]),
  ...mutationsOf(
    'engine/caller-limits.ts',
    ['engine/caller-limits.test.ts'],
    [
      ['a password more', 'failed.count < CALLER_LIMITS.attempts', 'failed.count <= CALLER_LIMITS.attempts'],
      ['the users of this machine shut each other out', '!isLoopback(address) && ', ''],
      ['who knows the password is shut out by a neighbour', ' && ofAddress(authenticated, address).length === 0', ''],
      ['nobody is forgiven', 'failed.until <= now() || ', ''],
      [
        'strangers push out who has shown the password',
        'if (unauthenticated.delete(socket)) authenticated.add(socket);',
        '',
      ],
    ],
  ),
];
