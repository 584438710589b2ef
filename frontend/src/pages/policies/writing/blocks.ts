import type { Block, ClauseText } from "../shapes";

/** The clause with one more block at the end, named after its type as the server would. */
export function blockAdded(text: ClauseText, type: Block["type"]): ClauseText {
  const base = type.replaceAll("_", "-");
  const taken = new Set(text.blocks.map((block) => block.id));
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
  const block: Block =
    type === "examples" || type === "counter_examples" ? { id, type, items: [] } : { id, type, text: "" };
  return { ...text, blocks: [...text.blocks, block] };
}

export function blockReplaced(text: ClauseText, next: Block): ClauseText {
  return { ...text, blocks: text.blocks.map((block) => (block.id === next.id ? next : block)) };
}

export function blockRemoved(text: ClauseText, id: string): ClauseText {
  return { ...text, blocks: text.blocks.filter((block) => block.id !== id) };
}

/** The clause with a block one place up (-1) or down (1); the same where there is no room. */
export function blockMoved(text: ClauseText, id: string, by: -1 | 1): ClauseText {
  const from = text.blocks.findIndex((block) => block.id === id);
  const moving = text.blocks[from];
  const displaced = text.blocks[from + by];
  if (moving === undefined || displaced === undefined) return text;
  const blocks = [...text.blocks];
  blocks[from] = displaced;
  blocks[from + by] = moving;
  return { ...text, blocks };
}

/** The clause with a block in front of the one that stands at a place; at the count, at the end. */
export function blockPutAt(text: ClauseText, id: string, at: number): ClauseText {
  const from = text.blocks.findIndex((block) => block.id === id);
  const moving = text.blocks[from];
  if (moving === undefined) return text;
  const rest = text.blocks.filter((block) => block.id !== id);
  const place = from < at ? at - 1 : at;
  return { ...text, blocks: [...rest.slice(0, place), moving, ...rest.slice(place)] };
}
