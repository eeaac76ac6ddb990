import { ApiError } from '../src/api/client.ts';

const SOON_MS = 600;

/** Goes well after a moment. */
export const succeed = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SOON_MS));

/** Is never answered. */
export const hang = (): Promise<void> => new Promise(() => {});

/** Is refused: at a field, or as a whole. */
export const refuse =
  (field = '') =>
  async (): Promise<void> => {
    throw new ApiError(400, field, 'the collector says why');
  };

/** Fails for a moment. */
export const fail = async (): Promise<void> => {
  throw new ApiError(503, '', '');
};
