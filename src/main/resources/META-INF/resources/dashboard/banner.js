import { say } from "./announce.js";

// Shows the partner banner. Announces it only when a partner goes down or comes back, not when figures change.
export function showPartners(banner) {
  const shown = document.getElementById("partners");
  const news = sentences(banner).filter((sentence) => !sentences(shown).includes(sentence));
  if (news.length) say(`${news.join(". ")}.`);
  else if (sentences(shown).length && !sentences(banner).length) say("All partners are back. No orders are held.");
  shown.replaceWith(banner);
}

const sentences = (banner) => [...banner.querySelectorAll("b")].map((sentence) => sentence.textContent);
