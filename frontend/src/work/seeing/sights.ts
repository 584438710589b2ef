/**
 * How a part is in view: softened as it arrived, until covered again, only while held, through a lens, or only
 * some small grey frames of a video.
 */
export type Mode = "soft" | "full" | "hold" | "lens" | "frames";

/** What the server hears of how a look began. */
export type ToldMode = Exclude<Mode, "soft" | "frames">;

export type Modes = ReadonlyMap<string, Mode>;

/** What is told of looks. */
export interface SightLog {
  /** Resolves when the server has noted the look; nothing is shown before. */
  open(partId: string, mode: ToldMode): Promise<void>;
  /** The part is covered again. */
  end(partId: string): void;
}

/** A key that came up sooner was tapped, not held. */
const TAP_MS = 300;

/**
 * What is in view on the page. The server is told first; only what it noted is shown. A look that is over
 * before the server answered is never shown.
 */
export class Sights {
  private modes: Modes = new Map();
  /** How each part is to be seen; the server may not have noted it yet. */
  private readonly wanted = new Map<string, Mode>();
  private pressed: string | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly log: SightLog,
    /** Parts that go back to being softened, not covered. */
    private readonly isSoft: (partId: string) => boolean,
    private readonly onProblem: (error: unknown) => void,
  ) {}

  snapshot = (): Modes => this.modes;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  reveal = (partId: string, mode: Mode = "full", told: ToldMode = mode === "soft" || mode === "frames" ? "full" : mode): void => {
    const isOpen = this.wanted.has(partId);
    this.wanted.set(partId, mode);
    if (isOpen) {
      // The server knows already, or is being told.
      if (this.modes.has(partId)) this.show(partId, mode);
      return;
    }
    this.log.open(partId, told).then(
      () => {
        const now = this.wanted.get(partId);
        if (now === undefined) this.log.end(partId);
        else this.show(partId, now);
      },
      (error: unknown) => {
        this.wanted.delete(partId);
        this.onProblem(error);
      },
    );
  };

  /** Out of view altogether. */
  cover = (partId: string): void => {
    if (!this.wanted.delete(partId) || !this.modes.has(partId)) return;
    this.log.end(partId);
    const modes = new Map(this.modes);
    modes.delete(partId);
    this.set(modes);
  };

  coverAll = (): void => [...this.wanted.keys()].forEach(this.cover);

  /** Back to how it arrived. */
  rest = (partId: string): void => {
    if (this.isSoft(partId) && this.wanted.has(partId)) this.reveal(partId, "soft");
    else this.cover(partId);
  };

  /** A key or button went down on a part: what is clear goes back to how it arrived, anything else is shown while it is held. */
  press = (partId: string, told: ToldMode = "full"): void => {
    this.release(Infinity);
    const mode = this.wanted.get(partId);
    if (mode !== "full" && mode !== "hold") {
      this.pressed = partId;
      this.reveal(partId, "hold", told);
    } else this.rest(partId);
  };

  /** It came up again. After a short tap the part stays in view. */
  release = (heldMs: number): void => {
    const { pressed } = this;
    this.pressed = null;
    if (pressed === null || this.wanted.get(pressed) !== "hold") return;
    if (heldMs < TAP_MS) this.reveal(pressed, "full");
    else this.rest(pressed);
  };

  private show(partId: string, mode: Mode): void {
    this.set(new Map(this.modes).set(partId, mode));
  }

  private set(modes: Modes): void {
    this.modes = modes;
    this.listeners.forEach((listener) => listener());
  }
}
