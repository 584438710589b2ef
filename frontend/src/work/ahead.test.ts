import { expect, it, vi } from "vitest";
import { fetchLetters } from "./ahead";

it("asks for the faces that the texts of the next task are written in", () => {
  const load = vi.fn(() => Promise.reject(new Error("offline")));
  Object.defineProperty(document, "fonts", { value: { load }, configurable: true });
  document.body.style.fontFamily = "Atkinson, sans-serif";
  fetchLetters(["नमस्ते", null, "مرحبا"]);
  expect(load).toHaveBeenCalledWith("16px Atkinson, sans-serif", "नमस्ते  مرحبا");
});
