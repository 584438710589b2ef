import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { draw } from "@/test/draw";
import { ActionForm } from "./ActionForm";

function form(mutate: () => void, isReady = true) {
  return draw(
    <ActionForm action={{ error: null, isPending: false, mutate, reset: () => undefined }} confirm="Ask" isReady={isReady}>
      <select aria-label="Which">
        <option>one</option>
      </select>
      <textarea aria-label="Why" />
    </ActionForm>,
  );
}

test("Ctrl+Enter confirms from any field, a choice and a text among them", async () => {
  const mutate = vi.fn();
  await form(mutate);
  for (const name of ["Which", "Why"]) {
    screen.getByLabelText(name).focus();
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
  }
  expect(mutate).toHaveBeenCalledTimes(2);
  expect(screen.getByLabelText("Why")).toHaveValue("");
});

test("a form that is not ready is not confirmed by keys either", async () => {
  const mutate = vi.fn();
  await form(mutate, false);
  screen.getByLabelText("Why").focus();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(mutate).not.toHaveBeenCalled();
});
