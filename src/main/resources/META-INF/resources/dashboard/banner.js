import { say } from "./announce.js";

// Shows the banner about partners. It is said aloud only when a partner went down or came back, not with every figure.
export function showPartners(banner) {
  const shown = document.getElementById("partners");
  const news = sentences(banner).filter((sentence) => !sentences(shown).includes(sentence));
  if (news.length) say(`${news.join(". ")}.`);
  else if (sentences(shown).length && !sentences(banner).length) say("All partners are back; no order is held.");
  shown.replaceWith(banner);
}

const sentences = (banner) => [...banner.querySelectorAll("b")].map((sentence) => sentence.textContent);
