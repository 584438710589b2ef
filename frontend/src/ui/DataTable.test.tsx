import { screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { ApiProblem } from "@/api/problem";
import { draw } from "@/test/draw";
import { type Column, DataTable } from "./DataTable";

interface Row {
  id: string;
  name: string;
}

const rows: Row[] = [
  { id: "1", name: "First" },
  { id: "2", name: "Second" },
];
const columns: Column<Row>[] = [{ key: "name", header: "Name", render: (row) => row.name }];
const settled = { error: null, isPending: false, hasNextPage: false, isFetchingNextPage: false };

test("rows are walked with arrows and opened with Enter", async () => {
  const onOpen = vi.fn();
  const { user } = await draw(
    <DataTable label="Things" columns={columns} rows={rows} rowKey={(row) => row.id} onOpen={onOpen} />,
  );
  await user.tab();
  await user.keyboard("{ArrowDown}{Enter}");
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(rows[1]);
  await user.keyboard("k{Enter}");
  expect(onOpen).toHaveBeenLastCalledWith(rows[0]);
});

test("a click on a button in a row does not open the row", async () => {
  const onOpen = vi.fn();
  const { user } = await draw(
    <DataTable
      label="Things"
      columns={[{ key: "act", header: "Act", render: () => <button type="button">Act</button> }]}
      rows={rows.slice(0, 1)}
      rowKey={(row) => row.id}
      onOpen={onOpen}
    />,
  );
  await user.click(screen.getByRole("button", { name: "Act" }));
  expect(onOpen).not.toHaveBeenCalled();
});

test("a list that failed says the server's sentence and tries again on request", async () => {
  const refetch = vi.fn();
  const problem = new ApiProblem({ title: "Away", status: 503, code: "away", detail: "The database rests.", request_id: "r-1" });
  const { user } = await draw(
    <DataTable
      label="Things"
      columns={columns}
      rows={[]}
      rowKey={(row) => row.id}
      query={{ ...settled, error: problem, refetch, fetchNextPage: vi.fn() }}
    />,
  );
  const alert = screen.getByRole("alert");
  expect(alert).toHaveTextContent("The database rests.");
  expect(alert).toHaveTextContent("r-1");
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  expect(refetch).toHaveBeenCalledOnce();
});

test("the next page is fetched on request", async () => {
  const fetchNextPage = vi.fn();
  const { user } = await draw(
    <DataTable
      label="Things"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      query={{ ...settled, hasNextPage: true, fetchNextPage, refetch: vi.fn() }}
    />,
  );
  await user.click(screen.getByRole("button", { name: "Show more" }));
  expect(fetchNextPage).toHaveBeenCalledOnce();
});

test("a table wider than its frame is reached by keyboard, one that fits is no stop", async () => {
  const width = vi.spyOn(HTMLElement.prototype, "scrollWidth", "get").mockReturnValue(900);
  const table = <DataTable label="Things" columns={columns} rows={rows} rowKey={(row) => row.id} />;
  const wide = await draw(table);
  await wide.user.tab();
  expect(screen.getByRole("group", { name: "Things, wider than its frame" })).toHaveFocus();
  wide.unmount();

  width.mockRestore();
  const { user } = await draw(table);
  await user.tab();
  expect(document.body).toHaveFocus();
  expect(screen.queryByRole("group")).toBeNull();
});
