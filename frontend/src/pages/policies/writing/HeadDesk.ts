/** Title and notes of a draft. */
export interface Head {
  readonly title: string;
  readonly notes: string;
}

/** Another version of the draft is stored. */
export class HeadMoved extends Error {
  constructor(
    readonly theirs: Head,
    readonly version: number,
  ) {
    super("Somebody else changed this draft meanwhile.");
    this.name = "HeadMoved";
  }
}

export interface HeadState extends Head {
  readonly phase: "saved" | "unsaved" | "saving" | "conflict" | "failed";
  readonly theirs: Head | null;
  readonly error: unknown;
}

type Stored = Head & { readonly version: number };

const pauseMs = 700;

/**
 * Keeps title and notes while they are written and saves them a moment after the last keystroke. The draft's version
 * also counts changes of the outline: where title and notes are the same as before on the other side, nobody is asked.
 */
export class HeadDesk {
  private state: HeadState;
  private stored: Stored;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    stored: Stored,
    private readonly save: (version: number, head: Head) => Promise<Stored>,
  ) {
    this.stored = stored;
    this.state = { title: stored.title, notes: stored.notes, phase: "saved", theirs: null, error: null };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): HeadState => this.state;

  /** Take in what the server has: an untouched page follows it, words on their way stay. */
  adopt(stored: Stored): void {
    if (stored.version < this.stored.version) return;
    if (this.state.phase === "saved") {
      this.stored = stored;
      this.put({ title: stored.title, notes: stored.notes });
    } else if (isSame(stored, this.stored)) {
      this.stored = stored;
    }
  }

  write(change: Partial<Head>): void {
    const stays = this.state.phase === "saving" || this.state.phase === "conflict";
    this.put({ ...change, phase: stays ? this.state.phase : "unsaved" });
    if (this.state.phase !== "conflict") this.schedule();
  }

  keepMine(): void {
    this.put({ theirs: null, phase: "unsaved" });
    void this.flush();
  }

  takeTheirs(): void {
    const { theirs } = this.state;
    if (theirs !== null) this.put({ ...theirs, theirs: null, phase: "saved" });
  }

  /** Send what waits, now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.running !== null) await this.running;
    if (this.state.phase !== "unsaved" && this.state.phase !== "failed") return;
    this.running = this.send().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  private async send(): Promise<void> {
    const sent = { title: this.state.title, notes: this.state.notes };
    this.put({ phase: "saving", error: null });
    try {
      this.stored = await this.saveOver(sent);
      const isAll = isSame(sent, this.state);
      this.put({ phase: isAll ? "saved" : "unsaved" });
      if (!isAll) this.schedule();
    } catch (error) {
      if (error instanceof HeadMoved) {
        this.stored = { ...error.theirs, version: error.version };
        this.put({ phase: "conflict", theirs: error.theirs });
      } else {
        this.put({ phase: "failed", error });
        this.schedule(5000);
      }
    }
  }

  private async saveOver(sent: Head): Promise<Stored> {
    try {
      return await this.save(this.stored.version, sent);
    } catch (error) {
      // Only the outline moved: nothing of theirs would be lost under these words.
      if (error instanceof HeadMoved && isSame(error.theirs, this.stored)) return this.save(error.version, sent);
      throw error;
    }
  }

  private schedule(milliseconds = pauseMs): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), milliseconds);
  }

  private put(change: Partial<HeadState>): void {
    this.state = { ...this.state, ...change };
    this.listeners.forEach((listener) => listener());
  }
}

function isSame(one: Head, other: Head): boolean {
  return one.title === other.title && one.notes === other.notes;
}
