import { beforeEach, describe, expect, test, vi } from "vitest";
import { type SightLog, Sights } from "../sights";

let open: ReturnType<typeof vi.fn<SightLog["open"]>>;
let end: ReturnType<typeof vi.fn<SightLog["end"]>>;
const onProblem = vi.fn();
const answered = (): Promise<void> => Promise.resolve().then(() => undefined);

beforeEach(() => {
  open = vi.fn<SightLog["open"]>(() => Promise.resolve());
  end = vi.fn<SightLog["end"]>();
  onProblem.mockReset();
});

const sightsOf = (isSoft = false): Sights => new Sights({ open, end }, () => isSoft, onProblem);

describe("a part", () => {
  test("is shown only when the server has noted it", async () => {
    const sights = sightsOf();
    sights.reveal("a");
    expect(sights.snapshot().size).toBe(0);
    await answered();
    expect(sights.snapshot().get("a")).toBe("full");
    expect(open).toHaveBeenCalledExactlyOnceWith("a", "full");
  });

  test("that the server refuses stays covered, and the refusal is told", async () => {
    open.mockRejectedValue(new Error("closed"));
    const sights = sightsOf();
    sights.reveal("a");
    await answered();
    await answered();
    expect(sights.snapshot().size).toBe(0);
    expect(onProblem).toHaveBeenCalledOnce();
    sights.reveal("a");
    expect(open).toHaveBeenCalledTimes(2);
  });

  test("let go of before the server answered is never shown, and its look is ended", async () => {
    const sights = sightsOf();
    sights.press("a");
    sights.release(Infinity);
    await answered();
    expect(sights.snapshot().size).toBe(0);
    expect(end).toHaveBeenCalledExactlyOnceWith("a");
  });

  test("is shown as long as the key is held", async () => {
    const sights = sightsOf();
    sights.press("a", "hold");
    await answered();
    expect(sights.snapshot().get("a")).toBe("hold");
    sights.release(1000);
    expect(sights.snapshot().size).toBe(0);
    expect(end).toHaveBeenCalledOnce();
  });

  test("stays in view after a tap and is covered by the next", async () => {
    const sights = sightsOf();
    sights.press("a");
    sights.release(80);
    await answered();
    expect(sights.snapshot().get("a")).toBe("full");
    sights.press("a");
    sights.release(80);
    expect(sights.snapshot().size).toBe(0);
    expect(open).toHaveBeenCalledOnce();
  });

  test("goes from the lens to full view without asking twice", async () => {
    const sights = sightsOf();
    sights.reveal("a", "lens");
    await answered();
    sights.reveal("a", "full");
    expect(sights.snapshot().get("a")).toBe("full");
    expect(open).toHaveBeenCalledExactlyOnceWith("a", "lens");
  });

  test("that arrived softened goes back to that, and is covered only with everything", async () => {
    const sights = sightsOf(true);
    sights.reveal("a", "soft");
    await answered();
    sights.press("a");
    expect(sights.snapshot().get("a")).toBe("hold");
    sights.release(1000);
    expect(sights.snapshot().get("a")).toBe("soft");
    sights.coverAll();
    expect(sights.snapshot().size).toBe(0);
    expect(open).toHaveBeenCalledExactlyOnceWith("a", "full");
  });
});
