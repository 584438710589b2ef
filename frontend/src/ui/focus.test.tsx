import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { firstStop, focusNext, moveByArrows, useFocusKept, useFocusOfBusyButtons } from "./focus";

function List() {
  const [names, setNames] = useState(["one"]);
  return (
    <>
      {names.map((name) => (
        <input key={name} aria-label={name} />
      ))}
      <button
        type="button"
        onClick={() => {
          setNames([...names, "two"]);
          focusNext(() => document.querySelector<HTMLElement>("input[aria-label=two]"));
        }}
      >
        Add
      </button>
    </>
  );
}

test("what is added gets the focus when it is there", async () => {
  render(<List />);
  act(() => screen.getByRole("button").click());
  await waitFor(() => expect(screen.getByLabelText("two")).toHaveFocus());
});

function Pages() {
  const [page, setPage] = useState("first");
  useFocusKept(page, () => document.querySelector<HTMLElement>("h1"));
  return (
    <>
      <h1 tabIndex={-1}>{page}</h1>
      <button type="button" onClick={() => setPage("second")}>
        Stays
      </button>
      {page === "first" && (
        <button type="button" onClick={() => setPage("second")}>
          Goes
        </button>
      )}
    </>
  );
}

test.each([
  ["Goes", "second"],
  ["Stays", "Stays"],
])("the focus is given on only where what had it went: %s", (pressed, then) => {
  render(<Pages />);
  act(() => {
    screen.getByText(pressed).focus();
    screen.getByText(pressed).click();
  });
  expect(document.activeElement).toHaveTextContent(then);
});

test("the first stop of an area is the chosen one of its radio buttons, and nothing inert", () => {
  document.body.innerHTML = `<div id="area"><div inert><button>no</button></div>
    <div role="radiogroup"><input type="radio" name="a" /><input type="radio" name="a" id="here" checked /></div></div>`;
  expect(firstStop(document.querySelector("#area"))?.id).toBe("here");
  expect(firstStop(null)).toBeUndefined();
});

test("arrows stay inside their list, and keys with a modifier are somebody else's", () => {
  document.body.innerHTML = "<ol><li><button>a</button></li><li><button>b</button></li></ol>";
  const list = document.querySelector("ol") ?? document.body;
  const press = (key: string, more = {}): boolean =>
    moveByArrows(new KeyboardEvent("keydown", { key, ...more }), list, "button", "up and down");
  list.querySelector("button")?.focus();
  expect(press("ArrowDown")).toBe(true);
  expect(press("ArrowDown")).toBe(true);
  expect(document.activeElement).toHaveTextContent("b");
  expect(press("ArrowUp", { altKey: true })).toBe(false);
  expect(press("x")).toBe(false);
  expect(press("Home")).toBe(true);
  expect(document.activeElement).toHaveTextContent("a");
});

function Sender() {
  const [isBusy, setBusy] = useState(false);
  useFocusOfBusyButtons();
  return (
    <>
      <button type="button" disabled={isBusy} onClick={() => setBusy(true)}>
        Send
      </button>
      <span onMouseEnter={() => setBusy(false)}>It came back</span>
    </>
  );
}

test("a button that was at work has the focus again when it is done", async () => {
  render(<Sender />);
  const button = screen.getByText("Send");
  act(() => button.focus());
  act(() => button.click());
  act(() => button.blur()); // as a browser does to what is disabled
  expect(document.body).toHaveFocus();
  fireEvent.mouseEnter(screen.getByText("It came back"));
  await waitFor(() => expect(button).toHaveFocus());
});
