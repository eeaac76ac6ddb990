import { expect, it } from 'vitest';
import { reasonText } from './backup-reason.ts';

it.each([
  ['no_room', 'no room on the disk'],
  ['Error ENOSPC', 'no room on the disk'],
  ['Error EROFS', 'the folder may not be written to'],
  ['EACCES', 'the folder may not be written to'],
  ['Error ENOENT', 'the folder is not there'],
  ['other_store', 'the folder is of another store'],
  ['busy', 'storing had to catch up first'],
  ['under_way', 'another one was under way'],
  ['StoreError 241', 'StoreError 241'],
  ['toString', 'toString'],
  ['', ''],
])('%s is %s', (error, said) => {
  expect(reasonText(error)).toBe(said);
});
