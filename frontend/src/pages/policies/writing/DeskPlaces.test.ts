import { beforeEach, expect, test } from "vitest";
import { DeskPlaces, passageWritten } from "./DeskPlaces";

function on(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`Nothing is called ${id}.`);
  return found;
}

function desk(): DeskPlaces {
  const places = new DeskPlaces();
  on("desk").addEventListener("focusin", (event) => places.note(event.target as HTMLElement));
  return places;
}

beforeEach(() => {
  document.body.innerHTML = `<main id="desk">
    <nav data-place="outline"><button id="one" tabindex="-1"></button><button id="chosen" data-landing></button></nav>
    <div data-place="text"><input id="title" data-landing data-passage="title" /><section data-passage="blocks/definition"><textarea id="words"></textarea></section></div>
    <aside data-place="beside"><button id="tab"></button><div id="versions"><button id="version"></button></div></aside>
  </main>`;
});

test("a part is begun where it says, and gone back to where it was left", () => {
  const places = desk();
  places.go(1);
  expect(on("chosen")).toHaveFocus();
  places.go(1);
  expect(on("title")).toHaveFocus();
  on("words").focus();
  places.go(1);
  expect(on("tab")).toHaveFocus();
  places.go(1);
  places.go(1);
  expect(on("words")).toHaveFocus();
  places.go(-1);
  places.go(-1);
  expect(on("tab")).toHaveFocus();
});

test("a text that is read is begun at itself", () => {
  const text = document.querySelector<HTMLElement>("[data-place=text]");
  text?.setAttribute("data-landing", "");
  text?.setAttribute("tabindex", "0");
  expect(desk().landingIn("text")).toBe(text);
});

test("whoever looked beside the text comes back to their words, or to the page that took their place", () => {
  const places = desk();
  on("words").focus();
  expect(passageWritten()).toBe("blocks/definition");
  places.goBeside(() => on("versions"));
  expect(on("version")).toHaveFocus();
  places.comeBack();
  expect(on("words")).toHaveFocus();
  places.goBeside(() => on("versions"));
  on("words").remove();
  places.comeBack();
  expect(on("title")).toHaveFocus();
});

test("who began beside the text ends there", () => {
  const places = desk();
  on("version").focus();
  places.goBeside();
  on("version").remove();
  places.comeBack();
  expect(on("tab")).toHaveFocus();
});
