import type { Shortcut } from "@/ui";

/** A page's command as it stands in a table: everything but what it does, which only the page knows. */
export type KeyFacts = Pick<Shortcut, "id" | "label" | "keys" | "group" | "whileTyping">;

/** What a command does now; a label says more than the table can ("Decide: Yes"). */
export interface Deed {
  readonly run: () => void;
  readonly released?: (heldMs: number) => void;
  readonly label?: string;
}

/** The commands of a table that something is to be done by now, as the page's shortcuts. */
export function bound(table: readonly KeyFacts[], deeds: Readonly<Record<string, Deed | (() => void)>>): Shortcut[] {
  return table.flatMap((facts) => {
    const deed = deeds[facts.id];
    return deed === undefined ? [] : [{ ...facts, ...(typeof deed === "function" ? { run: deed } : deed) }];
  });
}

/** The key that is shown beside what a command of the table does; a person may have another one. */
export function keyOf(table: readonly KeyFacts[], id: string): { readonly keys: string; readonly of: string } {
  const keys = table.find((facts) => facts.id === id)?.keys;
  const first = typeof keys === "string" ? keys : keys?.[0];
  if (first === undefined) throw new Error(`No command of this table is called "${id}".`);
  return { keys: first, of: id };
}

/** One command a number key, from 1 on. */
export function numbered(count: number, of: (number: number) => KeyFacts): KeyFacts[] {
  return Array.from({ length: count }, (_, index) => of(index + 1));
}
