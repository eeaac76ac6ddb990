import type { Params } from './store.ts';

/** ClickHouse types of bound values. */
export type BoundType = 'String' | 'Array(String)' | 'Array(Date)' | 'Array(UInt32)' | 'Date' | 'UInt8' | 'UInt32';

/** The values of a statement: they reach the store beside it, never as a part of it. */
export interface Bindings {
  /** Takes a value and returns what stands for it in the statement. */
  bind(value: Params[string], type: BoundType): string;
  readonly params: Params;
}

/** No values yet. @example bindings().bind('/', 'String') // '{p0:String}' */
export const bindings = (): Bindings => {
  const params: Record<string, Params[string]> = {};
  return {
    bind: (value, type) => {
      const name = `p${Object.keys(params).length}`;
      params[name] = value;
      return `{${name}:${type}}`;
    },
    params,
  };
};

/** SQL and the values bound in it. */
export interface Statement {
  readonly sql: string;
  readonly params: Params;
}

/**
 * Ends every statement: one thread, so that a dashboard's questions run side by side; an end to questions that nobody
 * waits for any more, in seconds.
 */
export const SETTINGS = 'SETTINGS max_threads = 1, max_execution_time = 30';
