import { describe, expect, it, vi } from "vitest";
import { NoAnswerError } from "@/api/problem";
import { oneByOne, type QueuePorts, WorkQueue } from "./workQueue";

interface Bundle {
  readonly lease: { readonly id: string };
}
interface Session {
  readonly leaseId: string;
  close(): void;
}

const bundle = (id: string): Bundle => ({ lease: { id } });

function begin(ports: Partial<QueuePorts<Bundle, Session>> = {}) {
  let made = 0;
  const take = vi.fn((_: readonly string[], count: number) =>
    Promise.resolve(Array.from({ length: count }, () => bundle(`lease-${(made += 1)}`))),
  );
  const warm = vi.fn<(ahead: Bundle) => void>();
  const queue = new WorkQueue<Bundle, Session>({
    take,
    load: (leaseId) => Promise.resolve(bundle(leaseId)),
    open: ({ lease }) => Promise.resolve({ leaseId: lease.id, close: () => undefined }),
    holdingMore: () => [],
    warm,
    ...ports,
  });
  return { queue, take, warm };
}

const onScreen = (queue: WorkQueue<Bundle, Session>): string | null => {
  const state = queue.snapshot();
  return state.phase === "working" ? state.task.bundle.lease.id : null;
};

describe("a queue of work", () => {
  it("holds the task on the screen and the next two, and warms what it was handed", async () => {
    const { queue, take, warm } = begin();
    await queue.open();
    expect(queue.held).toEqual(["lease-1", "lease-2", "lease-3"]);
    expect(take).toHaveBeenCalledTimes(1);
    expect(warm.mock.calls.map(([ahead]) => ahead.lease.id)).toEqual(["lease-1", "lease-2", "lease-3"]);
  });

  it("shows a task once when two answers of the server brought it", async () => {
    const { queue, take } = begin();
    await queue.open();
    await queue.advance();
    await queue.advance();
    take.mockImplementationOnce(() => {
      queue.stock([bundle("x")]);
      return Promise.resolve([bundle("x"), bundle("y")]);
    });
    await queue.advance();
    expect(queue.held).toEqual(["x", "y"]);
  });

  it("goes on from a task that was opened by its lease, though an exchange brought that one, too", async () => {
    const { queue, take } = begin();
    const all = [bundle("opened"), bundle("next")];
    take.mockImplementation((named) => Promise.resolve(all.filter(({ lease }) => !named.includes(lease.id))));
    const opening = queue.open("opened");
    expect(queue.named).toEqual(["opened"]);
    queue.stock([bundle("opened"), bundle("other")]);
    await opening;
    expect(queue.held).toEqual(["opened", "other", "next"]);
    await queue.advance();
    expect(onScreen(queue)).toBe("other");
  });

  it("goes on from memory, without asking the server", async () => {
    const { queue, take } = begin();
    await queue.open();
    take.mockRejectedValue(new NoAnswerError());
    await queue.advance();
    await queue.advance();
    expect(onScreen(queue)).toBe("lease-3");
    await queue.advance();
    expect(queue.snapshot()).toMatchObject({ phase: "failed" });
  });

  it("takes what an exchange handed out, once, and drops what has ended", async () => {
    const { queue } = begin();
    await queue.open();
    await queue.advance();
    expect(queue.wanted()).toBe(1);
    expect(queue.wanted("lease-2")).toBe(2);
    queue.stock([bundle("new"), bundle("lease-3"), bundle("lease-1")], ["lease-3"]);
    expect(queue.held).toEqual(["lease-2", "new"]);
    expect(queue.named).toEqual(["lease-2", "new", "lease-1"]);
  });

  it("shows what comes when nothing was left, or nothing could be reached", async () => {
    const { queue } = begin({ take: () => Promise.resolve([]) });
    await queue.open();
    expect(queue.snapshot()).toEqual({ phase: "empty" });
    queue.stock([bundle("late")]);
    await vi.waitFor(() => expect(onScreen(queue)).toBe("late"));
  });

  it("asks for more after a task was given back", async () => {
    const { queue, take } = begin();
    await queue.open();
    await queue.advance();
    await queue.refill();
    expect(take).toHaveBeenLastCalledWith(["lease-2", "lease-3", "lease-1"], 1);
    expect(queue.held).toEqual(["lease-2", "lease-3", "lease-4"]);
  });

  it("keeps nothing of a visit that ended", async () => {
    const { queue } = begin();
    const opening = queue.open();
    queue.stop();
    await opening;
    expect(queue.held).toEqual([]);
  });
});

describe("tasks one by one", () => {
  it("stops at the last one and passes over what was hidden meanwhile", async () => {
    const leases = ["a", "b", null];
    const lease = vi.fn(() => Promise.resolve(leases.shift() ?? null));
    const take = oneByOne(lease, (id) => Promise.resolve(bundle(id)));
    expect(await take([], 3)).toEqual([bundle("a"), bundle("b")]);
    expect(lease).toHaveBeenLastCalledWith(["a", "b"]);
  });
});
