import type { KeyFacts } from "@/work/keyTables";

/** What a release's page does by key, whatever it shows. */
export const releaseCommands: readonly KeyFacts[] = [
  { id: "release.text", label: "Show the text", keys: "alt+1", whileTyping: true },
  { id: "release.changes", label: "Show the changes", keys: "alt+2", whileTyping: true },
  { id: "release.impact", label: "Show the impact", keys: "alt+3", whileTyping: true },
  { id: "release.step", label: "Take the release's next step", keys: "mod+shift+enter", whileTyping: true },
];
