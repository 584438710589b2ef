/** A response of a tree, as far as walking needs it. */
export interface TreeResponse {
  readonly id: string;
  readonly text: string;
  readonly picked: number;
}

/** Whose response was better on one axis. */
export interface TreeDecision {
  readonly response_a_id: string;
  readonly response_b_id: string;
  readonly clause_key: string;
  readonly outcome: string;
}

/** A turn of a tree: what the person said, what answers it, and the response it goes on from. */
export interface TreeTurn {
  readonly id: string;
  readonly stands_on_id: string | null;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly responses: readonly TreeResponse[];
  readonly decisions: readonly TreeDecision[];
  readonly judgments: number;
  readonly waits: boolean;
}

interface Place {
  readonly id: string;
  /** What it follows; null at the beginning. */
  readonly parent: string | null;
  /** What follows it, in order. */
  readonly children: readonly string[];
  /** How many branchings lead to it: a straight conversation is not indented. */
  readonly depth: number;
}

export interface TurnNode<Turn extends TreeTurn> extends Place {
  readonly kind: "turn";
  readonly turn: Turn;
}

export interface ResponseNode<Turn extends TreeTurn> extends Place {
  readonly kind: "response";
  readonly turn: Turn;
  readonly response: Turn["responses"][number];
}

export type Node<Turn extends TreeTurn> = TurnNode<Turn> | ResponseNode<Turn>;

/** A tree in the order it is read: every turn, its responses, and behind each response what goes on from it. */
export interface Walk<Turn extends TreeTurn> {
  readonly order: readonly Node<Turn>[];
  readonly byId: ReadonlyMap<string, Node<Turn>>;
}

export function walkOf<Turn extends TreeTurn>(turns: readonly Turn[]): Walk<Turn> {
  const order: Node<Turn>[] = [];
  const known = new Set(turns.flatMap((turn) => turn.responses.map(({ id }) => id)));
  const after = new Map<string, Turn[]>();
  const beginnings: Turn[] = [];
  for (const turn of turns) {
    if (turn.stands_on_id === null || !known.has(turn.stands_on_id)) beginnings.push(turn);
    else after.set(turn.stands_on_id, [...(after.get(turn.stands_on_id) ?? []), turn]);
  }
  const addTurn = (turn: Turn, parent: string | null, depth: number): void => {
    order.push({ kind: "turn", id: turn.id, parent, depth, turn, children: turn.responses.map(({ id }) => id) });
    const below = turn.responses.length > 1 ? depth + 1 : depth;
    for (const response of turn.responses) {
      const next = after.get(response.id) ?? [];
      order.push({ kind: "response", id: response.id, parent: turn.id, depth: below, turn, response, children: next.map(({ id }) => id) });
      for (const one of next) addTurn(one, response.id, next.length > 1 ? below + 1 : below);
    }
  };
  for (const turn of beginnings) addTurn(turn, null, 0);
  return { order, byId: new Map(order.map((node) => [node.id, node])) };
}

/** The row so many further down, or up. */
export function stepped<Turn extends TreeTurn>({ order }: Walk<Turn>, id: string, by: number): string {
  const at = order.findIndex((node) => node.id === id);
  return order[Math.max(0, Math.min(order.length - 1, at + by))]?.id ?? id;
}

/** What it follows. */
export function back<Turn extends TreeTurn>({ byId }: Walk<Turn>, id: string): string {
  return byId.get(id)?.parent ?? id;
}

/** What follows it: the response most went on from, else the first. */
export function onward<Turn extends TreeTurn>({ byId }: Walk<Turn>, id: string): string {
  const node = byId.get(id);
  if (node === undefined) return id;
  if (node.kind === "response") return node.children[0] ?? id;
  const most = Math.max(0, ...node.turn.responses.map(({ picked }) => picked));
  return node.turn.responses.find(({ picked }) => picked === most)?.id ?? id;
}

/** The next branch beside it, round to the first. */
export function beside<Turn extends TreeTurn>({ byId }: Walk<Turn>, id: string, by: number): string {
  const parent = byId.get(id)?.parent ?? null;
  const siblings = parent === null ? [] : (byId.get(parent)?.children ?? []);
  const at = siblings.indexOf(id);
  return siblings[(at + by + siblings.length) % siblings.length] ?? id;
}

/** The next turn that needs responses, round to the first; where it is already when there is none. */
export function nextWaiting<Turn extends TreeTurn>({ order }: Walk<Turn>, id: string): string {
  const at = order.findIndex((node) => node.id === id);
  const round = [...order.slice(at + 1), ...order.slice(0, at + 1)];
  return round.find((node) => node.kind === "turn" && node.turn.waits)?.id ?? id;
}

/** Where the path ends that most people went, from here on. */
export function pickedEnd<Turn extends TreeTurn>(walk: Walk<Turn>, id: string): string {
  let place = id;
  for (;;) {
    const next = onward(walk, place);
    const node = walk.byId.get(next);
    if (next === place || node === undefined) return place;
    if (node.kind === "response" && node.response.picked === 0) return place;
    place = next;
  }
}

/** Everything from the beginning to here. */
export function pathTo<Turn extends TreeTurn>({ byId }: Walk<Turn>, id: string): readonly Node<Turn>[] {
  const path: Node<Turn>[] = [];
  for (let node = byId.get(id); node !== undefined; node = node.parent === null ? undefined : byId.get(node.parent)) path.unshift(node);
  return path;
}

/** What was said from the beginning to here. */
export function saidUntil<Turn extends TreeTurn>(walk: Walk<Turn>, id: string): readonly Turn["messages"][number][] {
  return pathTo(walk, id).flatMap((node) => (node.kind === "turn" ? node.turn.messages : [{ role: "assistant", content: node.response.text }]));
}

/** How a response stands on one axis against the others to its turn. */
export interface Standing {
  readonly axis: string;
  readonly better: number;
  readonly worse: number;
  readonly even: number;
}

export function standingsOf({ decisions }: Pick<TreeTurn, "decisions">, responseId: string): readonly Standing[] {
  const found = new Map<string, Standing>();
  for (const { response_a_id, response_b_id, clause_key, outcome } of decisions) {
    if (outcome === "none" || (response_a_id !== responseId && response_b_id !== responseId)) continue;
    const own = response_a_id === responseId ? "a" : "b";
    const before = found.get(clause_key) ?? { axis: clause_key, better: 0, worse: 0, even: 0 };
    const isDecided = outcome === "a" || outcome === "b";
    found.set(clause_key, {
      ...before,
      better: before.better + (outcome === own ? 1 : 0),
      worse: before.worse + (isDecided && outcome !== own ? 1 : 0),
      even: before.even + (isDecided ? 0 : 1),
    });
  }
  return [...found.values()];
}

/** "better than 2, worse than 1". */
export function standingWords({ better, worse, even }: Standing): string {
  return [better > 0 ? `better than ${better}` : "", worse > 0 ? `worse than ${worse}` : "", even > 0 ? `level with ${even}` : ""]
    .filter(Boolean)
    .join(", ");
}
