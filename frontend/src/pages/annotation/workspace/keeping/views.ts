import type { components } from "@/api/schema";

type ViewInput = components["schemas"]["ViewInputRequest"];

const TELL_EVERY_MS = 20_000;
/** The server takes 200 at a time. */
const MOST_UNSENT = 150;

interface Shown {
  since: number;
  partId: string | null;
}

/**
 * Notes what was in view uncovered, and for how long. A reveal is told before anything is shown: what the
 * server does not know of is not shown.
 */
export class ViewLog {
  private readonly shown = new Map<string, Shown>();
  private readonly timer: number;
  private unsent: ViewInput[] = [];

  constructor(
    private readonly postId: string,
    private readonly leaseId: string | null,
    private readonly tell: (views: ViewInput[]) => Promise<unknown>,
  ) {
    this.shown.set("", { since: performance.now(), partId: null });
    this.timer = window.setInterval(this.flush, TELL_EVERY_MS);
    document.addEventListener("visibilitychange", this.onVisibility);
  }

  /** Resolves when the server knows; only then may the part be shown. */
  async reveal(partId: string): Promise<void> {
    await this.tell([this.view(partId, 0)]);
    this.shown.set(partId, { since: performance.now(), partId });
  }

  cover(partId: string): void {
    const shown = this.shown.get(partId);
    if (shown === undefined) return;
    this.shown.delete(partId);
    this.send([this.view(partId, seconds(shown.since))]);
  }

  close(): void {
    this.flush();
    window.clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.onVisibility);
  }

  private readonly flush = (): void => {
    if (document.visibilityState === "hidden") return;
    const now = performance.now();
    const views = [...this.shown.values()].map((shown) => this.view(shown.partId, seconds(shown.since)));
    this.shown.forEach((shown) => (shown.since = now));
    this.send(views.filter((view) => view.seconds > 0.2));
  };

  private readonly onVisibility = (): void => {
    const now = performance.now();
    if (document.visibilityState === "hidden") {
      this.send(
        [...this.shown.values()]
          .map((shown) => this.view(shown.partId, seconds(shown.since)))
          .filter((view) => view.seconds > 0.2),
      );
    }
    this.shown.forEach((shown) => (shown.since = now));
  };

  private view(partId: string | null, length: number): ViewInput {
    return {
      post_id: this.postId,
      part_id: partId,
      lease_id: this.leaseId,
      is_revealed: partId !== null,
      seconds: length,
    };
  }

  private send(views: ViewInput[]): void {
    const all = [...this.unsent, ...views];
    this.unsent = [];
    if (all.length === 0) return;
    // Without network the figures wait here; they go along with the next ones.
    this.tell(all).catch(() => (this.unsent = [...all, ...this.unsent].slice(-MOST_UNSENT)));
  }
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 100) / 10;
}
