import { firstStop, focusNext } from "@/ui/focus";

/** The parts of the desk a text is written or reviewed at, as the eye takes them. */
export const deskPlaces = ["outline", "text", "beside"] as const;
export type DeskPlace = (typeof deskPlaces)[number];

/**
 * The ways between outline, text and what stands beside it, each marked with `data-place`. A part is gone back to where
 * it was left, or to where one begins in it, marked with `data-landing`.
 */
export class DeskPlaces {
  private readonly left = new Map<string, HTMLElement>();
  private before: HTMLElement | null = null;
  private back: DeskPlace = "text";

  /** What has the focus now, to come back to. */
  note(element: HTMLElement): void {
    const name = placeOf(element);
    if (name !== undefined) this.left.set(name, element);
  }

  /** On to the next part (1) or back to the one before (-1), round and round. */
  go(by: 1 | -1): void {
    const at = deskPlaces.findIndex((name) => name === placeOf(document.activeElement));
    const next = at < 0 ? (by === 1 ? 0 : deskPlaces.length - 1) : (at + by + deskPlaces.length) % deskPlaces.length;
    const name = deskPlaces[next];
    if (name !== undefined) this.landingIn(name)?.focus();
  }

  landingIn(name: DeskPlace): HTMLElement | undefined {
    const place = document.querySelector<HTMLElement>(`[data-place="${name}"]`);
    const left = this.left.get(name);
    if (left !== undefined && place?.contains(left) === true) return left;
    if (place?.matches("[data-landing]") === true) return place;
    return place?.querySelector<HTMLElement>("[data-landing]") ?? firstStop(place);
  }

  /** Somebody is about to look or speak beside the text; `find` names what they came for. */
  goBeside(find?: () => Element | null): void {
    const { activeElement } = document;
    this.back = placeOf(activeElement) === "beside" ? "beside" : "text";
    this.before = activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
    if (find !== undefined) focusNext(() => firstStop(find()));
  }

  /** Back to where they were before that. */
  comeBack(): void {
    const { before, back } = this;
    // What was left beside the text is about to go with what was looked at.
    this.left.delete("beside");
    focusNext(() => (before?.isConnected === true ? before : this.landingIn(back)));
  }
}

function placeOf(element: Element | null): string | undefined {
  return element?.closest<HTMLElement>("[data-place]")?.dataset["place"];
}

/** What a comment is about when it is asked for by key: the passage that is being written, or the whole clause. */
export function passageWritten(): string {
  return document.activeElement?.closest<HTMLElement>("[data-passage]")?.dataset["passage"] ?? "";
}
