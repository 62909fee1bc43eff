import { say } from "./announce.js";

// Shows the banner. Announces what begins and when all is over, not when figures change.
export function showPartners(banner) {
  const shown = document.getElementById("partners");
  const news = sentences(banner).filter((sentence) => !sentences(shown).includes(sentence));
  if (news.length) say(`${news.join(". ")}.`);
  else if (sentences(shown).length && !sentences(banner).length) say("Everything works again.");
  shown.replaceWith(banner);
}

const sentences = (banner) => [...banner.querySelectorAll("b")].map((sentence) => sentence.textContent);
