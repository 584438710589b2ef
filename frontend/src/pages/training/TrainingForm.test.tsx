import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { api } from "@/api/client";
import { draw } from "@/test/draw";
import { TrainingForm } from "./TrainingForm";

vi.mock("@/api/client", async (original) => ({ ...(await original<object>()), api: { GET: vi.fn(), POST: vi.fn() } }));

const usual = { epochs: 1, learning_rate: 1e-6, lora_rank: 16, max_length: 1024, precision: "auto" };
const offers = {
  results: [
    { name: "dpo", title: "DPO", summary: "Moves a model.", kind: "dpo", usual, rows: 0, refusal: "Version 3 holds no dpo rows." },
    { name: "grpo", title: "GRPO", summary: "Judges posts.", kind: "grpo", usual: { ...usual, clause_weights: {} }, rows: 80, refusal: null },
  ],
  clauses: [
    { key: "hate", title: "Hate", worst: 3, weight: 1 },
    { key: "spam", title: "Spam", worst: 1, weight: 0.5 },
  ],
};

async function drawn() {
  vi.mocked(api.GET).mockResolvedValue({ data: offers, response: new Response() });
  vi.mocked(api.POST).mockResolvedValue({ data: { id: "run-1" }, response: new Response() });
  return draw(<TrainingForm projectId="p" versionId="v" onClose={vi.fn()} />);
}

test("what fits is chosen, and what does not says why", async () => {
  await drawn();
  expect(await screen.findByLabelText("GRPO")).toBeChecked();
  expect(screen.getByLabelText("DPO")).toBeDisabled();
  expect(screen.getByText("Version 3 holds no dpo rows.")).toBeVisible();
});

test("weights that were changed are sent, and one that is too large is not", async () => {
  const { user } = await drawn();
  expect(await screen.findByLabelText("Hate")).toHaveValue("1");
  const spam = screen.getByLabelText("Spam");
  const start = screen.getByText("Start training").closest("button");
  await user.click(screen.getByLabelText("Base model"));
  await user.paste("local:tiny");
  await user.clear(spam);
  await user.paste("1001");
  expect(spam).toBeInvalid();
  expect(start).toBeDisabled();
  await user.clear(spam);
  await user.paste("0.25");
  expect(start).toBeEnabled();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(api.POST).toHaveBeenCalledOnce());
  const settings: unknown = expect.objectContaining({ clause_weights: { spam: 0.25 } });
  const body: unknown = expect.objectContaining({ version_id: "v", recipe: "grpo", settings });
  expect(api.POST).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ body }));
});
