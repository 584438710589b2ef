import { limited, type Point, type Size } from "./geometry";

/** 3,200 %: one pixel of the asset is 32 on the screen. */
export const CLOSEST = 32;
/** One step of the zoom keys. */
export const ZOOM_STEP = 1.4;

/** How long after its last change a view still counts as moving, in milliseconds. */
export const REST_MS = 160;

/** How a picture lies in its window: screen pixels per pixel of the asset, and where its first corner is. */
export interface ViewState {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/**
 * The window onto one picture. It starts fitted; zooming goes no further out than that and no closer than
 * 3,200 %. What is seen is never part of what is kept.
 */
export class PictureView {
  private window: Size = { width: 1, height: 1 };
  private picture: Size = { width: 1, height: 1 };
  private state: ViewState = { scale: 1, x: 0, y: 0 };
  private isFitted = true;
  private changedAt = -Infinity;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly clock: () => number = () => performance.now()) {}

  snapshot = (): ViewState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get fitScale(): number {
    return Math.min(this.window.width / this.picture.width, this.window.height / this.picture.height);
  }

  get isZoomed(): boolean {
    return !this.isFitted;
  }

  /** The window's size on the screen and the picture's own; a fitted picture stays fitted. */
  measure(window: Size, picture: Size): void {
    const same =
      window.width === this.window.width &&
      window.height === this.window.height &&
      picture.width === this.picture.width &&
      picture.height === this.picture.height;
    if (same) return;
    this.window = window;
    this.picture = picture;
    if (this.isFitted) this.fit();
    else this.set(this.state);
  }

  fit(): void {
    this.isFitted = true;
    const scale = this.fitScale;
    const { window, picture } = this;
    this.put({ scale, x: (window.width - picture.width * scale) / 2, y: (window.height - picture.height * scale) / 2 });
  }

  /** Zoom by a factor about a point of the window; its middle when none is named. */
  zoomBy(factor: number, about: Point = this.middle): void {
    this.zoomTo(this.state.scale * factor, about);
  }

  /** Zoom to so many screen pixels per pixel of the asset. */
  zoomTo(wanted: number, about: Point = this.middle): void {
    const scale = limited(wanted, this.fitScale, Math.max(CLOSEST, this.fitScale));
    if (scale <= this.fitScale * 1.001) {
      this.fit();
      return;
    }
    this.isFitted = false;
    const at = this.toPicture(about);
    this.set({ scale, x: about.x - at.x * scale, y: about.y - at.y * scale });
  }

  /** Move the picture by screen pixels. */
  panBy(by: Point): void {
    if (this.isFitted) return;
    // On whole screen pixels a browser copies what it has drawn; between them it must draw it anew.
    this.set({ ...this.state, x: Math.round(this.state.x + by.x), y: Math.round(this.state.y + by.y) });
  }

  /** Bring a rectangle's middle into the window when it lies outside. */
  show(at: Point): void {
    const seen = { x: at.x * this.state.scale + this.state.x, y: at.y * this.state.scale + this.state.y };
    const isIn = seen.x >= 0 && seen.y >= 0 && seen.x <= this.window.width && seen.y <= this.window.height;
    if (!isIn) this.panBy({ x: this.middle.x - seen.x, y: this.middle.y - seen.y });
  }

  toPicture({ x, y }: Point): Point {
    return { x: (x - this.state.x) / this.state.scale, y: (y - this.state.y) / this.state.scale };
  }

  get middle(): Point {
    return { x: this.window.width / 2, y: this.window.height / 2 };
  }

  /** The picture always covers the window, or stands in its middle where it is smaller. */
  private set({ scale, x, y }: ViewState): void {
    const { window, picture } = this;
    this.put({
      scale,
      x: covering(x, picture.width * scale, window.width),
      y: covering(y, picture.height * scale, window.height),
    });
  }

  /** Whether the view changed a moment ago; `now` and the time of the last change are milliseconds. */
  isMoving(now: number = this.clock()): boolean {
    return now - this.changedAt < REST_MS;
  }

  private put(state: ViewState): void {
    this.state = state;
    this.changedAt = this.clock();
    this.listeners.forEach((listener) => listener());
  }
}

function covering(offset: number, length: number, room: number): number {
  return length <= room ? (room - length) / 2 : limited(offset, room - length, 0);
}

/** One window for each picture of a post, made when it is first asked for. */
export class PictureViews {
  private readonly views = new Map<string, PictureView>();

  of(partId: string): PictureView {
    const known = this.views.get(partId);
    if (known !== undefined) return known;
    const fresh = new PictureView();
    this.views.set(partId, fresh);
    return fresh;
  }
}
