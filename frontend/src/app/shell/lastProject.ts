const key = "concord.project";

export function rememberProject(projectId: string): void {
  try {
    window.localStorage.setItem(key, projectId);
  } catch {
    // Private windows may refuse; the first project is then the one.
  }
}

export function lastProject(): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}
