/** Made while building by `world-map.plugin.ts`. */
declare module 'virtual:world-map' {
  interface World {
    readonly width: number;
    readonly height: number;
    /** Country codes (ISO 3166-1 alpha-2) and their shapes as SVG paths. */
    readonly countries: readonly { readonly code: string; readonly path: string }[];
  }
  const world: World;
  export default world;
}

/** Made of `i18n/messages/*.json` by `messages.plugin.ts`. */
declare module 'virtual:messages/*' {
  const messages: import('./i18n/messages/messages.d.ts').Messages;
  export default messages;
}
