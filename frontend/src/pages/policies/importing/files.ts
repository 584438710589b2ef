import type { components } from "@/api/schema";

export type GivenFile = components["schemas"]["ImportFileInputRequest"];

export const mostBytes = 5 * 1024 * 1024;

export interface ReadFile {
  readonly given: GivenFile;
  readonly sha256: string;
  readonly size: number;
}

/** A file as it is sent: its bytes, and their hash for the record of where a draft came from. */
export async function fileRead(file: File): Promise<ReadFile> {
  const data = new Uint8Array(await file.arrayBuffer());
  const name = file.webkitRelativePath === "" ? file.name : file.webkitRelativePath;
  return { given: { name: name.slice(-200), base64: base64Of(data) }, sha256: await sha256Of(data), size: data.length };
}

/**
 * What was chosen with what was chosen before: the same file again takes its place, another of the same name (packs call
 * every policy `policy.md`) stands beside it under a name of its own.
 */
export function filesWith(before: readonly ReadFile[], read: readonly ReadFile[]): readonly ReadFile[] {
  return read.reduce((files, file) => {
    const isSame = (other: ReadFile): boolean => file.sha256 !== "" && other.sha256 === file.sha256;
    if (files.some(isSame)) return files;
    const names = new Set(files.map((other) => other.given.name));
    return [...files, { ...file, given: { ...file.given, name: freeName(file.given.name, names) } }];
  }, before);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${stem} (${number})${ending}`;
  return free;
}

export async function textRead(name: string, text: string): Promise<ReadFile> {
  const data = new TextEncoder().encode(text);
  return { given: { name, text }, sha256: await sha256Of(data), size: data.length };
}

function base64Of(data: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < data.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...data.subarray(at, at + 0x8000)));
  }
  return btoa(pieces.join(""));
}

/** Empty where the browser offers no hashing (a page that did not come over a safe connection). */
async function sha256Of(data: Uint8Array): Promise<string> {
  const subtle = "subtle" in globalThis.crypto ? globalThis.crypto.subtle : undefined;
  if (subtle === undefined) return "";
  const hash = await subtle.digest("SHA-256", data.slice());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Files dropped as folders come with the paths inside them: packs are told by their layout. */
export async function dropped(items: DataTransferItemList): Promise<File[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = await Promise.all(entries.map((entry) => filesUnder(entry)));
  return files.flat();
}

async function filesUnder(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((give, fail) => entry.file(give, fail));
    const path = entry.fullPath.replace(/^\//, "");
    return [path === file.name ? file : new File([file], path, { type: file.type })];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((give, fail) => reader.readEntries(give, fail));
    if (some.length === 0 || found.length > 1000) break;
    found.push(...some);
  }
  const files = await Promise.all(found.map((one) => filesUnder(one)));
  return files.flat();
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
