import type { ExactFrames } from "@/editor/time/exactFrames";
import type { FrameTable } from "@/editor/time/frameTable";

export interface VideoState {
  /** The frame that is on screen; while none is, the one that would be. */
  readonly frame: number;
  /** Whether whoever decoded the picture on screen said that it is this very frame. */
  readonly isSure: boolean;
  /** 0 paused, negative backwards. */
  readonly speed: number;
  /** How fast it plays when it plays. */
  readonly rate: number;
  /** Whether the canvas shows the frame, and not the player under it. */
  readonly isPainted: boolean;
  readonly loop: FrameLoop | null;
}

/** A stretch played over and over, or once; both frames included. */
export interface FrameLoop {
  readonly from: number;
  readonly to: number;
  readonly isOnce: boolean;
}

/** Proxies keep whole milliseconds: a time farther from its place in the table is not proven to be that frame. */
const SLACK_US = 600;
const FOLLOW_MS = 150;
const ASK_AGAIN_MS = 200;
const ATTEMPTS = 12;

/**
 * Steps, plays and seeks a video by frame. While it plays, the `<video>` says itself which frame it presents; where
 * it stands, a decoder paints exactly the frame asked for over it. Without a decoder the player is sent to the middle of
 * a frame's time. Time × frame rate is never used.
 */
export class VideoDriver {
  private video: HTMLVideoElement | null = null;
  private canvas: HTMLCanvasElement | null = null;
  private exact: ExactFrames<ImageBitmap> | null = null;
  private state: VideoState = { frame: 0, isSure: false, speed: 0, rate: 1, isPainted: false, loop: null };
  /** The frame asked for and not yet shown. */
  private wanted: number | null = null;
  /** The frame the player presented last, as far as it can be told. */
  private inPlayer: number | null = null;
  private sentFor: number | null = null;
  private asking: ReturnType<typeof setTimeout> | null = null;
  private backwards: number | null = null;
  private following: ReturnType<typeof setTimeout> | null = null;
  private detach: () => void = () => undefined;
  private readonly listeners = new Set<() => void>();

  /** `proxy` holds the times at which the played file shows the same frames. */
  constructor(private readonly proxy: FrameTable) {}

  snapshot = (): VideoState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  attach(video: HTMLVideoElement, canvas: HTMLCanvasElement): () => void {
    this.video = video;
    this.canvas = canvas;
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
      this.stopBackwards();
      this.stopFollowing();
      this.stopAsking();
      video.cancelVideoFrameCallback(callback);
      video.removeEventListener("seeked", onSeeked);
      video.removeEventListener("pause", onPause);
      video.removeEventListener("loadeddata", onReady);
      this.video = null;
      this.canvas = null;
      this.exact = null;
    };
    if (video.readyState >= 2) onReady();
    return () => this.detach();
  }

  /** From now on frames come from a decoder wherever the video stands. */
  decodeWith(exact: ExactFrames<ImageBitmap>): void {
    this.exact = exact;
    if (this.state.speed <= 0) this.seek(this.wanted ?? this.state.frame);
  }

  seek(frame: number): void {
    const target = this.proxy.clamped(frame);
    if (this.state.speed > 0) {
      this.jump(target);
      return;
    }
    this.wanted = target;
    this.set({ frame: target, isSure: false });
    if (this.exact !== null) this.paint(target, this.exact);
    else this.sendUntilSure(target);
  }

  step(by: number): void {
    this.pause();
    this.seek((this.wanted ?? this.state.frame) + by);
  }

  /** Play at a speed; negative goes backwards, 0 pauses. */
  play(speed: number): void {
    if (this.video === null || speed === 0) {
      this.pause();
      return;
    }
    if (speed < 0) {
      this.stopBackwards();
      this.pause();
      this.set({ speed });
      this.runBackwards(-speed, performance.now(), this.proxy.ptsOf(this.state.frame));
      return;
    }
    this.stopBackwards();
    this.stopFollowing();
    this.video.playbackRate = speed;
    if (this.state.speed > 0) {
      this.set({ speed });
      return;
    }
    const start = this.startFrom(this.wanted ?? this.state.frame);
    this.wanted = null;
    this.set({ speed, frame: start });
    if (this.inPlayer !== start || this.video.ended) this.send(start);
    void this.video.play().catch(() => this.pause());
  }

  pause(): void {
    this.stopBackwards();
    const wasPlaying = this.state.speed > 0;
    this.set({ speed: 0 });
    if (this.video !== null && !this.video.paused) this.video.pause();
    // The player may have run on by a frame: what it showed last is asked for by number.
    if (wasPlaying) this.seek(this.state.frame);
  }

  setRate(rate: number): void {
    this.set({ rate });
    if (this.state.speed > 0) this.play(rate);
  }

  /** Play a stretch again and again, until the loop is taken away. */
  setLoop(from: number, to: number): void {
    this.set({ loop: { from, to, isOnce: false } });
    if (this.state.frame < from || this.state.frame > to) this.seek(from);
  }

  endLoop(): void {
    this.set({ loop: null });
  }

  /** Play a stretch once and stand on its last frame. */
  playOnce(from: number, to: number): void {
    this.pause();
    this.set({ loop: { from, to, isOnce: true } });
    this.seek(from);
    this.play(this.state.rate);
  }

  private startFrom(frame: number): number {
    const { loop } = this.state;
    if (loop !== null) return frame < loop.from || frame >= loop.to ? loop.from : frame;
    return frame === this.proxy.last ? 0 : frame;
  }

  private paint(frame: number, exact: ExactFrames<ImageBitmap>): void {
    exact.frame(frame).then(
      (picture) => {
        if (picture === null || this.wanted !== frame || this.canvas === null) return;
        this.canvas.width = picture.width;
        this.canvas.height = picture.height;
        this.canvas.getContext("2d")?.drawImage(picture, 0, 0);
        this.canvas.dataset["painted"] = String(frame);
        this.wanted = null;
        this.set({ frame, isSure: true, isPainted: true });
        this.followLater();
      },
      () => {
        // The player can still show frames, and say which.
        if (this.exact === exact) this.exact = null;
        if (this.wanted === frame) this.sendUntilSure(frame);
      },
    );
  }

  /** The player comes after, for playing on from here at once; not while a hand steps on. */
  private followLater(): void {
    this.stopFollowing();
    this.following = setTimeout(() => {
      if (this.state.speed === 0 && this.inPlayer !== this.state.frame) this.send(this.state.frame);
    }, FOLLOW_MS);
  }

  private stopFollowing(): void {
    if (this.following !== null) clearTimeout(this.following);
    this.following = null;
  }

  /** The player says which frame is on screen; a time that is no frame's proves nothing. */
  private presented(mediaTime: number): void {
    const frame = this.proxy.frameNearest(mediaTime * 1e6);
    const isProven = Math.abs(this.proxy.ptsOf(frame) - mediaTime * 1e6) <= SLACK_US;
    this.inPlayer = isProven ? frame : null;
    if (this.video === null || this.video.seeking) return;
    if (this.state.speed > 0) {
      const { loop } = this.state;
      if (loop === null || (frame >= loop.from && frame <= loop.to)) this.set({ frame, isSure: isProven, isPainted: false });
      else if (loop.isOnce) this.finish(loop);
      else this.jump(loop.from);
      return;
    }
    if (this.exact !== null) return;
    if (isProven && frame === this.wanted && frame === this.sentFor) this.confirm(frame);
    else if (this.wanted === null && frame !== this.state.frame) this.seek(this.state.frame);
  }

  /** One seek after another: what was presented since the last one began is then what that one led to. */
  private settled(): void {
    if (this.wanted === null || this.exact !== null || this.state.speed > 0) return;
    if (this.sentFor !== this.wanted) this.sendUntilSure(this.wanted);
    else if (this.inPlayer === this.wanted) this.confirm(this.wanted);
  }

  private confirm(frame: number): void {
    this.wanted = null;
    this.stopAsking();
    this.set({ frame, isSure: true, isPainted: false });
  }

  /** The player stopped by itself: at its end, or because the browser would not have it play. */
  private stopped(): void {
    if (this.state.speed <= 0) return;
    const { loop } = this.state;
    if (loop?.isOnce === false && this.video?.ended === true) {
      this.jump(loop.from);
      void this.video.play().catch(() => this.pause());
      return;
    }
    this.set({ speed: 0, loop: loop?.isOnce === true ? null : loop });
    this.seek(this.video?.ended === true ? this.proxy.last : this.state.frame);
  }

  /** A stretch was played to its end: it stands on its last frame. */
  private finish(loop: FrameLoop): void {
    this.set({ loop: null, frame: loop.to });
    this.pause();
  }

  private jump(frame: number): void {
    this.set({ frame, isSure: false });
    this.send(frame);
  }

  private send(frame: number): void {
    this.sendTo(this.proxy.seekSeconds(frame));
  }

  private sendTo(seconds: number): void {
    if (this.video !== null && this.video.readyState >= 1) this.video.currentTime = seconds;
  }

  /** Without a decoder: send the player to the frame, and elsewhere when it does not say that it is there. */
  private sendUntilSure(frame: number, attempt = 0): void {
    this.stopAsking();
    const isFree = this.video?.seeking === false;
    if (isFree) {
      this.inPlayer = null;
      this.sentFor = frame;
      this.sendTo(attempt === 0 ? this.proxy.seekSeconds(frame) : this.proxy.otherSeekSeconds(frame, attempt - 1));
    }
    this.asking = setTimeout(() => {
      const isOpen = this.wanted === frame && this.exact === null && this.state.speed === 0;
      if (isOpen && attempt < ATTEMPTS) this.sendUntilSure(frame, isFree ? attempt + 1 : attempt);
    }, ASK_AGAIN_MS);
  }

  private stopAsking(): void {
    if (this.asking !== null) clearTimeout(this.asking);
    this.asking = null;
  }

  private runBackwards(speed: number, since: number, fromUs: number): void {
    this.backwards = requestAnimationFrame((now) => {
      const { loop, frame, isSure } = this.state;
      const target = this.proxy.frameAt(fromUs - (now - since) * 1000 * speed);
      if (loop !== null && target < loop.from) {
        this.seek(loop.to);
        this.runBackwards(speed, now, this.proxy.ptsOf(loop.to));
        return;
      }
      if (target === 0) {
        this.pause();
        this.seek(0);
        return;
      }
      if (target !== frame && isSure) this.seek(target);
      if (this.backwards !== null) this.runBackwards(speed, since, fromUs);
    });
  }

  private stopBackwards(): void {
    if (this.backwards === null) return;
    cancelAnimationFrame(this.backwards);
    this.backwards = null;
    if (this.state.speed < 0) this.set({ speed: 0 });
  }

  private set(change: Partial<VideoState>): void {
    const next = { ...this.state, ...change };
    const keys = Object.keys(change) as (keyof VideoState)[];
    if (keys.every((key) => this.state[key] === next[key])) return;
    this.state = next;
    this.listeners.forEach((listener) => listener());
  }
}
