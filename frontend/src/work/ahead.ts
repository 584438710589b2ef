/** So many tasks are leased and fetched while the person works on the one before them. */
export const AHEAD = 2;

/** Fetch the faces a text is written in, so that the next task can be read also when the network is gone by then. */
export function fetchLetters(texts: readonly (string | null)[]): void {
  const family = getComputedStyle(document.body).fontFamily;
  document.fonts.load(`16px ${family}`, texts.join(" ")).catch(() => undefined);
}
