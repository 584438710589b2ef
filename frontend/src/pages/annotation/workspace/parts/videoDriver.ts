import type { FrameTable } from "@/editor/time/frameTable";

export interface VideoState {
  /** The frame that is on screen; while none is, the one that would be. */
  readonly frame: number;
  /** Whether the decoder has shown this very frame. */
  readonly isSure: boolean;
  /** 0 paused, negative backwards. */
  readonly speed: number;
}

/**
 * Steps, plays and seeks a `<video>` by frame. The player is always sent to the middle of a frame's time,
 * and says itself which frame it presented: time × frame rate is never used.
 */
export class VideoDriver {
  private video: HTMLVideoElement | null = null;
  private state: VideoState = { frame: 0, isSure: false, speed: 0 };
  private wanted: number | null = null;
  private nudges = 0;
  private backwards: number | null = null;
  private detach: () => void = () => undefined;
  private readonly listeners = new Set<() => void>();

  /** `proxy` holds the times at which the played file shows the same frames. */
  constructor(private readonly proxy: FrameTable) {}

  snapshot = (): VideoState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  attach(video: HTMLVideoElement): () => void {
    this.video = video;
    const onSeeked = (): void => this.settled();
    const onPause = (): void => this.stopped();
    const onReady = (): void => this.seek(this.state.frame);
    video.addEventListener("seeked", onSeeked);
    video.addEventListener("pause", onPause);
    video.addEventListener("loadeddata", onReady);
    const onFrame: VideoFrameRequestCallback = (_now, metadata) => {
      this.presented(metadata.mediaTime);
      callback = video.requestVideoFrameCallback(onFrame);
    };
    let callback = video.requestVideoFrameCallback(onFrame);
    this.detach = () => {
      video.cancelVideoFrameCallback(callback);
      video.removeEventListener("seeked", onSeeked);
      video.removeEventListener("pause", onPause);
      video.removeEventListener("loadeddata", onReady);
      this.video = null;
    };
    if (video.readyState >= 2) onReady();
    return () => this.detach();
  }

  seek(frame: number): void {
    const target = this.proxy.clamped(frame);
    if (this.video === null || this.video.readyState < 1) {
      this.set({ ...this.state, frame: target, isSure: false });
      return;
    }
    this.wanted = target;
    this.nudges = 0;
    this.set({ ...this.state, frame: target, isSure: false });
    if (!this.video.seeking) this.go(target);
  }

  step(by: number): void {
    this.pause();
    this.seek((this.wanted ?? this.state.frame) + by);
  }

  /** Play at a speed; negative goes backwards, 0 pauses. */
  play(speed: number): void {
    this.stopBackwards();
    if (this.video === null || speed === 0) {
      this.pause();
      return;
    }
    if (speed < 0) {
      this.video.pause();
      this.set({ ...this.state, speed });
      this.runBackwards(-speed, performance.now(), this.proxy.ptsOf(this.state.frame));
      return;
    }
    this.wanted = null;
    this.video.playbackRate = speed;
    this.set({ ...this.state, speed });
    void this.video.play().catch(() => this.set({ ...this.state, speed: 0 }));
  }

  pause(): void {
    this.stopBackwards();
    if (this.video !== null && !this.video.paused) this.video.pause();
    else if (this.state.speed !== 0) this.set({ ...this.state, speed: 0 });
  }

  private presented(mediaTime: number): void {
    if (this.video === null || this.video.seeking) return;
    const frame = this.proxy.frameNearest(mediaTime * 1e6);
    if (this.wanted === null) {
      this.set({ ...this.state, frame, isSure: true });
      return;
    }
    if (frame === this.wanted) {
      this.wanted = null;
      this.set({ ...this.state, frame, isSure: true });
    }
  }

  private settled(): void {
    if (this.video === null || this.wanted === null) return;
    const at = this.proxy.frameAt(this.video.currentTime * 1e6 + 1);
    if (at !== this.wanted && this.nudges < 3) {
      this.nudges += 1;
      this.go(this.wanted);
      return;
    }
    // The presented-frame callback confirms it; where the picture did not change there is none.
    this.set({ ...this.state, frame: at, isSure: true });
  }

  private stopped(): void {
    if (this.state.speed > 0) this.set({ ...this.state, speed: 0 });
    if (this.wanted === null) this.seek(this.state.frame);
  }

  private go(frame: number): void {
    if (this.video !== null) this.video.currentTime = this.proxy.seekSeconds(frame);
  }

  private runBackwards(speed: number, since: number, fromUs: number): void {
    this.backwards = requestAnimationFrame((now) => {
      const target = this.proxy.frameAt(fromUs - (now - since) * 1000 * speed);
      if (this.video?.seeking === false && target !== this.state.frame) this.seek(target);
      if (target === 0) this.pause();
      else if (this.backwards !== null) this.runBackwards(speed, since, fromUs);
    });
  }

  private stopBackwards(): void {
    if (this.backwards === null) return;
    cancelAnimationFrame(this.backwards);
    this.backwards = null;
    if (this.state.speed < 0) this.set({ ...this.state, speed: 0 });
  }

  private set(state: VideoState): void {
    const { frame, isSure, speed } = this.state;
    if (frame === state.frame && isSure === state.isSure && speed === state.speed) return;
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}
