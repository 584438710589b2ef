/** What is needed of a video or a piece of sound to play it with others. */
export type Playable = Pick<
  HTMLMediaElement,
  "paused" | "ended" | "currentTime" | "duration" | "playbackRate" | "play" | "pause" | "addEventListener" | "removeEventListener"
>;

/** Closer than this is the same place: an echo of what another was told, or a picture's length. */
const SAME_PLACE_SECONDS = 0.2;
const followed = ["play", "pause", "seeking", "ratechange"] as const;

export interface TogetherState {
  /** How many can be played now. */
  readonly count: number;
  /** Whether what is done to one is done to all. */
  readonly isOn: boolean;
}

/** Videos and sounds of one page that move as one while a person wants it. */
export class Together {
  private state: TogetherState = { count: 0, isOn: false };
  private readonly members = new Set<Playable>();
  private readonly listeners = new Set<() => void>();

  snapshot = (): TogetherState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Take part; the answer ends it. */
  join = (member: Playable): (() => void) => {
    const heard = new Map(followed.map((name) => [name, () => this.follow(member, name)] as const));
    heard.forEach((hear, name) => member.addEventListener(name, hear));
    this.members.add(member);
    this.set({ ...this.state, count: this.members.size });
    return () => {
      heard.forEach((hear, name) => member.removeEventListener(name, hear));
      this.members.delete(member);
      this.set({ ...this.state, count: this.members.size });
    };
  };

  /** Let what is done to one be done to all, beginning where the first is; or no longer. */
  toggle = (): void => {
    this.set({ ...this.state, isOn: !this.state.isOn });
    const [first] = this.members;
    if (this.state.isOn && first !== undefined) this.follow(first, "seeking");
  };

  /** Play all, or pause all where one plays. */
  playOrPause = (): void => {
    const members = [...this.members];
    const plays = members.some((member) => !member.paused);
    members.forEach((member) => (plays ? member.pause() : start(member)));
  };

  /** All of them, by so many seconds. */
  seekBy = (seconds: number): void => {
    for (const member of this.members) member.currentTime = within(member.currentTime + seconds, member);
  };

  private follow(leader: Playable, name: (typeof followed)[number]): void {
    if (!this.state.isOn) return;
    for (const other of this.members) {
      if (other === leader) continue;
      if (name === "play" && other.paused && !other.ended) start(other);
      // The shorter one comes to its end alone.
      if (name === "pause" && !leader.ended && !other.paused) other.pause();
      if (name === "ratechange" && other.playbackRate !== leader.playbackRate) other.playbackRate = leader.playbackRate;
      if (name === "seeking") {
        const place = within(leader.currentTime, other);
        // At its own end the shorter one is where it was sent; the longer one stays beyond it.
        const isSpent = leader.currentTime >= leader.duration - SAME_PLACE_SECONDS && other.currentTime >= place;
        if (!isSpent && Math.abs(other.currentTime - place) > SAME_PLACE_SECONDS) other.currentTime = place;
      }
    }
  }

  private set(state: TogetherState): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

function start(member: Playable): void {
  // A browser may refuse to play without a gesture; the person sees that it stands still.
  member.play().catch(() => undefined);
}

function within(seconds: number, { duration }: Playable): number {
  return Math.min(Math.max(seconds, 0), Number.isFinite(duration) ? duration : Infinity);
}
