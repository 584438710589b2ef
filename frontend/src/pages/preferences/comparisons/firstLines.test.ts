import { describe, expect, it } from "vitest";
import { firstLines } from "./firstLines";

describe("the first lines of a file", () => {
  it("are whole lines, without a byte order mark and empty ones", async () => {
    expect(await firstLines(new Blob(['\uFEFF{"a": 1}\n\n{"b": 2}\r\n']))).toEqual(['{"a": 1}', '{"b": 2}\r']);
  });

  it("leave out the one that is cut off", async () => {
    expect(await firstLines(new Blob(["short\n", "x".repeat(500_000)]))).toEqual(["short"]);
  });

  it("are twenty at most", async () => {
    expect(await firstLines(new Blob(["line\n".repeat(50)]))).toHaveLength(20);
  });
});
