/** A clause and its parent ("" at the top), in reading order. */
export interface Place {
  readonly key: string;
  readonly parent_key: string;
}

/** Move a clause, with all below it, among its siblings; null when there is nowhere to go. */
export function movedBy(places: readonly Place[], key: string, by: -1 | 1): Place[] | null {
  const place = places.find((candidate) => candidate.key === key);
  if (place === undefined) return null;
  const siblings = places.filter((candidate) => candidate.parent_key === place.parent_key);
  const at = siblings.findIndex((candidate) => candidate.key === key);
  const neighbour = siblings[at + by];
  if (neighbour === undefined) return null;
  return by === -1 ? movedBefore(places, key, neighbour.key) : movedBefore(places, neighbour.key, key);
}

/** Put a clause, with all below it, right before another and under the same parent; null into itself. */
export function movedBefore(places: readonly Place[], key: string, target: string): Place[] | null {
  const family = new Set(withDescendants(places, key));
  const goal = places.find((place) => place.key === target);
  if (goal === undefined || family.has(target)) return null;
  const moving = places
    .filter((place) => family.has(place.key))
    .map((place) => (place.key === key ? { ...place, parent_key: goal.parent_key } : place));
  const rest = places.filter((place) => !family.has(place.key));
  const at = rest.findIndex((place) => place.key === target);
  return [...rest.slice(0, at), ...moving, ...rest.slice(at)];
}

/** Put a clause, with all below it, right after another and all below that, under the same parent; null into itself. */
export function movedAfter(places: readonly Place[], key: string, target: string): Place[] | null {
  const goal = places.find((place) => place.key === target);
  return goal === undefined ? null : placed(places, key, target, goal.parent_key);
}

/** Put a clause, with all below it, under another as its last child; null into itself. */
export function movedInto(places: readonly Place[], key: string, target: string): Place[] | null {
  return placed(places, key, target, target);
}

function placed(places: readonly Place[], key: string, target: string, parentKey: string): Place[] | null {
  const family = new Set(withDescendants(places, key));
  if (family.has(target) || !places.some((place) => place.key === target)) return null;
  const moving = places
    .filter((place) => family.has(place.key))
    .map((place) => (place.key === key ? { ...place, parent_key: parentKey } : place));
  const rest = places.filter((place) => !family.has(place.key));
  const under = new Set(withDescendants(rest, target));
  const last = rest.reduce((found, place, at) => (under.has(place.key) ? at : found), 0);
  return [...rest.slice(0, last + 1), ...moving, ...rest.slice(last + 1)];
}

/** Put a clause under the sibling above it; null when there is none. */
export function indented(places: readonly Place[], key: string): Place[] | null {
  const place = places.find((candidate) => candidate.key === key);
  if (place === undefined) return null;
  const siblings = places.filter((candidate) => candidate.parent_key === place.parent_key);
  const above = siblings[siblings.findIndex((candidate) => candidate.key === key) - 1];
  if (above === undefined) return null;
  return places.map((candidate) => (candidate.key === key ? { ...candidate, parent_key: above.key } : candidate));
}

/** Take a clause out of its parent, to stand right after it; null at the top. */
export function outdented(places: readonly Place[], key: string): Place[] | null {
  const place = places.find((candidate) => candidate.key === key);
  const parent = places.find((candidate) => candidate.key === place?.parent_key);
  if (place === undefined || parent === undefined) return null;
  const family = new Set(withDescendants(places, key));
  const moving = places
    .filter((candidate) => family.has(candidate.key))
    .map((candidate) => (candidate.key === key ? { ...candidate, parent_key: parent.parent_key } : candidate));
  const rest = places.filter((candidate) => !family.has(candidate.key));
  const parents = new Set(withDescendants(rest, parent.key));
  const last = rest.reduce((found, candidate, at) => (parents.has(candidate.key) ? at : found), 0);
  return [...rest.slice(0, last + 1), ...moving, ...rest.slice(last + 1)];
}

function withDescendants(places: readonly Place[], key: string): string[] {
  const below = places.filter((place) => place.parent_key === key && place.key !== key);
  return [key, ...below.flatMap((place) => withDescendants(places, place.key))];
}
