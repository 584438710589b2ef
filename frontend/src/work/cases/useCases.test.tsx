import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { PagedQuery } from "@/api/pages";
import { draw } from "@/test/draw";
import { useCases } from "./useCases";

interface Row {
  readonly key: string;
}

function paged(names: readonly string[], more: Partial<PagedQuery<Row>> = {}): PagedQuery<Row> {
  return {
    rows: names.map((key) => ({ key })),
    error: null,
    isPending: false,
    isSuccess: true,
    isFetching: false,
    hasNextPage: false,
    isFetchingNextPage: false,
    fetchNextPage: () => Promise.resolve(),
    refetch: () => Promise.resolve(),
    ...more,
  };
}

function Room({ pages }: { pages: PagedQuery<Row> }) {
  const { open, settled, current, choose, settle } = useCases(pages, (row) => row.key, { scope: "cases", thing: "case" });
  return (
    <>
      <p>on the screen: {current?.key ?? "nothing"}</p>
      <p>waiting: {open.length}</p>
      {settled.map((row) => (
        <button key={row.key} type="button" onClick={() => choose(row.key)}>
          settled {row.key}
        </button>
      ))}
      <button type="button" onClick={settle}>
        Done
      </button>
    </>
  );
}

test("keys walk the cases and stop at both ends", async () => {
  const { user } = await draw(<Room pages={paged(["a", "b"])} />);
  expect(screen.getByText("on the screen: a")).toBeVisible();
  await user.keyboard("{ArrowDown}j");
  expect(screen.getByText("on the screen: b")).toBeVisible();
  await user.keyboard("kk");
  expect(screen.getByText("on the screen: a")).toBeVisible();
});

test("a settled case leaves the list and the next one takes its place, the one before it at the end", async () => {
  const { user } = await draw(<Room pages={paged(["a", "b", "c"])} />);
  await user.keyboard("jj");
  await user.click(screen.getByRole("button", { name: "Done" }));
  expect(screen.getByText("on the screen: b")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Done" }));
  await user.click(screen.getByRole("button", { name: "Done" }));
  expect(screen.getByText("on the screen: nothing")).toBeVisible();
  expect(screen.getByText("waiting: 0")).toBeVisible();
});

test("a settled case can be looked at again; from it the way leads back to those that wait", async () => {
  const { user } = await draw(<Room pages={paged(["a", "b", "c"])} />);
  await user.click(screen.getByRole("button", { name: "Done" }));
  await user.click(screen.getByRole("button", { name: "settled a" }));
  expect(screen.getByText("on the screen: a")).toBeVisible();
  await user.keyboard("j");
  expect(screen.getByText("on the screen: b")).toBeVisible();
  expect(screen.getByText("waiting: 2")).toBeVisible();
});

test("the next page is asked for before the loaded cases run out", async () => {
  const fetchNextPage = vi.fn(() => Promise.resolve());
  const pages = paged(["a", "b", "c", "d", "e", "f", "g"], { hasNextPage: true, fetchNextPage });
  const { user } = await draw(<Room pages={pages} />);
  await user.keyboard("j");
  expect(fetchNextPage).not.toHaveBeenCalled();
  await user.keyboard("j");
  expect(fetchNextPage).toHaveBeenCalledOnce();
});
