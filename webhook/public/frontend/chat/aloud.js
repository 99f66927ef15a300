// Reading aloud with the browser's own voice, where it has one for the language. Nothing is sent anywhere.

const voices = () => (window.speechSynthesis ? window.speechSynthesis.getVoices() : []);

/** The voice for a language that stays on this device, else any for it; none where there is none. */
export function voiceFor(language) {
  const fitting = voices().filter((each) => each.lang.toLowerCase().split(/[-_]/)[0] === language);
  return fitting.find((each) => each.localService) || fitting[0];
}

export function hush() {
  if (window.speechSynthesis) window.speechSynthesis.cancel();
}

/** Reads a text line by line: long ones are cut off by some browsers. `done` is called at the end. */
export function read(text, language, done) {
  hush();
  const lines = text.split("\n").filter((each) => each.trim());
  lines.forEach((each, place) => {
    const spoken = new SpeechSynthesisUtterance(each);
    spoken.lang = language;
    spoken.voice = voiceFor(language);
    if (place === lines.length - 1) {
      spoken.onend = done;
      spoken.onerror = done;
    }
    window.speechSynthesis.speak(spoken);
  });
}
