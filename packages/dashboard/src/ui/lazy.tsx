import type { ComponentType, RenderableProps } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/client.ts';
import { Failure } from './states.tsx';

/** A component whose code is loaded when it is first shown; `Wait` stands in its place until then. */
export const lazy = <P extends object>(
  load: () => Promise<ComponentType<P>>,
  Wait: ComponentType,
): ComponentType<P> => {
  let loaded: ComponentType<P> | null = null;
  return (props: RenderableProps<P>) => {
    const [Loaded, setLoaded] = useState<ComponentType<P> | null>(() => loaded);
    const [error, setError] = useState<ApiError | null>(null);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          setLoaded(() => component);
        },
        (cause) => setError(new ApiError(0, '', String(cause))),
      );
    }, []);
    // Browsers remember code that failed to load: only a new page asks for it again.
    if (error) return <Failure error={error} retry={() => location.reload()} />;
    return Loaded ? <Loaded {...(props as P)} /> : <Wait />;
  };
};
