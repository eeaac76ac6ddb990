/** Sites of which pieces that ask by themselves are answered; there is no collector behind this page. */
export const WAITING = 'waiting.example';
export const ARRIVED = 'arrived.example';

/** Answers what the pieces ask of the collector. */
export const answerAlone = (): void => {
  globalThis.fetch = async (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    return Response.json({ visitors: 0, hits: pathname.includes(ARRIVED) });
  };
};
