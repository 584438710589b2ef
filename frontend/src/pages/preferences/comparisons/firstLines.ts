const READ_AT_MOST = 400_000;
const LINES_AT_MOST = 20;

/** The first whole lines of a text file; one that does not end within what is read is left out, unless it is alone. */
export async function firstLines(file: Blob): Promise<string[]> {
  const text = (await file.slice(0, READ_AT_MOST).text()).replace(/^\uFEFF/, "");
  const lines = text.split("\n");
  if (file.size > READ_AT_MOST && lines.length > 1) lines.pop();
  return lines.filter((line) => line.trim() !== "").slice(0, LINES_AT_MOST);
}
