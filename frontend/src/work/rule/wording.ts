/** One passage in another language, and the source text it was made from. */
export interface WordedPassage {
  readonly at: string;
  readonly text: string;
  readonly source: string;
}

/** How a clause reads in the language of who reads it. */
export interface Wording {
  readonly key: string;
  readonly language: string;
  readonly source_language: string;
  readonly passages: readonly WordedPassage[];
}

/** The parts of a clause that may be worded otherwise; whatever else it has stays. */
export interface Wordable {
  readonly title: string;
  readonly question: string;
  /** An axis has neither of these two. */
  readonly answers?: readonly { readonly value: string; readonly label: string }[];
  readonly severities?: readonly { readonly value: number; readonly label: string }[];
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
}

/** Where a passage in the reader's language is older than its source. */
export function stalePassages(clause: Wordable, passages: readonly WordedPassage[]): string[] {
  const sources = sourcePassages(clause);
  return passages
    .filter((passage) => passage.text !== "" && sources.has(passage.at) && sources.get(passage.at) !== passage.source)
    .map((passage) => passage.at);
}

/** Every passage a translation may word, in reading order, without empty ones. Of examples only why they are ruled so. */
export function sourcePassages(clause: Wordable): ReadonlyMap<string, string> {
  const rows: [string, string][] = [
    ["title", clause.title],
    ["question", clause.question],
    ...(clause.answers ?? []).map((answer): [string, string] => [`answers/${answer.value}`, answer.label]),
    ...(clause.severities ?? []).map((step): [string, string] => [`severities/${step.value}`, step.label]),
    ...clause.blocks.flatMap((block): [string, string][] => {
      if (typeof block["id"] !== "string") return [];
      if (typeof block["text"] === "string") return [[`blocks/${block["id"]}`, block["text"]]];
      const id = block["id"];
      return examplesIn(block).map((item) => [whyPlace(id, item), wordsOf(item["why"])]);
    }),
  ];
  return new Map(rows.filter(([, text]) => text.trim() !== ""));
}

/** The clause as it reads in the wording; what is not translated stays in the source language. */
export function worded<C extends Wordable>(clause: C, passages: readonly WordedPassage[]): C {
  const sources = sourcePassages(clause);
  const texts = new Map(passages.filter((row) => row.text.trim() !== "" && sources.has(row.at)).map((row) => [row.at, row.text]));
  return {
    ...clause,
    title: texts.get("title") ?? clause.title,
    question: texts.get("question") ?? clause.question,
    ...(clause.answers && { answers: clause.answers.map((answer) => ({ ...answer, label: texts.get(`answers/${answer.value}`) ?? answer.label })) }),
    ...(clause.severities && { severities: clause.severities.map((step) => ({ ...step, label: texts.get(`severities/${step.value}`) ?? step.label })) }),
    blocks: clause.blocks.map((block) => {
      const id = wordsOf(block["id"]);
      const items = examplesIn(block);
      if (items.length > 0) return { ...block, items: items.map((item) => ({ ...item, why: texts.get(whyPlace(id, item)) ?? item["why"] })) };
      const text = texts.get(`blocks/${id}`);
      return text === undefined ? block : { ...block, text };
    }),
  };
}

type Example = Readonly<Record<string, unknown>>;

/** Where a translation says why an example is ruled as it is. The name stays when examples are moved about. */
export function whyPlace(blockId: string, item: Example): string {
  const text = wordsOf(item["text"]);
  const media: readonly unknown[] = Array.isArray(item["media"]) ? item["media"] : [];
  const shown = media.map((one) => (isRecord(one) ? wordsOf(one["asset_id"]) : ""));
  return `blocks/${blockId}/why-${crc32(text === "" ? ["", ...shown].join("\n") : text)}`;
}

function examplesIn(block: Example): readonly Example[] {
  const items: readonly unknown[] = Array.isArray(block["items"]) ? block["items"] : [];
  return items.filter(isRecord);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function wordsOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** As the server names examples, in eight hexadecimal digits. */
function crc32(text: string): string {
  let left = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) {
    left ^= byte;
    for (let bit = 0; bit < 8; bit += 1) left = (left >>> 1) ^ (left & 1 ? 0xedb88320 : 0);
  }
  return ((left ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

/** "fr" → "French", in the language of the page; the tag where the browser knows no name for it. */
export function languageName(tag: string): string {
  if (tag === "") return "the language it was written in";
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The first of the wanted languages that there is; "" for the source, which a language it is written in asks for too. */
export function languageChosen(source: string, offered: readonly string[], wanted: readonly string[]): string {
  const base = (tag: string): string => tag.split("-")[0]?.toLowerCase() ?? "";
  for (const language of wanted) {
    if (source !== "" && base(source) === base(language)) return "";
    const exact = offered.find((tag) => tag.toLowerCase() === language.toLowerCase());
    const near = offered.find((tag) => base(tag) === base(language));
    const found = exact ?? near;
    if (found !== undefined) return found;
  }
  return "";
}
