import type { KeyFacts } from "@/work/keyTables";

/** What the writing desk does by key; who wants other keys chooses them under /keys. */
export const writingCommands: readonly KeyFacts[] = [
  { id: "writing.next", label: "Next clause", keys: "alt+pagedown", whileTyping: true },
  { id: "writing.previous", label: "Previous clause", keys: "alt+pageup", whileTyping: true },
  { id: "writing.save", label: "Save now (it also saves by itself)", keys: "mod+s", whileTyping: true },
  { id: "writing.talk", label: "Comment or suggest", keys: "alt+m", whileTyping: true },
  { id: "writing.on", label: "Go on to the text, to what stands beside it, to the outline", keys: "f6", whileTyping: true },
  { id: "writing.back", label: "Go back the same way", keys: "shift+f6", whileTyping: true },
  { id: "writing.history", label: "Show the saved versions", keys: "alt+h", whileTyping: true },
];

/** While two texts of one clause stand side by side. */
export const conflictCommands: readonly KeyFacts[] = [
  { id: "writing.mine", label: "Keep my text", keys: "alt+shift+k", whileTyping: true },
  { id: "writing.theirs", label: "Take their text", keys: "alt+shift+t", whileTyping: true },
];

/** What is done to the clause on the desk. */
export const clauseCommands: readonly KeyFacts[] = [
  { id: "writing.preview", label: "Show as readers see it", keys: "alt+p", whileTyping: true },
];

/** What is done to the block that is being written. */
export const blockCommands: readonly KeyFacts[] = [
  { id: "writing.block-up", label: "Move the block up", keys: "alt+shift+ArrowUp", whileTyping: true },
  { id: "writing.block-down", label: "Move the block down", keys: "alt+shift+ArrowDown", whileTyping: true },
];

/** What is done to the outline. */
export const outlineCommands: readonly KeyFacts[] = [
  { id: "outline.add", label: "Add a clause", keys: "alt+n", whileTyping: true },
  { id: "outline.up", label: "Move the clause up", keys: "alt+ArrowUp", whileTyping: true },
  { id: "outline.down", label: "Move the clause down", keys: "alt+ArrowDown", whileTyping: true },
  { id: "outline.in", label: "Put the clause under the one above", keys: "alt+shift+ArrowRight", whileTyping: true },
  { id: "outline.out", label: "Take the clause one level out", keys: "alt+shift+ArrowLeft", whileTyping: true },
];
