/** A chosen file was changed or moved on the disk; the browser then no longer lets it be read. */
export class FileGoneError extends Error {
  constructor(name: string) {
    super(`${name} was changed or moved after you chose it. Choose it again.`);
    this.name = "FileGoneError";
  }
}

/** Make sure that a file chosen a while ago can still be read. */
export async function stillReadable(file: File): Promise<File> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return file;
  } catch {
    throw new FileGoneError(file.name);
  }
}
