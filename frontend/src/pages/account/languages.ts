/** Languages many posts are written in; a person's own may hold others. */
const offered = [
  "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fil", "fr", "ga", "gl",
  "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "ig", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ku", "ky", "lo", "lt", "lv", "mk", "ml",
  "mn", "mr", "ms", "my", "nb", "ne", "nl", "or", "pa", "pl", "ps", "pt", "ro", "ru", "sd", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta",
  "te", "th", "ti", "tl", "tr", "uk", "ur", "uz", "vi", "yo", "zh", "zh-Hans", "zh-Hant", "zu",
] as const;

export interface LanguageChoice {
  readonly value: string;
  readonly label: string;
}

/** Languages to choose from by name, with whatever was chosen before among them. */
export function languageChoices(chosen: readonly string[]): LanguageChoice[] {
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  const tags = new Set<string>([...offered, ...chosen]);
  return [...tags].map((value) => ({ value, label: nameOf(names, value) })).sort((a, b) => a.label.localeCompare(b.label, "en"));
}

function nameOf(names: Intl.DisplayNames, tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    // A tag that no list of languages knows is shown as it is.
    return tag;
  }
}
