import { facts, onClick, show } from '../lib/page.js';

const jumpTo = (name) => {
  const target = document.querySelector(`#${name}`);
  target?.scrollIntoView();
};

const playFilm = async () => {
  const film = document.createElement('video');
  film.muted = true;
  film.src = `/films/${facts.small}.mp4`;
  document.body.append(film);
  await film.play();
  show('plays');
};

const poster = (encoded) => {
  const image = new Image();
  image.alt = atob(encoded);
  return image;
};

export const mountMedia = () => {
  onClick('anchor-selector', () => jumpTo(`${facts.user}-colours`));
  onClick('film-play', playFilm);
  onClick('poster-encoded', () => document.body.append(poster(`%${facts.code}`)));
};
