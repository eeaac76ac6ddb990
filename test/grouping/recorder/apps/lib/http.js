export class HttpError extends Error {
  constructor(url, status) {
    super(`GET ${url} answered ${status}`);
    this.name = 'HttpError';
    this.status = status;
  }
}

export const getJson = async (url) => {
  const answer = await fetch(url, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new HttpError(url, answer.status);
  return answer.json();
};
