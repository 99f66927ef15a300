// "Keep this chat on this phone": off until it is chosen. Otherwise nothing is ever kept in the browser.

const NAME = "chat";

/** The session's token that was kept, or null. */
export function kept() {
  try {
    return localStorage.getItem(NAME);
  } catch (fault) {
    return null;
  }
}

/** Keeps it; false where the browser does not allow that. */
export function keep(token) {
  try {
    localStorage.setItem(NAME, token);
    return true;
  } catch (fault) {
    return false;
  }
}

/** Forgets it. */
export function forget() {
  try {
    localStorage.removeItem(NAME);
  } catch (fault) {
    // Where nothing may be kept, nothing is there to be forgotten.
  }
}
