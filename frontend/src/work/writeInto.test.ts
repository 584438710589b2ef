import { expect, it } from "vitest";
import { anonymised, leaveForWriting, type Material, takeForWriting } from "./writeInto";

const note: Material = { clauseKey: "hate", block: "interpretation", text: "Irony counts.", item: null };

it("is taken once, by whoever has its token", () => {
  const token = leaveForWriting(note);
  expect(takeForWriting("another")).toBeNull();
  expect(takeForWriting(token)).toEqual(note);
  expect(takeForWriting(token)).toBeNull();
});

it("finds nothing in what somebody else left there", () => {
  sessionStorage.setItem("concord.write.odd", "{not json");
  sessionStorage.setItem("concord.write.other", "[1]");
  expect(takeForWriting("odd")).toBeNull();
  expect(takeForWriting("other")).toBeNull();
});

it.each([
  ["ask @maria.lopez or +49 (30) 1234-5678", "ask [somebody] or [number]"],
  ["mail to a.b@example.org now", "mail to [address] now"],
  ["see https://example.org/x?y=1 and www.example.org", "see [link] and [link]"],
  ["مرحبا @سارة_1 اتصل", "مرحبا [somebody] اتصل"],
  ["Glock 17, 300 euro, 2 pm, 100 rounds", "Glock 17, 300 euro, 2 pm, 100 rounds"],
])("leaves nobody's name in %s", (text, plain) => {
  expect(anonymised(text)).toBe(plain);
});
