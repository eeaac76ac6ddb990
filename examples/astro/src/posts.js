export const posts = [
  { slug: 'first', title: 'The first post', author: 'Ann', text: 'Nothing is known of its readers.' },
  { slug: 'second', title: 'The second post', author: 'Ben', text: 'Nor of these.' },
];
