import { useEffect, useMemo, useRef, useState } from "react";
import { Kbd, useShortcuts } from "@/ui";
import type { Tree, Turn } from "./queries";
import { PlaceDetail } from "./PlaceDetail";
import classes from "./TreeWalk.module.css";
import { back, beside, type Node, nextWaiting, onward, pathTo, pickedEnd, stepped, walkOf } from "./walking";

const group = "Walking the conversation";

/** The tree on the left, one of its places on the right; walked by keys or by hand. */
export function TreeWalk({ tree, openedAt }: { tree: Tree; openedAt: string }) {
  const walk = useMemo(() => walkOf<Turn>(tree.turns), [tree]);
  const [wanted, setPlace] = useState(openedAt);
  const place = walk.byId.has(wanted) ? wanted : (walk.order[0]?.id ?? "");
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Newer browsers return a promise, which is no way to clean up.
    current.current?.scrollIntoView({ block: "nearest" });
  }, [place]);
  const go = (id: string): void => {
    setPlace(id);
    // Whoever walks by keys from inside the list keeps the focus on where they are.
    if (document.activeElement?.closest("[data-conversation-tree]") !== null) window.requestAnimationFrame(() => current.current?.focus());
  };
  const step = (event: KeyboardEvent, by: number): void => {
    event.preventDefault();
    go(stepped(walk, place, by));
  };
  useShortcuts([
    { id: "conversation.next", label: "Next row", keys: ["ArrowDown", "j"], group, run: (event) => step(event, 1) },
    { id: "conversation.previous", label: "Previous row", keys: ["ArrowUp", "k"], group, run: (event) => step(event, -1) },
    { id: "conversation.onward", label: "Onward: to the response most picked, or to what follows", keys: ["ArrowRight", "l"], group, run: () => go(onward(walk, place)) },
    { id: "conversation.back", label: "Back to what it follows", keys: ["ArrowLeft", "h"], group, run: () => go(back(walk, place)) },
    { id: "conversation.beside", label: "Next branch beside it", keys: "b", group, run: () => go(beside(walk, place, 1)) },
    { id: "conversation.beside-back", label: "Previous branch beside it", keys: "shift+b", group, run: () => go(beside(walk, place, -1)) },
    { id: "conversation.waiting", label: "Next turn that needs responses", keys: "w", group, run: () => go(nextWaiting(walk, place)) },
    { id: "conversation.picked", label: "To the end of the path that was picked", keys: "p", group, run: () => go(pickedEnd(walk, place)) },
  ]);
  const path = new Set(pathTo(walk, place).map(({ id }) => id));
  const node = walk.byId.get(place);
  return (
    <div className={classes.columns}>
      <nav className={classes.outline} aria-label="Turns and branches" data-conversation-tree>
        <p className={classes.keys}>
          <Kbd of="conversation.next" keys="ArrowDown" quiet /> <Kbd of="conversation.onward" keys="ArrowRight" quiet />{" "}
          <Kbd of="conversation.beside" keys="b" quiet /> other branch <Kbd of="conversation.waiting" keys="w" quiet /> waiting
        </p>
        <ol className={classes.rows}>
          {walk.order.map((each) => (
            <li key={each.id}>
              <button
                ref={each.id === place ? current : undefined}
                type="button"
                className={classes.row}
                style={{ paddingInlineStart: `${10 + each.depth * 16}px` }}
                data-kind={each.kind}
                data-on-path={path.has(each.id) || undefined}
                aria-current={each.id === place ? "true" : undefined}
                tabIndex={each.id === place ? 0 : -1}
                onClick={() => go(each.id)}
              >
                <span className={classes.who}>{each.kind === "turn" ? "Person" : "Response"}</span>
                <span className={classes.text} dir="auto" lang={tree.language === "" ? undefined : tree.language}>
                  {wordsOf(each)}
                </span>
                <span className={classes.marks}>{marksOf(each)}</span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {node !== undefined && <PlaceDetail key={node.id} tree={tree} walk={walk} node={node} onGo={go} />}
    </div>
  );
}

function wordsOf(node: Node<Turn>): string {
  const text = node.kind === "turn" ? (node.turn.messages.at(-1)?.content ?? "") : node.response.text;
  return text.trim() === "" ? "(no words)" : text;
}

function marksOf(node: Node<Turn>): string {
  if (node.kind === "turn") return node.turn.waits ? "needs responses" : node.turn.judgments > 0 ? `${node.turn.judgments} judged` : "";
  return [node.response.picked > 0 ? `picked ${node.response.picked}×` : "", node.response.is_written ? "written here" : ""].filter(Boolean).join(", ");
}
