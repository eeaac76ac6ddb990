import { h } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { onClick } from '../lib/page.js';

const ProfileCard = ({ user }) => h('article', null, h('h2', null, user.name), h('p', null, user.about));

const Comment = ({ comment }) => h('li', null, h('b', null, comment.author.name), comment.text);

const CommentList = ({ comments }) =>
  h(
    'ul',
    null,
    comments.map((comment) => h(Comment, { comment, key: comment.id })),
  );

const Panel = ({ open }) => {
  const box = useRef(null);
  useEffect(() => {
    if (open) box.current.style.width = `${box.current.scrollWidth}px`;
  }, [open]);
  return h('section', null, open ? 'open' : 'closed');
};

const Dialog = ({ onClose }) => h('button', { id: 'dialog-close', onClick: () => onClose() }, 'Close');

export const Board = () => {
  const [shown, setShown] = useState('');
  useLayoutEffect(() => {
    for (const id of ['profile-name', 'comment-name', 'panel-width']) onClick(id, () => setShown(id));
  }, []);
  return h(
    'main',
    null,
    h(Dialog),
    shown === 'profile-name' && h(ProfileCard, {}),
    shown === 'comment-name' && h(CommentList, { comments: [{ id: 1, text: 'Good' }] }),
    h(Panel, { open: shown === 'panel-width' }),
  );
};
