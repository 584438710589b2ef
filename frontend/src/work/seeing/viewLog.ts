import { api } from "@/api/client";
import type { components } from "@/api/schema";

type ViewInput = components["schemas"]["ViewInputRequest"];

const TELL_EVERY_MS = 20_000;
/** The server takes 200 at a time. */
const MOST_UNSENT = 150;

async function tellViews(projectId: string, views: ViewInput[]): Promise<void> {
  await api.POST("/api/projects/{project_id}/views/", {
    params: { path: { project_id: projectId } },
    body: { views },
  });
}

let telling: Promise<unknown> = Promise.resolve();

/** When what was said last has arrived, or failed to: giving a post back comes after. */
export function viewsTold(): Promise<unknown> {
  return telling.catch(() => undefined);
}

/** Notes how long a post stands on the screen; what is uncovered of it is told apart. */
export class ViewLog {
  private since = performance.now();
  private readonly timer: number;
  private unsent: ViewInput[] = [];

  constructor(
    private readonly post: { readonly projectId: string; readonly postId: string; readonly leaseId: string | null },
    private readonly tell: (projectId: string, views: ViewInput[]) => Promise<unknown> = tellViews,
  ) {
    this.timer = window.setInterval(this.flush, TELL_EVERY_MS);
    document.addEventListener("visibilitychange", this.onVisibility);
  }

  close(): void {
    this.flush();
    window.clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.onVisibility);
  }

  private readonly flush = (): void => {
    if (document.visibilityState === "visible") this.send();
  };

  private readonly onVisibility = (): void => {
    if (document.visibilityState === "hidden") this.send();
    else this.since = performance.now();
  };

  private send(): void {
    const now = performance.now();
    const seconds = Math.round((now - this.since) / 100) / 10;
    this.since = now;
    const fresh: ViewInput = { post_id: this.post.postId, part_id: null, lease_id: this.post.leaseId, is_revealed: false, seconds };
    const all = [...this.unsent, ...(seconds > 0.2 ? [fresh] : [])];
    this.unsent = [];
    if (all.length === 0) return;
    // Without network the figures wait here; they go along with the next ones.
    telling = this.tell(this.post.projectId, all);
    telling.catch(() => (this.unsent = [...all, ...this.unsent].slice(-MOST_UNSENT)));
  }
}
