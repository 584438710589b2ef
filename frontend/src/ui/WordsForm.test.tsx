import { screen } from "@testing-library/react";
import { useState } from "react";
import { beforeAll, expect, test, vi } from "vitest";
import { ApiProblem } from "@/api/problem";
import { draw } from "@/test/draw";
import { WordsForm } from "./WordsForm";

// A text that grows with its lines listens for fonts, which jsdom has none of.
beforeAll(() => Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true }));

function Drawn({ error = null, mutate = vi.fn() }: { error?: unknown; mutate?: () => void }) {
  const [text, setText] = useState("");
  return (
    <WordsForm
      action={{ error, isPending: false, mutate, reset: vi.fn() }}
      field="reason"
      label="Why"
      confirm="Send it"
      text={text}
      onText={setText}
    />
  );
}

test("what is to be read is sent once there are words in it", async () => {
  const mutate = vi.fn();
  const { user } = await draw(<Drawn mutate={mutate} />);
  expect(screen.getByRole("button", { name: "Send it" })).toBeDisabled();
  await user.type(screen.getByLabelText("Why"), "   ");
  expect(screen.getByRole("button", { name: "Send it" })).toBeDisabled();
  await user.type(screen.getByLabelText("Why"), "Two answers can be defended.");
  await user.click(screen.getByRole("button", { name: "Send it" }));
  expect(mutate).toHaveBeenCalledOnce();
});

test("that nothing was said stands beside the text", async () => {
  const error = new ApiProblem({ title: "Invalid", status: 400, code: "nothing_said", detail: "Write a few words first." });
  await draw(<Drawn error={error} />);
  expect(screen.getByLabelText("Why")).toBeInvalid();
  expect(screen.getByText("Write a few words first.")).toBeVisible();
});
