/** Says in the console why nothing is counted. */
// biome-ignore lint/suspicious/noConsole: for who asks why.
export const tell = (reason: string): void => console.info(`Passerby is silent: ${reason}`);
