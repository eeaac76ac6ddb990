import { validator } from 'hono/validator';
import type { z } from 'zod';
import { read } from './read.ts';

/** A JSON body of this shape; anything else is answered 400 with the field that is wrong. */
export const body = <S extends z.ZodType>(shape: S) =>
  validator('json', (value: z.input<S>): z.output<S> => read(shape, value));
