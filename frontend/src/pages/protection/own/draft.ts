import type { CoverRow, OwnProtection, OwnProtectionInput, PartialCover } from "@/work/protection/shapes";
import { builtInCover, type Cover } from "@/work/seeing/shapes";

/** Nothing said: all as the organization says. */
export const nothingSaid: PartialCover = {
  covered: null,
  blur: null,
  grey: null,
  muted: null,
  paused: null,
  text_covered: null,
  size: null,
  rate: null,
};

/** What a cover is for: everything (severity null), or one kind ("" is every one) from a severity on. */
export interface CoverPlace {
  readonly category: string;
  readonly severity: number | null;
}

export const everything: CoverPlace = { category: "", severity: null };

/** What the page sends, from what it was given. */
export function inputOf(own: OwnProtection): OwnProtectionInput {
  return {
    consents: own.categories.filter((category) => category.is_chosen).map(({ key, up_to }) => ({ category: key, up_to })),
    severity_most: own.severity_most,
    cover: own.cover,
    covers: own.covers,
    budgets: own.budgets,
    break_after_minutes: own.break_after_minutes,
    break_minutes: own.break_minutes,
  };
}

/** What the person said for a place. */
export function ownCoverAt(input: OwnProtectionInput, { category, severity }: CoverPlace): PartialCover {
  if (severity === null) return input.cover;
  return input.covers.find((row) => row.category === category && row.severity === severity) ?? nothingSaid;
}

/** The same with what the person says for a place changed; a place of which nothing is said needs no row. */
export function withCover(input: OwnProtectionInput, place: CoverPlace, change: Partial<PartialCover>): OwnProtectionInput {
  const { category, severity } = place;
  const cover: PartialCover = { ...only(ownCoverAt(input, place)), ...change };
  if (severity === null) return { ...input, cover };
  const others = input.covers.filter((row) => row.category !== category || row.severity !== severity);
  const isEmpty = Object.values(cover).every((value) => value === null);
  const row: CoverRow = { category, severity, ...cover };
  return { ...input, covers: isEmpty ? others : [...others, row] };
}

/**
 * What stands where the person says nothing at this place: the strictest of what the organization says of the
 * kind and of milder harm, then what the person says of everything, of every kind, of milder harm.
 */
export function standingCover(own: OwnProtection, input: OwnProtectionInput, place: CoverPlace): Cover {
  const { category, severity } = place;
  const fits = (row: { category: string; severity: number }): boolean =>
    (row.category === "" || row.category === category) && row.severity <= (severity ?? TYPICAL_SEVERITY);
  const rows = own.inherited.covers.filter(fits);
  const inherited = rows.length === 0 ? builtInCover : rows.map(onlyCover).reduce(strictest);
  if (severity === null) return inherited;
  return input.covers
    .filter((row) => fits(row) && (row.category !== category || row.severity !== severity))
    .sort((one, other) => Number(one.category !== "") - Number(other.category !== "") || one.severity - other.severity)
    .reduce(overlaid, overlaid(inherited, input.cover));
}

/** What of the organization's is drawn in the preview when no severity is chosen. */
const TYPICAL_SEVERITY = 3;

/** A cover with what is said instead of it. */
export function overlaid(under: Cover, over: PartialCover): Cover {
  return {
    covered: over.covered ?? under.covered,
    blur: over.blur ?? under.blur,
    grey: over.grey ?? under.grey,
    muted: over.muted ?? under.muted,
    paused: over.paused ?? under.paused,
    text_covered: over.text_covered ?? under.text_covered,
    size: over.size ?? under.size,
    rate: over.rate ?? under.rate,
  };
}

export function strictest(one: Cover, other: Cover): Cover {
  return {
    covered: one.covered || other.covered,
    blur: Math.max(one.blur, other.blur),
    grey: one.grey || other.grey,
    muted: one.muted || other.muted,
    paused: one.paused || other.paused,
    text_covered: one.text_covered || other.text_covered,
    size: Math.min(one.size, other.size),
    rate: Math.min(one.rate, other.rate),
  };
}

function onlyCover({ covered, blur, grey, muted, paused, text_covered, size, rate }: Cover): Cover {
  return { covered, blur, grey, muted, paused, text_covered, size, rate };
}

function only({ covered, blur, grey, muted, paused, text_covered, size, rate }: PartialCover): PartialCover {
  return { covered, blur, grey, muted, paused, text_covered, size, rate };
}
