import type { TimeSpan } from "../player";

export interface SoundState {
  readonly positionUs: number;
  readonly isPlaying: boolean;
  readonly rate: number;
  readonly loop: (TimeSpan & { readonly isOnce: boolean }) | null;
}

/** Plays, seeks and loops an `<audio>`. Without one (nothing was asked to be heard yet) it only keeps the place. */
export class SoundDriver {
  private audio: HTMLAudioElement | null = null;
  private state: SoundState = { positionUs: 0, isPlaying: false, rate: 1, loop: null };
  private request: number | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly durationUs: number) {}

  snapshot = (): SoundState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  attach(audio: HTMLAudioElement): () => void {
    this.audio = audio;
    const onPlay = (): void => {
      this.set({ isPlaying: true });
      this.follow();
    };
    const onPause = (): void => {
      this.set({ isPlaying: false });
      const { loop } = this.state;
      if (audio.ended && loop?.isOnce === false) this.playFrom(loop.startUs);
    };
    const onReady = (): void => this.seek(this.state.positionUs);
    audio.addEventListener("play", onPlay);
    audio.addEventListener("pause", onPause);
    audio.addEventListener("loadedmetadata", onReady);
    return () => {
      audio.pause();
      audio.removeEventListener("play", onPlay);
      audio.removeEventListener("pause", onPause);
      audio.removeEventListener("loadedmetadata", onReady);
      if (this.request !== null) cancelAnimationFrame(this.request);
      this.audio = null;
      this.set({ isPlaying: false });
    };
  }

  seek(us: number): void {
    const positionUs = Math.min(Math.max(us, 0), this.durationUs);
    this.set({ positionUs });
    if (this.audio !== null) this.audio.currentTime = positionUs / 1e6;
  }

  play(): void {
    if (this.audio === null) return;
    const { loop, positionUs, rate } = this.state;
    if (loop !== null && (positionUs < loop.startUs || positionUs >= loop.endUs)) this.seek(loop.startUs);
    this.audio.playbackRate = rate;
    void this.audio.play().catch(() => this.set({ isPlaying: false }));
  }

  pause(): void {
    this.audio?.pause();
  }

  setRate(rate: number): void {
    this.set({ rate });
    if (this.audio !== null) this.audio.playbackRate = rate;
  }

  /** Play a stretch again and again; null ends it. */
  setLoop(span: TimeSpan | null): void {
    this.set({ loop: span === null ? null : { ...span, isOnce: false } });
  }

  playOnce(span: TimeSpan): void {
    this.set({ loop: { ...span, isOnce: true } });
    this.playFrom(span.startUs);
  }

  private playFrom(us: number): void {
    this.seek(us);
    this.play();
  }

  private follow(): void {
    this.request = requestAnimationFrame(() => {
      if (this.audio === null || this.audio.paused) return;
      this.followed(this.audio.currentTime * 1e6);
      this.follow();
    });
  }

  private followed(positionUs: number): void {
    const { loop } = this.state;
    if (loop === null || positionUs < loop.endUs) this.set({ positionUs });
    else if (loop.isOnce) {
      this.pause();
      this.seek(loop.endUs);
      this.set({ loop: null });
    } else this.seek(loop.startUs);
  }

  private set(change: Partial<SoundState>): void {
    this.state = { ...this.state, ...change };
    this.listeners.forEach((listener) => listener());
  }
}
